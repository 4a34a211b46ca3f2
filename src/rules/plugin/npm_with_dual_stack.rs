//! AKS323. AKS knows its own policy engine for IPv4 alone.

use super::conditions::{all, has_ipv6, is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(323),
    name: "npm-with-dual-stack",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[
        RuleId(302),
        RuleId(313),
        RuleId(321),
        RuleId(325),
        RuleId(327),
    ],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS323-npm-with-dual-stack.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let policy = &cluster.network_policy;
    let engine = is(policy, |policy| *policy == NetworkPolicy::Azure);
    if !all(&[engine, has_ipv6(cluster)], cx) {
        return;
    }
    let message = "network policy azure does not go with IPv6, and the cluster is dual-stack";
    cx.report(policy, message.to_owned())
        .label("the network policy")
        .also(&cluster.ip_versions, "the address families")
        .help("use the policy and data plane cilium");
}
