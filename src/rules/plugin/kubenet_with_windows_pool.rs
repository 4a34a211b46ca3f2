//! AKS304. Windows nodes take their network from Azure CNI alone.

use super::conditions::{all, cluster_of, is, is_windows, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPlugin, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(304),
    name: "kubenet-with-windows-pool",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312), RuleId(321)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS304-kubenet-with-windows-pool.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let windows = is_windows(pool);
    if windows.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let plugin = &cluster.network_plugin;
    let other = is(plugin, |plugin| *plugin != NetworkPlugin::Azure);
    if !all(&[windows, other], cx) {
        return;
    }
    let but = it_is(plugin, cx);
    let message = format!("Windows nodes need the network plugin azure, and {but}");
    cx.report(&pool.os_type, message)
        .label("a Windows pool")
        .also(plugin, "the network plugin")
        .help("use Azure CNI Overlay: plugin azure with mode overlay");
}
