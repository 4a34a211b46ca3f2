//! AKS106. The first address of the service range belongs to the API server inside the cluster.

use super::ranges;
use crate::cidr::family;
use crate::finding::{RuleId, Safety, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(106),
    name: "dns-service-ip-is-first-address",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(105)],
    fix: Some(Safety::Safe),
    since: "0.1.0",
    page: include_str!("../../../rules/AKS106-dns-service-ip-is-first-address.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(ip) = cx.need(&cluster.dns_service_ip) else {
        return;
    };
    let Some(range) = cx.need_family(&cluster.service_cidrs, family(*ip)) else {
        return;
    };
    if range.nth(1) != Some(*ip) {
        return;
    }
    let owner = ranges::owner(&cluster.dns_service_ip, cx);
    let service = ranges::named(&cluster.service_cidrs, "service range", &range, cx);
    let report = cx
        .report(
            &cluster.dns_service_ip,
            format!("{owner}DNS service IP {ip} is the first address of the {service}, which kubernetes.default.svc.cluster.local has"),
        )
        .label("taken by the API server")
        .also(&cluster.service_cidrs, "the service range")
        .help(ranges::dns_advice(&range));
    if let Some(tenth) = range.nth(10) {
        report.replace(&cluster.dns_service_ip, tenth);
    }
}
