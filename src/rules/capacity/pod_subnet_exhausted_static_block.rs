//! AKS208. Each node takes its blocks of sixteen when it starts, for all the pods that it may run.

use super::addresses;
use crate::capacity::Addresses;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(208),
    name: "pod-subnet-exhausted-static-block",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Create),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS208-pod-subnet-exhausted-static-block.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    addresses::check(cluster, Addresses::Blocks, cx);
}
