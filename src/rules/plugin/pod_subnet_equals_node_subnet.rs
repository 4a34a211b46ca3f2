//! AKS350. Pods need a subnet of their own.

use super::conditions::is_set;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(350),
    name: "pod-subnet-equals-node-subnet",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS350-pod-subnet-equals-node-subnet.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if is_set(&pool.vnet_subnet).is_false() || is_set(&pool.pod_subnet).is_false() {
        return;
    }
    let (Some(nodes), Some(pods)) = (cx.need(&pool.vnet_subnet), cx.need(&pool.pod_subnet)) else {
        return;
    };
    if *nodes != *pods {
        return;
    }
    let message = "pods and nodes of the pool share one subnet";
    cx.report(&pool.pod_subnet, message.to_owned())
        .label("the pods' subnet")
        .also(&pool.vnet_subnet, "the nodes' subnet")
        .help("give the pods a subnet of their own, or leave it out: then they take addresses of the nodes' subnet");
}
