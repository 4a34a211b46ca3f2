//! `claranet/aks-light/azurerm`.
//!
//! github.com/claranet/terraform-azurerm-aks-light, tags v8.0.0 to v8.16.1, read 2026-11-22: `r-aks.tf`, `r-node-pools.tf`,
//! `locals.tf`, `locals-naming.tf`, `variables*.tf`, `outputs.tf`. A name that the module makes up is left unknown, and so is
//! the version of Kubernetes: the newest that there is.

use super::table::Constant::{self, Number, Text, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated, text,
};

const CLUSTER: &str = "azurerm_kubernetes_cluster.main";

const PLUGIN: From = default("network_plugin.name", Text("azure"));
const IS_AZURE: From = From::Test(&PLUGIN, Test::Is("azure"));
const PRIVATE: From = default("private_cluster_enabled", Truth(true));
const SCALES: From = default("default_node_pool.auto_scaling_enabled", Truth(false));
const OS_SKU: From = default("default_node_pool.os_sku", Text("Ubuntu"));
const GROUP: From = argument("resource_group_name").or(Unknown);
const NODES_GROUP: From = From::Filled(&argument("nodes_subnet.resource_group_name"), &GROUP);
const NODES_NETWORK: From = argument("nodes_subnet.virtual_network_name").or(Unknown);
const NODES_SUBNET: From = argument("nodes_subnet.name").or(Unknown);
const PODS_GROUP: From = From::Filled(&argument("pods_subnet.resource_group_name"), &GROUP);
const PODS_NETWORK: From = argument("pods_subnet.virtual_network_name");
const PODS_SUBNET: From = argument("pods_subnet.name");
const POOL_PODS: From = From::Filled(&item("pod_subnet.name"), &PODS_SUBNET);
const POOL_SCALES: From = item("auto_scaling_enabled").or(Truth(false));
const POOL_OS_SKU: From = item("os_sku").or(Text("Ubuntu"));

const ZONES: Constant = Constant::Texts(&["1", "2", "3"]);

const SUBSCRIPTIONS: From = text("/subscriptions/");
const GROUPS: From = text("/resourceGroups/");
const NETWORKS: From = text("/providers/Microsoft.Network/virtualNetworks/");
const SUBNETS: From = text("/subnets/");

/// Returns an optional part of an argument.
const fn default(path: &'static str, missing: Constant) -> From {
    argument(path).or(missing).never_null()
}

const ABOUT_CLUSTER: &[(&str, From)] = &[
    (
        "name",
        From::If(
            &From::Test(&argument("custom_name"), Test::Is("")),
            &UNKNOWN,
            &From::Filled(&argument("custom_name"), &UNKNOWN),
        ),
    ),
    ("location", argument("location").or(Unknown)),
    ("resource_group_name", GROUP),
    ("dns_prefix", UNKNOWN),
    ("dns_prefix_private_cluster", NULL),
    (
        "kubernetes_version",
        From::Filled(&argument("kubernetes_version"), &UNKNOWN),
    ),
    ("sku_tier", default("sku_tier", Text("Standard"))),
    ("private_cluster_enabled", PRIVATE),
    (
        "private_cluster_public_fqdn_enabled",
        From::If(
            &PRIVATE,
            &default("private_cluster_public_fqdn_enabled", Truth(false)),
            &NULL,
        ),
    ),
    (
        "private_dns_zone_id",
        From::If(
            &PRIVATE,
            &From::If(
                &From::Test(&argument("private_dns_zone_type"), Test::Is("Custom")),
                &argument("private_dns_zone_id"),
                &default("private_dns_zone_type", Text("System")),
            ),
            &NULL,
        ),
    ),
    (
        "api_server_access_profile.authorized_ip_ranges",
        From::If(
            &PRIVATE,
            &NULL,
            &argument("api_server_authorized_ip_ranges").or(Constant::Texts(&["0.0.0.0/32"])),
        ),
    ),
    ("api_server_access_profile.subnet_id", NULL),
    (
        "api_server_access_profile.virtual_network_integration_enabled",
        NULL,
    ),
    ("api_server_access_profile.vnet_integration_enabled", NULL),
    ("api_server_authorized_ip_ranges", NULL),
    ("agent_pool_profile", NULL),
    ("addon_profile", NULL),
    (
        "aci_connector_linux",
        From::If(
            &From::Test(&argument("aci_subnet"), Test::Given),
            &UNKNOWN,
            &NULL,
        ),
    ),
    (
        "identity.type",
        default("identity_type", Text("UserAssigned")),
    ),
    (
        "node_provisioning_profile",
        argument("node_provisioning_profile"),
    ),
    ("bootstrap_profile.artifact_source", NULL),
];

