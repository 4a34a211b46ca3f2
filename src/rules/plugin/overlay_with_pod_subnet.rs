//! AKS309. With overlay, pods take their addresses from no subnet.

use super::conditions::{all, cluster_of, is, is_set, owner};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPlugin, NodePool, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(309),
    name: "overlay-with-pod-subnet",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS309-overlay-with-pod-subnet.md"),
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
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
    let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
    if !all(&[subnet, azure, overlay], cx) {
        return;
    }
    let owner = owner(mode, cx);
    let message = format!("a pod subnet does not go with {owner}network plugin mode overlay");
    cx.report(&pool.pod_subnet, message)
        .label("a pod subnet")
        .also(mode, "the mode")
        .help("leave the pod subnet out, or the mode if pods need addresses of the VNet");
}
