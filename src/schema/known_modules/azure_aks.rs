//! `Azure/aks/azurerm`.
//!
//! github.com/Azure/terraform-azurerm-aks, tags 8.0.0 to 11.5.0, read 2026-11-22: `main.tf`, `extra_node_pool.tf`,
//! `variables.tf`, `outputs.tf`. What the add-ons, the identity and the access to the API server come to is left unknown.

use super::table::Constant::{self, Text, Truth, Unknown};
use super::table::{Each, From, Made, Module, NULL, Output, UNKNOWN, argument, item};

const CLUSTER: &str = "azurerm_kubernetes_cluster.main";
const POOLS: &str = "azurerm_kubernetes_cluster_node_pool.node_pool_create_before_destroy";

/// The cluster in all releases.
const ABOUT_CLUSTER: &[(&str, From)] = &[
    ("resource_group_name", argument("resource_group_name")),
    ("kubernetes_version", argument("kubernetes_version")),
    (
        "private_cluster_enabled",
        argument("private_cluster_enabled").or(Truth(false)),
    ),
    (
        "private_cluster_public_fqdn_enabled",
        argument("private_cluster_public_fqdn_enabled").or(Truth(false)),
    ),
    ("private_dns_zone_id", argument("private_dns_zone_id")),
    ("sku_tier", argument("sku_tier").or(Text("Free"))),
    ("agent_pool_profile", NULL),
    ("addon_profile", NULL),
    (
        "name",
        From::If(
            &argument("cluster_name_random_suffix").or(Truth(false)),
            &UNKNOWN,
            &argument("cluster_name").or(Unknown).never_null(),
        ),
    ),
    ("dns_prefix", argument("prefix").or(Unknown).never_null()),
    (
        "network_profile.network_plugin",
        argument("network_plugin").or(Text("kubenet")).never_null(),
    ),
    (
        "network_profile.network_plugin_mode",
        argument("network_plugin_mode"),
    ),
    ("network_profile.network_policy", argument("network_policy")),
    (
        "network_profile.dns_service_ip",
        argument("net_profile_dns_service_ip"),
    ),
    (
        "network_profile.load_balancer_sku",
        argument("load_balancer_sku").or(Text("standard")),
    ),
    (
        "network_profile.outbound_type",
        argument("net_profile_outbound_type").or(Text("loadBalancer")),
    ),
    ("network_profile.pod_cidr", argument("net_profile_pod_cidr")),
    (
        "network_profile.service_cidr",
        argument("net_profile_service_cidr"),
    ),
    ("network_profile.docker_bridge_cidr", NULL),
    (
        "network_profile.load_balancer_profile",
        From::If(
            &argument("load_balancer_profile_enabled")
                .or(Truth(false))
                .never_null(),
            &UNKNOWN,
            &NULL,
        ),
    ),
    (
        "default_node_pool.name",
        argument("agents_pool_name")
            .or(Text("nodepool"))
            .never_null(),
    ),
    (
        "default_node_pool.vm_size",
        argument("agents_size").or(Text("Standard_D2s_v3")),
    ),
    ("default_node_pool.max_pods", argument("agents_max_pods")),
    (
        "default_node_pool.type",
        argument("agents_type").or(Text("VirtualMachineScaleSets")),
    ),
    ("default_node_pool.os_sku", argument("os_sku")),
    (
        "default_node_pool.temporary_name_for_rotation",
        argument("temporary_name_for_rotation"),
    ),
    (
        "default_node_pool.zones",
        argument("agents_availability_zones"),
    ),
    ("default_node_pool.os_type", NULL),
    ("default_node_pool.mode", NULL),
    ("default_node_pool.windows_profile", NULL),
    ("default_node_pool.node_public_ip_prefix_id", NULL),
    ("default_node_pool.upgrade_settings.max_unavailable", NULL),
];

/// Ranges of both families, since 10; a release that lacks such an argument sets none.
const DUAL_STACK: &[(&str, From)] = &[
    (
        "network_profile.pod_cidrs",
        argument("net_profile_pod_cidrs"),
    ),
    (
        "network_profile.service_cidrs",
        argument("net_profile_service_cidrs"),
    ),
    (
        "network_profile.ip_versions",
        argument("network_ip_versions"),
    ),
    (
        "network_profile.nat_gateway_profile",
        argument("nat_gateway_profile"),
    ),
];