const NETWORK: &[(&str, From)] = &[
    ("network_profile.network_plugin", PLUGIN),
    (
        "network_profile.network_plugin_mode",
        From::If(
            &IS_AZURE,
            &From::If(
                &From::Test(
                    &default("network_plugin.cni_mode", Text("overlay")),
                    Test::IsAnyCase("overlay"),
                ),
                &text("overlay"),
                &NULL,
            ),
            &NULL,
        ),
    ),
    (
        "network_profile.network_policy",
        argument("network_policy").or(Text("calico")),
    ),
    (
        "network_profile.network_mode",
        From::If(&IS_AZURE, &argument("network_mode"), &NULL),
    ),
    (
        "network_profile.service_cidr",
        argument("service_cidr").or(Unknown),
    ),
    (
        "network_profile.dns_service_ip",
        From::Host(&argument("service_cidr").or(Unknown), 10),
    ),
    ("network_profile.pod_cidr", argument("pod_cidr")),
    (
        "network_profile.outbound_type",
        default("outbound_type", Text("loadBalancer")),
    ),
    ("network_profile.load_balancer_sku", text("standard")),
    ("network_profile.ebpf_data_plane", NULL),
    ("network_profile.docker_bridge_cidr", NULL),
    ("network_profile.pod_cidrs", NULL),
    ("network_profile.service_cidrs", NULL),
    ("network_profile.ip_versions", NULL),
    ("network_profile.load_balancer_profile", NULL),
    ("network_profile.nat_gateway_profile", NULL),
];

/// Since 8.12.0.
const DATA_PLANE: &[(&str, From)] = &[
    (
        "network_profile.network_data_plane",
        argument("network_data_plane").or(Text("azure")),
    ),
    (
        "network_profile.advanced_networking",
        argument("advanced_networking"),
    ),
];

const NO_DATA_PLANE: &[(&str, From)] = &[
    ("network_profile.network_data_plane", NULL),
    ("network_profile.advanced_networking", NULL),
];

