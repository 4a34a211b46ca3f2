//! Networks of Azure Verified Modules for Bicep: resources of ARM.
//!
//! github.com/Azure/bicep-registry-modules, `avm/res/network`, `main.bicep` at the tags named by each entry, read 2026-11-22.
//! Ranges out of an IPAM pool are left unknown, and so are the addresses of a NAT gateway and all zones.

use super::table::Constant::{Number, Text, Truth, Unknown};
use super::table::{
    Each, From, Made, Module, NULL, Output, Test, UNKNOWN, argument, item, once, repeated,
};

const VNET: &str = "virtualNetwork";
const SUBNETS: &str = "virtualNetwork_subnets{}.subnet";

/// Returns `{id: …}` of what is given, nothing if it is empty.
macro_rules! linked {
    ($source:ident, $name:literal) => {
        From::If(
            &From::Test(&$source($name), Test::Filled),
            &From::Object(&[("id", $source($name))]),
            &NULL,
        )
    };
}

/// Returns the properties of a subnet out of the parameters of its module, or of an element that has the same names.
macro_rules! subnet {
    ($source:ident) => {
        &[
            ("properties.addressPrefix", $source("addressPrefix")),
            ("properties.addressPrefixes", $source("addressPrefixes")),
            (
                "properties.ipamPoolPrefixAllocations",
                $source("ipamPoolPrefixAllocations"),
            ),
            (
                "properties.routeTable",
                linked!($source, "routeTableResourceId"),
            ),
            (
                "properties.natGateway",
                linked!($source, "natGatewayResourceId"),
            ),
            (
                "properties.networkSecurityGroup",
                linked!($source, "networkSecurityGroupResourceId"),
            ),
            (
                "properties.privateEndpointNetworkPolicies",
                $source("privateEndpointNetworkPolicies"),
            ),
            (
                "properties.defaultOutboundAccess",
                $source("defaultOutboundAccess"),
            ),
        ]
    };
}

/// Returns what services a subnet is for, of which releases since 0.3.0 are given one name.
macro_rules! services {
    ($source:ident) => {
        &[
            (
                "properties.serviceEndpoints",
                From::Each(&$source("serviceEndpoints"), &[("service", item(""))]),
            ),
            (
                "properties.delegations",
                From::If(
                    &From::Test(&$source("delegation"), Test::Filled),
                    &From::List(&From::Object(&[(
                        "properties.serviceName",
                        $source("delegation"),
                    )])),
                    &NULL,
                ),
            ),
        ]
    };
}

/// What a subnet is called, and whose it is.
const OWN: &[(&str, From)] = &[("name", item("name")), ("parent", From::Id(VNET))];

/// The other side of a peering, and what it was called before 0.3.0.
const REMOTE: &str = "remoteVirtualNetworkResourceId";
const REMOTE_ID: &str = "remoteVirtualNetworkId";

const PEERING: &[(&str, From)] = &[
    (
        "properties.useRemoteGateways",
        item("useRemoteGateways").or(Truth(false)),
    ),
    ("parent", From::Id(VNET)),
];

const PEERING_BACK: &[(&str, From)] = &[
    (
        "properties.useRemoteGateways",
        item("remotePeeringUseRemoteGateways").or(Truth(false)),
    ),
    ("properties.remoteVirtualNetwork.id", From::Id(VNET)),
];

const OUTPUTS: &[(&str, Output)] = &[
    ("resourceId", Output::Id(VNET)),
    ("name", Output::Name(VNET)),
    ("subnetResourceIds", Output::Ids(SUBNETS)),
];

const NETWORK: Made = once(
    "Microsoft.Network/virtualNetworks",
    VNET,
    &[&[
        ("name", argument("name")),
        ("location", argument("location").or(Unknown)),
        (
            "properties.addressSpace.addressPrefixes",
            From::If(
                &From::Test(&argument("ipamPoolNumberOfIpAddresses"), Test::Given),
                &UNKNOWN,
                &argument("addressPrefixes"),
            ),
        ),
        ("properties.dhcpOptions.dnsServers", argument("dnsServers")),
        ("properties.subnets", NULL),
        ("properties.virtualNetworkPeerings", NULL),
    ]],
);

