//! AKS123. Nodes keep packets to the service range for themselves, also those that are meant for a host in a network nearby.

use super::neighbours;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(123),
    name: "service-cidr-overlaps-peered-network",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Run),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS123-service-cidr-overlaps-peered-network.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    neighbours::check(cluster, &cluster.service_cidrs, "service range", cx);
}
