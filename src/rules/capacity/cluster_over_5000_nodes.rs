//! AKS221. No cluster has more than five thousand nodes.

use super::nodes;
use crate::azure::limits::CLUSTER_NODES;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(221),
    name: "cluster-over-5000-nodes",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(206), RuleId(222)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS221-cluster-over-5000-nodes.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(budget) = nodes::budget(cluster, cx) else {
        return;
    };
    nodes::check(&budget, CLUSTER_NODES, cx, |count, cx| {
        let message =
            format!("a cluster has at most {CLUSTER_NODES} nodes, this one may have {count}");
        nodes::report(&budget, message, cx).help(format!(
            "lower the pools to {CLUSTER_NODES} nodes together, or use a second cluster"
        ));
    });
}
