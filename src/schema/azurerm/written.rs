//! Attributes that a release of azurerm took away.

use crate::model::Removed;
use crate::project::ProviderVersion;
use crate::schema::scene::Slot;
use crate::value::{Cause, Node, ProvId, ProvKind, ProvNode, Tree, Unknown, Value};

/// An attribute's path, the major version that no longer knows it, and what is written instead.
type Gone = (&'static str, u32, Option<&'static str>);

/// Of a cluster. Source: azurerm's 3.0-, 4.0- and 5.0-upgrade-guide.html.markdown, read 2026-11-22.
const OF_CLUSTER: &[Gone] = &[
    ("addon_profile", 3, None),
    (
        "default_node_pool.availability_zones",
        3,
        Some("default_node_pool.zones"),
    ),
    ("private_link_enabled", 3, Some("private_cluster_enabled")),
    (
        "api_server_access_profile.vnet_integration_enabled",
        4,
        Some("api_server_access_profile.virtual_network_integration_enabled"),
    ),
    (
        "api_server_authorized_ip_ranges",
        4,
        Some("api_server_access_profile.authorized_ip_ranges"),
    ),
    (
        "automatic_channel_upgrade",
        4,
        Some("automatic_upgrade_channel"),
    ),
    (
        "default_node_pool.enable_auto_scaling",
        4,
        Some("default_node_pool.auto_scaling_enabled"),
    ),
    (
        "default_node_pool.enable_host_encryption",
        4,
        Some("default_node_pool.host_encryption_enabled"),
    ),
    (
        "default_node_pool.enable_node_public_ip",
        4,
        Some("default_node_pool.node_public_ip_enabled"),
    ),
    ("network_profile.docker_bridge_cidr", 4, None),
    (
        "network_profile.ebpf_data_plane",
        4,
        Some("network_profile.network_data_plane"),
    ),
    (
        "node_os_channel_upgrade",
        4,
        Some("node_os_upgrade_channel"),
    ),
    ("public_network_access_enabled", 4, None),
];

/// Of a node pool. Source: as above.
const OF_POOL: &[Gone] = &[
    ("availability_zones", 3, Some("zones")),
    ("enable_auto_scaling", 4, Some("auto_scaling_enabled")),
    ("enable_host_encryption", 4, Some("host_encryption_enabled")),
    ("enable_node_public_ip", 4, Some("node_public_ip_enabled")),
];

/// Of a VNet. Source: as above.
const OF_VIRTUAL_NETWORK: &[Gone] = &[
    ("subnet.address_prefix", 4, Some("subnet.address_prefixes")),
    (
        "subnet.service_endpoints",
        5,
        Some("the block subnet.service_endpoint"),
    ),
];

/// Of a subnet. Source: as above.
const OF_SUBNET: &[Gone] = &[
    ("address_prefix", 3, Some("address_prefixes")),
    (
        "enforce_private_link_endpoint_network_policies",
        4,
        Some("private_endpoint_network_policies"),
    ),
    (
        "enforce_private_link_service_network_policies",
        4,
        Some("private_link_service_network_policies_enabled"),
    ),
    (
        "private_endpoint_network_policies_enabled",
        4,
        Some("private_endpoint_network_policies"),
    ),
    ("service_endpoints", 5, Some("the block service_endpoint")),
];

/// Of a route table. Source: as above.
const OF_ROUTE_TABLE: &[Gone] = &[(
    "disable_bgp_route_propagation",
    4,
    Some("bgp_route_propagation_enabled"),
)];

/// Of a NAT gateway. Source: as above.
const OF_NAT_GATEWAY: &[Gone] = &[
    (
        "public_ip_address_ids",
        3,
        Some("azurerm_nat_gateway_public_ip_association"),
    ),
    (
        "public_ip_prefix_ids",
        3,
        Some("azurerm_nat_gateway_public_ip_prefix_association"),
    ),
];

/// Returns the attributes that the provider version does not know, or may not, written as null or not.
pub(in crate::schema) fn removed(slot: &Slot<'_>, provider: ProviderVersion) -> Vec<Removed> {
    let paths = match &*slot.resource.kind {
        "azurerm_kubernetes_cluster" => OF_CLUSTER,
        "azurerm_kubernetes_cluster_node_pool" => OF_POOL,
        "azurerm_virtual_network" => OF_VIRTUAL_NETWORK,
        "azurerm_subnet" => OF_SUBNET,
        "azurerm_route_table" => OF_ROUTE_TABLE,
        "azurerm_nat_gateway" => OF_NAT_GATEWAY,
        _ => &[],
    };
    let known_still = |since| provider.at_most.is_some_and(|version| version < since);
    let gone = paths.iter().filter(|(_, since, _)| !known_still(*since));
    gone.flat_map(|(path, since, instead)| {
        let trees = written(vec![&slot.resource.body], path);
        trees.into_iter().map(|tree| Removed {
            path: (*path).into(),
            since: *since,
            instead: *instead,
            gone: verdict(slot, path, tree, provider.at_least >= Some(*since)),
        })
    })
    .collect()
}

/// Returns whether an attribute is gone for sure, at its place.
fn verdict(slot: &Slot<'_>, path: &str, tree: &Tree, certain: bool) -> Value<()> {
    let trail = slot.reader.trail();
    let own = trail.borrow().span(tree.prov);
    let span = own.unwrap_or(slot.resource.head);
    let prov: ProvId = slot.reader.attribute(path, Some(span), None);
    if certain {
        return Value::known((), prov);
    }
    let version = ProvNode::new(ProvKind::Computed, Some(span)).named("the version of azurerm");
    let origin = trail.borrow_mut().add(version);
    Value::unknown(Unknown::new(Cause::DataSource, origin).not_null(), prov)
}

/// Returns what is written at a dotted path, in all blocks on the way.
fn written<'t>(from: Vec<&'t Tree>, path: &str) -> Vec<&'t Tree> {
    path.split('.').fold(from, |trees, name| {
        let mut next = Vec::new();
        for tree in trees {
            let items = match &tree.node {
                Node::List(list) => list.items.as_slice(),
                _ => std::slice::from_ref(tree),
            };
            let objects = items.iter().filter_map(Tree::as_object);
            next.extend(objects.filter_map(|object| object.entries.get(name)));
        }
        next
    })
}
