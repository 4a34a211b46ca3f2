//! `avm/res/container-service/managed-cluster`, of Azure Verified Modules for Bicep: resources of ARM.
//!
//! github.com/Azure/bicep-registry-modules, tags `avm/res/container-service/managed-cluster/0.6.0` to `0.14.0`, read
//! 2026-11-22: `main.bicep`, `agent-pool/main.bicep`. Zones are left unknown, and so is most of the identity.

use super::bicep_pool::POOL;
use super::table::Constant::{Number, Text, Texts, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated, text,
};

/// The address of the cluster.
const CLUSTER: &str = "managedCluster";
const POOLS: &str = "managedCluster_agentPools{}.agentPool";

const CILIUM: From = From::Test(&argument("networkDataplane"), Test::Is("cilium"));
const BALANCED: From = From::Test(
    &argument("outboundType").or(Text("loadBalancer")),
    Test::Is("loadBalancer"),
);
const ROUTED: From = From::Test(&argument("outboundType"), Test::Is("userDefinedRouting"));

/// What is true of every release.
const ABOUT_CLUSTER: &[(&str, From)] = &[
    ("name", argument("name")),
    ("location", argument("location").or(Unknown)),
    ("sku.name", argument("skuName").or(Text("Base"))),
    ("sku.tier", argument("skuTier").or(Text("Standard"))),
    (
        "identity.type",
        From::If(
            &From::Test(
                &argument("managedIdentities.userAssignedResourceIds"),
                Test::Filled,
            ),
            &UNKNOWN,
            &From::If(
                &argument("managedIdentities.systemAssigned").or(Unknown),
                &text("SystemAssigned"),
                &UNKNOWN,
            ),
        ),
    ),
    (
        "properties.kubernetesVersion",
        argument("kubernetesVersion"),
    ),
    (
        "properties.dnsPrefix",
        From::Filled(&argument("dnsPrefix"), &argument("name")),
    ),
    (
        "properties.addonProfiles.aciConnectorLinux",
        From::If(
            &argument("aciConnectorLinuxEnabled").or(Truth(false)),
            &UNKNOWN,
            &NULL,
        ),
    ),
    (
        "properties.publicNetworkAccess",
        argument("publicNetworkAccess").or(Text("Disabled")),
    ),
    (
        "properties.networkProfile.networkPlugin",
        argument("networkPlugin"),
    ),
    (
        "properties.networkProfile.networkPluginMode",
        From::If(&CILIUM, &text("overlay"), &argument("networkPluginMode")),
    ),
    (
        "properties.networkProfile.networkPolicy",
        From::If(&CILIUM, &text("cilium"), &argument("networkPolicy")),
    ),
    (
        "properties.networkProfile.networkDataplane",
        argument("networkDataplane"),
    ),
    ("properties.networkProfile.podCidr", argument("podCidr")),
    (
        "properties.networkProfile.serviceCidr",
        argument("serviceCidr"),
    ),
    (
        "properties.networkProfile.dnsServiceIP",
        argument("dnsServiceIP"),
    ),
    (
        "properties.networkProfile.outboundType",
        argument("outboundType").or(Text("loadBalancer")),
    ),
    (
        "properties.networkProfile.loadBalancerSku",
        argument("loadBalancerSku").or(Text("standard")),
    ),
    ("properties.networkProfile.dockerBridgeCidr", NULL),
    (
        "properties.agentPoolProfiles",
        From::Each(&argument("primaryAgentPoolProfiles"), POOL),
    ),
];

/// What came with 0.12.0.
const NEW: &[(&str, From)] = &[
    ("properties.fqdnSubdomain", argument("fqdnSubdomain")),
    (
        "properties.nodeProvisioningProfile",
        argument("nodeProvisioningProfile"),
    ),
    ("properties.bootstrapProfile", argument("bootstrapProfile")),
    (
        "properties.apiServerAccessProfile",
        argument("apiServerAccessProfile"),
    ),
    (
        "properties.networkProfile.advancedNetworking",
        argument("advancedNetworking"),
    ),
    (
        "properties.networkProfile.ipFamilies",
        argument("ipFamilies").or(Texts(&["IPv4"])),
    ),
    (
        "properties.networkProfile.natGatewayProfile",
        argument("natGatewayProfile"),
    ),
    (
        "properties.networkProfile.networkMode",
        argument("networkMode"),
    ),
    ("properties.networkProfile.podCidrs", argument("podCidrs")),
    (
        "properties.networkProfile.serviceCidrs",
        argument("serviceCidrs"),
    ),
];

