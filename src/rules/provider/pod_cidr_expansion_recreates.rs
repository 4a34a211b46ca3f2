//! AKS804. Azure can make a pod range larger in place; Terraform deletes the cluster.

use super::change::{Recreated, Said, recreated};
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Network, OsType, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(804),
    name: "pod-cidr-expansion-recreates",
    category: Category::Provider,
    kind: Kind::Immutability,
    stage: Some(Stage::Apply),
    severity: Severity::Warning,
    dialects: Dialects::PLAN,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS804-pod-cidr-expansion-recreates.md"),
    check: Check::Change(check),
};

const ATTRIBUTES: &[&str] = &["network_profile.pod_cidr", "network_profile.pod_cidrs"];

fn check(before: &Network, after: &Network, cx: &mut Cx<'_>) {
    cx.each(recreated(before, after), |cluster, cx| {
        one(&cluster, after, cx);
    });
}

fn one(cluster: &Recreated<'_>, network: &Network, cx: &mut Cx<'_>) {
    let ranges = &cluster.after.pod_cidrs;
    let said = cluster.said_of(ATTRIBUTES);
    let not_set = said == Said::Nothing && cx.need_setting(ranges) != Some(true);
    if said == Said::Innocent || not_set {
        return;
    }
    let (Some(old), new) = (known(&cluster.before.pod_cidrs), cx.need_each(ranges)) else {
        return;
    };
    let grows = |(old, new): (&Cidr, &Cidr)| new.covers(old);
    let ranges_known = ranges.get().is_some_and(|items| items.len() == new.len());
    let pairs = || old.iter().copied().zip(new.iter().map(|range| &**range));
    let larger = pairs().any(|(old, new)| old != new);
    if !ranges_known || old.len() != new.len() || !larger || !pairs().all(grows) {
        return;
    }
    if !is_overlay(cluster.before) || cx.need(&cluster.after.network_plugin_mode).is_none() {
        return;
    }
    for pool in network.pools_of(cluster.after) {
        let Some(os) = cx.need(&pool.os_type) else {
            return;
        };
        if *os == OsType::Windows {
            return;
        }
    }
    let old = words(&cluster.before.pod_cidrs, cx);
    let new: Vec<String> = new.iter().map(ToString::to_string).collect();
    let message = format!(
        "the pod range grows from {old} to {}: Azure does that in place, Terraform deletes the cluster and creates it anew",
        new.join(", ")
    );
    cx.report(ranges, message)
        .label(format!("was {old}"))
        .help("take the change back, grow the range with az aks update --pod-cidr, then write the new range here");
}

/// Returns the ranges if all are known.
fn known(ranges: &List<Cidr>) -> Option<Vec<&Cidr>> {
    ranges.get()?.iter().map(Value::get).collect()
}

fn words(ranges: &List<Cidr>, cx: &mut Cx<'_>) -> String {
    let items = ranges.get().into_iter().flatten();
    let all: Vec<String> = items.filter_map(|item| cx.before(item)).collect();
    all.join(", ")
}

fn is_overlay(cluster: &Cluster) -> bool {
    cluster.network_plugin_mode.get() == Some(&PluginMode::Overlay)
}