const DEFAULT_POOL: &[(&str, From)] = &[
    (
        "default_node_pool.name",
        default("default_node_pool.name", Text("default")),
    ),
    (
        "default_node_pool.type",
        default("default_node_pool.type", Text("VirtualMachineScaleSets")),
    ),
    (
        "default_node_pool.vm_size",
        default("default_node_pool.vm_size", Text("Standard_D2_v3")),
    ),
    ("default_node_pool.os_sku", OS_SKU),
    ("default_node_pool.auto_scaling_enabled", SCALES),
    (
        "default_node_pool.node_count",
        From::If(
            &SCALES,
            &NULL,
            &default("default_node_pool.node_count", Number(1)),
        ),
    ),
    (
        "default_node_pool.min_count",
        From::If(
            &SCALES,
            &default("default_node_pool.min_count", Number(1)),
            &NULL,
        ),
    ),
    (
        "default_node_pool.max_count",
        From::If(
            &SCALES,
            &default("default_node_pool.max_count", Number(10)),
            &NULL,
        ),
    ),
    (
        "default_node_pool.max_pods",
        From::Filled(
            &argument("default_node_pool.max_pods"),
            &From::If(
                &From::Test(&OS_SKU, Test::Begins("Windows")),
                &From::Always(Number(60)),
                &From::Always(Number(110)),
            ),
        ),
    ),
    (
        "default_node_pool.node_public_ip_enabled",
        default("default_node_pool.node_public_ip_enabled", Truth(false)),
    ),
    (
        "default_node_pool.vnet_subnet_id",
        From::Joined(&[
            SUBSCRIPTIONS,
            UNKNOWN,
            GROUPS,
            NODES_GROUP,
            NETWORKS,
            NODES_NETWORK,
            SUBNETS,
            NODES_SUBNET,
        ]),
    ),
    (
        "default_node_pool.pod_subnet_id",
        From::If(
            &From::Test(&PODS_SUBNET, Test::Given),
            &From::Joined(&[
                SUBSCRIPTIONS,
                UNKNOWN,
                GROUPS,
                PODS_GROUP,
                NETWORKS,
                PODS_NETWORK,
                SUBNETS,
                PODS_SUBNET,
            ]),
            &NULL,
        ),
    ),
    (
        "default_node_pool.upgrade_settings.max_surge",
        default("default_node_pool.upgrade_settings.max_surge", Text("10%")),
    ),
    ("default_node_pool.upgrade_settings.max_unavailable", NULL),
    (
        "default_node_pool.temporary_name_for_rotation",
        From::Filled(
            &argument("default_node_pool.temporary_name_for_rotation"),
            &UNKNOWN,
        ),
    ),
    (
        "default_node_pool.zones",
        default("default_node_pool.zones", ZONES),
    ),
    ("default_node_pool.os_type", NULL),
    ("default_node_pool.mode", NULL),
    ("default_node_pool.windows_profile", NULL),
    ("default_node_pool.node_public_ip_prefix_id", NULL),
];

/// An element of `node_pools`.
const POOL: &[(&str, From)] = &[
    ("kubernetes_cluster_id", From::Id(CLUSTER)),
    ("name", item("name")),
    ("vm_size", item("vm_size").or(Text("Standard_D2_v3"))),
    ("os_sku", POOL_OS_SKU),
    (
        "os_type",
        From::If(
            &From::Test(&POOL_OS_SKU, Test::Begins("Windows")),
            &text("Windows"),
            &text("Linux"),
        ),
    ),
    ("mode", item("mode")),
    ("priority", item("priority")),
    ("auto_scaling_enabled", POOL_SCALES),
    (
        "node_count",
        From::If(&POOL_SCALES, &NULL, &item("node_count").or(Number(1))),
    ),
    (
        "min_count",
        From::If(&POOL_SCALES, &item("min_count").or(Number(1)), &NULL),
    ),
    (
        "max_count",
        From::If(&POOL_SCALES, &item("max_count").or(Number(10)), &NULL),
    ),
    (
        "max_pods",
        From::Filled(
            &item("max_pods"),
            &From::If(
                &From::Test(&POOL_OS_SKU, Test::Begins("Windows")),
                &From::Always(Number(60)),
                &From::Always(Number(110)),
            ),
        ),
    ),
    (
        "node_public_ip_enabled",
        item("node_public_ip_enabled").or(Truth(false)),
    ),
    (
        "vnet_subnet_id",
        From::Joined(&[
            SUBSCRIPTIONS,
            UNKNOWN,
            GROUPS,
            From::Filled(&item("node_subnet.resource_group_name"), &NODES_GROUP),
            NETWORKS,
            From::Filled(&item("node_subnet.virtual_network_name"), &NODES_NETWORK),
            SUBNETS,
            From::Filled(&item("node_subnet.name"), &NODES_SUBNET),
        ]),
    ),
    (
        "pod_subnet_id",
        From::If(
            &From::Test(&POOL_PODS, Test::Given),
            &From::Joined(&[
                SUBSCRIPTIONS,
                UNKNOWN,
                GROUPS,
                From::Filled(&item("pod_subnet.resource_group_name"), &PODS_GROUP),
                NETWORKS,
                From::Filled(&item("pod_subnet.virtual_network_name"), &PODS_NETWORK),
                SUBNETS,
                POOL_PODS,
            ]),
            &NULL,
        ),
    ),
    ("node_public_ip_prefix_id", NULL),
    ("type", NULL),
    ("zones", item("zones").or(ZONES)),
    (
        "windows_profile",
        From::If(
            &From::Test(&item("windows_profile"), Test::Given),
            &UNKNOWN,
            &NULL,
        ),
    ),
    // Where a priority is given, the releases do different things.
    (
        "upgrade_settings.max_surge",
        From::If(
            &From::Test(&item("priority"), Test::Given),
            &UNKNOWN,
            &item("upgrade_settings.max_surge").or(Text("10%")),
        ),
    ),
    (
        "upgrade_settings.max_unavailable",
        From::If(
            &From::Test(&item("upgrade_settings.max_unavailable"), Test::Given),
            &UNKNOWN,
            &NULL,
        ),
    ),
    (
        "temporary_name_for_rotation",
        From::Filled(&item("temporary_name_for_rotation"), &UNKNOWN),
    ),
];

