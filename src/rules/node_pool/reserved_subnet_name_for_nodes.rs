//! AKS407. Some names of subnets belong to other services of Azure.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Id, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(407),
    name: "reserved-subnet-name-for-nodes",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS407-reserved-subnet-name-for-nodes.md"),
    check: Check::Cluster(check),
};

/// Names of subnets that belong to VPN gateways, firewalls, Bastion and route servers. Source: Azure Virtual Network's FAQ and
/// the services' own pages, common knowledge there; that AKS refuses them is inferred; 2026-11-22.
const RESERVED: [&str; 5] = [
    "GatewaySubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "AzureBastionSubnet",
    "RouteServerSubnet",
];

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut said = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        check_subnet(&pool.vnet_subnet, "nodes", &mut said, cx);
        check_subnet(&pool.pod_subnet, "pods", &mut said, cx);
    });
    check_subnet(&cluster.api_server.subnet, "the API server", &mut said, cx);
}

/// Judges the subnet of nodes, pods or the API server, once.
fn check_subnet(
    link: &Value<Id<Subnet>>,
    whose: &str,
    said: &mut Vec<Id<Subnet>>,
    cx: &mut Cx<'_>,
) {
    let Some(id) = cx.need(link) else {
        return;
    };
    let subnet = &cx.network().subnets[*id];
    let Some(name) = cx.need(&subnet.name) else {
        return;
    };
    if said.contains(&*id)
        || !RESERVED
            .iter()
            .any(|reserved| reserved.eq_ignore_ascii_case(&name))
    {
        return;
    }
    said.push(*id);
    cx.report(
        link,
        format!("the subnet of {whose} is {name}, a name that Azure keeps for another service"),
    )
    .label("the subnet")
    .also(&subnet.name, "its name")
    .help("use a subnet of its own");
}
