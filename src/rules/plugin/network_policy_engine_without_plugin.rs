//! AKS321. Without a network plugin of Azure there is none of its policy engines.

use super::conditions::{all, is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(321),
    name: "network-policy-engine-without-plugin",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS321-network-policy-engine-without-plugin.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, policy) = (&cluster.network_plugin, &cluster.network_policy);
    let none = is(plugin, |plugin| *plugin == NetworkPlugin::None);
    let engine = is(policy, |policy| *policy != NetworkPolicy::None);
    if !all(&[none, engine], cx) {
        return;
    }
    let Some(engine) = cx.need(policy) else {
        return;
    };
    // That Azure refuses this one is inferred.
    let severity = match *engine {
        NetworkPolicy::Calico => Severity::Warning,
        NetworkPolicy::None | NetworkPolicy::Azure | NetworkPolicy::Cilium => Severity::Error,
    };
    let message =
        format!("network policy {engine} needs a network plugin of Azure, and it is none");
    cx.report(policy, message)
        .label("needs a network plugin")
        .also(plugin, "bring your own")
        .help("leave the network policy out: the CNI that you bring enforces policies itself")
        .severity(severity);
}
