//! AKS110. Azure takes IPv6 service ranges of at most 2^20 addresses.

use crate::azure::limits::SERVICE_CIDR_MIN_PREFIX_V6;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(110),
    name: "service-cidr-v6-too-large",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS110-service-cidr-v6-too-large.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = cx.need_elements(&cluster.service_cidrs);
    cx.each(ranges, |value, cx| {
        let Some(range) = cx.need(value) else {
            return;
        };
        if range.family() != Family::V6 || range.prefix() >= SERVICE_CIDR_MIN_PREFIX_V6 {
            return;
        }
        let message = format!("service range {range} is too large: Azure takes at most a /108");
        cx.report(value, message)
            .label("too large")
            .help("use a prefix length of 108 or more");
    });
}
