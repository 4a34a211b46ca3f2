//! AKS125. Azure refuses a pod range that meets the address space of the VNet that the nodes are in.

use super::ranges::{self, NetworkRange};
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(125),
    name: "pod-cidr-overlaps-vnet",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS125-pod-cidr-overlaps-vnet.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.pod_cidrs.is_absent() || ranges::pods_outside_vnet(cluster, cx) != Some(true) {
        return;
    }
    ranges::each_network_range(cluster, cx, |taken, kind, cx| {
        let pods = cx.need_elements(&cluster.pod_cidrs);
        cx.each(pods, |pod, cx| check_pair(cluster, pod, taken, kind, cx));
    });
}

fn check_pair(
    cluster: &Cluster,
    pod: &Value<Cidr>,
    taken: &Value<Cidr>,
    kind: NetworkRange,
    cx: &mut Cx<'_>,
) {
    let (Some(range), Some(other)) = (cx.need(pod), cx.need(taken)) else {
        return;
    };
    if !range.overlaps(&other) {
        return;
    }
    let named = ranges::named(&cluster.pod_cidrs, "pod range", &range, cx);
    let advice = ranges::pod_advice(cluster, cx);
    cx.report(pod, format!("{named} overlaps the {kind} {other}"))
        .label("the pod range")
        .also(taken, format!("the {kind}"))
        .help(advice);
}
