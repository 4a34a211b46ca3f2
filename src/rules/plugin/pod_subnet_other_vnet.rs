//! AKS351. The pods of a cluster live in the VNet of its nodes.

use super::conditions::is_set;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(351),
    name: "pod-subnet-other-vnet",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS351-pod-subnet-other-vnet.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if is_set(&pool.vnet_subnet).is_false() || is_set(&pool.pod_subnet).is_false() {
        return;
    }
    let (Some(nodes), Some(pods)) = (cx.need(&pool.vnet_subnet), cx.need(&pool.pod_subnet)) else {
        return;
    };
    if *nodes == *pods {
        return;
    }
    let subnets = &cx.network().subnets;
    let (nodes, pods) = (
        &subnets[*nodes].virtual_network,
        &subnets[*pods].virtual_network,
    );
    let (Some(home), Some(other)) = (cx.need(nodes), cx.need(pods)) else {
        return;
    };
    if *home == *other {
        return;
    }
    let message = "the pods' subnet lies in another VNet than the nodes'";
    cx.report(&pool.pod_subnet, message.to_owned())
        .label("the pods' subnet")
        .also(pods, "its VNet")
        .also(nodes, "the VNet of the nodes")
        .help("give the pods a subnet of the VNet that the nodes are in");
}
