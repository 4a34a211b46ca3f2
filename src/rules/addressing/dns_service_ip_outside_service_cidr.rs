//! AKS104. DNS gets its address from the service range; Azure refuses any other.

use super::ranges;
use crate::cidr::family;
use crate::finding::{RuleId, Safety, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(104),
    name: "dns-service-ip-outside-service-cidr",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(101), RuleId(103), RuleId(105)],
    fix: Some(Safety::Safe),
    since: "0.1.0",
    page: include_str!("../../../rules/AKS104-dns-service-ip-outside-service-cidr.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(ip) = cx.need(&cluster.dns_service_ip) else {
        return;
    };
    let Some(range) = cx.need_family(&cluster.service_cidrs, family(*ip)) else {
        return;
    };
    if range.contains(*ip) {
        return;
    }
    let owner = ranges::owner(&cluster.dns_service_ip, cx);
    let service = ranges::named(&cluster.service_cidrs, "service range", &range, cx);
    let message = format!("{owner}DNS service IP {ip} is outside the {service}");
    if cx.is_default(&cluster.dns_service_ip) {
        cx.report(&cluster.service_cidrs, message)
            .label("the service range")
            .also(&cluster.dns_service_ip, "the DNS service IP")
            .help(ranges::dns_advice(&range));
        return;
    }
    let certain = !cx.is_default(&cluster.service_cidrs);
    let report = cx
        .report(&cluster.dns_service_ip, message)
        .label("not in the service range")
        .also(&cluster.service_cidrs, "the service range")
        .help(ranges::dns_advice(&range));
    if let (true, Some(tenth)) = (certain, range.nth(10)) {
        report.replace(&cluster.dns_service_ip, tenth);
    }
}
