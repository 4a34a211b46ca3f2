//! Rules of the category `egress`.

mod basic_load_balancer;
mod lb_idle_timeout_range;
mod lb_ports_not_multiple_of_8;
mod lb_ports_over_capacity;
mod lb_profile_exclusive_outbound_ips;
mod lb_profile_with_other_outbound;
mod lb_single_outbound_ip_large;
mod managed_nat_with_custom_vnet;
mod nat_gateway_ip_count;
mod nat_profile_with_other_outbound;
mod nat_zones;
mod nodes;
mod outbound_ip_sku;
mod outbound_none_without_cache;
mod outbound_profile_with_basic_load_balancer;
mod outbound_type_with_basic_load_balancer;
mod routes;
mod udr_invalid_next_hop;
mod udr_missing_ipv6_default;
mod udr_next_hop_missing_ip;
mod udr_subnet_without_route_table;
mod udr_without_default_route;
mod user_nat_subnet_not_associated;
mod user_nat_without_vnet_subnet;
mod ways;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &basic_load_balancer::RULE,
    &outbound_type_with_basic_load_balancer::RULE,
    &lb_profile_with_other_outbound::RULE,
    &lb_profile_exclusive_outbound_ips::RULE,
    &lb_ports_over_capacity::RULE,
    &lb_ports_not_multiple_of_8::RULE,
    &lb_idle_timeout_range::RULE,
    &nat_profile_with_other_outbound::RULE,
    &nat_gateway_ip_count::RULE,
    &outbound_profile_with_basic_load_balancer::RULE,
    &outbound_none_without_cache::RULE,
    &managed_nat_with_custom_vnet::RULE,
    &user_nat_without_vnet_subnet::RULE,
    &user_nat_subnet_not_associated::RULE,
    &udr_subnet_without_route_table::RULE,
    &udr_without_default_route::RULE,
    &udr_invalid_next_hop::RULE,
    &udr_next_hop_missing_ip::RULE,
    &udr_missing_ipv6_default::RULE,
    &nat_zones::RULE,
    &outbound_ip_sku::RULE,
    &lb_single_outbound_ip_large::RULE,
];
