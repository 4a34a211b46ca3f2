//! AKS330. Virtual nodes have IPv4 alone.

use super::conditions::{all, has_ipv6, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(330),
    name: "dual-stack-virtual-nodes",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(325), RuleId(327)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS330-dual-stack-virtual-nodes.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let virtual_nodes = &cluster.virtual_nodes_subnet;
    if !all(&[has_ipv6(cluster), is_set(virtual_nodes)], cx) {
        return;
    }
    let message = "virtual nodes are IPv4 only, and the cluster is dual-stack";
    cx.report(virtual_nodes, message.to_owned())
        .label("turns virtual nodes on")
        .also(&cluster.ip_versions, "the address families")
        .help("leave virtual nodes out, or IPv6");
}
