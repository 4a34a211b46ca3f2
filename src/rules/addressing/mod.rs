//! Rules of the category `addressing`.

mod cidr_malformed;
mod cluster_range_uses_reserved_range;
mod dns_service_ip_is_first_address;
mod dns_service_ip_outside_service_cidr;
mod pod_cidr_overlaps_vnet;
mod ranges;
mod service_cidr_overlaps_pod_cidr;
mod service_cidr_overlaps_subnet;
mod service_cidr_without_dns_service_ip;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &cidr_malformed::RULE,
    &dns_service_ip_outside_service_cidr::RULE,
    &service_cidr_without_dns_service_ip::RULE,
    &dns_service_ip_is_first_address::RULE,
    &service_cidr_overlaps_subnet::RULE,
    &service_cidr_overlaps_pod_cidr::RULE,
    &pod_cidr_overlaps_vnet::RULE,
    &cluster_range_uses_reserved_range::RULE,
];
