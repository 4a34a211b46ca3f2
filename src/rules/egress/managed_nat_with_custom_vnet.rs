//! AKS513. AKS makes a NAT gateway only for a VNet that it makes too.

use super::ways::one_of;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(513),
    name: "managed-nat-with-custom-vnet",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS513-managed-nat-with-custom-vnet.md"),
    check: Check::Cluster(check),
};

const MANAGED: &[OutboundType] = &[
    OutboundType::ManagedNatGateway,
    OutboundType::ManagedNatGatewayV2,
];

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(way) = one_of(cluster, MANAGED, cx) else {
        return;
    };
    let mut said = false;
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        if said || cx.need_absence(&pool.vnet_subnet) != Some(false) {
            return;
        }
        said = true;
        cx.report(&pool.vnet_subnet, format!("outbound type {way} goes with a VNet of AKS only, and the nodes are in a subnet of yours"))
            .label("a subnet of yours")
            .also(&cluster.outbound_type, "the outbound type")
            .help("use userAssignedNATGateway and associate a NAT gateway with the subnet, or leave the VNet to AKS");
    });
    cx.open_if_incomplete(&cx.network().pools);
}
