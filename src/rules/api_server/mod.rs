//! Rules of the category `api-server`.

mod api_open_to_world;
mod apiserver_subnet_without_integration;
mod apiserver_vnet_subnet_not_delegated;
mod authorized_range_host_bits;
mod authorized_range_private_address;
mod authorized_range_zero_combined;
mod authorized_ranges_node_public_ips;
mod authorized_ranges_over_200;
mod authorized_ranges_with_private_cluster;
mod dns_prefix_missing;
mod private_dns_zone_identity;
mod private_dns_zone_name;
mod private_options_without_private;
mod public_fqdn_with_private_dns_none;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &api_open_to_world::RULE,
    &authorized_ranges_with_private_cluster::RULE,
    &authorized_range_private_address::RULE,
    &authorized_range_host_bits::RULE,
    &authorized_range_zero_combined::RULE,
    &authorized_ranges_over_200::RULE,
    &authorized_ranges_node_public_ips::RULE,
    &public_fqdn_with_private_dns_none::RULE,
    &private_options_without_private::RULE,
    &private_dns_zone_name::RULE,
    &private_dns_zone_identity::RULE,
    &dns_prefix_missing::RULE,
    &apiserver_vnet_subnet_not_delegated::RULE,
    &apiserver_subnet_without_integration::RULE,
];
