//! AKS325. IPv6 addresses come from Azure CNI Overlay alone.

use super::conditions::{all, has_ipv6, is, is_absent, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(325),
    name: "dual-stack-without-overlay",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312), RuleId(327)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS325-dual-stack-without-overlay.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    let kubenet = is(plugin, |plugin| *plugin == NetworkPlugin::Kubenet);
    let conditions = if kubenet.is_false() {
        let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
        vec![has_ipv6(cluster), azure, is_absent(mode)]
    } else {
        vec![has_ipv6(cluster), kubenet]
    };
    if !all(&conditions, cx) {
        return;
    }
    let but = if mode.is_absent() && plugin.get() == Some(&NetworkPlugin::Azure) {
        "no mode is set".to_owned()
    } else {
        it_is(plugin, cx)
    };
    let message =
        format!("dual stack needs the network plugin azure with the mode overlay, and {but}");
    cx.report(&cluster.ip_versions, message)
        .label("needs the mode overlay")
        .also(plugin, "the network plugin")
        .help("use Azure CNI Overlay: plugin azure with mode overlay");
}
