//! Rules of the category `plugin`.

mod acns_empty;
mod acns_k8s_version;
mod acns_security_without_cilium;
mod azure_npm_linux_retirement;
mod azure_npm_windows_retired;
mod calico_windows_2025;
mod calico_with_dual_stack;
mod cilium_data_plane_with_other_policy;
mod cilium_data_plane_without_azure_plugin;
mod cilium_dual_stack_k8s_version;
mod cilium_policy_without_cilium_data_plane;
mod cilium_with_windows_pool;
mod conditions;
mod dual_stack_standard_nat_gateway;
mod dual_stack_subnet_not_dual;
mod dual_stack_virtual_nodes;
mod dual_stack_without_overlay;
mod ipv6_only;
mod kubenet_byo_route_table_system_identity;
mod kubenet_retired;
mod kubenet_unsupported_features;
mod kubenet_with_azure_policy;
mod kubenet_with_windows_pool;
mod mixed_pod_subnet_pools;
mod network_policy_engine_without_plugin;
mod network_policy_missing;
mod node_auto_provisioning_unsupported_network;
mod npm_with_dual_stack;
mod overlay_availability_set;
mod overlay_dcsv2_vm;
mod overlay_name_too_long;
mod overlay_virtual_nodes;
mod overlay_vs_flat_by_default;
mod overlay_with_pod_subnet;
mod overlay_without_azure_plugin;
mod pod_cidr_with_flat_azure;
mod pod_subnet_equals_node_subnet;
mod pod_subnet_other_vnet;
mod pod_subnet_without_azure_plugin;
mod pod_subnet_without_vnet_subnet;
mod static_block_unsupported_here;
mod static_egress_gateway_pod_subnet;
mod windows_2019_retired;
mod windows_outbound_nat_disable;
mod windows_system_pool;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &kubenet_retired::RULE,
    &kubenet_with_azure_policy::RULE,
    &kubenet_with_windows_pool::RULE,
    &kubenet_unsupported_features::RULE,
    &kubenet_byo_route_table_system_identity::RULE,
    &overlay_without_azure_plugin::RULE,
    &pod_cidr_with_flat_azure::RULE,
    &overlay_with_pod_subnet::RULE,
    &pod_subnet_without_azure_plugin::RULE,
    &pod_subnet_without_vnet_subnet::RULE,
    &cilium_data_plane_without_azure_plugin::RULE,
    &cilium_data_plane_with_other_policy::RULE,
    &cilium_policy_without_cilium_data_plane::RULE,
    &cilium_with_windows_pool::RULE,
    &network_policy_missing::RULE,
    &azure_npm_linux_retirement::RULE,
    &azure_npm_windows_retired::RULE,
    &network_policy_engine_without_plugin::RULE,
    &calico_windows_2025::RULE,
    &npm_with_dual_stack::RULE,
    &calico_with_dual_stack::RULE,
    &dual_stack_without_overlay::RULE,
    &cilium_dual_stack_k8s_version::RULE,
    &ipv6_only::RULE,
    &dual_stack_subnet_not_dual::RULE,
    &dual_stack_standard_nat_gateway::RULE,
    &dual_stack_virtual_nodes::RULE,
    &overlay_virtual_nodes::RULE,
    &overlay_dcsv2_vm::RULE,
    &overlay_availability_set::RULE,
    &overlay_name_too_long::RULE,
    &node_auto_provisioning_unsupported_network::RULE,
    &acns_security_without_cilium::RULE,
    &acns_empty::RULE,
    &acns_k8s_version::RULE,
    &overlay_vs_flat_by_default::RULE,
    &windows_system_pool::RULE,
    &windows_2019_retired::RULE,
    &windows_outbound_nat_disable::RULE,
    &static_block_unsupported_here::RULE,
    &mixed_pod_subnet_pools::RULE,
    &pod_subnet_equals_node_subnet::RULE,
    &pod_subnet_other_vnet::RULE,
    &static_egress_gateway_pod_subnet::RULE,
];
