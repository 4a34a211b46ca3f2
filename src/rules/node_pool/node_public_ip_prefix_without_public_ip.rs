//! AKS412. A prefix of public addresses is for nodes that have some.

use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(412),
    name: "node-public-ip-prefix-without-public-ip",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS412-node-public-ip-prefix-without-public-ip.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let public = &pool.node_public_ip_enabled;
    if cx.need(public).is_none_or(|public| *public) {
        return;
    }
    if cx.need_absence(&pool.node_public_ip_prefix_id) != Some(false) {
        return;
    }
    let why = if cx.is_default(public) {
        "no public addresses by default"
    } else {
        "no public addresses"
    };
    cx.report(
        &pool.node_public_ip_prefix_id,
        format!("the pool has a prefix of public addresses, and its nodes have {why}"),
    )
    .label("the prefix")
    .also(public, "no public addresses")
    .help("enable public addresses of the nodes, or remove the prefix");
}
