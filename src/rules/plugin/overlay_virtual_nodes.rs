//! AKS331. Virtual nodes belong to the flat network.

use super::conditions::{all, is, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(331),
    name: "overlay-virtual-nodes",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(330)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS331-overlay-virtual-nodes.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let virtual_nodes = &cluster.virtual_nodes_subnet;
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
    let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
    if !all(&[is_set(virtual_nodes), azure, overlay], cx) {
        return;
    }
    let message =
        "virtual nodes are documented for Azure CNI without overlay, and the mode is overlay";
    cx.report(virtual_nodes, message.to_owned())
        .label("turns virtual nodes on")
        .also(mode, "the mode")
        .help("leave the mode out, or virtual nodes");
}
