//! AKS105. azurerm wants the service range and the DNS service IP together or not at all.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(105),
    name: "service-cidr-without-dns-service-ip",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[RuleId(101)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS105-service-cidr-without-dns-service-ip.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.written.vocabulary != Vocabulary::Azurerm {
        return;
    }
    let dns = cx.need_setting(&cluster.dns_service_ip);
    let service = cx.need_setting(&cluster.service_cidrs);
    match (service, dns) {
        (Some(true), Some(false)) => {
            let first = cx.need_elements(&cluster.service_cidrs).first();
            let range = first.and_then(|first| cx.need(first));
            let named = match &range {
                Some(range) => format!("service range {range}"),
                None => "the service range".to_owned(),
            };
            let example = range.and_then(|range| range.nth(10));
            let report = cx
                .report(
                    &cluster.service_cidrs,
                    format!("{named} is set and the DNS service IP is not"),
                )
                .label("the service range alone");
            match example {
                Some(ip) => report.help(format!("set dns_service_ip too, for instance to {ip}")),
                None => report.help("set dns_service_ip too, to an address of the range"),
            };
        }
        (Some(false), Some(true)) => {
            let Some(ip) = cx.need(&cluster.dns_service_ip) else {
                return;
            };
            cx.report(
                &cluster.dns_service_ip,
                format!("DNS service IP {ip} is set and the service range is not"),
            )
            .label("the DNS service IP alone")
            .help(format!("set service_cidr too, to a range that holds {ip}"));
        }
        _ => {}
    }
}
