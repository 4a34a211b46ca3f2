//! AKS122. Azure does not refuse a service range inside the VNet, until a subnet takes the same addresses.

use super::ranges;
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage, nearby};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(122),
    name: "service-cidr-overlaps-vnet",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Run),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(121)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS122-service-cidr-overlaps-vnet.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let services = cx.need_elements(&cluster.service_cidrs);
    cx.each(services, |service, cx| {
        if cx.need(service).is_none() {
            return;
        }
        nearby::each_vnet(cluster, cx, |vnet, cx| {
            let spaces = cx.need_elements(&cx.network().virtual_networks[vnet].address_space);
            cx.each(spaces, |space, cx| check_pair(cluster, service, space, cx));
        });
    });
}

/// Judges two ranges; that no subnet is met is what AKS121 has said by its silence.
fn check_pair(cluster: &Cluster, service: &Value<Cidr>, space: &Value<Cidr>, cx: &mut Cx<'_>) {
    let (Some(range), Some(taken)) = (cx.need(service), cx.need(space)) else {
        return;
    };
    if !range.overlaps(&taken) {
        return;
    }
    let default = cx.is_default(&cluster.service_cidrs);
    let named = ranges::named(&cluster.service_cidrs, "service range", &range, cx);
    let advice = ranges::service_advice(cluster, cx);
    let report = cx
        .report(
            service,
            format!("{named} overlaps the VNet range {taken}, though none of its subnets yet"),
        )
        .label("the service range")
        .also(space, "the VNet range")
        .help(advice);
    if default {
        report.severity(Severity::Advice);
    }
}
