use super::Code;
use crate::model::{Id, Network, RouteTable, Subnet};
use crate::value::{Cause, Piece, ResourceId, State, Tree, Value};

/// Reads code with one cluster whose nodes are in a subnet by this id.
fn nodes_in(mut code: Code, id: Tree) -> Network {
    let plugin = code.text("azure");
    let profile = vec![("network_plugin", plugin)];
    code.cluster(Some(profile), vec![("vnet_subnet_id", id)], Vec::new());
    code.read()
}

fn node_subnet(network: &Network) -> &Value<Id<Subnet>> {
    &network.pools.items[0].vnet_subnet
}

fn symbol<T>(network: &Network, value: &Value<T>) -> Option<String> {
    match &value.state {
        State::Unknown(unknown) => network
            .provenance
            .needs(unknown.origin)
            .map(|name| name.to_string()),
        _ => None,
    }
}

fn associate(code: &mut Code, subnet: ResourceId, table: ResourceId) {
    let entries = vec![
        ("subnet_id", code.attribute(subnet, &["id"])),
        ("route_table_id", code.attribute(table, &["id"])),
    ];
    code.resource("azurerm_subnet_route_table_association", "a", entries);
}

fn table(code: &mut Code) -> ResourceId {
    let entries = vec![("name", code.text("rt"))];
    code.resource("azurerm_route_table", "rt", entries)
}

fn route_table(network: &Network) -> &Value<Id<RouteTable>> {
    &network.subnets.items[0].route_table
}

#[test]
fn a_reference_is_a_link() {
    let mut code = Code::default();
    code.vnet("v");
    let subnet = code.subnet("nodes", "V");
    let id = code.attribute(subnet, &["id"]);
    let network = nodes_in(code, id);
    assert_eq!(node_subnet(&network).get(), Some(&Id::new(0)));
    assert_eq!(
        network.subnets.items[0].virtual_network.get(),
        Some(&Id::new(0))
    );
}

#[test]
fn an_id_is_a_link_in_parts_or_whole() {
    let mut code = Code::default();
    let vnet = code.vnet("v");
    code.subnet("nodes", "v");
    let hole = code.attribute(vnet, &["id"]);
    let id = code.template(vec![
        Piece::Hole(hole),
        Piece::Text("/subnets/Nodes".into()),
    ]);
    let network = nodes_in(code, id);
    assert_eq!(node_subnet(&network).get(), Some(&Id::new(0)));

    let literal = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/V/subnets/nodes";
    let mut code = Code::default();
    code.vnet("v");
    code.subnet("nodes", "v");
    let id = code.text(literal);
    let network = nodes_in(code, id);
    assert_eq!(node_subnet(&network).get(), Some(&Id::new(0)));

    let mut code = Code::default();
    code.vnet("v");
    let id = code.text(literal);
    let network = nodes_in(code, id);
    assert_eq!(
        symbol(&network, node_subnet(&network)).as_deref(),
        Some(literal)
    );
}

#[test]
fn a_template_of_names_is_a_link() {
    let mut code = Code::default();
    let prefix = code.input("var.prefix", 7);
    let name = code.template(vec![
        Piece::Hole(prefix.clone()),
        Piece::Text("-vnet".into()),
    ]);
    let entries = vec![("name", name.clone())];
    code.resource("azurerm_virtual_network", "v", entries);
    let again = code.template(vec![
        Piece::Hole(prefix.clone()),
        Piece::Text("-vnet".into()),
    ]);
    let entries = vec![
        ("name", code.text("nodes")),
        ("virtual_network_name", again),
    ];
    code.resource("azurerm_subnet", "nodes", entries);
    let start = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/";
    let id = code.template(vec![
        Piece::Text(start.into()),
        Piece::Hole(prefix),
        Piece::Text("-vnet/subnets/nodes".into()),
    ]);
    let network = nodes_in(code, id);
    assert_eq!(
        network.subnets.items[0].virtual_network.get(),
        Some(&Id::new(0))
    );
    assert_eq!(node_subnet(&network).get(), Some(&Id::new(0)));
}

