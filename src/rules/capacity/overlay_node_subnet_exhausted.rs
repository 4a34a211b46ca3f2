//! AKS202. Every node takes an address of its subnet, wherever the pods get theirs from.

use super::addresses;
use crate::capacity::Addresses;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(202),
    name: "overlay-node-subnet-exhausted",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Create),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS202-overlay-node-subnet-exhausted.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    addresses::check(cluster, Addresses::OverlayNodes, cx);
}