/// What the releases before 10 do not set.
const SINGLE_STACK: &[(&str, From)] = &[
    ("network_profile.pod_cidrs", NULL),
    ("network_profile.service_cidrs", NULL),
    ("network_profile.ip_versions", NULL),
    ("network_profile.network_mode", NULL),
    ("network_profile.nat_gateway_profile", NULL),
    ("network_profile.advanced_networking", NULL),
    ("node_provisioning_profile", NULL),
    ("dns_prefix_private_cluster", NULL),
    ("bootstrap_profile", NULL),
    ("network_profile.network_data_plane", NULL),
    (
        "network_profile.ebpf_data_plane",
        argument("ebpf_data_plane"),
    ),
];

/// How the default pool scales, up to 10.
const OLD_SCALING: &[(&str, From)] = &[
    (
        "default_node_pool.enable_auto_scaling",
        argument("enable_auto_scaling").or(Truth(false)),
    ),
    (
        "default_node_pool.enable_node_public_ip",
        argument("enable_node_public_ip").or(Truth(false)),
    ),
    (
        "default_node_pool.node_count",
        From::If(
            &argument("enable_auto_scaling").or(Truth(false)),
            &NULL,
            &argument("agents_count").or(Constant::Number(2)),
        ),
    ),
    (
        "default_node_pool.min_count",
        From::If(
            &argument("enable_auto_scaling").or(Truth(false)),
            &argument("agents_min_count"),
            &NULL,
        ),
    ),
    (
        "default_node_pool.max_count",
        From::If(
            &argument("enable_auto_scaling").or(Truth(false)),
            &argument("agents_max_count"),
            &NULL,
        ),
    ),
];

/// How the default pool scales, since 11.
const NEW_SCALING: &[(&str, From)] = &[
    (
        "default_node_pool.auto_scaling_enabled",
        argument("auto_scaling_enabled").or(Truth(false)),
    ),
    (
        "default_node_pool.node_public_ip_enabled",
        argument("node_public_ip_enabled").or(Truth(false)),
    ),
    (
        "default_node_pool.node_count",
        From::If(
            &argument("auto_scaling_enabled").or(Truth(false)),
            &NULL,
            &argument("agents_count").or(Constant::Number(2)),
        ),
    ),
    (
        "default_node_pool.min_count",
        From::If(
            &argument("auto_scaling_enabled").or(Truth(false)),
            &argument("agents_min_count"),
            &NULL,
        ),
    ),
    (
        "default_node_pool.max_count",
        From::If(
            &argument("auto_scaling_enabled").or(Truth(false)),
            &argument("agents_max_count"),
            &NULL,
        ),
    ),
];

/// Which subnets the default pool is in, up to 9.
const SUBNET_IDS: &[(&str, From)] = &[
    (
        "default_node_pool.vnet_subnet_id",
        argument("vnet_subnet_id"),
    ),
    ("default_node_pool.pod_subnet_id", argument("pod_subnet_id")),
];

/// Which subnets the default pool is in, since 10.
const SUBNET_OBJECTS: &[(&str, From)] = &[
    (
        "default_node_pool.vnet_subnet_id",
        argument("vnet_subnet.id"),
    ),
    ("default_node_pool.pod_subnet_id", argument("pod_subnet.id")),
];

const NO_SURGE: &[(&str, From)] = &[(
    "default_node_pool.upgrade_settings.max_surge",
    argument("agents_pool_max_surge"),
)];

const SURGE: &[(&str, From)] = &[(
    "default_node_pool.upgrade_settings.max_surge",
    argument("agents_pool_max_surge").or(Text("10%")),
)];

/// An entry of `node_pools` in all releases; its name gets a random end.
const ABOUT_POOL: &[(&str, From)] = &[
    ("kubernetes_cluster_id", From::Id(CLUSTER)),
    ("vm_size", item("vm_size")),
    ("node_count", item("node_count")),
    ("min_count", item("min_count")),
    ("max_count", item("max_count")),
    ("max_pods", item("max_pods")),
    ("mode", item("mode").or(Text("User"))),
    ("os_type", item("os_type").or(Text("Linux"))),
    ("os_sku", item("os_sku")),
    ("priority", item("priority").or(Text("Regular"))),
    (
        "upgrade_settings.max_surge",
        item("upgrade_settings.max_surge"),
    ),
    ("upgrade_settings.max_unavailable", NULL),
];

const POOL_SUBNET_IDS: &[(&str, From)] = &[
    ("vnet_subnet_id", item("vnet_subnet_id")),
    ("pod_subnet_id", item("pod_subnet_id")),
    ("enable_auto_scaling", item("enable_auto_scaling")),
    ("enable_node_public_ip", item("enable_node_public_ip")),
];

