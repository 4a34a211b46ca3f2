//! AKS525. The addresses of a way out have the tier of the way out.

use super::ways::{each_node_subnet, one_of};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NatGateway, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(525),
    name: "outbound-ip-sku",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS525-outbound-ip-sku.md"),
    check: Check::Cluster(check),
};

const BASIC: &str = "Basic";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ways = [
        OutboundType::LoadBalancer,
        OutboundType::UserAssignedNatGateway,
    ];
    if cluster.load_balancer_profile.is_absent()
        && cluster.outbound_type.get() == Some(&OutboundType::LoadBalancer)
    {
        return;
    }
    let Some(way) = one_of(cluster, &ways, cx) else {
        return;
    };
    if *way == OutboundType::LoadBalancer {
        return check_balancer(cluster, cx);
    }
    each_node_subnet(cluster, cx, |_, subnet, cx| {
        if let Some(id) = cx.need(&subnet.nat_gateway) {
            check_gateway(&cx.network().nat_gateways[*id], cx);
        }
    });
}

/// Judges the addresses of the outbound load balancer.
fn check_balancer(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.load_balancer_profile) else {
        return;
    };
    let addresses = cx.need_elements(&profile.outbound_ip_addresses);
    cx.each(addresses, |link, cx| {
        let Some(id) = cx.need(link) else {
            return;
        };
        let sku = &cx.network().public_ips[*id].sku;
        if cx.need(sku).is_some_and(|sku| sku.eq_ignore_ascii_case(BASIC)) {
            let owner = if cx.is_default(sku) { "by default " } else { "" };
            cx.report(sku, format!("the outbound IP of the cluster's load balancer is {owner}Basic, and the load balancer is Standard"))
                .label("the tier of the outbound IP")
                .also(link, "the cluster's outbound IP")
                .help("use the SKU Standard");
        }
    });
}

/// Judges the addresses of a NAT gateway.
fn check_gateway(gateway: &NatGateway, cx: &mut Cx<'_>) {
    let Some(tier) = cx.need(&gateway.sku) else {
        return;
    };
    cx.each(&gateway.public_ips, |link, cx| {
        let Some(id) = cx.need(link) else {
            return;
        };
        let value = &cx.network().public_ips[*id].sku;
        let Some(sku) = cx.need(value) else {
            return;
        };
        if !sku.eq_ignore_ascii_case(&tier) {
            let owner = if cx.is_default(value) {
                "by default "
            } else {
                ""
            };
            cx.report(
                value,
                format!(
                    "the public IP of the NAT gateway is {owner}{sku}, and the gateway is {tier}"
                ),
            )
            .label("the tier of the public IP")
            .also(&gateway.sku, "the tier of the NAT gateway")
            .help(format!("use the SKU {tier} for both"));
        }
    });
}