const fn pools() -> Made {
    repeated(
        "azurerm_kubernetes_cluster_node_pool",
        "azurerm_kubernetes_cluster_node_pool.main",
        Each::Named("node_pools"),
        &[POOL],
    )
}

const fn cluster(set: &'static [&'static [(&'static str, From)]]) -> Made {
    once("azurerm_kubernetes_cluster", CLUSTER, set)
}

const OUTPUTS: &[(&str, Output)] = &[("id", Output::Id(CLUSTER)), ("name", Output::Name(CLUSTER))];

pub(super) const MODULES: &[Module] = &[
    Module {
        source: "claranet/aks-light/azurerm",
        releases: "8.16.1 8.16.0 8.15.1 8.15.0 8.14.0 8.13.3 8.13.2 8.13.1 8.13.0 8.12.1 8.12.0",
        makes: &[
            cluster(&[ABOUT_CLUSTER, NETWORK, DATA_PLANE, DEFAULT_POOL]),
            pools(),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
    Module {
        source: "claranet/aks-light/azurerm",
        releases: "8.11.0 8.10.0 8.9.2 8.9.1 8.9.0 8.8.0 8.7.2 8.7.1 8.7.0 8.6.0 8.5.2 8.5.1 8.5.0 8.4.4 8.4.3 8.4.2 8.4.1 \
             8.4.0 8.3.0 8.2.1 8.2.0 8.1.0 8.0.0",
        makes: &[
            cluster(&[ABOUT_CLUSTER, NETWORK, NO_DATA_PLANE, DEFAULT_POOL]),
            pools(),
        ],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
];

const INDIFFERENT: &str = "aks_user_assigned_identity_custom_name auto_scaler_profile automatic_upgrade_channel \
     azure_active_directory_rbac azure_policy_enabled client_name container_registry_id cost_analysis_enabled \
     data_collection_rule data_collection_rule_custom_name default_tags_enabled diagnostic_settings_custom_name \
     effective_until environment extra_tags force_upgrade_enabled http_application_routing_enabled \
     http_proxy_settings image_cleaner_configuration key_vault_secrets_provider kubelet_user_assigned_identity \
     linux_profile local_account_disabled location_short logs_categories logs_destinations_ids \
     logs_kube_audit_enabled logs_metrics_categories maintenance_window maintenance_window_auto_upgrade \
     microsoft_defender monitor_metrics name_prefix name_suffix node_os_update_schedule node_os_upgrade_channel \
     nodes_resource_group_name oidc_issuer_enabled oms_agent private_dns_zone_role_assignment_enabled \
     route_table_id service_mesh_profile stack storage_profile user_assigned_identity \
     user_assigned_identity_resource_group_name user_assigned_identity_role_assignment_enabled \
     user_assigned_identity_tags workload_autoscaler_profile workload_identity_enabled";
