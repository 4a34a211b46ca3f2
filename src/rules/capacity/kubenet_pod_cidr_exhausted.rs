//! AKS205. Each node takes a /24 of the pod range, and a route to it.

use super::addresses;
use crate::capacity::Addresses;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(205),
    name: "kubenet-pod-cidr-exhausted",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS205-kubenet-pod-cidr-exhausted.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    addresses::check(cluster, Addresses::KubenetRange, cx);
}
