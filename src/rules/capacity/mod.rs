//! Rules of the category `capacity`. What is counted is `crate::capacity`'s; `addresses` and
//! `nodes` judge it, `wording` says it.

mod addresses;
mod apiserver_subnet_too_small;
mod cluster_over_5000_nodes;
mod kubenet_node_subnet_exhausted;
mod kubenet_over_400_nodes;
mod kubenet_pod_cidr_exhausted;
mod max_pods_below_10;
mod max_pods_over_250;
mod more_than_100_pools;
mod node_subnet_mode_exhausted;
mod nodes;
mod npm_over_250_nodes;
mod overlay_node_subnet_exhausted;
mod overlay_pod_cidr_exhausted;
mod pod_subnet_exhausted_dynamic;
mod pod_subnet_exhausted_static_block;
mod pool_below_30_pods;
mod pool_over_1000_nodes;
mod shared_node_subnet_sum;
mod static_block_max_pods_wasteful;
mod static_block_pod_subnet_over_12;
mod static_egress_gateway_prefix;
mod upgrade_surge_does_not_fit;
mod windows_max_pods_over_110;
mod wording;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &overlay_pod_cidr_exhausted::RULE,
    &overlay_node_subnet_exhausted::RULE,
    &node_subnet_mode_exhausted::RULE,
    &kubenet_node_subnet_exhausted::RULE,
    &kubenet_pod_cidr_exhausted::RULE,
    &kubenet_over_400_nodes::RULE,
    &pod_subnet_exhausted_dynamic::RULE,
    &pod_subnet_exhausted_static_block::RULE,
    &static_block_max_pods_wasteful::RULE,
    &static_block_pod_subnet_over_12::RULE,
    &upgrade_surge_does_not_fit::RULE,
    &max_pods_below_10::RULE,
    &max_pods_over_250::RULE,
    &pool_below_30_pods::RULE,
    &windows_max_pods_over_110::RULE,
    &cluster_over_5000_nodes::RULE,
    &pool_over_1000_nodes::RULE,
    &more_than_100_pools::RULE,
    &npm_over_250_nodes::RULE,
    &apiserver_subnet_too_small::RULE,
    &shared_node_subnet_sum::RULE,
    &static_egress_gateway_prefix::RULE,
];
