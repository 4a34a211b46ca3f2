//! AKS216. Azure takes no more than 250 pods on a node.

use crate::azure::limits::MAX_PODS;
use crate::capacity::Quantity;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(216),
    name: "max-pods-over-250",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS216-max-pods-over-250.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if Quantity::bounds(&pool.max_pods)
        .high
        .is_some_and(|high| high <= i64::from(MAX_PODS))
    {
        return;
    }
    let Some(pods) = cx.need(&pool.max_pods) else {
        return;
    };
    if *pods <= MAX_PODS {
        return;
    }
    cx.report(
        &pool.max_pods,
        format!("a node has at most {MAX_PODS} pods, this pool allows {pods}"),
    )
    .label(format!("over {MAX_PODS}"))
    .help(format!("set it to {MAX_PODS} or less"));
}
