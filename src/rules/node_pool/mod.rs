//! Rules of the category `node-pool`.

mod autoscaler_min_max;
mod availability_set_pool;
mod mixed_managed_and_custom_subnet;
mod node_public_ip_prefix_without_public_ip;
mod node_subnet_delegated;
mod os_sku_retired;
mod pool_name_invalid;
mod pools_in_different_vnets;
mod reserved_subnet_name_for_nodes;
mod subnet_not_in_cluster_region;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &pools_in_different_vnets::RULE,
    &mixed_managed_and_custom_subnet::RULE,
    &subnet_not_in_cluster_region::RULE,
    &node_subnet_delegated::RULE,
    &reserved_subnet_name_for_nodes::RULE,
    &pool_name_invalid::RULE,
    &autoscaler_min_max::RULE,
    &node_public_ip_prefix_without_public_ip::RULE,
    &availability_set_pool::RULE,
    &os_sku_retired::RULE,
];
