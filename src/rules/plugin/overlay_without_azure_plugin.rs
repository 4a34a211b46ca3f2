//! AKS307. Overlay is a mode of Azure CNI.

use super::conditions::{all, is, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(307),
    name: "overlay-without-azure-plugin",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS307-overlay-without-azure-plugin.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    if cx.is_default(mode) {
        return;
    }
    let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
    let other = is(plugin, |plugin| *plugin != NetworkPlugin::Azure);
    if !all(&[overlay, other], cx) {
        return;
    }
    let but = it_is(plugin, cx);
    let message = format!("network plugin mode overlay needs the network plugin azure, and {but}");
    cx.report(mode, message)
        .label("needs the network plugin azure")
        .also(plugin, "the network plugin")
        .help("set the network plugin to azure, or leave the mode out");
}
