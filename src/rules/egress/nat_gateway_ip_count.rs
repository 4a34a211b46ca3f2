//! AKS510. A managed NAT gateway has 16 outbound IPs at most.

use crate::azure::outbound::NAT_GATEWAY_IPS;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(510),
    name: "nat-gateway-ip-count",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS510-nat-gateway-ip-count.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.nat_gateway_profile) else {
        return;
    };
    let Some(count) = cx.need(&profile.managed_outbound_ip_count) else {
        return;
    };
    if NAT_GATEWAY_IPS.contains(&*count) {
        return;
    }
    let (low, high) = (NAT_GATEWAY_IPS.start(), NAT_GATEWAY_IPS.end());
    cx.report(
        &profile.managed_outbound_ip_count,
        format!("{count} outbound IPs of the managed NAT gateway are not among the {low} to {high} that Azure takes"),
    )
    .label("outbound IPs of the NAT gateway")
    .help(format!("use {low} to {high}; each gives 64512 ports that all nodes share"));
}
