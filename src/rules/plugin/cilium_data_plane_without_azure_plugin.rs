//! AKS312. Cilium forwards packets for Azure CNI alone.

use super::conditions::{all, is, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(312),
    name: "cilium-data-plane-without-azure-plugin",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS312-cilium-data-plane-without-azure-plugin.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, plane) = (&cluster.network_plugin, &cluster.network_data_plane);
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    let other = is(plugin, |plugin| *plugin != NetworkPlugin::Azure);
    if !all(&[cilium, other], cx) {
        return;
    }
    let but = it_is(plugin, cx);
    let message = format!("data plane cilium needs the network plugin azure, and {but}");
    cx.report(plane, message)
        .label("needs the network plugin azure")
        .also(plugin, "the network plugin")
        .help("set the network plugin to azure, best with the mode overlay");
}
