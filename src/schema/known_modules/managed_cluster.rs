//! `Azure/avm-res-containerservice-managedcluster/azurerm`, of Azure Verified Modules: resources of ARM.
//!
//! github.com/Azure/terraform-azurerm-avm-res-containerservice-managedcluster, tags v0.5.0 to v0.8.1, read 2026-11-22:
//! `main*.tf`, `locals*.tf`, `variables*.tf`, `outputs*.tf`, `modules/agentpool`. The identity is left unknown, and so is most
//! of an automatic cluster, of which the module drops what Azure would not take.

use super::table::Constant::{Number, Text, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated, text,
};

const CLUSTER: &str = "azapi_resource.this";
const POOLS: &str = "module.nodepools{}.azapi_resource.this[0]";

const AUTOMATIC: From = From::Test(&argument("sku.name"), Test::Is("Automatic"));
const BALANCER: &str = "network_profile.load_balancer_profile";
const COUNT: From = argument("default_agent_pool.count_of")
    .or(Number(3))
    .never_null();

const ABOUT_CLUSTER: &[(&str, From)] = &[
    ("name", argument("name").or(Unknown)),
    ("location", argument("location").or(Unknown)),
    ("parent", argument("parent_id").or(Unknown)),
    ("sku", argument("sku")),
    (
        "properties.kubernetesVersion",
        argument("kubernetes_version"),
    ),
    (
        "properties.dnsPrefix",
        From::If(
            &From::Test(&argument("fqdn_subdomain"), Test::Given),
            &UNKNOWN,
            &From::If(
                &AUTOMATIC,
                &UNKNOWN,
                &From::Filled(&argument("dns_prefix"), &UNKNOWN),
            ),
        ),
    ),
    (
        "properties.fqdnSubdomain",
        From::If(&AUTOMATIC, &NULL, &argument("fqdn_subdomain")),
    ),
    (
        "properties.nodeProvisioningProfile.mode",
        argument("node_provisioning_profile.mode"),
    ),
    (
        "properties.bootstrapProfile.artifactSource",
        From::If(
            &AUTOMATIC,
            &NULL,
            &argument("bootstrap_profile.artifact_source"),
        ),
    ),
    (
        "properties.addonProfiles.aciConnectorLinux",
        From::If(
            &From::Test(&argument("addon_profiles_extra"), Test::Given),
            &UNKNOWN,
            &NULL,
        ),
    ),
    (
        "properties.apiServerAccessProfile.authorizedIPRanges",
        argument("api_server_access_profile.authorized_ip_ranges"),
    ),
    (
        "properties.apiServerAccessProfile.enablePrivateCluster",
        argument("api_server_access_profile.enable_private_cluster"),
    ),
    (
        "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
        argument("api_server_access_profile.enable_private_cluster_public_fqdn"),
    ),
    (
        "properties.apiServerAccessProfile.enableVnetIntegration",
        argument("api_server_access_profile.enable_vnet_integration"),
    ),
    (
        "properties.apiServerAccessProfile.privateDNSZone",
        argument("api_server_access_profile.private_dns_zone"),
    ),
    (
        "properties.apiServerAccessProfile.subnetId",
        argument("api_server_access_profile.subnet_id"),
    ),
];

const NETWORK: &[(&str, From)] = &[
    (
        "properties.networkProfile.networkPlugin",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.network_plugin"),
        ),
    ),
    (
        "properties.networkProfile.networkPluginMode",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.network_plugin_mode"),
        ),
    ),
    (
        "properties.networkProfile.networkPolicy",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.network_policy"),
        ),
    ),
    (
        "properties.networkProfile.networkDataplane",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.network_dataplane"),
        ),
    ),
    (
        "properties.networkProfile.networkMode",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.network_mode"),
        ),
    ),
    (
        "properties.networkProfile.loadBalancerSku",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.load_balancer_sku"),
        ),
    ),
    (
        "properties.networkProfile.outboundType",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.outbound_type"),
        ),
    ),
    (
        "properties.networkProfile.podCidr",
        From::If(&AUTOMATIC, &UNKNOWN, &argument("network_profile.pod_cidr")),
    ),
    (
        "properties.networkProfile.podCidrs",
        From::If(&AUTOMATIC, &UNKNOWN, &argument("network_profile.pod_cidrs")),
    ),
    (
        "properties.networkProfile.serviceCidr",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.service_cidr"),
        ),
    ),
    (
        "properties.networkProfile.serviceCidrs",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.service_cidrs"),
        ),
    ),
    (
        "properties.networkProfile.dnsServiceIP",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.dns_service_ip"),
        ),
    ),
    (
        "properties.networkProfile.ipFamilies",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("network_profile.ip_families"),
        ),
    ),
    ("properties.networkProfile.dockerBridgeCidr", NULL),
    (
        "properties.networkProfile.loadBalancerProfile",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &From::If(
                &From::Test(&argument(BALANCER), Test::Given),
                &From::Object(LOAD_BALANCER),
                &NULL,
            ),
        ),
    ),
    (
        "properties.networkProfile.natGatewayProfile",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &From::If(
                &From::Test(
                    &argument("network_profile.nat_gateway_profile"),
                    Test::Given,
                ),
                &From::Object(NAT_GATEWAY),
                &NULL,
            ),
        ),
    ),
    (
        "properties.networkProfile.advancedNetworking",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &From::If(
                &From::Test(
                    &argument("network_profile.advanced_networking"),
                    Test::Given,
                ),
                &From::Object(ADVANCED),
                &NULL,
            ),
        ),
    ),
    (
        "properties.agentPoolProfiles",
        From::List(&From::Object(DEFAULT_POOL)),
    ),
];

