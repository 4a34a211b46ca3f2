//! `Azure/network/azurerm`, `Azure/vnet/azurerm` and `Azure/subnets/azurerm`.

use super::table::Constant::{self, Text, Texts, Truth};
use super::table::{Each, From, Made, Module, Output, Place, argument, given, item};

/// A VNet whose arguments are `vnet_name`, `resource_group_name` and an address space.
const ABOUT_VNET: &[(&str, From)] = &[
    ("name", argument("vnet_name").or(Text("acctvnet"))),
    ("resource_group_name", argument("resource_group_name")),
    ("subnet", From::Always(Constant::Nothing)),
    ("ip_address_pool", From::Always(Constant::Nothing)),
];

/// A subnet of a name and a prefix, in the VNet of the same module.
const ABOUT_SUBNET: &[(&str, From)] = &[
    ("name", item("name")),
    ("resource_group_name", argument("resource_group_name")),
    ("virtual_network_name", From::Name(VNET_ADDRESS)),
    ("address_prefixes", From::List(&item("prefix"))),
    ("ip_address_pool", From::Always(Constant::Nothing)),
    ("nat_gateway_id", From::Always(Constant::Nothing)),
    ("route_table_id", From::Always(Constant::Nothing)),
    ("network_security_group_id", From::Always(Constant::Nothing)),
];

const VNET_ADDRESS: &str = "azurerm_virtual_network.vnet";
const COUNTED: &str = "azurerm_subnet.subnet_count";
const PLAIN: &str = "azurerm_subnet.subnet";
const BY_KEY: &str = "azurerm_subnet.subnet_for_each";

/// Returns a subnet for each name in `subnet_names`, and the prefix beside it in `subnet_prefixes`.
const fn subnets(
    address: &'static str,
    lists: &'static [(&'static str, Place)],
    keyed: Option<(From, &'static str)>,
) -> Made {
    Made {
        kind: "azurerm_subnet",
        address,
        each: Each::Lists(lists, keyed),
        when: None,
        set: &[ABOUT_SUBNET],
    }
}

const fn vnet(set: &'static [&'static [(&'static str, From)]]) -> Made {
    Made {
        kind: "azurerm_virtual_network",
        address: VNET_ADDRESS,
        each: Each::Once,
        when: None,
        set,
    }
}

/// Names and prefixes as `Azure/network` has them.
const NETWORK_LISTS: &[(&str, Place)] = &[
    ("name", given("subnet_names").or(Texts(&["subnet1"]))),
    (
        "prefix",
        given("subnet_prefixes").or(Texts(&["10.0.1.0/24"])),
    ),
];

const NETWORK_SPACE: &[(&str, From)] = &[(
    "address_space",
    From::Filled(
        &argument("address_spaces"),
        &From::List(&argument("address_space").or(Text("10.0.0.0/16"))),
    ),
)];

const NETWORK_OUTPUTS: &[(&str, Output)] = &[
    ("vnet_id", Output::Id(VNET_ADDRESS)),
    ("vnet_name", Output::Name(VNET_ADDRESS)),
    ("vnet_subnets", Output::Ids(COUNTED)),
];

const NETWORK_INDIFFERENT: &str = "dns_servers resource_group_location subnet_delegation \
     subnet_enforce_private_link_endpoint_network_policies subnet_service_endpoints tags tracing_tags_enabled \
     tracing_tags_prefix";

/// github.com/Azure/terraform-azurerm-network, tags 3.0.0 to 5.3.0, read 2026-11-22. Delegations and service endpoints are
/// left unknown.
pub(super) const NETWORK: &[Module] = &[
    Module {
        source: "Azure/network/azurerm",
        releases: "5.3.0 5.2.0 5.1.0 5.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, NETWORK_SPACE]),
            subnets(
                COUNTED,
                NETWORK_LISTS,
                Some((argument("use_for_each"), BY_KEY)),
            ),
        ],
        outputs: NETWORK_OUTPUTS,
        indifferent: NETWORK_INDIFFERENT,
    },
    Module {
        source: "Azure/network/azurerm",
        releases: "4.2.0 4.1.0 4.0.1 4.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, NETWORK_SPACE]),
            subnets(
                COUNTED,
                NETWORK_LISTS,
                Some((argument("use_for_each").or(Truth(false)), BY_KEY)),
            ),
        ],
        outputs: NETWORK_OUTPUTS,
        indifferent: NETWORK_INDIFFERENT,
    },
    Module {
        source: "Azure/network/azurerm",
        releases: "3.5.0 3.4.0 3.3.0 3.2.1 3.1.1 3.0.1 3.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, NETWORK_SPACE]),
            subnets(PLAIN, NETWORK_LISTS, None),
        ],
        outputs: &[
            ("vnet_id", Output::Id(VNET_ADDRESS)),
            ("vnet_name", Output::Name(VNET_ADDRESS)),
            ("vnet_subnets", Output::Ids(PLAIN)),
        ],
        indifferent: NETWORK_INDIFFERENT,
    },
];

