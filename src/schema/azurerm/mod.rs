//! What hashicorp/azurerm calls things, release 1 to 5.

pub(super) mod cluster;
mod network_profile;
pub(super) mod pool;
pub(super) mod routing;
pub(super) mod security;
pub(super) mod subnet;
pub(super) mod translation;
pub(super) mod virtual_network;
pub(super) mod written;

use super::vocabulary::Role;

/// The resource types that matter, as managed resources and as data sources.
const KINDS: &[(&str, Role)] = &[
    ("azurerm_kubernetes_automatic_cluster", Role::Cluster),
    ("azurerm_kubernetes_cluster", Role::Cluster),
    ("azurerm_kubernetes_cluster_node_pool", Role::Pool),
    ("azurerm_nat_gateway", Role::NatGateway),
    (
        "azurerm_nat_gateway_public_ip_association",
        Role::Association,
    ),
    (
        "azurerm_nat_gateway_public_ip_prefix_association",
        Role::Association,
    ),
    ("azurerm_network_security_group", Role::SecurityGroup),
    ("azurerm_network_security_rule", Role::SecurityRule),
    ("azurerm_public_ip", Role::PublicIp),
    ("azurerm_public_ip_prefix", Role::PublicIpPrefix),
    ("azurerm_route", Role::Route),
    ("azurerm_route_table", Role::RouteTable),
    ("azurerm_subnet", Role::Subnet),
    ("azurerm_subnet_nat_gateway_association", Role::Association),
    (
        "azurerm_subnet_network_security_group_association",
        Role::Association,
    ),
    ("azurerm_subnet_route_table_association", Role::Association),
    ("azurerm_virtual_network", Role::VirtualNetwork),
    ("azurerm_virtual_network_peering", Role::Peering),
];

/// Returns what resources of a type become; `None` when they do not matter.
pub(super) fn role(kind: &str) -> Option<Role> {
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    found.map(|(_, role)| *role)
}

/// Returns the attributes that make the Azure id of a resource, as far as the code writes them.
pub(super) fn identity(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "azurerm_subnet" => Some(&["name", "virtual_network_name", "resource_group_name"]),
        "azurerm_kubernetes_cluster"
        | "azurerm_nat_gateway"
        | "azurerm_network_security_group"
        | "azurerm_public_ip"
        | "azurerm_public_ip_prefix"
        | "azurerm_route_table"
        | "azurerm_virtual_network" => Some(&["name", "resource_group_name"]),
        "azurerm_resource_group" => Some(&["name"]),
        _ => None,
    }
}
