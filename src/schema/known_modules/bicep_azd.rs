//! The patterns `avm/ptn/azd/aks` and `avm/ptn/azd/aks-automatic-cluster` of Azure Verified Modules for Bicep: each calls the
//! module of a cluster with fixed values.
//!
//! github.com/Azure/bicep-registry-modules, tags `avm/ptn/azd/aks/0.1.1` to `0.3.0` and `avm/ptn/azd/aks-automatic-cluster/0.1.0`
//! to `0.3.0`, read 2026-11-22: `main.bicep`. The load balancer's profile is left unknown, for it hangs on the inner release,
//! and so is most of the automatic cluster, which Azure fills in.

use super::bicep_pool::POOL;
use super::table::Constant::{Number, Text, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated, text,
};

const CLUSTER: &str = "managedCluster.managedCluster";
const AUTOMATIC_CLUSTER: &str = "aks.managedCluster";
const POOLS: &str = "managedCluster.managedCluster_agentPools{}.agentPool";
const PRESET_POOL: &str = "managedCluster.managedCluster_agentPools[0].agentPool";

const CILIUM: From = From::Test(&argument("networkDataplane"), Test::Is("cilium"));

/// Returns whether the preset of the system pool is this one.
macro_rules! system {
    ($name:literal) => {
        From::Test(
            &argument("systemPoolSize").or(Text("Standard")),
            Test::Is($name),
        )
    };
}

/// Returns whether the preset of the user pool is this one.
macro_rules! user {
    ($name:literal) => {
        From::Test(&argument("agentPoolSize").or(Text("")), Test::Is($name))
    };
}

/// Returns a value that hangs on the preset of the system pool, or of the user pool.
macro_rules! preset {
    ($which:ident, $small:expr, $standard:expr, $high:expr) => {
        From::If(
            &$which!("Standard"),
            &From::Always($standard),
            &From::If(
                &$which!("CostOptimised"),
                &From::Always($small),
                &From::If(&$which!("HighSpec"), &From::Always($high), &UNKNOWN),
            ),
        )
    };
}

/// Returns a pool of a preset.
macro_rules! pool {
    ($which:ident, $name:literal, $mode:literal) => {
        &[
            ("name", text($name)),
            ("mode", text($mode)),
            ("osType", text("Linux")),
            ("osSKU", NULL),
            ("type", text("VirtualMachineScaleSets")),
            ("maxPods", From::Always(Number(30))),
            ("upgradeSettings.maxSurge", text("33%")),
            (
                "vmSize",
                preset!(
                    $which,
                    Text("Standard_B4ms"),
                    Text("Standard_DS2_v2"),
                    Text("Standard_D4s_v3")
                ),
            ),
            ("count", preset!($which, Number(1), Number(3), Number(3))),
            ("minCount", preset!($which, Number(1), Number(3), Number(3))),
            ("maxCount", preset!($which, Number(3), Number(5), Number(5))),
            ("enableAutoScaling", From::Always(Truth(true))),
            ("vnetSubnetID", NULL),
            ("podSubnetID", NULL),
            ("podIPAllocationMode", NULL),
            ("enableNodePublicIP", From::Always(Truth(false))),
            ("nodePublicIPPrefixID", NULL),
            ("scaleSetPriority", NULL),
            ("windowsProfile", NULL),
            ("gatewayProfile", NULL),
        ]
    };
}

