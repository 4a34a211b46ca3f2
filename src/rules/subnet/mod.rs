//! Rules of the category `subnet`.

mod node_subnet_nsg_blocks_cluster;
mod peering_hub_route;
mod service_endpoint_v5;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &node_subnet_nsg_blocks_cluster::RULE,
    &peering_hub_route::RULE,
    &service_endpoint_v5::RULE,
];
