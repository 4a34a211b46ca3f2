//! AKS349. All pools of a cluster give pods their addresses in one way.

use super::conditions::{Condition, all, is_absent, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(349),
    name: "mixed-pod-subnet-pools",
    category: Category::Plugin,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310), RuleId(354)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS349-mixed-pod-subnet-pools.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let pools = || cx.network().pools_of(cluster);
    let with = |test: fn(&Condition) -> bool| pools().find(|pool| test(&is_set(&pool.pod_subnet)));
    let Some(other) = with(Condition::is_true).or_else(|| with(|set| !set.is_false())) else {
        return;
    };
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let conditions = [is_set(&other.pod_subnet), is_absent(&pool.pod_subnet)];
        if pool.id == other.id || !all(&conditions, cx) {
            return;
        }
        let message = "the pool has no pod subnet, and another pool of the cluster has one";
        cx.report(&pool.pod_subnet, message.to_owned())
            .label("no pod subnet")
            .also(&other.pod_subnet, "another pool's pod subnet")
            .help("give all pools of the cluster a pod subnet, or none");
    });
}
