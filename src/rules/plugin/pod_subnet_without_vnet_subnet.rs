//! AKS311. Pod subnet and node subnet lie in one VNet, so that both are given or none.

use super::conditions::{all, is_absent, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(311),
    name: "pod-subnet-without-vnet-subnet",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS311-pod-subnet-without-vnet-subnet.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let subnet = is_set(&pool.pod_subnet);
    let lacking = is_absent(&pool.vnet_subnet);
    if !all(&[subnet, lacking], cx) {
        return;
    }
    let message = "the pool has a subnet for its pods and none for its nodes";
    cx.report(&pool.pod_subnet, message.to_owned())
        .label("the pods' subnet")
        .help("give the nodes a subnet of the same VNet");
}