const fn subnets(set: &'static [&'static [(&'static str, From)]]) -> Made {
    repeated(
        "Microsoft.Network/virtualNetworks/subnets",
        SUBNETS,
        Each::Elements("subnets"),
        set,
    )
}

const fn peerings(set: &'static [&'static [(&'static str, From)]]) -> Made {
    repeated(
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        "virtualNetwork_peering_local",
        Each::Elements("peerings"),
        set,
    )
}

const fn peerings_back(when: From, set: &'static [&'static [(&'static str, From)]]) -> Made {
    Made {
        kind: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        address: "virtualNetwork_peering_remote",
        each: Each::Elements("peerings"),
        when: Some(when),
        set,
    }
}

/// Returns what is given if the peering has two sides.
macro_rules! if_both {
    ($name:ident) => {
        From::If(
            &item("remotePeeringEnabled").or(Truth(false)),
            &item($name),
            &NULL,
        )
    };
}

const OTHERS: &str = "ddosProtectionPlanResourceId diagnosticSettings enablePrivateEndpointVNetPolicies enableTelemetry \
     enableVmProtection flowTimeoutInMinutes ipAllocations lock roleAssignments tags virtualNetworkBgpCommunity \
     vnetEncryption vnetEncryptionEnforcement";

pub(super) const VIRTUAL_NETWORK: &[Module] = &[
    Module {
        source: "br/public:avm/res/network/virtual-network",
        releases: "0.10.1 0.10.0 0.9.0 0.8.1 0.8.0 0.7.2 0.7.1 0.7.0 0.6.1 0.6.0 0.5.4 0.5.3 0.5.2 0.5.1 0.5.0 0.4.1 0.4.0 \
             0.3.0",
        makes: &[
            NETWORK,
            subnets(&[OWN, subnet!(item), services!(item)]),
            peerings(&[
                PEERING,
                &[("properties.remoteVirtualNetwork.id", item(REMOTE))],
            ]),
            peerings_back(
                if_both!(REMOTE),
                &[PEERING_BACK, &[("parent", item(REMOTE))]],
            ),
        ],
        outputs: OUTPUTS,
        indifferent: OTHERS,
    },
    Module {
        source: "br/public:avm/res/network/virtual-network",
        releases: "0.2.0 0.1.8 0.1.7 0.1.6 0.1.5 0.1.1",
        makes: &[
            NETWORK,
            subnets(&[
                OWN,
                subnet!(item),
                &[
                    ("properties.serviceEndpoints", item("serviceEndpoints")),
                    ("properties.delegations", item("delegations")),
                ],
            ]),
            peerings(&[
                PEERING,
                &[("properties.remoteVirtualNetwork.id", item(REMOTE_ID))],
            ]),
            peerings_back(
                if_both!(REMOTE_ID),
                &[PEERING_BACK, &[("parent", item(REMOTE_ID))]],
            ),
        ],
        outputs: OUTPUTS,
        indifferent: OTHERS,
    },
];

pub(super) const SUBNET: &[Module] = &[Module {
    source: "br/public:avm/res/network/virtual-network/subnet",
    releases: "0.2.0 0.1.3 0.1.2 0.1.1 0.1.0",
    makes: &[once(
        "Microsoft.Network/virtualNetworks/subnets",
        "subnet",
        &[
            &[
                ("name", argument("name")),
                ("parent", argument("virtualNetworkName")),
            ],
            subnet!(argument),
            services!(argument),
        ],
    )],
    outputs: &[
        ("resourceId", Output::Id("subnet")),
        ("name", Output::Name("subnet")),
    ],
    indifferent: "applicationGatewayIPConfigurations enableTelemetry ipAllocations privateLinkServiceNetworkPolicies \
         roleAssignments serviceEndpointPolicies serviceGateway sharingScope",
}];

pub(super) const NAT_GATEWAY: &[Module] = &[Module {
    source: "br/public:avm/res/network/nat-gateway",
    releases: "2.1.0 2.0.1 2.0.0 1.4.0 1.2.2 1.2.1 1.2.0 1.1.0 1.0.5",
    makes: &[once(
        "Microsoft.Network/natGateways",
        "natGateway",
        &[&[
            ("name", argument("name")),
            ("location", argument("location").or(Unknown)),
            ("sku.name", argument("natGatewaySku").or(Text("Standard"))),
            (
                "properties.idleTimeoutInMinutes",
                argument("idleTimeoutInMinutes").or(Number(5)),
            ),
        ]],
    )],
    outputs: &[
        ("resourceId", Output::Id("natGateway")),
        ("name", Output::Name("natGateway")),
    ],
    indifferent: "availabilityZone enableTelemetry lock publicIPAddressObjects publicIPAddresses publicIPAddressesV6 \
         publicIPPrefixObjects publicIPPrefixResourceIds publicIPPrefixResourceIdsV6 publicIPPrefixes publicIPPrefixesV6 \
         publicIpResourceIds publicIpResourceIdsV6 roleAssignments tags zone",
}];

pub(super) const ROUTE_TABLE: &[Module] = &[Module {
    source: "br/public:avm/res/network/route-table",
    releases: "0.5.0 0.4.1 0.4.0 0.3.0 0.2.3 0.2.2 0.2.1 0.2.0",
    makes: &[once(
        "Microsoft.Network/routeTables",
        "routeTable",
        &[&[
            ("name", argument("name")),
            ("location", argument("location").or(Unknown)),
            ("properties.routes", argument("routes")),
            (
                "properties.disableBgpRoutePropagation",
                argument("disableBgpRoutePropagation").or(Truth(false)),
            ),
        ]],
    )],
    outputs: &[
        ("resourceId", Output::Id("routeTable")),
        ("name", Output::Name("routeTable")),
    ],
    indifferent: "enableTelemetry lock roleAssignments tags",
}];