/// What 0.12.0 took away, and what no release before it could say.
const OLD: &[(&str, From)] = &[
    ("properties.fqdnSubdomain", NULL),
    (
        "properties.nodeProvisioningProfile",
        From::If(
            &From::Test(&argument("nodeProvisioningProfileMode"), Test::Filled),
            &From::Object(&[("mode", argument("nodeProvisioningProfileMode"))]),
            &NULL,
        ),
    ),
    ("properties.bootstrapProfile", NULL),
    (
        "properties.apiServerAccessProfile.authorizedIPRanges",
        argument("authorizedIPRanges"),
    ),
    (
        "properties.apiServerAccessProfile.enablePrivateCluster",
        argument("enablePrivateCluster").or(Truth(false)),
    ),
    (
        "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
        argument("enablePrivateClusterPublicFQDN").or(Truth(false)),
    ),
    (
        "properties.apiServerAccessProfile.privateDNSZone",
        argument("privateDNSZone"),
    ),
    (
        "properties.apiServerAccessProfile.enableVnetIntegration",
        NULL,
    ),
    ("properties.apiServerAccessProfile.subnetId", NULL),
    ("properties.networkProfile.advancedNetworking", NULL),
    ("properties.networkProfile.ipFamilies", NULL),
    ("properties.networkProfile.natGatewayProfile", NULL),
    ("properties.networkProfile.networkMode", NULL),
    ("properties.networkProfile.podCidrs", NULL),
    ("properties.networkProfile.serviceCidrs", NULL),
];

/// The load balancer since 0.11.0. The module also sends it where the way out is a NAT gateway: what Azure makes of that is left
/// unknown.
const BALANCER: &[(&str, From)] = &[(
    "properties.networkProfile.loadBalancerProfile",
    From::If(
        &BALANCED,
        &From::Object(BALANCER_PROFILE),
        &From::If(&ROUTED, &NULL, &UNKNOWN),
    ),
)];

/// The load balancer of 0.10.
const BALANCER_ALWAYS: &[(&str, From)] = &[(
    "properties.networkProfile.loadBalancerProfile",
    From::If(&BALANCED, &From::Object(BALANCER_PROFILE), &UNKNOWN),
)];

/// The load balancer before 0.10.0.
const BALANCER_PLAIN: &[(&str, From)] = &[(
    "properties.networkProfile.loadBalancerProfile",
    From::If(
        &BALANCED,
        &From::Object(&[
            ("managedOutboundIPs", MANAGED),
            ("allocatedOutboundPorts", NULL),
            ("idleTimeoutInMinutes", NULL),
            ("outboundIPs", NULL),
            ("outboundIPPrefixes", NULL),
            (
                "backendPoolType",
                argument("backendPoolType").or(Text("NodeIPConfiguration")),
            ),
        ]),
        &UNKNOWN,
    ),
)];

const MANAGED: From = From::If(
    &From::Test(
        &argument("managedOutboundIPCount").or(Number(0)),
        Test::Zero,
    ),
    &NULL,
    &From::Object(&[
        ("count", argument("managedOutboundIPCount")),
        ("countIPv6", NULL),
    ]),
);

const BALANCER_PROFILE: &[(&str, From)] = &[
    ("managedOutboundIPs", MANAGED),
    (
        "allocatedOutboundPorts",
        argument("allocatedOutboundPorts").or(Number(0)),
    ),
    (
        "idleTimeoutInMinutes",
        argument("idleTimeoutInMinutes").or(Number(30)),
    ),
    (
        "backendPoolType",
        argument("backendPoolType").or(Text("NodeIPConfiguration")),
    ),
    (
        "outboundIPs.publicIPs",
        From::Each(
            &argument("outboundPublicIPResourceIds"),
            &[("id", item(""))],
        ),
    ),
    (
        "outboundIPPrefixes.publicIPPrefixes",
        From::Each(
            &argument("outboundPublicIPPrefixResourceIds"),
            &[("id", item(""))],
        ),
    ),
];

