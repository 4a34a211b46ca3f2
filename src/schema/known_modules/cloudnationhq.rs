//! `CloudNationHQ/aks/azure`.
//!
//! github.com/CloudNationHQ/terraform-azure-aks, tags v4.0.0 to v4.3.0, read 2026-11-22: `main.tf`, `variables.tf`,
//! `outputs.tf`.

use super::table::Constant::{self, Number, Text, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated, text,
};

const CLUSTER: &str = "azurerm_kubernetes_cluster.aks";

const HAS_NETWORK: From = From::Test(&argument("cluster.network_profile"), Test::Given);
const SCALES: From = default(
    "cluster.default_node_pool.auto_scaling_enabled",
    Truth(false),
);
const COUNT: From = default("cluster.default_node_pool.node_count", Number(2));
const POOL_SCALES: From = item("auto_scaling_enabled").or(Truth(false));
const POOL_DRAINS: From = From::Test(&item("upgrade_settings.max_unavailable"), Test::Given);

const POOL_SURGE: From = From::If(
    &From::Test(&item("upgrade_settings"), Test::Given),
    &item("upgrade_settings.max_surge").or(Text("1")),
    &NULL,
);

/// Returns an optional part of an argument.
const fn default(path: &'static str, missing: Constant) -> From {
    argument(path).or(missing).never_null()
}

const ABOUT_CLUSTER: &[(&str, From)] = &[
    ("name", argument("cluster.name").or(Unknown)),
    (
        "location",
        From::Filled(
            &argument("cluster.location"),
            &argument("location").or(Unknown),
        ),
    ),
    (
        "resource_group_name",
        From::Filled(
            &argument("cluster.resource_group_name"),
            &argument("resource_group_name").or(Unknown),
        ),
    ),
    ("dns_prefix", argument("cluster.dns_prefix")),
    (
        "dns_prefix_private_cluster",
        argument("cluster.dns_prefix_private_cluster"),
    ),
    ("kubernetes_version", argument("cluster.kubernetes_version")),
    (
        "private_cluster_enabled",
        default("cluster.private_cluster_enabled", Truth(false)),
    ),
    (
        "private_cluster_public_fqdn_enabled",
        default("cluster.private_cluster_public_fqdn_enabled", Truth(false)),
    ),
    (
        "private_dns_zone_id",
        argument("cluster.private_dns_zone_id"),
    ),
    ("sku_tier", default("cluster.sku_tier", Text("Free"))),
    ("agent_pool_profile", NULL),
    ("addon_profile", NULL),
    ("api_server_authorized_ip_ranges", NULL),
    (
        "aci_connector_linux",
        argument("cluster.default_node_pool.aci_connector_linux"),
    ),
    (
        "identity",
        From::Filled(&argument("cluster.identity"), &UNKNOWN),
    ),
];

const NETWORK: &[(&str, From)] = &[
    (
        "network_profile.network_plugin",
        From::If(
            &HAS_NETWORK,
            &default("cluster.network_profile.network_plugin", Text("azure")),
            &NULL,
        ),
    ),
    (
        "network_profile.network_plugin_mode",
        From::If(
            &HAS_NETWORK,
            &default(
                "cluster.network_profile.network_plugin_mode",
                Text("overlay"),
            ),
            &NULL,
        ),
    ),
    (
        "network_profile.load_balancer_sku",
        From::If(
            &HAS_NETWORK,
            &default(
                "cluster.network_profile.load_balancer_sku",
                Text("standard"),
            ),
            &NULL,
        ),
    ),
    (
        "network_profile.network_mode",
        argument("cluster.network_profile.network_mode"),
    ),
    (
        "network_profile.network_policy",
        argument("cluster.network_profile.network_policy"),
    ),
    (
        "network_profile.dns_service_ip",
        argument("cluster.network_profile.dns_service_ip"),
    ),
    (
        "network_profile.outbound_type",
        argument("cluster.network_profile.outbound_type"),
    ),
    (
        "network_profile.pod_cidr",
        argument("cluster.network_profile.pod_cidr"),
    ),
    (
        "network_profile.service_cidr",
        argument("cluster.network_profile.service_cidr"),
    ),
    (
        "network_profile.pod_cidrs",
        argument("cluster.network_profile.pod_cidrs"),
    ),
    (
        "network_profile.ip_versions",
        argument("cluster.network_profile.ip_versions"),
    ),
    (
        "network_profile.network_data_plane",
        argument("cluster.network_profile.network_data_plane"),
    ),
    (
        "network_profile.service_cidrs",
        argument("cluster.network_profile.service_cidrs"),
    ),
    (
        "network_profile.load_balancer_profile",
        argument("cluster.network_profile.load_balancer_profile"),
    ),
    (
        "network_profile.nat_gateway_profile",
        argument("cluster.network_profile.nat_gateway_profile"),
    ),
    ("network_profile.ebpf_data_plane", NULL),
    ("network_profile.docker_bridge_cidr", NULL),
];

