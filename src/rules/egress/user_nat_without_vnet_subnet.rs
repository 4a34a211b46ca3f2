//! AKS514. A NAT gateway or route table of the user needs a subnet of the user.

use super::ways::one_of;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(514),
    name: "user-nat-without-vnet-subnet",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS514-user-nat-without-vnet-subnet.md"),
    check: Check::Cluster(check),
};

const OF_THE_USER: &[OutboundType] = &[
    OutboundType::UserAssignedNatGateway,
    OutboundType::UserDefinedRouting,
];

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(way) = one_of(cluster, OF_THE_USER, cx) else {
        return;
    };
    let Some(pool) = cx.network().pools_of(cluster).find(|pool| pool.default) else {
        return;
    };
    if cx.need_absence(&pool.vnet_subnet) != Some(true) {
        return;
    }
    let what = if *way == OutboundType::UserDefinedRouting {
        "route table"
    } else {
        "NAT gateway"
    };
    cx.report(
        &cluster.outbound_type,
        format!("outbound type {way} needs a subnet of yours, and the nodes have none"),
    )
    .label("needs a subnet with a way out")
    .also(&pool.vnet_subnet, "no subnet")
    .help(format!(
        "put the pool into a subnet with a {what}, or choose another outbound type"
    ));
}
