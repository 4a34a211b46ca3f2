//! AKS126. Nodes keep packets to the pod range for themselves, also those that are meant for a host in a network nearby.

use super::{neighbours, ranges};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(126),
    name: "pod-cidr-overlaps-peered-or-onprem",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Run),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS126-pod-cidr-overlaps-peered-or-onprem.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.pod_cidrs.is_absent() || ranges::pods_outside_vnet(cluster, cx) != Some(true) {
        return;
    }
    neighbours::check(cluster, &cluster.pod_cidrs, "pod range", cx);
}
