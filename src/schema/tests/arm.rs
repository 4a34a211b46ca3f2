use super::Code;
use crate::model::{Id, Network, NetworkPlugin, PluginMode, PoolMode, Vocabulary};
use crate::value::{Piece, ProvKind, ResourceId, State, Tree};

const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";
const POOL: &str = "Microsoft.ContainerService/managedClusters/agentPools";
const VNET: &str = "Microsoft.Network/virtualNetworks";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";

/// A way of saying something about a VNet.
type Way<T> = dyn Fn(&mut Code, ResourceId) -> T;

/// A VNet with the subnets `nodes` and `pods` inside it.
fn vnet(code: &mut Code) -> ResourceId {
    let subnets = ["nodes", "pods"].map(|name| {
        let range = code.text("10.0.0.0/24");
        let inside = code.object(vec![("addressPrefix", range)]);
        let name = code.text(name);
        code.object(vec![("name", name), ("properties", inside)])
    });
    let subnets = code.list(subnets.to_vec());
    let inside = code.object(vec![("subnets", subnets)]);
    let name = code.text("v");
    code.resource(VNET, "v", vec![("name", name), ("properties", inside)])
}

/// Reads code with one cluster whose pool is in a subnet by this id.
fn nodes_in(mut code: Code, id: Tree) -> Network {
    let name = code.text("system");
    let pool = code.object(vec![("name", name), ("vnetSubnetID", id)]);
    let pools = code.list(vec![pool]);
    let inside = code.object(vec![("agentPoolProfiles", pools)]);
    code.resource(CLUSTER, "aks", vec![("properties", inside)]);
    code.read()
}

