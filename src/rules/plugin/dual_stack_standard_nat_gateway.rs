//! AKS329. A Standard NAT gateway translates IPv4 alone.

use super::conditions::{all, has_ipv6, is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NodePool, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(329),
    name: "dual-stack-standard-nat-gateway",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(325), RuleId(327)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS329-dual-stack-standard-nat-gateway.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let outbound = &cluster.outbound_type;
    let managed = is(outbound, |kind| *kind == OutboundType::ManagedNatGateway);
    let user = is(outbound, |kind| {
        *kind == OutboundType::UserAssignedNatGateway
    });
    if managed.is_false() && !user.is_false() && !has_ipv6(cluster).is_false() {
        cx.each(cx.network().pools_of(cluster), |pool, cx| {
            check_pool(cluster, pool, cx);
        });
    } else if all(&[managed, has_ipv6(cluster)], cx) {
        let message = "the managed NAT gateway is IPv4 only, and the cluster is dual-stack";
        cx.report(outbound, message.to_owned())
            .label("a Standard NAT gateway")
            .also(&cluster.ip_versions, "the address families")
            .help("use managedNATGatewayV2 or loadBalancer");
    }
}

/// Judges the NAT gateway of a pool's subnet.
fn check_pool(cluster: &Cluster, pool: &NodePool, cx: &mut Cx<'_>) {
    let outbound = &cluster.outbound_type;
    let user = is(outbound, |kind| {
        *kind == OutboundType::UserAssignedNatGateway
    });
    let Some(subnet) = cx.need(&pool.vnet_subnet) else {
        return;
    };
    let Some(gateway) = cx.need(&cx.network().subnets[*subnet].nat_gateway) else {
        return;
    };
    let sku = &cx.network().nat_gateways[*gateway].sku;
    let standard = is(sku, |sku| sku.eq_ignore_ascii_case("Standard"));
    if all(&[user, has_ipv6(cluster), standard], cx) {
        let message = "the NAT gateway of the nodes is IPv4 only, and the cluster is dual-stack";
        cx.report(sku, message.to_owned())
            .label("a Standard NAT gateway")
            .also(&cluster.ip_versions, "the address families")
            .help("use the SKU StandardV2");
    }
}