/// Names and prefixes as `Azure/vnet` has them since 3.0.0.
const VNET_LISTS: &[(&str, Place)] = &[
    (
        "name",
        given("subnet_names").or(Texts(&["subnet1", "subnet2", "subnet3"])),
    ),
    (
        "prefix",
        given("subnet_prefixes").or(Texts(&["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"])),
    ),
];

const VNET_SPACE: &[(&str, From)] = &[(
    "address_space",
    argument("address_space").or(Texts(&["10.0.0.0/16"])),
)];

const VNET_SECURITY: Made = Made {
    kind: "azurerm_subnet_network_security_group_association",
    address: "azurerm_subnet_network_security_group_association.vnet",
    each: Each::Entries("nsg_ids"),
    when: None,
    set: &[&[
        ("subnet_id", From::Id(COUNTED)),
        ("network_security_group_id", item("")),
    ]],
};

const VNET_ROUTES: Made = Made {
    kind: "azurerm_subnet_route_table_association",
    address: "azurerm_subnet_route_table_association.vnet",
    each: Each::Entries("route_tables_ids"),
    when: None,
    set: &[&[
        ("subnet_id", From::Id(COUNTED)),
        ("route_table_id", item("")),
    ]],
};

const VNET_OUTPUTS: &[(&str, Output)] = &[
    ("vnet_id", Output::Id(VNET_ADDRESS)),
    ("vnet_name", Output::Name(VNET_ADDRESS)),
    ("vnet_subnets", Output::Ids(COUNTED)),
    ("vnet_subnets_name_id", Output::IdsByName(COUNTED)),
];

const VNET_INDIFFERENT: &str = "bgp_community ddos_protection_plan dns_servers enable_telemetry subnet_delegation \
     subnet_enforce_private_link_endpoint_network_policies subnet_enforce_private_link_service_network_policies \
     subnet_service_endpoints tags tracing_tags_enabled tracing_tags_prefix vnet_location";

/// github.com/Azure/terraform-azurerm-vnet, tags 3.0.0 to 5.0.1, read 2026-11-22.
pub(super) const VNET: &[Module] = &[
    Module {
        source: "Azure/vnet/azurerm",
        releases: "5.0.1 5.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, VNET_SPACE]),
            subnets(
                COUNTED,
                VNET_LISTS,
                Some((argument("use_for_each").or(Truth(true)), BY_KEY)),
            ),
            VNET_SECURITY,
            VNET_ROUTES,
        ],
        outputs: VNET_OUTPUTS,
        indifferent: VNET_INDIFFERENT,
    },
    Module {
        source: "Azure/vnet/azurerm",
        releases: "4.1.0 4.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, VNET_SPACE]),
            subnets(
                COUNTED,
                VNET_LISTS,
                Some((argument("use_for_each"), BY_KEY)),
            ),
            VNET_SECURITY,
            VNET_ROUTES,
        ],
        outputs: VNET_OUTPUTS,
        indifferent: VNET_INDIFFERENT,
    },
    Module {
        source: "Azure/vnet/azurerm",
        releases: "3.2.0 3.1.0 3.0.0",
        makes: &[
            vnet(&[ABOUT_VNET, VNET_SPACE]),
            subnets(
                COUNTED,
                VNET_LISTS,
                Some((argument("use_for_each").or(Truth(false)), BY_KEY)),
            ),
            VNET_SECURITY,
            VNET_ROUTES,
        ],
        outputs: VNET_OUTPUTS,
        indifferent: VNET_INDIFFERENT,
    },
];