const LOAD_BALANCER: &[(&str, From)] = &[
    (
        "managedOutboundIPs.count",
        argument("network_profile.load_balancer_profile.managed_outbound_ips.count"),
    ),
    (
        "managedOutboundIPs.countIPv6",
        argument("network_profile.load_balancer_profile.managed_outbound_ips.count_i_pv6"),
    ),
    (
        "outboundIPs.publicIPs",
        argument("network_profile.load_balancer_profile.outbound_ips.public_ips"),
    ),
    (
        "outboundIPPrefixes.publicIPPrefixes",
        argument("network_profile.load_balancer_profile.outbound_ip_prefixes.public_ip_prefixes"),
    ),
    (
        "allocatedOutboundPorts",
        argument("network_profile.load_balancer_profile.allocated_outbound_ports"),
    ),
    (
        "idleTimeoutInMinutes",
        argument("network_profile.load_balancer_profile.idle_timeout_in_minutes"),
    ),
    (
        "backendPoolType",
        argument("network_profile.load_balancer_profile.backend_pool_type"),
    ),
];

const NAT_GATEWAY: &[(&str, From)] = &[
    (
        "managedOutboundIPProfile.count",
        argument("network_profile.nat_gateway_profile.managed_outbound_ip_profile.count"),
    ),
    (
        "idleTimeoutInMinutes",
        argument("network_profile.nat_gateway_profile.idle_timeout_in_minutes"),
    ),
];

const ADVANCED: &[(&str, From)] = &[
    (
        "enabled",
        argument("network_profile.advanced_networking.enabled"),
    ),
    (
        "observability.enabled",
        argument("network_profile.advanced_networking.observability.enabled"),
    ),
    (
        "security.enabled",
        argument("network_profile.advanced_networking.security.enabled"),
    ),
];

const DEFAULT_POOL: &[(&str, From)] = &[
    (
        "name",
        argument("default_agent_pool.name")
            .or(Text("systempool"))
            .never_null(),
    ),
    ("mode", text("System")),
    ("osType", text("Linux")),
    (
        "vnetSubnetID",
        argument("default_agent_pool.vnet_subnet_id"),
    ),
    (
        "count",
        From::If(
            &AUTOMATIC,
            &COUNT,
            &From::If(
                &From::Test(&argument("default_agent_pool.max_count"), Test::Given),
                &From::If(
                    &From::Test(&argument("default_agent_pool.min_count"), Test::Given),
                    &NULL,
                    &COUNT,
                ),
                &COUNT,
            ),
        ),
    ),
    (
        "maxCount",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.max_count"),
        ),
    ),
    (
        "minCount",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.min_count"),
        ),
    ),
    (
        "maxPods",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.max_pods"),
        ),
    ),
    (
        "enableAutoScaling",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.enable_auto_scaling"),
        ),
    ),
    (
        "podSubnetID",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.pod_subnet_id"),
        ),
    ),
    (
        "podIPAllocationMode",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.pod_ip_allocation_mode"),
        ),
    ),
    (
        "osSKU",
        From::If(&AUTOMATIC, &UNKNOWN, &argument("default_agent_pool.os_sku")),
    ),
    (
        "vmSize",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.vm_size"),
        ),
    ),
    (
        "type",
        From::If(&AUTOMATIC, &UNKNOWN, &argument("default_agent_pool.type")),
    ),
    (
        "availabilityZones",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.availability_zones"),
        ),
    ),
    (
        "enableNodePublicIP",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.enable_node_public_ip"),
        ),
    ),
    (
        "nodePublicIPPrefixID",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.node_public_ip_prefix_id"),
        ),
    ),
    (
        "scaleSetPriority",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.scale_set_priority"),
        ),
    ),
    (
        "upgradeSettings.maxSurge",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.upgrade_settings.max_surge"),
        ),
    ),
    (
        "upgradeSettings.maxUnavailable",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.upgrade_settings.max_unavailable"),
        ),
    ),
    (
        "windowsProfile.disableOutboundNat",
        From::If(
            &AUTOMATIC,
            &UNKNOWN,
            &argument("default_agent_pool.windows_profile.disable_outbound_nat"),
        ),
    ),
];