/// Since 4.3.0.
const THREE: &[(&str, From)] = &[
    (
        "network_profile.advanced_networking",
        argument("cluster.network_profile.advanced_networking"),
    ),
    (
        "node_provisioning_profile",
        argument("cluster.node_provisioning_profile"),
    ),
    ("bootstrap_profile", argument("cluster.bootstrap_profile")),
];

const NOT_THREE: &[(&str, From)] = &[
    ("network_profile.advanced_networking", NULL),
    ("node_provisioning_profile", NULL),
    ("bootstrap_profile", NULL),
];

/// Since 4.1.0.
const ACCESS: &[(&str, From)] = &[
    (
        "api_server_access_profile.authorized_ip_ranges",
        argument("cluster.api_server_access_profile.authorized_ip_ranges"),
    ),
    (
        "api_server_access_profile.subnet_id",
        argument("cluster.api_server_access_profile.subnet_id"),
    ),
    (
        "api_server_access_profile.virtual_network_integration_enabled",
        argument("cluster.api_server_access_profile.virtual_network_integration_enabled"),
    ),
    ("api_server_access_profile.vnet_integration_enabled", NULL),
];

const OLD_ACCESS: &[(&str, From)] = &[
    (
        "api_server_access_profile.authorized_ip_ranges",
        argument("cluster.api_server_access_profile.authorized_ip_ranges"),
    ),
    ("api_server_access_profile.subnet_id", NULL),
    (
        "api_server_access_profile.virtual_network_integration_enabled",
        NULL,
    ),
    ("api_server_access_profile.vnet_integration_enabled", NULL),
];

/// Since 4.2.0.
const COUNTED: &[(&str, From)] = &[(
    "default_node_pool.node_count",
    From::If(&SCALES, &NULL, &COUNT),
)];

/// Nobody counts the nodes where scaling is even mentioned.
const MENTIONED: &[(&str, From)] = &[(
    "default_node_pool.node_count",
    From::If(
        &From::Test(
            &argument("cluster.default_node_pool.auto_scaling_enabled"),
            Test::Given,
        ),
        &NULL,
        &COUNT,
    ),
)];

const DEFAULT_POOL: &[(&str, From)] = &[
    (
        "default_node_pool.name",
        default("cluster.default_node_pool.name", Text("default")),
    ),
    (
        "default_node_pool.vm_size",
        default(
            "cluster.default_node_pool.vm_size",
            Text("Standard_D2as_v5"),
        ),
    ),
    (
        "default_node_pool.auto_scaling_enabled",
        argument("cluster.default_node_pool.auto_scaling_enabled"),
    ),
    (
        "default_node_pool.min_count",
        argument("cluster.default_node_pool.min_count"),
    ),
    (
        "default_node_pool.max_count",
        argument("cluster.default_node_pool.max_count"),
    ),
    (
        "default_node_pool.max_pods",
        argument("cluster.default_node_pool.max_pods"),
    ),
    (
        "default_node_pool.vnet_subnet_id",
        argument("cluster.default_node_pool.vnet_subnet_id"),
    ),
    (
        "default_node_pool.pod_subnet_id",
        argument("cluster.default_node_pool.pod_subnet_id"),
    ),
    (
        "default_node_pool.node_public_ip_enabled",
        default(
            "cluster.default_node_pool.node_public_ip_enabled",
            Truth(false),
        ),
    ),
    (
        "default_node_pool.node_public_ip_prefix_id",
        argument("cluster.default_node_pool.node_public_ip_prefix_id"),
    ),
    (
        "default_node_pool.os_sku",
        argument("cluster.default_node_pool.os_sku"),
    ),
    (
        "default_node_pool.type",
        default(
            "cluster.default_node_pool.type",
            Text("VirtualMachineScaleSets"),
        ),
    ),
    (
        "default_node_pool.temporary_name_for_rotation",
        argument("cluster.default_node_pool.temporary_name_for_rotation"),
    ),
    (
        "default_node_pool.upgrade_settings.max_surge",
        From::If(
            &From::Test(
                &argument("cluster.default_node_pool.upgrade_settings"),
                Test::Given,
            ),
            &default(
                "cluster.default_node_pool.upgrade_settings.max_surge",
                Text("1"),
            ),
            &NULL,
        ),
    ),
    ("default_node_pool.upgrade_settings.max_unavailable", NULL),
    (
        "default_node_pool.zones",
        default(
            "cluster.default_node_pool.zones",
            Constant::Texts(&["1", "2", "3"]),
        ),
    ),
    ("default_node_pool.os_type", NULL),
    ("default_node_pool.mode", NULL),
    ("default_node_pool.windows_profile", NULL),
];

