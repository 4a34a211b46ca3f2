//! `Azure/avm-res-network-virtualnetwork/azurerm`, of Azure Verified Modules.

use super::table::Constant::Unknown;
use super::table::{Each, From, Made, Module, Output, argument, item};

const VNET: &str = "azapi_resource.vnet";
const SUBNETS: &str = "module.subnet{}.azapi_resource.subnet";

/// github.com/Azure/terraform-azurerm-avm-res-network-virtualnetwork, tags v0.11.0 to v0.22.1, read 2026-11-22: `main.tf`,
/// `main.subnet.tf`, `modules/subnet`. Peerings and delegations are left unknown; ranges out of an IPAM pool are, too.
pub(super) const VIRTUAL_NETWORK: &[Module] = &[Module {
    source: "Azure/avm-res-network-virtualnetwork/azurerm",
    releases: "0.22.1 0.22.0 0.21.0 0.20.0 0.19.0 0.18.2 0.18.1 0.18.0 0.17.1 0.17.0 0.16.0 0.15.0 0.14.1 0.14.0 0.13.0 \
         0.12.0 0.11.0",
    makes: &[
        Made {
            kind: "azurerm_virtual_network",
            address: VNET,
            each: Each::Once,
            when: None,
            set: &[&[
                ("name", argument("name").or(Unknown).never_null()),
                (
                    "address_space",
                    argument("address_space").or(Unknown).never_null(),
                ),
                ("subnet", From::Always(super::table::Constant::Nothing)),
                ("ip_address_pool", argument("ipam_pools")),
            ]],
        },
        Made {
            kind: "azurerm_subnet",
            address: SUBNETS,
            each: Each::Entries("subnets"),
            when: None,
            set: &[&[
                ("name", item("name")),
                ("virtual_network_name", From::Name(VNET)),
                (
                    "address_prefixes",
                    From::Filled(
                        &item("address_prefixes"),
                        &From::Filled(&From::List(&item("address_prefix")), &From::Always(Unknown)),
                    ),
                ),
                ("ip_address_pool", item("ipam_pools")),
                ("nat_gateway_id", item("nat_gateway.id")),
                ("route_table_id", item("route_table.id")),
                (
                    "network_security_group_id",
                    item("network_security_group.id"),
                ),
                ("service_endpoints", item("service_endpoints")),
            ]],
        },
        Made {
            kind: "azurerm_virtual_network_peering",
            address: "module.peering",
            each: Each::Entries("peerings"),
            when: None,
            set: &[&[
                ("name", item("name")),
                ("virtual_network_name", From::Name(VNET)),
                (
                    "remote_virtual_network_id",
                    item("remote_virtual_network_resource_id"),
                ),
            ]],
        },
    ],
    outputs: &[
        ("resource_id", Output::Id(VNET)),
        ("name", Output::Name(VNET)),
        ("subnets", Output::ByKey(SUBNETS)),
    ],
    indifferent: "bgp_community ddos_protection_plan diagnostic_settings dns_servers enable_telemetry enable_vm_protection \
         encryption extended_location flow_timeout_in_minutes location lock parent_id retry role_assignments tags timeouts",
}];
