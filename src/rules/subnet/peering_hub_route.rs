//! AKS713. A route to an appliance is of use only where the VNet reaches the appliance.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Id, NextHop, Route, Subnet, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, SiteKind, nearby};

pub(super) static RULE: Rule = Rule {
    id: RuleId(713),
    name: "peering-hub-route",
    category: Category::Subnet,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS713-peering-hub-route.md"),
    check: Check::Subnet(check),
};

fn check(subnet: &Subnet, cx: &mut Cx<'_>) {
    // Without a route to an appliance nothing has to be known.
    let table = subnet
        .route_table
        .get()
        .map(|table| &cx.network().route_tables[*table]);
    if table.is_some_and(|table| table.routes.is_empty()) {
        return;
    }
    let (Some(_), Some(vnet)) = (
        cx.need(&subnet.route_table),
        cx.need(&subnet.virtual_network),
    ) else {
        return;
    };
    let routes = table.map_or(&[] as &[Route], |table| &table.routes);
    cx.each(routes, |route, cx| check_route(route, *vnet, cx));
}

fn check_route(route: &Route, vnet: Id<VirtualNetwork>, cx: &mut Cx<'_>) {
    let hop = cx.need(&route.next_hop);
    if hop.is_none_or(|hop| *hop != NextHop::VirtualAppliance) {
        return;
    }
    let Some(ip) = cx.need(&route.next_hop_ip) else {
        return;
    };
    let Some(near) = near(vnet, cx) else {
        return;
    };
    if near.iter().any(|range| range.contains(*ip)) {
        return;
    }
    let message =
        format!("next hop {ip} is neither in the subnet's VNet nor in one that is peered with it");
    cx.report(&route.next_hop_ip, message)
        .label("no VNet nearby has this address")
        .help("use the address of an appliance in the VNet or in a peered one, or peer the VNets");
}

/// Returns the ranges of the VNet and of its peers; `None` where they are not all known, or where no peering is in the code, so
/// that it is somewhere else.
fn near(vnet: Id<VirtualNetwork>, cx: &mut Cx<'_>) -> Option<Vec<Cidr>> {
    let peered = cx
        .site_ranges()
        .iter()
        .filter(|site| site.kind == SiteKind::Peered);
    let mut ranges: Vec<Cidr> = peered.map(|site| site.cidr).collect();
    let mut known = add(vnet, &mut ranges, cx);
    let mut peered = false;
    let all = nearby::each_peer(vnet, cx, |peer, _, cx| {
        peered = true;
        known &= add(peer, &mut ranges, cx);
    });
    (known && all && peered).then_some(ranges)
}

/// Adds the ranges of a VNet; returns whether they are all known.
fn add(vnet: Id<VirtualNetwork>, ranges: &mut Vec<Cidr>, cx: &mut Cx<'_>) -> bool {
    let space = &cx.network().virtual_networks[vnet].address_space;
    ranges.extend(cx.need_each(space).iter().map(|range| **range));
    space
        .get()
        .is_some_and(|all| all.iter().all(|range| range.get().is_some()))
}
