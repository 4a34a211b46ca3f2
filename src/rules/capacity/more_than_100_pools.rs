//! AKS223. No cluster has more than a hundred node pools.

use super::nodes;
use crate::azure::limits::POOLS;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(223),
    name: "more-than-100-pools",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS223-more-than-100-pools.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(budget) = nodes::budget(cluster, cx) else {
        return;
    };
    let certain = budget.certain().count();
    if certain > POOLS {
        cx.report_entity(
            cluster.id,
            format!("a cluster has at most {POOLS} node pools, this one has {certain}"),
        )
        .label(format!("{certain} node pools"))
        .help("merge pools that differ in little, or use a second cluster");
        return;
    }
    cx.open_on(&budget.more);
    if budget.demands.len() > POOLS {
        cx.open_on(budget.demands.iter().filter_map(|d| d.doubt.as_ref()));
    }
}
