//! AKS107. The first and the last number of the service range are no address for DNS.

use super::ranges;
use crate::cidr::family;
use crate::finding::{RuleId, Safety, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(107),
    name: "dns-service-ip-is-network-or-broadcast",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(105)],
    fix: Some(Safety::Safe),
    since: "0.1.0",
    page: include_str!("../../../rules/AKS107-dns-service-ip-is-network-or-broadcast.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(ip) = cx.need(&cluster.dns_service_ip) else {
        return;
    };
    let Some(range) = cx.need_family(&cluster.service_cidrs, family(*ip)) else {
        return;
    };
    let what = match *ip {
        ip if ip == range.network() => "the network address",
        ip if ip == range.last() => "the last address",
        _ => return,
    };
    let owner = ranges::owner(&cluster.dns_service_ip, cx);
    let service = ranges::named(&cluster.service_cidrs, "service range", &range, cx);
    let report = cx
        .report(
            &cluster.dns_service_ip,
            format!("{owner}DNS service IP {ip} is {what} of the {service}"),
        )
        .label(what)
        .also(&cluster.service_cidrs, "the service range")
        .help(ranges::dns_advice(&range));
    if let Some(tenth) = range.nth(10).filter(|tenth| *tenth != range.last()) {
        report.replace(&cluster.dns_service_ip, tenth);
    }
}