#[test]
fn a_data_source_is_outside() {
    let mut code = Code::default();
    let data = code.data("azurerm_subnet", "x");
    let id = code.attribute(data, &["id"]);
    let network = nodes_in(code, id);
    let State::Unknown(unknown) = &node_subnet(&network).state else {
        panic!("known")
    };
    assert_eq!(unknown.cause, Cause::DataSource);
    assert!(unknown.null.is_false());
    assert_eq!(
        symbol(&network, node_subnet(&network)).as_deref(),
        Some("data.azurerm_subnet.x")
    );
}

#[test]
fn an_inline_subnet_is_told_when_it_is_alone() {
    for names in [&["a"][..], &["a", "b"]] {
        let mut code = Code::default();
        let blocks = names
            .iter()
            .map(|name| {
                let name = code.text(name);
                code.object(vec![("name", name)])
            })
            .collect();
        let entries = vec![("name", code.text("v")), ("subnet", code.list(blocks))];
        let vnet = code.resource("azurerm_virtual_network", "v", entries);
        let id = code.attribute(vnet, &["subnet", "0", "id"]);
        let network = nodes_in(code, id);
        assert_eq!(node_subnet(&network).get().is_some(), names.len() == 1);
        let address = &network.entity(network.subnets.items[0].id).address;
        assert_eq!(address, "azurerm_virtual_network.v.subnet[\"a\"]");
    }
}

#[test]
fn the_same_name_twice_is_told_by_its_way() {
    let mut code = Code::default();
    code.vnet("v");
    let name = code.text("v");
    let entries = vec![("name", name.clone())];
    code.resource("azurerm_virtual_network", "w", entries);
    let entries = vec![
        ("name", code.text("nodes")),
        ("virtual_network_name", code.through(&name)),
    ];
    code.resource("azurerm_subnet", "nodes", entries);
    code.subnet("other", "v");
    let network = code.read();
    assert_eq!(
        network.subnets.items[0].virtual_network.get(),
        Some(&Id::new(1))
    );
    assert!(network.subnets.items[1].virtual_network.is_unknown());
}

#[test]
fn a_name_that_is_not_declared_is_outside() {
    let mut code = Code::default();
    code.subnet("nodes", "hub");
    let network = code.read();
    let vnet = &network.subnets.items[0].virtual_network;
    assert_eq!(symbol(&network, vnet).as_deref(), Some("hub"));
}

#[test]
fn an_association_is_the_subnets_link() {
    let mut code = Code::default();
    let subnet = code.subnet("nodes", "v");
    let rt = table(&mut code);
    associate(&mut code, subnet, rt);
    let network = code.read();
    assert_eq!(route_table(&network).get(), Some(&Id::new(0)));
    let head = network.provenance.node(route_table(&network).prov);
    assert_eq!(head.owner, Some(network.subnets.items[0].id));
    assert!(network.subnets.items[0].nat_gateway.is_absent());
}

#[test]
fn an_association_that_may_not_exist_leaves_the_link_open() {
    let mut code = Code::default();
    let subnet = code.subnet("nodes", "v");
    let rt = table(&mut code);
    associate(&mut code, subnet, rt);
    code.perhaps(1);
    let network = code.read();
    let State::Unknown(unknown) = &route_table(&network).state else {
        panic!("known")
    };
    assert_eq!(unknown.cause, Cause::Repetition);
    assert_eq!(unknown.one_of.as_deref(), Some(&[Id::new(0)][..]));
}

#[test]
fn an_association_exists_with_its_subnet() {
    let mut code = Code::default();
    let rt = table(&mut code);
    let subnet = code.subnet("nodes", "v");
    code.perhaps(1);
    associate(&mut code, subnet, rt);
    code.perhaps(1);
    let network = code.read();
    assert_eq!(route_table(&network).get(), Some(&Id::new(0)));
}