/// An entry of `node_pools`.
const POOL: &[(&str, From)] = &[
    ("kubernetes_cluster_id", From::Id(CLUSTER)),
    (
        "name",
        From::Filled(
            &item("name"),
            &From::If(
                &From::Test(&item("os_type").or(Text("Linux")), Test::Is("Linux")),
                &From::Joined(&[text("npl"), From::Key]),
                &From::Joined(&[text("npw"), From::Key]),
            ),
        ),
    ),
    ("vm_size", item("vm_size").or(Text("Standard_D2as_v5"))),
    ("auto_scaling_enabled", POOL_SCALES),
    ("min_count", item("min_count")),
    ("max_count", item("max_count")),
    ("max_pods", item("max_pods").or(Number(30))),
    ("mode", item("mode").or(Text("User"))),
    ("os_type", item("os_type").or(Text("Linux"))),
    ("os_sku", item("os_sku")),
    ("priority", item("priority")),
    ("vnet_subnet_id", item("vnet_subnet_id")),
    ("pod_subnet_id", item("pod_subnet_id")),
    ("zones", item("zones")),
    ("type", NULL),
    (
        "windows_profile.outbound_nat_enabled",
        From::If(
            &From::Test(&item("os_type"), Test::Is("Windows")),
            &item("windows_profile.outbound_nat_enabled"),
            &NULL,
        ),
    ),
    (
        "node_public_ip_enabled",
        item("node_public_ip_enabled").or(Truth(false)),
    ),
    ("node_public_ip_prefix_id", item("node_public_ip_prefix_id")),
    (
        "temporary_name_for_rotation",
        item("temporary_name_for_rotation"),
    ),
];

/// Since 4.3.0.
const POOL_DRAINED: &[(&str, From)] = &[
    (
        "upgrade_settings.max_surge",
        From::If(&POOL_DRAINS, &NULL, &POOL_SURGE),
    ),
    (
        "upgrade_settings.max_unavailable",
        item("upgrade_settings.max_unavailable"),
    ),
];

const POOL_SURGED: &[(&str, From)] = &[
    ("upgrade_settings.max_surge", POOL_SURGE),
    ("upgrade_settings.max_unavailable", NULL),
];

/// Since 4.0.1.
const POOL_COUNTED: &[(&str, From)] = &[(
    "node_count",
    From::If(&POOL_SCALES, &NULL, &item("node_count").or(Number(1))),
)];

const POOL_ALWAYS_COUNTED: &[(&str, From)] = &[("node_count", item("node_count").or(Number(1)))];

const fn cluster(set: &'static [&'static [(&'static str, From)]]) -> Made {
    once("azurerm_kubernetes_cluster", CLUSTER, set)
}

const fn pools(set: &'static [&'static [(&'static str, From)]]) -> Made {
    repeated(
        "azurerm_kubernetes_cluster_node_pool",
        "azurerm_kubernetes_cluster_node_pool.pools",
        Each::Entries("cluster.node_pools"),
        set,
    )
}

const fn module(releases: &'static str, makes: &'static [Made]) -> Module {
    Module {
        source: "CloudNationHQ/aks/azure",
        releases,
        makes,
        outputs: &[("cluster", Output::Whole(CLUSTER))],
        indifferent: "keyvault tags",
    }
}

pub(super) const MODULES: &[Module] = &[
    module(
        "4.3.0",
        &[
            cluster(&[ABOUT_CLUSTER, NETWORK, THREE, ACCESS, COUNTED, DEFAULT_POOL]),
            pools(&[POOL, POOL_DRAINED, POOL_COUNTED]),
        ],
    ),
    module(
        "4.2.0",
        &[
            cluster(&[
                ABOUT_CLUSTER,
                NETWORK,
                NOT_THREE,
                ACCESS,
                COUNTED,
                DEFAULT_POOL,
            ]),
            pools(&[POOL, POOL_SURGED, POOL_COUNTED]),
        ],
    ),
    module(
        "4.1.0",
        &[
            cluster(&[
                ABOUT_CLUSTER,
                NETWORK,
                NOT_THREE,
                ACCESS,
                MENTIONED,
                DEFAULT_POOL,
            ]),
            pools(&[POOL, POOL_SURGED, POOL_COUNTED]),
        ],
    ),
    module(
        "4.0.1",
        &[
            cluster(&[
                ABOUT_CLUSTER,
                NETWORK,
                NOT_THREE,
                OLD_ACCESS,
                MENTIONED,
                DEFAULT_POOL,
            ]),
            pools(&[POOL, POOL_SURGED, POOL_COUNTED]),
        ],
    ),
    module(
        "4.0.0",
        &[
            cluster(&[
                ABOUT_CLUSTER,
                NETWORK,
                NOT_THREE,
                OLD_ACCESS,
                MENTIONED,
                DEFAULT_POOL,
            ]),
            pools(&[POOL, POOL_SURGED, POOL_ALWAYS_COUNTED]),
        ],
    ),
];