const POOL_SUBNET_OBJECTS: &[(&str, From)] = &[
    ("vnet_subnet_id", item("vnet_subnet.id")),
    ("pod_subnet_id", item("pod_subnet.id")),
    ("enable_auto_scaling", item("enable_auto_scaling")),
    ("enable_node_public_ip", item("enable_node_public_ip")),
];

const POOL_OF_ELEVEN: &[(&str, From)] = &[
    ("vnet_subnet_id", item("vnet_subnet.id")),
    ("pod_subnet_id", item("pod_subnet.id")),
    ("auto_scaling_enabled", item("auto_scaling_enabled")),
    ("node_public_ip_enabled", item("node_public_ip_enabled")),
];

const fn cluster(set: &'static [&'static [(&'static str, From)]]) -> Made {
    Made {
        kind: "azurerm_kubernetes_cluster",
        address: CLUSTER,
        each: Each::Once,
        when: None,
        set,
    }
}

const fn pools(set: &'static [&'static [(&'static str, From)]]) -> Made {
    Made {
        kind: "azurerm_kubernetes_cluster_node_pool",
        address: POOLS,
        each: Each::Entries("node_pools"),
        when: None,
        set,
    }
}

const OUTPUTS: &[(&str, Output)] = &[
    ("aks_id", Output::Id(CLUSTER)),
    ("aks_name", Output::Name(CLUSTER)),
];

pub(super) const MODULES: &[Module] = &[
    Module {
        source: "Azure/aks/azurerm",
        releases: "11.5.0 11.4.0 11.3.0 11.2.0 11.1.0 11.0.0",
        makes: &[
            cluster(&[
                ABOUT_CLUSTER,
                DUAL_STACK,
                NEW_SCALING,
                SUBNET_OBJECTS,
                SURGE,
                &[
                    (
                        "node_provisioning_profile",
                        argument("node_provisioning_profile"),
                    ),
                    (
                        "dns_prefix_private_cluster",
                        argument("dns_prefix_private_cluster"),
                    ),
                    ("network_profile.network_mode", NULL),
                    ("network_profile.ebpf_data_plane", NULL),
                    (
                        "network_profile.network_data_plane",
                        argument("ebpf_data_plane"),
                    ),
                    (
                        "network_profile.advanced_networking",
                        argument("network_profile_advanced_networking"),
                    ),
                ],
            ]),
            pools(&[ABOUT_POOL, POOL_OF_ELEVEN]),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
    Module {
        source: "Azure/aks/azurerm",
        releases: "10.2.0 10.1.1 10.1.0 10.0.2 10.0.1 10.0.0",
        makes: &[
            cluster(&[
                ABOUT_CLUSTER,
                DUAL_STACK,
                OLD_SCALING,
                SUBNET_OBJECTS,
                SURGE,
                &[
                    ("node_provisioning_profile", NULL),
                    (
                        "dns_prefix_private_cluster",
                        argument("dns_prefix_private_cluster"),
                    ),
                    ("network_profile.network_mode", argument("network_mode")),
                    (
                        "network_profile.ebpf_data_plane",
                        argument("ebpf_data_plane"),
                    ),
                    (
                        "network_profile.network_data_plane",
                        argument("network_data_plane"),
                    ),
                    ("network_profile.advanced_networking", NULL),
                ],
            ]),
            pools(&[ABOUT_POOL, POOL_SUBNET_OBJECTS]),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
    Module {
        source: "Azure/aks/azurerm",
        releases: "9.4.1 9.4.0 9.3.0 9.2.0 9.1.0 9.0.0",
        makes: &[
            cluster(&[ABOUT_CLUSTER, SINGLE_STACK, OLD_SCALING, SUBNET_IDS, SURGE]),
            pools(&[ABOUT_POOL, POOL_SUBNET_IDS]),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
    Module {
        source: "Azure/aks/azurerm",
        releases: "8.0.0",
        makes: &[
            cluster(&[
                ABOUT_CLUSTER,
                SINGLE_STACK,
                OLD_SCALING,
                SUBNET_IDS,
                NO_SURGE,
            ]),
            pools(&[ABOUT_POOL, POOL_SUBNET_IDS]),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
];

const INDIFFERENT: &str = "aci_connector_linux_enabled aci_connector_linux_subnet_name admin_username agents_labels \
     agents_pool_drain_timeout_in_minutes agents_pool_kubelet_configs agents_pool_linux_os_configs \
     agents_pool_local_dns_config agents_pool_node_soak_duration_in_minutes agents_pool_undrainable_node_behavior \
     agents_proximity_placement_group_id agents_tags agents_taints ai_toolchain_operator_enabled \
     api_server_authorized_ip_ranges api_server_subnet_id api_server_vnet_integration_enabled attached_acr_id_map \
     auto_scaler_profile_balance_similar_node_groups auto_scaler_profile_empty_bulk_delete_max \
     auto_scaler_profile_enabled auto_scaler_profile_expander auto_scaler_profile_max_graceful_termination_sec \
     auto_scaler_profile_max_node_provisioning_time auto_scaler_profile_max_unready_nodes \
     auto_scaler_profile_max_unready_percentage auto_scaler_profile_new_pod_scale_up_delay \
     auto_scaler_profile_scale_down_delay_after_add auto_scaler_profile_scale_down_delay_after_delete \
     auto_scaler_profile_scale_down_delay_after_failure auto_scaler_profile_scale_down_unneeded \
     auto_scaler_profile_scale_down_unready auto_scaler_profile_scale_down_utilization_threshold \
     auto_scaler_profile_scan_interval auto_scaler_profile_skip_nodes_with_local_storage \
     auto_scaler_profile_skip_nodes_with_system_pods automatic_channel_upgrade azure_policy_enabled \
     bootstrap_profile brown_field_application_gateway_for_ingress client_id client_secret \
     cluster_log_analytics_workspace_name confidential_computing cost_analysis_enabled \
     create_monitor_data_collection_rule create_role_assignment_network_contributor \
     create_role_assignments_for_application_gateway custom_ca_trust_certificates_base64 data_collection_settings \
     default_node_pool_fips_enabled disk_encryption_set_id enable_host_encryption \
     green_field_application_gateway_for_ingress host_encryption_enabled http_proxy_config identity_ids \
     identity_type image_cleaner_enabled image_cleaner_interval_hours interval_before_cluster_update \
     key_vault_secrets_provider_enabled kms_enabled kms_key_vault_key_id kms_key_vault_network_access \
     kubelet_identity load_balancer_profile_idle_timeout_in_minutes load_balancer_profile_managed_outbound_ip_count \
     load_balancer_profile_managed_outbound_ipv6_count load_balancer_profile_outbound_ip_address_ids \
     load_balancer_profile_outbound_ip_prefix_ids load_balancer_profile_outbound_ports_allocated \
     local_account_disabled local_dns_config location log_analytics_solution log_analytics_workspace \
     log_analytics_workspace_allow_resource_only_permissions log_analytics_workspace_cmk_for_query_forced \
     log_analytics_workspace_daily_quota_gb log_analytics_workspace_data_collection_rule_id \
     log_analytics_workspace_enabled log_analytics_workspace_identity \
     log_analytics_workspace_immediate_data_purge_on_30_days_enabled \
     log_analytics_workspace_internet_ingestion_enabled log_analytics_workspace_internet_query_enabled \
     log_analytics_workspace_local_authentication_disabled \
     log_analytics_workspace_reservation_capacity_in_gb_per_day log_analytics_workspace_resource_group_name \
     log_analytics_workspace_sku log_retention_in_days maintenance_window maintenance_window_auto_upgrade \
     maintenance_window_node_os microsoft_defender_enabled \
     monitor_data_collection_rule_data_sources_syslog_facilities \
     monitor_data_collection_rule_data_sources_syslog_levels monitor_data_collection_rule_extensions_streams \
     monitor_metrics msi_auth_for_monitoring_enabled network_contributor_role_assigned_subnet_ids \
     node_network_profile node_os_channel_upgrade node_resource_group oidc_issuer_enabled oms_agent_enabled \
     only_critical_addons_enabled open_service_mesh_enabled orchestrator_version os_disk_size_gb os_disk_type \
     public_ssh_key rbac_aad rbac_aad_admin_group_object_ids rbac_aad_azure_rbac_enabled rbac_aad_client_app_id \
     rbac_aad_managed rbac_aad_server_app_id rbac_aad_server_app_secret rbac_aad_tenant_id \
     role_based_access_control_enabled run_command_enabled scale_down_mode secret_rotation_enabled \
     secret_rotation_interval service_mesh_profile snapshot_id storage_profile_blob_driver_enabled \
     storage_profile_disk_driver_enabled storage_profile_disk_driver_version storage_profile_enabled \
     storage_profile_file_driver_enabled storage_profile_snapshot_controller_enabled support_plan tags \
     tracing_tags_enabled tracing_tags_prefix ultra_ssd_enabled upgrade_override web_app_routing windows_profile \
     windows_profile_admin_password workload_autoscaler_profile workload_identity_enabled";
