//! AKS207. Each node takes sixteen addresses of the pod subnet at a time, whether it runs pods or not.

use super::addresses;
use super::wording;
use crate::capacity::Addresses;
use crate::capacity::{Budget, Moment, Verdict};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(207),
    name: "pod-subnet-exhausted-dynamic",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Run),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS207-pod-subnet-exhausted-dynamic.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    addresses::check(cluster, Addresses::Batches, cx);
    addresses::each_budget(cluster, Addresses::Batches, cx, |budget, cx| {
        if budget.verdict(Moment::Maximum) == Verdict::Fits {
            check_full(&budget.full(), cx);
        }
    });
}

/// Warns where nodes that are full find no addresses for all their pods.
fn check_full(budget: &Budget, cx: &mut Cx<'_>) {
    let need = budget.needed(Moment::Maximum);
    match budget.verdict(Moment::Maximum) {
        Verdict::Fits => {}
        Verdict::Open => cx.open_on(need.doubts.iter().chain(&budget.available.grounds)),
        Verdict::Exceeds => {
            cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
            wording::report_full(budget, &need, cx);
        }
    }
}
