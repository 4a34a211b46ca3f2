//! AKS515. The NAT gateway of the user has to be there, with an address, before the cluster.

use super::ways::{each_node_subnet, one_of};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NatGateway, NodePool, OutboundType, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{State, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(515),
    name: "user-nat-subnet-not-associated",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS515-user-nat-subnet-not-associated.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::UserAssignedNatGateway], cx).is_none() {
        return;
    }
    each_node_subnet(cluster, cx, |pool, subnet, cx| {
        check_subnet(cluster, pool, subnet, cx);
    });
}

fn check_subnet(cluster: &Cluster, pool: &NodePool, subnet: &Subnet, cx: &mut Cx<'_>) {
    if subnet.nat_gateway.is_absent() {
        cx.need(&subnet.nat_gateway);
        cx.report(
            &pool.vnet_subnet,
            "outbound type userAssignedNATGateway needs a NAT gateway on the node subnet, and it has none".to_owned(),
        )
        .label("this subnet has no NAT gateway")
        .also(&subnet.nat_gateway, "the subnet")
        .also(&cluster.outbound_type, "the outbound type")
        .help("associate a NAT gateway with the subnet before the cluster is made");
        return;
    }
    if let Some(id) = cx.need(&subnet.nat_gateway) {
        check_gateway(&cx.network().nat_gateways[*id], cx);
    }
}

/// Judges whether the gateway has an address.
fn check_gateway(gateway: &NatGateway, cx: &mut Cx<'_>) {
    if gateway.public_ips.is_empty() && gateway.public_ip_prefixes.is_empty() {
        cx.report_entity(
            gateway.id,
            "the NAT gateway of the node subnet has no public IP and no public prefix".to_owned(),
        )
        .label("no public address")
        .help("associate a public IP or a public prefix with it");
        return;
    }
    let known = gateway.public_ips.iter().any(|ip| !ip.is_unknown())
        || gateway
            .public_ip_prefixes
            .iter()
            .any(|prefix| !prefix.is_unknown());
    if known {
        return;
    }
    for ip in gateway.public_ips.iter().filter(|ip| may_be_null(ip)) {
        cx.open(ip);
    }
    for prefix in gateway
        .public_ip_prefixes
        .iter()
        .filter(|prefix| may_be_null(prefix))
    {
        cx.open(prefix);
    }
}

fn may_be_null<T>(value: &Value<T>) -> bool {
    matches!(&value.state, State::Unknown(unknown) if !unknown.null.is_false())
}
