//! AKS215. Azure takes no fewer than ten pods on a node.

use crate::azure::limits::MIN_PODS;
use crate::capacity::Quantity;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(215),
    name: "max-pods-below-10",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS215-max-pods-below-10.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if Quantity::bounds(&pool.max_pods)
        .low
        .is_some_and(|low| low >= i64::from(MIN_PODS))
    {
        return;
    }
    let Some(pods) = cx.need(&pool.max_pods) else {
        return;
    };
    // The provider takes 0 as not written.
    if *pods == 0 || *pods >= MIN_PODS {
        return;
    }
    cx.report(
        &pool.max_pods,
        format!("a node has at least {MIN_PODS} pods, this pool allows {pods}"),
    )
    .label(format!("below {MIN_PODS}"))
    .help(format!(
        "set it to {MIN_PODS} or more; with {MIN_PODS}, the pool needs three nodes"
    ));
}
