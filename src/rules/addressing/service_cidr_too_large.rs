//! AKS109. Azure takes service ranges smaller than /12.

use crate::azure::limits::SERVICE_CIDR_MIN_PREFIX_V4;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(109),
    name: "service-cidr-too-large",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS109-service-cidr-too-large.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = cx.need_elements(&cluster.service_cidrs);
    cx.each(ranges, |value, cx| {
        let Some(range) = cx.need(value) else {
            return;
        };
        if range.family() != Family::V4 || range.prefix() >= SERVICE_CIDR_MIN_PREFIX_V4 {
            return;
        }
        let message =
            format!("service range {range} is too large: Azure takes ranges smaller than /12");
        let report = cx
            .report(value, message)
            .label("too large")
            .help("use a prefix length of 13 or more; a /16 has room for 65,534 services");
        // What the API server itself refuses begins above /12; what Azure does with /12 differs from page to page.
        if range.prefix() + 1 == SERVICE_CIDR_MIN_PREFIX_V4 {
            report.severity(Severity::Warning);
        }
    });
}