const fn cluster(set: &'static [&'static [(&'static str, From)]]) -> Made {
    once("Microsoft.ContainerService/managedClusters", CLUSTER, set)
}

const AGENT_POOLS: Made = repeated(
    "Microsoft.ContainerService/managedClusters/agentPools",
    POOLS,
    Each::Elements("agentPools"),
    &[&[
        ("name", item("name")),
        ("parent", From::Id(CLUSTER)),
        ("properties", From::Object(POOL)),
    ]],
);

const OUTPUTS: &[(&str, Output)] = &[
    ("resourceId", Output::Id(CLUSTER)),
    ("name", Output::Name(CLUSTER)),
];

const SOURCE: &str = "br/public:avm/res/container-service/managed-cluster";

pub(super) const MODULES: &[Module] = &[
    Module {
        source: SOURCE,
        releases: "0.14.0 0.13.1 0.13.0 0.12.0",
        makes: &[cluster(&[ABOUT_CLUSTER, NEW, BALANCER]), AGENT_POOLS],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT,
    },
    Module {
        source: SOURCE,
        releases: "0.11.1 0.11.0",
        makes: &[cluster(&[ABOUT_CLUSTER, OLD, BALANCER]), AGENT_POOLS],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT_OLD,
    },
    Module {
        source: SOURCE,
        releases: "0.10.1 0.10.0",
        makes: &[cluster(&[ABOUT_CLUSTER, OLD, BALANCER_ALWAYS]), AGENT_POOLS],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT_OLD,
    },
    Module {
        source: SOURCE,
        releases: "0.9.0 0.8.3 0.8.2 0.8.1 0.8.0 0.7.0 0.6.2 0.6.1 0.6.0",
        makes: &[cluster(&[ABOUT_CLUSTER, OLD, BALANCER_PLAIN]), AGENT_POOLS],
        outputs: OUTPUTS,
        indifferent: INDIFFERENT_OLD,
    },
];

/// The other parameters of 0.12.0 to 0.14.0.
const INDIFFERENT: &str = "aadProfile aiToolchainOperatorProfile aksServicePrincipalProfile appGatewayResourceId \
     autoScalerProfile autoUpgradeProfile azureMonitorProfile azurePolicyEnabled azurePolicyVersion \
     costAnalysisEnabled defaultIngressControllerType diagnosticSettings disableLocalAccounts \
     diskEncryptionSetResourceId dnsZoneResourceId enableDnsZoneContributorRoleAssignment \
     enableKeyvaultSecretsProvider enableOidcIssuerProfile enableRBAC enableSecretRotation \
     enableStorageProfileBlobCSIDriver enableStorageProfileDiskCSIDriver \
     enableStorageProfileFileCSIDriver enableStorageProfileSnapshotController enableTelemetry \
     fluxExtension httpApplicationRoutingEnabled httpProxyConfig identityProfile \
     ingressApplicationGatewayEnabled kubeDashboardEnabled linuxProfile lock maintenanceConfigurations \
     monitoringWorkspaceResourceId nodeResourceGroup nodeResourceGroupProfile omsAgentEnabled \
     omsAgentUseAADAuth openServiceMeshEnabled podIdentityProfile roleAssignments securityProfile \
     serviceMeshProfile staticEgressGatewayProfile supportPlan tags upgradeSettings \
     webApplicationRoutingEnabled windowsProfile workloadAutoScalerProfile";

/// The other parameters of 0.6.0 to 0.11.1.
const INDIFFERENT_OLD: &str = "aadProfile adminUsername aksServicePrincipalProfile appGatewayResourceId appMonitoring \
     autoNodeOsUpgradeProfileUpgradeChannel autoScalerProfileBalanceSimilarNodeGroups \
     autoScalerProfileDaemonsetEvictionForEmptyNodes autoScalerProfileDaemonsetEvictionForOccupiedNodes \
     autoScalerProfileExpander autoScalerProfileIgnoreDaemonsetsUtilization \
     autoScalerProfileMaxEmptyBulkDelete autoScalerProfileMaxGracefulTerminationSec \
     autoScalerProfileMaxNodeProvisionTime autoScalerProfileMaxTotalUnreadyPercentage \
     autoScalerProfileNewPodScaleUpDelay autoScalerProfileOkTotalUnreadyCount \
     autoScalerProfileScaleDownDelayAfterAdd autoScalerProfileScaleDownDelayAfterDelete \
     autoScalerProfileScaleDownDelayAfterFailure autoScalerProfileScaleDownUnneededTime \
     autoScalerProfileScaleDownUnreadyTime autoScalerProfileScanInterval \
     autoScalerProfileSkipNodesWithLocalStorage autoScalerProfileSkipNodesWithSystemPods \
     autoScalerProfileUtilizationThreshold autoUpgradeProfileUpgradeChannel azurePolicyEnabled \
     azurePolicyVersion costAnalysisEnabled defaultIngressControllerType diagnosticSettings \
     disableCustomMetrics disableLocalAccounts disablePrometheusMetricsScraping disableRunCommand \
     diskEncryptionSetResourceId dnsZoneResourceId enableAzureDefender enableAzureMonitorProfileMetrics \
     enableContainerInsights enableDnsZoneContributorRoleAssignment enableImageCleaner \
     enableImageIntegrity enableKeyvaultSecretsProvider enableNodeRestriction enableOidcIssuerProfile \
     enablePodSecurityPolicy enableRBAC enableSecretRotation enableStorageProfileBlobCSIDriver \
     enableStorageProfileDiskCSIDriver enableStorageProfileFileCSIDriver \
     enableStorageProfileSnapshotController enableTelemetry enableWorkloadIdentity fluxExtension \
     httpApplicationRoutingEnabled httpProxyConfig identityProfile imageCleanerIntervalHours \
     ingressApplicationGatewayEnabled istioServiceMeshCertificateAuthority istioServiceMeshEnabled \
     istioServiceMeshExternalIngressGatewayEnabled istioServiceMeshInternalIngressGatewayEnabled \
     istioServiceMeshRevisions kedaAddon kubeDashboardEnabled lock maintenanceConfigurations \
     metricAnnotationsAllowList metricLabelsAllowlist monitoringWorkspaceResourceId nodeResourceGroup \
     nodeResourceGroupProfile omsAgentEnabled omsAgentUseAADAuth openServiceMeshEnabled \
     podIdentityProfileAllowNetworkPluginKubenet podIdentityProfileEnable \
     podIdentityProfileUserAssignedIdentities podIdentityProfileUserAssignedIdentityExceptions \
     roleAssignments securityGatingConfig sshPublicKey supportPlan syslogPort tags vpaAddon \
     webApplicationRoutingEnabled";