/// An entry of `agent_pools`.
const POOL: &[(&str, From)] = &[
    ("parent", From::Id(CLUSTER)),
    ("name", item("name")),
    (
        "properties.count",
        From::If(
            &From::Test(&item("max_count"), Test::Given),
            &From::If(
                &From::Test(&item("min_count"), Test::Given),
                &NULL,
                &item("count_of"),
            ),
            &item("count_of"),
        ),
    ),
    ("properties.maxCount", item("max_count")),
    ("properties.minCount", item("min_count")),
    ("properties.maxPods", item("max_pods")),
    ("properties.enableAutoScaling", item("enable_auto_scaling")),
    ("properties.podSubnetID", item("pod_subnet_id")),
    (
        "properties.podIPAllocationMode",
        item("pod_ip_allocation_mode"),
    ),
    ("properties.osSKU", item("os_sku")),
    ("properties.vmSize", item("vm_size")),
    ("properties.type", item("type")),
    ("properties.availabilityZones", item("availability_zones")),
    (
        "properties.enableNodePublicIP",
        item("enable_node_public_ip"),
    ),
    (
        "properties.nodePublicIPPrefixID",
        item("node_public_ip_prefix_id"),
    ),
    ("properties.scaleSetPriority", item("scale_set_priority")),
    (
        "properties.upgradeSettings.maxSurge",
        item("upgrade_settings.max_surge"),
    ),
    (
        "properties.upgradeSettings.maxUnavailable",
        item("upgrade_settings.max_unavailable"),
    ),
    (
        "properties.windowsProfile.disableOutboundNat",
        item("windows_profile.disable_outbound_nat"),
    ),
    ("properties.mode", item("mode")),
    ("properties.osType", item("os_type")),
    ("properties.vnetSubnetID", item("vnet_subnet_id")),
];

pub(super) const MODULES: &[Module] = &[Module {
    source: "Azure/avm-res-containerservice-managedcluster/azurerm",
    releases: "0.8.1 0.8.0 0.7.3 0.7.2 0.7.1 0.7.0 0.6.7 0.6.6 0.6.5 0.6.4 0.6.3 0.6.2 0.6.1 0.6.0 0.5.7 0.5.6 0.5.5 0.5.4 \
         0.5.3 0.5.2 0.5.1 0.5.0",
    makes: MAKES,
    outputs: &[
        ("resource_id", Output::Id(CLUSTER)),
        ("name", Output::Name(CLUSTER)),
        ("agentpool_resource_ids", Output::ByKey(POOLS)),
    ],
    indifferent: INDIFFERENT,
}];

const MAKES: &[Made] = &[
    once(
        "Microsoft.ContainerService/managedClusters",
        CLUSTER,
        &[ABOUT_CLUSTER, NETWORK],
    ),
    repeated(
        "Microsoft.ContainerService/managedClusters/agentPools",
        POOLS,
        Each::Entries("agent_pools"),
        &[POOL],
    ),
];

const INDIFFERENT: &str = "aad_profile addon_profile_azure_policy addon_profile_confidential_computing \
     addon_profile_ingress_application_gateway addon_profile_key_vault_secrets_provider addon_profile_oms_agent \
     agentpool_timeouts ai_toolchain_operator_profile alert_email auto_scaler_profile auto_upgrade_profile \
     azure_monitor_profile cluster_timeouts create_agentpools_before_destroy diagnostic_settings \
     disable_local_accounts disk_encryption_set_id enable_rbac enable_telemetry extended_location \
     hosted_system_profile http_proxy_config identity_profile ingress_profile kind kube_proxy_config linux_profile \
     lock maintenanceconfiguration managed_identities metrics_profile namespace node_resource_group \
     node_resource_group_profile oidc_issuer_profile onboard_alerts onboard_monitoring pod_identity_profile \
     private_endpoints private_endpoints_manage_dns_zone_group private_link_resources prometheus_workspace_id \
     public_network_access role_assignments security_profile service_mesh_profile service_principal_profile \
     storage_profile support_plan tags upgrade_settings windows_profile windows_profile_password \
     windows_profile_password_version workload_auto_scaler_profile";
