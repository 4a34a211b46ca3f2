//! AKS130. The routes of two kubenet clusters do not get along in one route table.

use std::collections::BTreeMap;

use super::kubenet::{self, Place};
use crate::finding::{RuleId, Severity};
use crate::model::{Network, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(130),
    name: "kubenet-clusters-share-subnet-or-route-table",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Run),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS130-kubenet-clusters-share-subnet-or-route-table.md"),
    check: Check::Network(check),
};

fn check(network: &Network, cx: &mut Cx<'_>) {
    let places = kubenet::places(network, cx);
    let mut by_subnet: BTreeMap<usize, Place<'_>> = BTreeMap::new();
    let mut by_table: BTreeMap<usize, Place<'_>> = BTreeMap::new();
    cx.each(places, |place, cx| {
        let first = *by_subnet.entry(place.subnet.index()).or_insert(place);
        if first.cluster.id != place.cluster.id {
            report(first, place, None, cx);
            return;
        }
        let subnet = &network.subnets[place.subnet];
        let Some(table) = cx.need(&subnet.route_table) else {
            return;
        };
        let first = *by_table.entry(table.index()).or_insert(place);
        if first.cluster.id != place.cluster.id {
            let other = &network.subnets[first.subnet];
            report(first, place, Some((other, subnet)), cx);
        }
    });
}

/// Says it at the cluster that comes later; `tables` are the subnets of both, if it is their route table that is shared.
fn report(
    first: Place<'_>,
    second: Place<'_>,
    tables: Option<(&Subnet, &Subnet)>,
    cx: &mut Cx<'_>,
) {
    for place in [first, second] {
        cx.need(&place.cluster.network_plugin);
        cx.need(&place.pool.vnet_subnet);
    }
    let what = if tables.is_some() {
        "route table"
    } else {
        "subnet"
    };
    let report = cx
        .report(
            &second.pool.vnet_subnet,
            format!("two kubenet clusters share a {what}, and with it their routes to pods"),
        )
        .label("this cluster's nodes")
        .also(&first.pool.vnet_subnet, "the other cluster's nodes")
        .help("give each cluster a subnet and a route table of its own, or move both to Azure CNI Overlay");
    if let Some((a, b)) = tables {
        report
            .also(&a.route_table, "its route table")
            .also(&b.route_table, "the same route table");
    }
}