/// What no argument can say.
const FIXED: &[(&str, From)] = &[
    ("sku.name", text("Base")),
    ("identity.type", text("SystemAssigned")),
    ("properties.fqdnSubdomain", NULL),
    ("properties.nodeProvisioningProfile", NULL),
    ("properties.bootstrapProfile", NULL),
    ("properties.addonProfiles.aciConnectorLinux", NULL),
    (
        "properties.apiServerAccessProfile.enablePrivateCluster",
        From::Always(Truth(false)),
    ),
    ("properties.apiServerAccessProfile.authorizedIPRanges", NULL),
    ("properties.apiServerAccessProfile.privateDNSZone", NULL),
    (
        "properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN",
        From::Always(Truth(false)),
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
    ("properties.networkProfile.dockerBridgeCidr", NULL),
    (
        "properties.networkProfile.outboundType",
        text("loadBalancer"),
    ),
];

/// What arguments say.
const GIVEN: &[(&str, From)] = &[
    ("name", argument("name")),
    ("location", argument("location").or(Unknown)),
    ("sku.tier", argument("skuTier").or(Text("Standard"))),
    (
        "properties.kubernetesVersion",
        argument("kubernetesVersion").or(Unknown),
    ),
    (
        "properties.dnsPrefix",
        From::Filled(&argument("dnsPrefix"), &argument("name")),
    ),
    (
        "properties.publicNetworkAccess",
        argument("publicNetworkAccess").or(Text("Enabled")),
    ),
    (
        "properties.networkProfile.networkPlugin",
        argument("networkPlugin").or(Text("azure")),
    ),
    (
        "properties.networkProfile.networkPluginMode",
        From::If(&CILIUM, &text("overlay"), &argument("networkPluginMode")),
    ),
    (
        "properties.networkProfile.networkPolicy",
        From::If(
            &CILIUM,
            &text("cilium"),
            &argument("networkPolicy").or(Text("azure")),
        ),
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
        "properties.networkProfile.loadBalancerSku",
        argument("loadBalancerSku").or(Text("standard")),
    ),
    (
        "properties.agentPoolProfiles",
        From::If(
            &From::Test(&argument("systemPoolConfig"), Test::Filled),
            &From::Each(&argument("systemPoolConfig"), POOL),
            &From::List(&From::Object(pool!(system, "npsystem", "System"))),
        ),
    ),
];

pub(super) const AKS: &[Module] = &[Module {
    source: "br/public:avm/ptn/azd/aks",
    releases: "0.3.0 0.2.0 0.1.4 0.1.3 0.1.2 0.1.1",
    makes: &[
        once(
            "Microsoft.ContainerService/managedClusters",
            CLUSTER,
            &[FIXED, GIVEN],
        ),
        repeated(
            "Microsoft.ContainerService/managedClusters/agentPools",
            POOLS,
            Each::Elements("agentPoolConfig"),
            &[&[
                ("name", item("name")),
                ("parent", From::Id(CLUSTER)),
                ("properties", From::Object(POOL)),
            ]],
        ),
        Made {
            kind: "Microsoft.ContainerService/managedClusters/agentPools",
            address: PRESET_POOL,
            each: Each::Once,
            when: Some(From::If(
                &From::Test(&argument("agentPoolConfig"), Test::Filled),
                &NULL,
                &From::If(
                    &From::Test(&argument("agentPoolSize"), Test::Filled),
                    &argument("agentPoolSize"),
                    &NULL,
                ),
            )),
            set: &[&[
                ("name", text("npuser")),
                ("parent", From::Id(CLUSTER)),
                ("properties", From::Object(pool!(user, "npuser", "User"))),
            ]],
        },
    ],
    outputs: &[("managedClusterName", Output::Name(CLUSTER))],
    indifferent: "aadProfile acrSku aksClusterRoleAssignmentName appGatewayResourceId autoNodeOsUpgradeProfileUpgradeChannel \
         containerRegistryName containerRegistryRoleName disableLocalAccounts enableAzureRbac enableKeyvaultSecretsProvider \
         enablePurgeProtection enableRbacAuthorization enableTelemetry enableVaultForDeployment \
         enableVaultForTemplateDeployment keyVaultName monitoringWorkspaceResourceId nodeResourceGroupName principalId \
         principalType scopeMaps sshPublicKey tags webApplicationRoutingEnabled",
}];

pub(super) const AUTOMATIC: &[Module] = &[Module {
    source: "br/public:avm/ptn/azd/aks-automatic-cluster",
    releases: "0.3.0 0.2.0 0.1.1 0.1.0",
    makes: &[once(
        "Microsoft.ContainerService/managedClusters",
        AUTOMATIC_CLUSTER,
        &[
            &[
                ("name", argument("name")),
                ("location", argument("location").or(Unknown)),
                ("sku.name", text("Automatic")),
                ("sku.tier", text("Standard")),
                ("identity.type", text("SystemAssigned")),
                ("properties.dnsPrefix", argument("name")),
                ("properties.fqdnSubdomain", NULL),
                ("properties.nodeProvisioningProfile.mode", text("Auto")),
                ("properties.publicNetworkAccess", text("Enabled")),
                ("properties.networkProfile.networkPlugin", NULL),
                ("properties.networkProfile.networkPluginMode", NULL),
                ("properties.networkProfile.networkPolicy", NULL),
                ("properties.networkProfile.networkDataplane", NULL),
                ("properties.networkProfile.podCidr", NULL),
                ("properties.networkProfile.serviceCidr", NULL),
                ("properties.networkProfile.dnsServiceIP", NULL),
                (
                    "properties.networkProfile.loadBalancerSku",
                    text("standard"),
                ),
                (
                    "properties.networkProfile.outboundType",
                    text("managedNATGateway"),
                ),
                (
                    "properties.agentPoolProfiles",
                    From::List(&From::Object(&[
                        ("name", text("systempool")),
                        ("mode", text("System")),
                        ("osType", text("Linux")),
                        ("count", From::Always(Number(3))),
                        ("vmSize", text("Standard_DS4_v2")),
                        ("enableAutoScaling", From::Always(Truth(false))),
                        ("minCount", NULL),
                        ("maxCount", NULL),
                        ("maxPods", NULL),
                        ("vnetSubnetID", NULL),
                        ("podSubnetID", NULL),
                        ("enableNodePublicIP", From::Always(Truth(false))),
                    ])),
                ),
            ],
            FIXED_AUTOMATIC,
        ],
    )],
    outputs: &[],
    indifferent: "aadProfile enableTelemetry",
}];

/// What the inner module sends of an automatic cluster without being asked.
const FIXED_AUTOMATIC: &[(&str, From)] = &[
    (
        "properties.apiServerAccessProfile.enablePrivateCluster",
        From::Always(Truth(false)),
    ),
    ("properties.apiServerAccessProfile.authorizedIPRanges", NULL),
    ("properties.networkProfile.podCidrs", NULL),
    ("properties.networkProfile.serviceCidrs", NULL),
    ("properties.networkProfile.natGatewayProfile", NULL),
];
