//! `claranet/aks/azurerm`.
//!
//! github.com/claranet/terraform-azurerm-aks, tags v7.6.0 to v7.9.1, read 2026-11-22: `r-aks.tf`, `locals.tf`,
//! `locals-naming.tf`, `variables*.tf`, `outputs.tf`. A name that the module makes up is left unknown.

use super::table::Constant::{Number, Text, Texts, Truth, Unknown};
use super::table::{
    Each, From, Module, NULL, Output, Test, UNKNOWN, argument, given, once, repeated, text,
};

const CLUSTER: &str = "azurerm_kubernetes_cluster.aks";

const PLUGIN: From = argument("aks_network_plugin").or(Text("azure"));
const IS_AZURE: From = From::Test(&PLUGIN, Test::Is("azure"));
const PRIVATE: From = argument("private_cluster_enabled").or(Truth(true));
const SUBNET: From = argument("nodes_subnet_id").or(Unknown);
const SCALES: From = default("default_node_pool.enable_auto_scaling", Truth(false));
const COUNT: From = default("default_node_pool.node_count", Number(1));
const LEAST: From = default("default_node_pool.min_count", Number(1));
const MOST: From = default("default_node_pool.max_count", Number(10));
const PODS: From = default("default_node_pool.max_pods", Number(30));
const ZONES: From = default("default_node_pool.zones", Texts(&["1", "2", "3"]));
const SIZE: From = default("default_node_pool.vm_size", Text("Standard_D2_v3"));
const POOL_SCALES: From = From::ItemOr(given("enable_auto_scaling"), &SCALES);

/// Returns an optional part of an argument.
const fn default(path: &'static str, missing: super::table::Constant) -> From {
    argument(path).or(missing).never_null()
}

const ABOUT_CLUSTER: &[(&str, From)] = &[
    (
        "name",
        From::If(
            &From::Test(&argument("custom_aks_name"), Test::Is("")),
            &UNKNOWN,
            &From::Filled(&argument("custom_aks_name"), &UNKNOWN),
        ),
    ),
    ("location", argument("location").or(Unknown)),
    (
        "resource_group_name",
        argument("resource_group_name").or(Unknown),
    ),
    ("dns_prefix", UNKNOWN),
    ("dns_prefix_private_cluster", NULL),
    (
        "kubernetes_version",
        argument("kubernetes_version").or(Text("1.17.9")),
    ),
    ("sku_tier", argument("aks_sku_tier").or(Text("Free"))),
    ("private_cluster_enabled", PRIVATE),
    ("private_cluster_public_fqdn_enabled", NULL),
    (
        "private_dns_zone_id",
        From::If(
            &PRIVATE,
            &From::If(
                &From::Test(&argument("private_dns_zone_type"), Test::Is("Custom")),
                &argument("private_dns_zone_id"),
                &argument("private_dns_zone_type").or(Text("System")),
            ),
            &NULL,
        ),
    ),
    (
        "api_server_authorized_ip_ranges",
        From::If(
            &PRIVATE,
            &NULL,
            &argument("api_server_authorized_ip_ranges").or(Texts(&[])),
        ),
    ),
    ("api_server_access_profile", NULL),
    ("agent_pool_profile", NULL),
    ("addon_profile", NULL),
    ("node_provisioning_profile", NULL),
    ("bootstrap_profile", NULL),
    (
        "aci_connector_linux",
        From::If(
            &From::Test(&argument("aci_subnet_id"), Test::Given),
            &UNKNOWN,
            &NULL,
        ),
    ),
    ("identity.type", text("UserAssigned")),
];

const NETWORK: &[(&str, From)] = &[
    ("network_profile.network_plugin", PLUGIN),
    ("network_profile.network_plugin_mode", NULL),
    (
        "network_profile.network_policy",
        From::If(
            &IS_AZURE,
            &text("azure"),
            &argument("aks_network_policy").or(Text("calico")),
        ),
    ),
    (
        "network_profile.network_mode",
        From::If(&IS_AZURE, &text("transparent"), &NULL),
    ),
    (
        "network_profile.service_cidr",
        argument("service_cidr").or(Unknown),
    ),
    (
        "network_profile.dns_service_ip",
        From::Host(&argument("service_cidr").or(Unknown), 10),
    ),
    (
        "network_profile.docker_bridge_cidr",
        argument("docker_bridge_cidr").or(Text("172.16.0.1/16")),
    ),
    (
        "network_profile.pod_cidr",
        From::If(
            &From::Test(&PLUGIN, Test::Is("kubenet")),
            &argument("aks_pod_cidr").or(Text("172.17.0.0/16")),
            &NULL,
        ),
    ),
    ("network_profile.load_balancer_sku", text("standard")),
    (
        "network_profile.outbound_type",
        argument("outbound_type").or(Text("loadBalancer")),
    ),
    ("network_profile.network_data_plane", NULL),
    ("network_profile.ebpf_data_plane", NULL),
    ("network_profile.pod_cidrs", NULL),
    ("network_profile.service_cidrs", NULL),
    ("network_profile.ip_versions", NULL),
    ("network_profile.load_balancer_profile", NULL),
    ("network_profile.nat_gateway_profile", NULL),
    ("network_profile.advanced_networking", NULL),
];

