//! `Azure/avm-ptn-aks-production/azurerm`, of Azure Verified Modules.
//!
//! github.com/Azure/terraform-azurerm-avm-ptn-aks-production, tags 0.2.0 to 0.5.0, read 2026-11-22: `main.tf`, `locals.tf`,
//! `variables.tf`, `outputs.tf`. It makes a pool for each zone that Azure has for the size of the machine: how many, only Azure
//! knows. 0.1.0 brings its own network and is left out.

use super::table::Constant::{Number, Text, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, once, repeated, text,
};

const CLUSTER: &str = "azurerm_kubernetes_cluster.this";
const SUBNET: From = argument("network.node_subnet_id").or(Unknown).never_null();
const SERVICES: From = argument("network.service_cidr");
const POLICY: From = argument("network_policy").or(Text("cilium")).never_null();

const ABOUT_CLUSTER: &[(&str, From)] = &[
    (
        "name",
        From::Joined(&[text("aks-"), argument("name").or(Unknown).never_null()]),
    ),
    ("location", argument("location").or(Unknown).never_null()),
    (
        "resource_group_name",
        argument("resource_group_name").or(Unknown).never_null(),
    ),
    ("dns_prefix", argument("name").or(Unknown).never_null()),
    ("dns_prefix_private_cluster", NULL),
    ("kubernetes_version", argument("kubernetes_version")),
    ("private_cluster_enabled", From::Always(Truth(true))),
    ("private_cluster_public_fqdn_enabled", NULL),
    ("sku_tier", text("Standard")),
    ("agent_pool_profile", NULL),
    ("addon_profile", NULL),
    ("aci_connector_linux", NULL),
    ("api_server_access_profile", NULL),
    ("api_server_authorized_ip_ranges", NULL),
    ("node_provisioning_profile", NULL),
    ("bootstrap_profile", NULL),
    ("identity.type", text("UserAssigned")),
    (
        "identity.identity_ids",
        From::Filled(
            &argument("managed_identities.user_assigned_resource_ids"),
            &UNKNOWN,
        ),
    ),
    ("network_profile.network_plugin", text("azure")),
    ("network_profile.network_plugin_mode", text("overlay")),
    ("network_profile.load_balancer_sku", text("standard")),
    (
        "network_profile.pod_cidr",
        argument("network.pod_cidr").or(Unknown),
    ),
    ("network_profile.network_mode", NULL),
    ("network_profile.pod_cidrs", NULL),
    ("network_profile.service_cidrs", NULL),
    ("network_profile.ip_versions", NULL),
    ("network_profile.docker_bridge_cidr", NULL),
    ("network_profile.ebpf_data_plane", NULL),
    ("network_profile.load_balancer_profile", NULL),
    ("network_profile.nat_gateway_profile", NULL),
    ("network_profile.advanced_networking", NULL),
    ("default_node_pool.name", text("agentpool")),
    ("default_node_pool.max_pods", From::Always(Number(110))),
    ("default_node_pool.min_count", From::Always(Number(3))),
    ("default_node_pool.max_count", From::Always(Number(9))),
    ("default_node_pool.node_count", NULL),
    (
        "default_node_pool.os_sku",
        argument("os_sku").or(Text("AzureLinux")),
    ),
    ("default_node_pool.os_type", NULL),
    ("default_node_pool.mode", NULL),
    ("default_node_pool.type", NULL),
    ("default_node_pool.vnet_subnet_id", SUBNET),
    ("default_node_pool.pod_subnet_id", NULL),
    ("default_node_pool.upgrade_settings.max_surge", text("10%")),
    ("default_node_pool.upgrade_settings.max_unavailable", NULL),
    ("default_node_pool.windows_profile", NULL),
    ("default_node_pool.node_public_ip_prefix_id", NULL),
    ("default_node_pool.temporary_name_for_rotation", NULL),
];

/// What azurerm 4 calls them, since 0.3.0.
const FOUR: &[(&str, From)] = &[
    (
        "default_node_pool.auto_scaling_enabled",
        From::Always(Truth(true)),
    ),
    ("default_node_pool.node_public_ip_enabled", NULL),
    ("private_dns_zone_id", argument("private_dns_zone_id")),
];

