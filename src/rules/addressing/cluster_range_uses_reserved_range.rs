//! AKS127. Some ranges are kept for AKS and Azure themselves.

use super::ranges;
use crate::azure::ranges::RESERVED;
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(127),
    name: "cluster-range-uses-reserved-range",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(128)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS127-cluster-range-uses-reserved-range.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    check_list(&cluster.service_cidrs, "service range", cx);
    if !cluster.pod_cidrs.is_absent() && ranges::pods_outside_vnet(cluster, cx) == Some(true) {
        check_list(&cluster.pod_cidrs, "pod range", cx);
    }
    ranges::each_network_range(cluster, cx, |range, kind, cx| {
        check_range(range, &kind.to_string(), cx);
    });
}

fn check_list(list: &List<Cidr>, what: &str, cx: &mut Cx<'_>) {
    cx.each([list], |list, cx| {
        let elements = cx.need_elements(list);
        cx.each(elements, |range, cx| check_range(range, what, cx));
    });
}

fn check_range(value: &Value<Cidr>, what: &str, cx: &mut Cx<'_>) {
    let Some(range) = cx.need(value) else {
        return;
    };
    let hit: Vec<String> = RESERVED
        .iter()
        .filter(|reserved| reserved.overlaps(&range))
        .map(Cidr::to_string)
        .collect();
    if hit.is_empty() {
        return;
    }
    let hit = hit.join(" and ");
    let message = if hit == range.trunc().to_string() {
        format!("{what} {range} is one that AKS keeps for itself")
    } else {
        format!("{what} {range} overlaps {hit}, which AKS keeps for itself")
    };
    cx.report(value, message)
        .label("holds reserved addresses")
        .help(format!("use a range that does not meet {hit}"));
}
