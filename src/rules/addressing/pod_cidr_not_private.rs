//! AKS113. Pod ranges of public addresses work, and are outside of what Microsoft supports.

use super::ranges;
use crate::azure::ranges::PRIVATE;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(113),
    name: "pod-cidr-not-private",
    category: Category::Addressing,
    kind: Kind::Reliability,
    stage: Some(Stage::Validate),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(127)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS113-pod-cidr-not-private.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.pod_cidrs.is_absent() || ranges::pods_outside_vnet(cluster, cx) != Some(true) {
        return;
    }
    let pods = cx.need_elements(&cluster.pod_cidrs);
    cx.each(pods, |value, cx| {
        let Some(range) = cx.need(value) else {
            return;
        };
        let private = || PRIVATE.iter().any(|private| private.covers(&range));
        if range.family() != Family::V4 || private() {
            return;
        }
        let advice = ranges::pod_advice(cluster, cx);
        cx.report(
            value,
            format!("pod range {range} is not inside the private address space"),
        )
        .label("holds public addresses")
        .help(advice);
    });
}
