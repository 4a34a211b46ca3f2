//! AKS318. Without a network policy engine every pod may talk to every other.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, NetworkPlugin, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, options};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(318),
    name: "network-policy-missing",
    category: Category::Plugin,
    kind: Kind::Security,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(313)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS318-network-policy-missing.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let policy = &cluster.network_policy;
    let set = match cx.need(policy) {
        Some(engine) if *engine != NetworkPolicy::None => {
            check_engine(policy, *engine, cx);
            return;
        }
        Some(_) => !cx.is_default(policy),
        None if policy.is_absent() => false,
        None => return,
    };
    if !set && left_to_cilium(cluster, cx) {
        return;
    }
    let allowed = cx.allowed_words::<NetworkPolicy>(options::ALLOWED_POLICIES);
    if allowed.is_some_and(|allowed| allowed.contains(&NetworkPolicy::None)) {
        return;
    }
    let Some(plugins) = cx.need_alternatives(&cluster.network_plugin) else {
        return;
    };
    let own = plugins
        .iter()
        .filter(|p| **p == NetworkPlugin::None)
        .count();
    if own > 0 {
        if own < plugins.len() {
            cx.open(&cluster.network_plugin);
        }
        return;
    }
    let (message, label) = if set {
        (
            "network policy is none: every pod may talk to every other",
            "no engine",
        )
    } else {
        (
            "no network policy is set: every pod may talk to every other",
            "sets no network policy",
        )
    };
    let kubenet = plugins.iter().all(|p| *p == NetworkPlugin::Kubenet);
    let help = if kubenet {
        "choose calico, the one engine that kubenet takes"
    } else {
        "choose an engine: cilium with the data plane cilium, or calico"
    };
    cx.report(policy, message.to_owned())
        .label(label)
        .help(help);
}

/// Tells whether the data plane is cilium, or may be: what an omitted policy then means is not settled.
fn left_to_cilium(cluster: &Cluster, cx: &mut Cx<'_>) -> bool {
    let data_plane = &cluster.network_data_plane;
    match cx.need(data_plane) {
        Some(plane) => *plane == DataPlane::Cilium,
        None => !data_plane.is_absent(),
    }
}

/// Judges an engine by what the site allows, if it says so.
fn check_engine(policy: &Value<NetworkPolicy>, engine: NetworkPolicy, cx: &mut Cx<'_>) {
    let Some(allowed) = cx.allowed_words::<NetworkPolicy>(options::ALLOWED_POLICIES) else {
        return;
    };
    if allowed.contains(&engine) {
        return;
    }
    let words: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    let words = words.join(" or ");
    cx.report(
        policy,
        format!("network policy {engine} is not one that this site allows"),
    )
    .label("the engine")
    .help(format!(
        "use {words}, or change allowed-policies in aksnet.toml"
    ));
}
