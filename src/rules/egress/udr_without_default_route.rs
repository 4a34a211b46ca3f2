//! AKS517. A route table that is to be the way out needs a default route.

use super::routes::{Destination, default_route};
use super::ways::{each_route_table, one_of};
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Id, OutboundType, Peering, RouteTable, Subnet, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(517),
    name: "udr-without-default-route",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Create),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS517-udr-without-default-route.md"),
    check: Check::Cluster(check),
};

/// What a gateway's subnet is called. Source: Azure's VPN gateway settings, "Gateway subnet", read 2026-11-22.
const GATEWAY_SUBNET: &str = "GatewaySubnet";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::UserDefinedRouting], cx).is_none() {
        return;
    }
    each_route_table(cluster, cx, |subnet, table, cx| {
        if default_route(table, Family::V4, cx) == Destination::Missing {
            check_table(cluster, subnet, table, cx);
        }
    });
}

fn check_table(cluster: &Cluster, subnet: &Subnet, table: &RouteTable, cx: &mut Cx<'_>) {
    let Some(learns) = cx.need(&table.bgp_route_propagation_enabled) else {
        return;
    };
    if *learns && !learns_nothing(subnet, cx) {
        return;
    }
    let report = cx
        .report_entity(table.id, "outbound type userDefinedRouting needs a route 0.0.0.0/0, and the route table has none".to_owned())
        .label("no default route")
        .also(&cluster.outbound_type, "the outbound type")
        .help("add a route 0.0.0.0/0 to a firewall or gateway");
    if *learns {
        report.severity(Severity::Warning);
    }
}

/// Tells whether the code has no gateway that the subnet could learn a default route from.
fn learns_nothing(subnet: &Subnet, cx: &mut Cx<'_>) -> bool {
    let Some(vnet) = cx.need(&subnet.virtual_network) else {
        return false;
    };
    let network = cx.network();
    cx.open_if_incomplete(&network.subnets);
    cx.open_if_incomplete(&network.peerings);
    let complete = network.subnets.incomplete.is_none() && network.peerings.incomplete.is_none();
    let mut gateway = false;
    cx.each(network.subnets.iter(), |other, cx| {
        gateway |= other.id != subnet.id && may_be_gateway(other, *vnet, cx);
    });
    cx.each(network.peerings.iter(), |peering, cx| {
        gateway |= may_lead_to_gateway(peering, *vnet, cx);
    });
    complete && !gateway
}

/// Tells whether a subnet is the gateway's in the VNet; notes what is open if it may be.
fn may_be_gateway(subnet: &Subnet, vnet: Id<VirtualNetwork>, cx: &mut Cx<'_>) -> bool {
    let named = subnet
        .name
        .get()
        .is_none_or(|name| name.eq_ignore_ascii_case(GATEWAY_SUBNET));
    let here = subnet
        .virtual_network
        .get()
        .is_none_or(|other| *other == vnet);
    if named && here {
        cx.open(&subnet.name);
        cx.open(&subnet.virtual_network);
    }
    named && here
}

/// Tells whether a peering of the VNet uses a gateway on its other side; notes what is open if it may.
fn may_lead_to_gateway(peering: &Peering, vnet: Id<VirtualNetwork>, cx: &mut Cx<'_>) -> bool {
    let here = peering.from.get().is_none_or(|from| *from == vnet);
    let used = peering.use_remote_gateways.get() != Some(&false);
    if here && used {
        cx.open(&peering.from);
        cx.open(&peering.use_remote_gateways);
    }
    here && used
}