const THREE: &[(&str, From)] = &[
    (
        "default_node_pool.enable_auto_scaling",
        From::Always(Truth(true)),
    ),
    ("default_node_pool.enable_node_public_ip", NULL),
    ("private_dns_zone_id", NULL),
];

/// What is a choice since 0.4.0.
const CHOICES: &[(&str, From)] = &[
    ("network_profile.network_policy", POLICY),
    (
        "network_profile.network_data_plane",
        From::If(
            &From::Test(&POLICY, Test::Is("cilium")),
            &text("cilium"),
            &NULL,
        ),
    ),
    ("network_profile.service_cidr", SERVICES),
    (
        "default_node_pool.vm_size",
        argument("default_node_pool_vm_sku").or(Text("Standard_D4d_v5")),
    ),
];

const NO_CHOICES: &[(&str, From)] = &[
    ("network_profile.network_policy", text("calico")),
    ("network_profile.network_data_plane", NULL),
    ("network_profile.service_cidr", NULL),
    ("default_node_pool.vm_size", UNKNOWN),
];

/// What is a choice since 0.5.0.
const OUTBOUND: &[(&str, From)] = &[
    (
        "network_profile.dns_service_ip",
        From::If(
            &From::Test(&SERVICES, Test::Given),
            &From::Filled(
                &argument("network.dns_service_ip"),
                &From::Host(&SERVICES, 10),
            ),
            &NULL,
        ),
    ),
    (
        "network_profile.outbound_type",
        argument("outbound_type").or(Text("loadBalancer")),
    ),
];

const NO_OUTBOUND: &[(&str, From)] = &[
    ("network_profile.dns_service_ip", NULL),
    ("network_profile.outbound_type", NULL),
];

const fn cluster(set: &'static [&'static [(&'static str, From)]]) -> Made {
    once("azurerm_kubernetes_cluster", CLUSTER, set)
}

const POOLS: Made = repeated(
    "azurerm_kubernetes_cluster_node_pool",
    "azurerm_kubernetes_cluster_node_pool.this",
    Each::Countless("node_pools"),
    &[],
);

const OUTPUTS: &[(&str, Output)] = &[("resource_id", Output::Id(CLUSTER))];

const SOURCE: &str = "Azure/avm-ptn-aks-production/azurerm";

pub(super) const MODULES: &[Module] = &[
    Module {
        source: SOURCE,
        releases: "0.5.0",
        makes: &[cluster(&[ABOUT_CLUSTER, FOUR, CHOICES, OUTBOUND]), POOLS],
        outputs: OUTPUTS,
        indifferent: SINCE_FIVE,
    },
    Module {
        source: SOURCE,
        releases: "0.4.0",
        makes: &[cluster(&[ABOUT_CLUSTER, FOUR, CHOICES, NO_OUTBOUND]), POOLS],
        outputs: OUTPUTS,
        indifferent: SINCE_THREE,
    },
    Module {
        source: SOURCE,
        releases: "0.3.0",
        makes: &[
            cluster(&[ABOUT_CLUSTER, FOUR, NO_CHOICES, NO_OUTBOUND]),
            POOLS,
        ],
        outputs: OUTPUTS,
        indifferent: SINCE_THREE,
    },
    Module {
        source: SOURCE,
        releases: "0.2.0",
        makes: &[
            cluster(&[ABOUT_CLUSTER, THREE, NO_CHOICES, NO_OUTBOUND]),
            POOLS,
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
];

const SINCE_FIVE: &str = "acr agents_tags enable_telemetry lock monitor_metrics node_labels orchestrator_version os_disk_type \
     private_dns_zone_id_enabled rbac_aad_admin_group_object_ids rbac_aad_azure_rbac_enabled rbac_aad_tenant_id tags";

const SINCE_THREE: &str = "acr agents_tags enable_telemetry lock monitor_metrics node_labels orchestrator_version \
     private_dns_zone_id_enabled rbac_aad_admin_group_object_ids rbac_aad_azure_rbac_enabled rbac_aad_tenant_id tags";

const INDIFFERENT: &str = "acr agents_tags enable_telemetry lock monitor_metrics node_labels orchestrator_version \
     rbac_aad_admin_group_object_ids rbac_aad_azure_rbac_enabled rbac_aad_tenant_id tags";
