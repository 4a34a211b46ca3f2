//! Attributes that a release of azurerm took away.

use crate::project::ProviderVersion;
use crate::schema::scene::Slot;
use crate::source::{Span, Symbol};
use crate::value::{Node, Tree};

/// Path of a cluster, and the major version that no longer knows it. Source: azurerm's 3.0-, 4.0- and
/// 5.0-upgrade-guide.html.markdown, read 2026-11-22.
const OF_CLUSTER: &[(&str, u32)] = &[
    ("addon_profile", 3),
    ("default_node_pool.availability_zones", 3),
    ("private_link_enabled", 3),
    ("api_server_access_profile.vnet_integration_enabled", 4),
    ("api_server_authorized_ip_ranges", 4),
    ("automatic_channel_upgrade", 4),
    ("default_node_pool.enable_auto_scaling", 4),
    ("default_node_pool.enable_host_encryption", 4),
    ("default_node_pool.enable_node_public_ip", 4),
    ("network_profile.docker_bridge_cidr", 4),
    ("network_profile.ebpf_data_plane", 4),
    ("node_os_channel_upgrade", 4),
    ("public_network_access_enabled", 4),
];

/// Path of a node pool, likewise.
const OF_POOL: &[(&str, u32)] = &[
    ("availability_zones", 3),
    ("enable_auto_scaling", 4),
    ("enable_host_encryption", 4),
    ("enable_node_public_ip", 4),
];

/// Returns the attributes of a cluster or pool that its provider version no longer knows, written as null or not.
pub(in crate::schema) fn removed(
    slot: &Slot<'_>,
    provider: ProviderVersion,
) -> Vec<(Symbol, Span)> {
    let Some(version) = provider.at_least else {
        return Vec::new();
    };
    let paths = match &*slot.resource.kind {
        "azurerm_kubernetes_cluster" => OF_CLUSTER,
        "azurerm_kubernetes_cluster_node_pool" => OF_POOL,
        _ => &[],
    };
    let place = |tree: &Tree| {
        let span = slot.reader.trail().borrow().span(tree.prov);
        span.unwrap_or(slot.resource.head)
    };
    let gone = paths.iter().filter(|(_, since)| version >= *since);
    gone.flat_map(|(path, _)| {
        let trees = written(vec![&slot.resource.body], path);
        trees
            .into_iter()
            .map(|tree| (Symbol::from(*path), place(tree)))
    })
    .collect()
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
