//! AKS103. DNS in a cluster has one IPv4 address; anything else the provider refuses at plan.

use super::ranges;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Problem;

pub(super) static RULE: Rule = Rule {
    id: RuleId(103),
    name: "dns-service-ip-malformed",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS103-dns-service-ip-malformed.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let value = &cluster.dns_service_ip;
    let message = match cx.need_invalid(value) {
        Some(slip) if slip.is_empty() => {
            "DNS service IP is an empty string, which is not the same as none".to_owned()
        }
        Some(slip) if *slip.problem == Problem::Address => {
            format!("DNS service IP {slip} is not an IPv4 address")
        }
        Some(_) => return,
        None => match value.get().and_then(|_| cx.need(value)) {
            Some(ip) if ip.is_ipv6() => {
                format!("DNS service IP {ip} is an IPv6 address, and Azure takes IPv4 alone")
            }
            Some(_) | None => return,
        },
    };
    let range = ranges::known(&cluster.service_cidrs).find(|range| range.family() == Family::V4);
    let help = match range {
        Some(range) => ranges::dns_advice(range),
        None => "write four numbers from 0 to 255 without leading zeros: 10.0.0.10".to_owned(),
    };
    cx.report(value, message)
        .label("not an IPv4 address")
        .help(help);
}