const DEFAULT_POOL: &[(&str, From)] = &[
    (
        "default_node_pool.name",
        default("default_node_pool.name", Text("default")),
    ),
    ("default_node_pool.vm_size", SIZE),
    ("default_node_pool.enable_auto_scaling", SCALES),
    (
        "default_node_pool.node_count",
        From::If(&SCALES, &NULL, &COUNT),
    ),
    (
        "default_node_pool.min_count",
        From::If(&SCALES, &LEAST, &NULL),
    ),
    (
        "default_node_pool.max_count",
        From::If(&SCALES, &MOST, &NULL),
    ),
    ("default_node_pool.max_pods", PODS),
    (
        "default_node_pool.type",
        default("default_node_pool.type", Text("VirtualMachineScaleSets")),
    ),
    ("default_node_pool.vnet_subnet_id", SUBNET),
    ("default_node_pool.pod_subnet_id", NULL),
    ("default_node_pool.zones", ZONES),
    ("default_node_pool.os_type", NULL),
    ("default_node_pool.os_sku", NULL),
    ("default_node_pool.mode", NULL),
    ("default_node_pool.upgrade_settings", NULL),
    ("default_node_pool.enable_node_public_ip", NULL),
    ("default_node_pool.node_public_ip_prefix_id", NULL),
    ("default_node_pool.windows_profile", NULL),
    ("default_node_pool.temporary_name_for_rotation", NULL),
];

/// An element of `nodes_pools`; what it does not say is as in the default pool.
const POOL: &[(&str, From)] = &[
    ("kubernetes_cluster_id", From::Id(CLUSTER)),
    (
        "name",
        From::ItemOr(
            given("name"),
            &default("default_node_pool.name", Text("default")),
        ),
    ),
    ("vm_size", From::ItemOr(given("vm_size"), &SIZE)),
    (
        "os_type",
        From::ItemOr(
            given("os_type"),
            &default("default_node_pool.os_type", Text("Linux")),
        ),
    ),
    (
        "priority",
        From::ItemOr(given("priority"), &argument("default_node_pool.priority")),
    ),
    (
        "vnet_subnet_id",
        From::ItemOr(given("vnet_subnet_id"), &SUBNET),
    ),
    ("pod_subnet_id", NULL),
    ("enable_auto_scaling", POOL_SCALES),
    (
        "node_count",
        From::If(
            &POOL_SCALES,
            &NULL,
            &From::ItemOr(given("node_count"), &COUNT),
        ),
    ),
    (
        "min_count",
        From::If(
            &POOL_SCALES,
            &From::ItemOr(given("min_count"), &LEAST),
            &NULL,
        ),
    ),
    (
        "max_count",
        From::If(
            &POOL_SCALES,
            &From::ItemOr(given("max_count"), &MOST),
            &NULL,
        ),
    ),
    ("max_pods", From::ItemOr(given("max_pods"), &PODS)),
    (
        "enable_node_public_ip",
        From::ItemOr(
            given("enable_node_public_ip"),
            &default("default_node_pool.enable_node_public_ip", Truth(false)),
        ),
    ),
    ("zones", From::ItemOr(given("zones"), &ZONES)),
    ("type", NULL),
    ("mode", NULL),
    ("os_sku", NULL),
    ("upgrade_settings", NULL),
    ("node_public_ip_prefix_id", NULL),
    ("windows_profile", NULL),
    ("temporary_name_for_rotation", NULL),
];

pub(super) const MODULES: &[Module] = &[Module {
    source: "claranet/aks/azurerm",
    releases: "7.9.1 7.9.0 7.8.0 7.7.1 7.7.0 7.6.1 7.6.0",
    makes: &[
        once(
            "azurerm_kubernetes_cluster",
            CLUSTER,
            &[ABOUT_CLUSTER, NETWORK, DEFAULT_POOL],
        ),
        repeated(
            "azurerm_kubernetes_cluster_node_pool",
            "azurerm_kubernetes_cluster_node_pool.node_pools",
            Each::Elements("nodes_pools"),
            &[POOL],
        ),
    ],
    outputs: &[
        ("aks_id", Output::Id(CLUSTER)),
        ("aks_name", Output::Name(CLUSTER)),
        (
            "aks_nodes_pools_ids",
            Output::Ids("azurerm_kubernetes_cluster_node_pool.node_pools"),
        ),
    ],
    indifferent: INDIFFERENT,
}];

const INDIFFERENT: &str = "aadpodidentity_chart_repository aadpodidentity_chart_version aadpodidentity_custom_name \
     aadpodidentity_extra_tags aadpodidentity_kubenet_policy_enabled aadpodidentity_namespace aadpodidentity_values \
     agic_chart_repository agic_chart_version agic_enabled agic_helm_version aks_http_proxy_settings \
     aks_route_table_id aks_user_assigned_identity_custom_name aks_user_assigned_identity_resource_group_name \
     aks_user_assigned_identity_tags appgw_identity_enabled appgw_ingress_controller_values appgw_private_ip \
     appgw_settings appgw_ssl_certificates_configs appgw_subnet_id appgw_user_assigned_identity_custom_name \
     appgw_user_assigned_identity_resource_group_name application_gateway_id auto_scaler_profile \
     azure_policy_enabled cert_manager_chart_repository cert_manager_chart_version cert_manager_namespace \
     cert_manager_settings client_name container_registries_id custom_appgw_name custom_diagnostic_settings_name \
     default_node_pool_tags default_tags_enabled enable_cert_manager enable_kured enable_pod_security_policy \
     enable_velero environment extra_tags http_application_routing_enabled key_vault_secrets_provider \
     kured_chart_repository kured_chart_version kured_settings linux_profile location_short logs_categories \
     logs_destinations_ids logs_kube_audit_enabled logs_metrics_categories logs_retention_days name_prefix \
     name_suffix node_pool_tags node_resource_group oidc_issuer_enabled oms_log_analytics_workspace_id \
     private_dns_zone_role_assignment_enabled private_ingress stack use_caf_naming use_existing_application_gateway \
     velero_chart_repository velero_chart_version velero_identity_custom_name velero_identity_extra_tags \
     velero_namespace velero_storage_settings velero_values vnet_id";