/// Returns the association of a subnet of `Azure/subnets` with what its entry names.
const fn bound(
    kind: &'static str,
    address: &'static str,
    path: &'static str,
    set: &'static [&'static [(&'static str, From)]],
) -> Made {
    Made {
        kind,
        address,
        each: Each::Entries("subnets"),
        when: Some(item(path)),
        set,
    }
}

/// github.com/Azure/terraform-azurerm-subnets, tags 1.0.0 and 1.1.0, read 2026-11-22.
pub(super) const SUBNETS: &[Module] = &[Module {
    source: "Azure/subnets/azurerm",
    releases: "1.1.0 1.0.0",
    makes: &[
        vnet(&[&[
            ("name", argument("virtual_network_name")),
            ("resource_group_name", argument("resource_group_name")),
            ("address_space", argument("virtual_network_address_space")),
            ("subnet", From::Always(Constant::Nothing)),
            ("ip_address_pool", From::Always(Constant::Nothing)),
        ]]),
        Made {
            kind: "azurerm_subnet",
            address: PLAIN,
            each: Each::Entries("subnets"),
            when: None,
            set: &[&[
                ("name", From::Key),
                ("resource_group_name", argument("resource_group_name")),
                ("virtual_network_name", From::Name(VNET_ADDRESS)),
                ("address_prefixes", item("address_prefixes")),
                ("ip_address_pool", From::Always(Constant::Nothing)),
                ("service_endpoints", item("service_endpoints")),
                ("nat_gateway_id", From::Always(Constant::Nothing)),
                ("route_table_id", From::Always(Constant::Nothing)),
                ("network_security_group_id", From::Always(Constant::Nothing)),
            ]],
        },
        bound(
            "azurerm_subnet_network_security_group_association",
            "azurerm_subnet_network_security_group_association.vnet",
            "network_security_group",
            &[&[
                ("subnet_id", From::Id(PLAIN)),
                (
                    "network_security_group_id",
                    item("network_security_group.id"),
                ),
            ]],
        ),
        bound(
            "azurerm_subnet_route_table_association",
            "azurerm_subnet_route_table_association.vnet",
            "route_table",
            &[&[
                ("subnet_id", From::Id(PLAIN)),
                ("route_table_id", item("route_table.id")),
            ]],
        ),
        bound(
            "azurerm_subnet_nat_gateway_association",
            "azurerm_subnet_nat_gateway_association.nat_gw",
            "nat_gateway",
            &[&[
                ("subnet_id", From::Id(PLAIN)),
                ("nat_gateway_id", item("nat_gateway.id")),
            ]],
        ),
    ],
    outputs: &[
        ("vnet_id", Output::Id(VNET_ADDRESS)),
        ("vnet_name", Output::Name(VNET_ADDRESS)),
        ("vnet_subnets_name_id", Output::IdsByName(PLAIN)),
    ],
    indifferent: "new_network_ddos_protection_plan tracing_tags_enabled tracing_tags_prefix virtual_network_bgp_community \
         virtual_network_ddos_protection_plan virtual_network_dns_servers virtual_network_edge_zone \
         virtual_network_flow_timeout_in_minutes virtual_network_location virtual_network_tags",
}];