fn cluster(code: &mut Code, profile: Vec<(&str, Tree)>, mut rest: Vec<(&'static str, Tree)>) {
    let profile = code.object(profile);
    // Without pools it would change a cluster that is there.
    let pools = code.list(Vec::new());
    let inside = vec![("agentPoolProfiles", pools), ("networkProfile", profile)];
    let inside = code.object(inside);
    rest.push(("properties", inside));
    code.resource(CLUSTER, "aks", rest);
}

#[test]
fn a_subnet_is_meant_by_its_index_its_name_and_its_id() {
    let whole = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/VirtualNetworks/V/subnets/PODS";
    let ways: [&Way<Tree>; 4] = [
        &|code, vnet| code.attribute(vnet, &["properties", "subnets", "1", "id"]),
        &|code, vnet| code.attribute(vnet, &["properties", "subnets", "pods", "id"]),
        &|code, _| code.text(whole),
        &|code, vnet| {
            let id = code.attribute(vnet, &["id"]);
            code.template(vec![Piece::Hole(id), Piece::Text("/subnets/pods".into())])
        },
    ];
    for (number, way) in ways.iter().enumerate() {
        let mut code = Code::default();
        let vnet = vnet(&mut code);
        let id = way(&mut code, vnet);
        let network = nodes_in(code, id);
        let subnet = &network.pools.items[0].vnet_subnet;
        assert_eq!(subnet.get(), Some(&Id::new(1)), "way {number}");
    }
}

#[test]
fn an_index_of_azurerm_tells_nothing() {
    let mut code = Code::default();
    let vnet = vnet(&mut code);
    let id = code.attribute(vnet, &["subnet", "1", "id"]);
    let network = nodes_in(code, id);
    assert!(network.pools.items[0].vnet_subnet.is_unknown());
}

#[test]
fn a_child_says_its_parent_by_name_reference_or_slash() {
    let ways: [&Way<Vec<(&'static str, Tree)>>; 4] = [
        &|code, _| vec![("name", code.text("v/more"))],
        &|code, _| vec![("name", code.text("more")), ("parent", code.text("V"))],
        &|code, vnet| {
            let parent = code.attribute(vnet, &[]);
            vec![("name", code.text("more")), ("parent", parent)]
        },
        &|code, vnet| {
            let parent = code.attribute(vnet, &["name"]);
            let pieces = vec![Piece::Hole(parent), Piece::Text("/more".into())];
            vec![("Name", code.template(pieces))]
        },
    ];
    for (number, way) in ways.iter().enumerate() {
        let mut code = Code::default();
        let vnet = vnet(&mut code);
        let body = way(&mut code, vnet);
        code.resource("MICROSOFT.network/virtualnetworks/SUBNETS", "more", body);
        let network = code.read();
        let subnet = &network.subnets.items[2];
        assert_eq!(
            subnet.virtual_network.get(),
            Some(&Id::new(0)),
            "way {number}"
        );
        assert_eq!(subnet.name.get().map(|name| &**name), Some("more"));
    }
}

#[test]
fn types_count_in_any_letter_case() {
    assert!(super::super::wanted(SUBNET));
    assert!(super::super::wanted(
        "microsoft.containerservice/MANAGEDCLUSTERS"
    ));
    assert!(!super::super::wanted("Microsoft.ContainerService/fleets"));
    assert!(!super::super::wanted("AZURERM_SUBNET"));
}

#[test]
fn members_are_read_in_any_letter_case() {
    let mut code = Code::default();
    let profile = vec![
        ("NetworkPlugin", code.text("Azure")),
        ("podcidr", code.text("192.168.0.0/16")),
    ];
    cluster(&mut code, profile, Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(cluster.network_plugin.get(), Some(&NetworkPlugin::Azure));
    assert!(cluster.network_plugin_mode.is_absent());
    assert!(cluster.written.scalar_cidrs);
    assert_eq!(cluster.written.vocabulary, Vocabulary::Arm);
}

#[test]
fn what_is_not_written_is_filled_in_by_azure() {
    let mut code = Code::default();
    cluster(&mut code, Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert!(cluster.network_plugin.is_unknown());
    let State::Unknown(unknown) = &cluster.network_plugin.state else {
        panic!("known")
    };
    let needs = network.provenance.needs(unknown.origin);
    assert_eq!(needs.as_deref(), Some("kubernetesVersion"));
    let filler = network.provenance.source_kind(cluster.outbound_type.prov);
    assert_eq!(filler, ProvKind::AzureDefault);
    assert!(cluster.private_cluster_public_fqdn_enabled.is_absent());
}

#[test]
fn azure_chooses_whether_a_private_cluster_has_a_public_name() {
    let mut code = Code::default();
    let private = code.truth(true);
    let access = code.object(vec![("enablePrivateCluster", private)]);
    let inside = code.object(vec![("apiServerAccessProfile", access)]);
    code.resource(CLUSTER, "aks", vec![("properties", inside)]);
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert!(cluster.private_cluster_public_fqdn_enabled.is_unknown());
}

#[test]
fn the_sku_makes_a_cluster_automatic() {
    let mut code = Code::default();
    let name = code.text("automatic");
    let sku = code.object(vec![("name", name)]);
    cluster(&mut code, Vec::new(), vec![("sku", sku)]);
    let network = code.read();
    let automatic = &network.clusters.items[0];
    let mode = automatic.network_plugin_mode.get();
    assert_eq!(mode, Some(&PluginMode::Overlay));
    assert_eq!(
        automatic.sku_tier.get().map(|tier| &**tier),
        Some("Standard")
    );

    let mut code = Code::default();
    let name = code.input("var.sku", 1);
    let sku = code.object(vec![("name", name)]);
    let plugin = vec![("networkPlugin", code.text("azure"))];
    cluster(&mut code, plugin, vec![("sku", sku)]);
    let network = code.read();
    let perhaps = &network.clusters.items[0];
    assert!(perhaps.network_policy.is_unknown());
    assert!(perhaps.network_data_plane.is_unknown());
    assert!(perhaps.network_plugin_mode.is_unknown());
    assert!(perhaps.pod_cidrs.is_unknown());
}

#[test]
fn a_pool_alone_has_its_settings_in_properties() {
    let mut code = Code::default();
    let plugin = vec![("networkPlugin", code.text("azure"))];
    let name = code.text("aks");
    cluster(&mut code, plugin, vec![("name", name)]);
    let inside = vec![
        ("count", code.number(4)),
        ("mode", code.text("Gateway")),
        ("podIPAllocationMode", code.text("StaticBlock")),
    ];
    let inside = code.object(inside);
    let name = code.text("aks/gw");
    code.resource(POOL, "gw", vec![("name", name), ("properties", inside)]);
    let network = code.read();
    let pool = &network.pools.items[0];
    assert_eq!(pool.cluster.get(), Some(&Id::new(0)));
    assert_eq!(pool.node_count.get(), Some(&4));
    assert_eq!(pool.mode.get(), Some(&PoolMode::Gateway));
    assert_eq!(pool.max_pods.get(), Some(&30));
    assert!(!pool.default);
}

#[test]
fn a_subnet_links_to_gateway_table_and_group() {
    let mut code = Code::default();
    vnet(&mut code);
    let mut links = Vec::new();
    for (kind, member) in [
        ("Microsoft.Network/natGateways", "natGateway"),
        ("Microsoft.Network/routeTables", "routeTable"),
        (
            "Microsoft.Network/networkSecurityGroups",
            "networkSecurityGroup",
        ),
    ] {
        let name = code.text(member);
        let other = code.resource(kind, member, vec![("name", name)]);
        let id = code.attribute(other, &["id"]);
        links.push((member, code.object(vec![("id", id)])));
    }
    let inside = code.object(links);
    let name = code.text("v/more");
    code.resource(SUBNET, "more", vec![("name", name), ("properties", inside)]);
    let network = code.read();
    let subnet = &network.subnets.items[2];
    assert_eq!(subnet.nat_gateway.get(), Some(&Id::new(0)));
    assert_eq!(subnet.route_table.get(), Some(&Id::new(0)));
    assert_eq!(subnet.security_group.get(), Some(&Id::new(0)));
    assert!(subnet.default_outbound_access_enabled.is_unknown());
}

#[test]
fn peerings_stand_inside_and_alone() {
    let mut code = Code::default();
    let far = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub";
    let peering = |code: &mut Code, name: &str| {
        let id = code.text(far);
        let remote = code.object(vec![("id", id)]);
        let inside = code.object(vec![("remoteVirtualNetwork", remote)]);
        vec![("name", code.text(name)), ("properties", inside)]
    };
    let inline = peering(&mut code, "a");
    let inline = code.object(inline);
    let list = code.list(vec![inline]);
    let inside = code.object(vec![("virtualNetworkPeerings", list)]);
    let name = code.text("v");
    code.resource(VNET, "v", vec![("name", name), ("properties", inside)]);
    let alone = peering(&mut code, "v/b");
    let kind = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";
    code.resource(kind, "b", alone);
    let network = code.read();
    let from: Vec<_> = network.peerings.iter().map(|p| p.from.get()).collect();
    assert_eq!(from, [Some(&Id::new(0)), Some(&Id::new(0))]);
    assert!(network.peerings.iter().all(|p| p.to.is_unknown()));
}

#[test]
fn routes_and_rules_stand_inside_and_alone() {
    let mut code = Code::default();
    let kind = "Microsoft.Network/routeTables";
    let range = code.text("0.0.0.0/0");
    let hop = code.text("Internet");
    let inside = code.object(vec![("addressPrefix", range), ("nextHopType", hop)]);
    let name = code.text("default");
    let route = code.object(vec![("name", name), ("properties", inside)]);
    let routes = code.list(vec![route]);
    let off = code.truth(true);
    let inside = vec![("routes", routes), ("disableBgpRoutePropagation", off)];
    let inside = code.object(inside);
    let name = code.text("rt");
    code.resource(kind, "rt", vec![("name", name), ("properties", inside)]);
    let name = code.text("rt/more");
    code.resource(
        "Microsoft.Network/routeTables/routes",
        "m",
        vec![("name", name)],
    );
    let network = code.read();
    let table = &network.route_tables.items[0];
    assert_eq!(table.routes.len(), 2);
    assert_eq!(table.bgp_route_propagation_enabled.get(), Some(&false));
}

#[test]
fn a_nat_gateway_has_addresses() {
    let mut code = Code::default();
    let name = code.text("ip");
    let ip = code.resource(
        "Microsoft.Network/publicIPAddresses",
        "ip",
        vec![("name", name)],
    );
    let id = code.attribute(ip, &["id"]);
    let element = code.object(vec![("id", id)]);
    let list = code.list(vec![element]);
    let inside = code.object(vec![("publicIpAddresses", list)]);
    code.resource(
        "Microsoft.Network/natGateways",
        "nat",
        vec![("properties", inside)],
    );
    let network = code.read();
    let gateway = &network.nat_gateways.items[0];
    assert_eq!(gateway.public_ips[0].get(), Some(&Id::new(0)));
    assert!(gateway.sku.is_unknown());
    assert!(network.public_ips.items[0].sku.is_unknown());
}
