//! AKS302. Azure's own engine does not enforce policies on kubenet.

use super::conditions::{all, is, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(302),
    name: "kubenet-with-azure-policy",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS302-kubenet-with-azure-policy.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, policy) = (&cluster.network_plugin, &cluster.network_policy);
    let kubenet = is(plugin, |plugin| *plugin == NetworkPlugin::Kubenet);
    let azure = is(policy, |policy| *policy == NetworkPolicy::Azure);
    if !all(&[kubenet, azure], cx) {
        return;
    }
    let but = it_is(plugin, cx);
    let message = format!("network policy azure needs the network plugin azure, and {but}");
    cx.report(policy, message)
        .label("needs the network plugin azure")
        .also(plugin, "the network plugin")
        .help("use Azure CNI Overlay with the policy and data plane cilium, or, to keep kubenet, the policy calico");
}
