//! AKS310. Only Azure CNI gives pods addresses of a subnet.

use super::conditions::{all, cluster_of, is, is_set, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPlugin, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(310),
    name: "pod-subnet-without-azure-plugin",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS310-pod-subnet-without-azure-plugin.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let subnet = is_set(&pool.pod_subnet);
    if subnet.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let plugin = &cluster.network_plugin;
    let other = is(plugin, |plugin| *plugin != NetworkPlugin::Azure);
    if !all(&[subnet, other], cx) {
        return;
    }
    let but = it_is(plugin, cx);
    let message = format!("a pod subnet needs the network plugin azure, and {but}");
    cx.report(&pool.pod_subnet, message)
        .label("a pod subnet")
        .also(plugin, "the network plugin")
        .help("set the network plugin to azure, or leave the pod subnet out");
}
