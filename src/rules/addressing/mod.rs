//! Rules of the category `addressing`.

mod cidr_list_order_mismatch;
mod cidr_malformed;
mod cidr_scalar_and_list_disagree;
mod cluster_range_uses_reserved_range;
mod dns_service_ip_is_first_address;
mod dns_service_ip_is_network_or_broadcast;
mod dns_service_ip_malformed;
mod dns_service_ip_outside_service_cidr;
mod docker_bridge_cidr_set;
mod kubenet;
mod kubenet_clusters_share_subnet_or_route_table;
mod kubenet_same_pod_cidr_in_peered_vnets;
mod neighbours;
mod peered_vnets_overlap;
mod pod_cidr_not_private;
mod pod_cidr_overlaps_peered_or_onprem;
mod pod_cidr_overlaps_vnet;
mod ranges;
mod service_cidr_overlaps_peered_network;
mod service_cidr_overlaps_pod_cidr;
mod service_cidr_overlaps_subnet;
mod service_cidr_overlaps_vnet;
mod service_cidr_too_large;
mod service_cidr_v6_too_large;
mod service_cidr_without_dns_service_ip;
mod subnet_outside_vnet;
mod subnets_overlap_in_vnet;
mod two_cidrs_without_dual_stack;
mod vnet_uses_unsupported_range;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &cidr_malformed::RULE,
    &dns_service_ip_malformed::RULE,
    &dns_service_ip_outside_service_cidr::RULE,
    &service_cidr_without_dns_service_ip::RULE,
    &dns_service_ip_is_first_address::RULE,
    &dns_service_ip_is_network_or_broadcast::RULE,
    &service_cidr_too_large::RULE,
    &service_cidr_v6_too_large::RULE,
    &pod_cidr_not_private::RULE,
    &cidr_list_order_mismatch::RULE,
    &two_cidrs_without_dual_stack::RULE,
    &cidr_scalar_and_list_disagree::RULE,
    &docker_bridge_cidr_set::RULE,
    &service_cidr_overlaps_subnet::RULE,
    &service_cidr_overlaps_vnet::RULE,
    &service_cidr_overlaps_peered_network::RULE,
    &service_cidr_overlaps_pod_cidr::RULE,
    &pod_cidr_overlaps_vnet::RULE,
    &pod_cidr_overlaps_peered_or_onprem::RULE,
    &cluster_range_uses_reserved_range::RULE,
    &vnet_uses_unsupported_range::RULE,
    &kubenet_clusters_share_subnet_or_route_table::RULE,
    &kubenet_same_pod_cidr_in_peered_vnets::RULE,
    &subnet_outside_vnet::RULE,
    &subnets_overlap_in_vnet::RULE,
    &peered_vnets_overlap::RULE,
];