#[test]
fn an_association_of_an_unknown_subnet_may_be_any_subnets() {
    let mut code = Code::default();
    code.subnet("nodes", "v");
    let rt = table(&mut code);
    let entries = vec![
        ("subnet_id", code.input("var.subnet", 1)),
        ("route_table_id", code.attribute(rt, &["id"])),
    ];
    code.resource("azurerm_subnet_route_table_association", "a", entries);
    let network = code.read();
    assert!(route_table(&network).is_unknown());
}

#[test]
fn pools_routes_and_peerings_find_their_owner() {
    let mut code = Code::default();
    let remote = code.vnet("w");
    code.vnet("v");
    let rt = table(&mut code);
    let entries = vec![
        ("virtual_network_name", code.text("v")),
        ("remote_virtual_network_id", code.attribute(remote, &["id"])),
    ];
    code.resource("azurerm_virtual_network_peering", "p", entries);
    let entries = vec![
        ("route_table_name", code.attribute(rt, &["name"])),
        ("next_hop_type", code.text("virtualappliance")),
    ];
    code.resource("azurerm_route", "r", entries);
    let cluster = ResourceId(6);
    let entries = vec![("kubernetes_cluster_id", code.attribute(cluster, &["id"]))];
    code.resource("azurerm_kubernetes_cluster_node_pool", "extra", entries);
    assert_eq!(code.cluster(None, Vec::new(), Vec::new()), cluster);
    let network = code.read();
    let peering = &network.peerings.items[0];
    assert_eq!(peering.from.get(), Some(&Id::new(1)));
    assert_eq!(peering.to.get(), Some(&Id::new(0)));
    assert_eq!(network.route_tables.items[0].routes.len(), 1);
    let pools: Vec<bool> = network
        .pools_of(&network.clusters.items[0])
        .map(|pool| pool.default)
        .collect();
    assert_eq!(pools, [true, false]);
}

#[test]
fn associations_that_lead_to_each_other_lead_nowhere() {
    let mut code = Code::default();
    for other in [1, 0] {
        let id = code.attribute(ResourceId(other), &["id"]);
        let kind = "azurerm_subnet_nat_gateway_association";
        code.resource(kind, "a", vec![("subnet_id", id)]);
    }
    let id = code.attribute(ResourceId(0), &["id"]);
    let network = nodes_in(code, id);
    assert!(node_subnet(&network).is_unknown());
}

#[test]
fn the_id_of_an_association_is_its_subnets() {
    let mut code = Code::default();
    let subnet = code.subnet("nodes", "v");
    let rt = table(&mut code);
    associate(&mut code, subnet, rt);
    let id = code.attribute(ResourceId(2), &["id"]);
    let network = nodes_in(code, id);
    assert_eq!(node_subnet(&network).get(), Some(&Id::new(0)));
}

#[test]
fn a_nat_gateway_has_the_addresses_that_are_associated() {
    let mut code = Code::default();
    let ip = code.resource("azurerm_public_ip", "ip", Vec::new());
    let gateway = code.resource("azurerm_nat_gateway", "n", Vec::new());
    let entries = vec![
        ("nat_gateway_id", code.attribute(gateway, &["id"])),
        ("public_ip_address_id", code.attribute(ip, &["id"])),
    ];
    code.resource("azurerm_nat_gateway_public_ip_association", "a", entries);
    let network = code.read();
    let gateway = &network.nat_gateways.items[0];
    assert_eq!(gateway.public_ips[0].get(), Some(&Id::new(0)));
    let head = network.provenance.node(gateway.public_ips[0].prov);
    assert_eq!(head.owner, Some(gateway.id));
}

#[test]
fn what_may_be_missing_leaves_links_open() {
    for kind in [None, Some("azurerm_subnet_route_table_association")] {
        let mut code = Code::default();
        code.subnet("nodes", "v");
        code.gap(kind);
        let network = code.read();
        assert!(route_table(&network).is_unknown());
        let subnet = &network.subnets.items[0];
        assert_eq!(subnet.nat_gateway.is_unknown(), kind.is_none());
        assert_eq!(network.subnets.incomplete.is_some(), kind.is_none());
    }
}
