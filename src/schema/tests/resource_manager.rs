//! What Bicep, templates and exports have that azapi has not: languages, API versions, and what is there already.

use super::Code;
use crate::model::{
    Dialect, Id, Network, NetworkPolicy, NodeProvisioning, OutboundType, PrivateDnsZone,
};
use crate::resource::{Language, Mode};
use crate::value::{Piece, ResourceId, Tree};

const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";
const VNET: &str = "Microsoft.Network/virtualNetworks";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";

/// Something that is there already.
fn existing(code: &mut Code, kind: &str, name: Tree, parent: Option<Tree>) -> ResourceId {
    let mut entries = vec![("name", name)];
    entries.extend(parent.map(|parent| ("parent", parent)));
    let id = code.resource(kind, "there", entries);
    code.all.last_mut().unwrap().mode = Mode::Data;
    id
}

/// A VNet `v` in this resource group, with a subnet `nodes` inside it.
fn vnet(code: &mut Code, group: &str) -> ResourceId {
    let name = code.text("nodes");
    let subnet = code.object(vec![("name", name)]);
    let subnets = code.list(vec![subnet]);
    let inside = code.object(vec![("subnets", subnets)]);
    let name = code.text("v");
    let parent = code.text(&format!("/subscriptions/s/resourceGroups/{group}"));
    let entries = vec![("name", name), ("parent", parent), ("properties", inside)];
    code.resource(VNET, "v", entries)
}

