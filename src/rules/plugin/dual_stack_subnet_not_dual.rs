//! AKS328. Nodes of a dual-stack cluster need an IPv6 address of their subnet.

use super::conditions::{all, has_ipv6, lacks_ipv6};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(328),
    name: "dual-stack-subnet-not-dual",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(325), RuleId(327)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS328-dual-stack-subnet-not-dual.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if has_ipv6(cluster).is_false() {
        return;
    }
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(id) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let prefixes = &cx.network().subnets[*id].prefixes;
        if !all(&[has_ipv6(cluster), lacks_ipv6(prefixes)], cx) {
            return;
        }
        let message = "the cluster is dual-stack, and its node subnet has no IPv6 range";
        cx.report(prefixes, message.to_owned())
            .label("IPv4 only")
            .also(&cluster.ip_versions, "the address families")
            .also(&pool.vnet_subnet, "the subnet of a pool")
            .help("give the VNet and this subnet an IPv6 range, the subnet a /64");
    });
}
