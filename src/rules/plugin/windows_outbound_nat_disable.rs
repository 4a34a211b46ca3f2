//! AKS346. Without their own translation, Windows nodes need another way out than the load balancer.

use super::conditions::{all, cluster_of, is, is_windows, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(346),
    name: "windows-outbound-nat-disable",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS346-windows-outbound-nat-disable.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let off = is(&pool.windows_outbound_nat_enabled, |on| !on);
    if off.is_false() || is_windows(pool).is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let outbound = &cluster.outbound_type;
    let balancer = is(outbound, |kind| *kind == OutboundType::LoadBalancer);
    if !all(&[is_windows(pool), off, balancer], cx) {
        return;
    }
    let but = it_is(outbound, cx);
    let message = format!(
        "turning off the outbound NAT of Windows nodes needs the outbound type of a NAT gateway or a route table, and {but}"
    );
    cx.report(&pool.windows_outbound_nat_enabled, message)
        .label("turned off")
        .also(outbound, "the outbound type")
        .help("leave it on, or use a NAT gateway or userDefinedRouting");
}