/// A cluster with these properties.
fn cluster(code: &mut Code, properties: Vec<(&str, Tree)>, mut rest: Vec<(&'static str, Tree)>) {
    let inside = code.object(properties);
    rest.push(("properties", inside));
    code.resource(CLUSTER, "aks", rest);
}

/// A cluster whose nodes are in this subnet.
fn nodes_in(mut code: Code, subnet: Tree) -> Network {
    let name = code.text("system");
    let pool = code.object(vec![("name", name), ("vnetSubnetID", subnet)]);
    let pools = code.list(vec![pool]);
    cluster(&mut code, vec![("agentPoolProfiles", pools)], Vec::new());
    code.read()
}

fn automatic(code: &mut Code, pool: Vec<(&str, Tree)>) {
    let pool = code.object(pool);
    let pools = code.list(vec![pool]);
    let name = code.text("AUTOMATIC");
    let sku = code.object(vec![("Name", name)]);
    cluster(code, vec![("agentPoolProfiles", pools)], vec![("sku", sku)]);
}

#[test]
fn the_language_of_the_resources_is_the_dialect() {
    for (language, dialect) in [
        (Language::Terraform, Dialect::Terraform),
        (Language::Plan, Dialect::Plan),
        (Language::Bicep, Dialect::Bicep),
        (Language::Arm, Dialect::Arm),
        (Language::Export, Dialect::Export),
    ] {
        let mut code = Code {
            language,
            ..Code::default()
        };
        cluster(&mut code, Vec::new(), Vec::new());
        let network = code.read();
        assert_eq!(network.dialect, dialect);
        assert_eq!(network.clusters.items[0].written.dialect, dialect);
    }
}

#[test]
fn an_existing_subnet_is_the_one_that_the_code_makes() {
    let mut code = Code::default();
    let vnet_id = vnet(&mut code, "g");
    let parent = code.attribute(vnet_id, &[]);
    let name = code.text("NODES");
    let there = existing(&mut code, SUBNET, name, Some(parent));
    let id = code.attribute(there, &["id"]);
    let network = nodes_in(code, id);
    assert_eq!(
        network.pools.items[0].vnet_subnet.get(),
        Some(&Id::new(0)),
        "its parent is in the code"
    );
}

#[test]
fn an_existing_network_is_found_by_its_name() {
    type Way = fn(&mut Code, ResourceId) -> Tree;
    let ways: [Way; 4] = [
        |code, there| code.attribute(there, &["properties", "subnets", "0", "id"]),
        |code, there| {
            let id = code.attribute(there, &["id"]);
            code.template(vec![Piece::Hole(id), Piece::Text("/subnets/nodes".into())])
        },
        |code, there| {
            let parent = code.attribute(there, &[]);
            let name = code.text("nodes");
            let subnet = existing(code, SUBNET, name, Some(parent));
            code.attribute(subnet, &["id"])
        },
        |code, _| {
            let name = code.text("V/Nodes");
            let subnet = existing(code, SUBNET, name, None);
            code.attribute(subnet, &["id"])
        },
    ];
    for (number, way) in ways.iter().enumerate() {
        let mut code = Code::default();
        vnet(&mut code, "g");
        let name = code.text("v");
        let there = existing(&mut code, VNET, name, None);
        let id = way(&mut code, there);
        let network = nodes_in(code, id);
        let subnet = &network.pools.items[0].vnet_subnet;
        assert_eq!(subnet.get(), Some(&Id::new(0)), "way {number}");
    }
}

#[test]
fn what_is_there_elsewhere_stays_unknown() {
    for (name, group) in [("other", "g"), ("v", "elsewhere")] {
        let mut code = Code::default();
        vnet(&mut code, "g");
        let parent = code.text(&format!("/subscriptions/s/resourceGroups/{group}"));
        let name = code.text(name);
        let there = existing(&mut code, VNET, name, Some(parent));
        let parent = code.attribute(there, &[]);
        let name = code.text("nodes");
        let subnet = existing(&mut code, SUBNET, name, Some(parent));
        let id = code.attribute(subnet, &["id"]);
        let network = nodes_in(code, id);
        assert!(network.pools.items[0].vnet_subnet.is_unknown(), "{group}");
    }
}

#[test]
fn an_id_of_its_own_tells_networks_of_one_name_apart() {
    let id = |subscription: &str| {
        format!(
            "/subscriptions/{subscription}/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"
        )
    };
    let mut code = Code::default();
    for subscription in ["a", "b"] {
        vnet(&mut code, "g");
        let own = code.text(&id(subscription));
        let Some(resource) = code.all.last_mut() else {
            panic!("a resource");
        };
        let mut object = resource.body.as_object().unwrap().clone();
        object.entries.insert("id".into(), own);
        resource.body.node = object.into();
    }
    let subnet = code.text(&format!("{}/subnets/Nodes", id("B")));
    let network = nodes_in(code, subnet);
    let subnet = &network.pools.items[0].vnet_subnet;
    assert_eq!(subnet.get(), Some(&Id::new(1)));
}

#[test]
fn an_automatic_cluster_in_its_own_network_has_a_managed_gateway() {
    let mut code = Code::default();
    let name = code.text("system");
    automatic(&mut code, vec![("name", name)]);
    let network = code.read();
    let own = &network.clusters.items[0];
    assert_eq!(
        own.outbound_type.get(),
        Some(&OutboundType::ManagedNatGateway)
    );
    assert_eq!(own.network_policy.get(), Some(&NetworkPolicy::Cilium));
    assert_eq!(own.node_provisioning.get(), Some(&NodeProvisioning::Auto));
    let integration = &own.api_server.virtual_network_integration_enabled;
    assert_eq!(integration.get(), Some(&true));

    let mut code = Code::default();
    let subnet = code.input("param.subnet", 1);
    automatic(&mut code, vec![("vnetSubnetID", subnet)]);
    let network = code.read();
    assert!(network.clusters.items[0].outbound_type.is_unknown());
}

#[test]
fn older_api_versions_call_settings_differently() {
    let mut code = Code::default();
    let range = code.text("192.0.2.0/24");
    let ranges = code.list(vec![range]);
    let plane = code.text("CILIUM");
    let profile = code.object(vec![("ebpfDataplane", plane)]);
    let pools = code.list(Vec::new());
    let properties = vec![
        ("agentPoolProfiles", pools),
        ("apiServerAuthorizedIPRanges", ranges),
        ("networkProfile", profile),
    ];
    cluster(&mut code, properties, Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    let ranges = cluster.api_server.authorized_ip_ranges.get();
    assert_eq!(ranges.map(Vec::len), Some(1));
    assert!(cluster.network_data_plane.get().is_some());
}

#[test]
fn the_api_version_says_whether_a_subnet_is_private() {
    for (version, open) in [
        ("2024-05-01", Some(&true)),
        ("2023-04-01-preview", Some(&true)),
        ("2025-07-01", None),
    ] {
        let mut code = Code::default();
        vnet(&mut code, "g");
        let version = code.text(version);
        let body = &mut code.all[0].body;
        let mut object = body.as_object().unwrap().clone();
        object.entries.insert("apiVersion".into(), version);
        body.node = object.into();
        let network = code.read();
        let subnet = &network.subnets.items[0];
        assert_eq!(subnet.default_outbound_access_enabled.get(), open);
    }
}

#[test]
fn a_zone_in_the_code_is_the_users() {
    let mut code = Code::default();
    let zone = code.resource("Microsoft.Network/privateDnsZones", "zone", Vec::new());
    let id = code.attribute(zone, &["id"]);
    let profile = code.object(vec![("privateDNSZone", id)]);
    let properties = vec![("apiServerAccessProfile", profile)];
    cluster(&mut code, properties, Vec::new());
    let network = code.read();
    let zone = &network.clusters.items[0].private_dns_zone;
    assert_eq!(zone.get(), Some(&PrivateDnsZone::Custom));
}

#[test]
fn a_subnet_inside_and_alone_is_one() {
    type Way = fn(&mut Code, ResourceId) -> Vec<(&'static str, Tree)>;
    let ways: [Way; 4] = [
        |code, vnet| {
            let parent = code.attribute(vnet, &[]);
            vec![("name", code.text("Nodes")), ("parent", parent)]
        },
        |code, _| vec![("name", code.text("V/nodes"))],
        |code, _| {
            let id =
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
            vec![("name", code.text("nodes")), ("parent", code.text(id))]
        },
        |code, _| {
            let name = code.text("v");
            let there = existing(code, VNET, name, None);
            let parent = code.attribute(there, &[]);
            vec![("name", code.text("nodes")), ("parent", parent)]
        },
    ];
    for (number, way) in ways.iter().enumerate() {
        let mut code = Code::default();
        let vnet_id = vnet(&mut code, "g");
        let mut entries = way(&mut code, vnet_id);
        let prefix = code.text("10.1.0.0/24");
        entries.push(("properties", code.object(vec![("addressPrefix", prefix)])));
        let alone = code.resource(SUBNET, "alone", entries);
        let id = code.attribute(alone, &["id"]);
        let network = nodes_in(code, id);
        assert_eq!(network.subnets.len(), 1, "way {number}");
        let subnet = &network.subnets.items[0];
        assert_eq!(subnet.prefixes.get().map(Vec::len), Some(1));
        assert_eq!(subnet.virtual_network.get(), Some(&Id::new(0)));
        let link = &network.pools.items[0].vnet_subnet;
        assert_eq!(link.get(), Some(&Id::new(0)), "way {number}");
    }
}

#[test]
fn a_subnet_that_may_not_be_there_replaces_none() {
    let mut code = Code::default();
    vnet(&mut code, "g");
    let name = code.text("v/nodes");
    code.resource(SUBNET, "alone", vec![("name", name)]);
    code.perhaps(1);
    let network = code.read();
    assert_eq!(network.subnets.len(), 2);
}
