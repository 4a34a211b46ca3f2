//! AKS516. Routing of the user needs a route table on the node subnet.

use super::ways::{each_node_subnet, one_of};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(516),
    name: "udr-subnet-without-route-table",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS516-udr-subnet-without-route-table.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::UserDefinedRouting], cx).is_none() {
        return;
    }
    each_node_subnet(cluster, cx, |pool, subnet, cx| {
        if cx.need_absence(&subnet.route_table) != Some(true) {
            return;
        }
        cx.report(
            &pool.vnet_subnet,
            "outbound type userDefinedRouting needs a route table on the node subnet, and it has none".to_owned(),
        )
        .label("this subnet has no route table")
        .also(&subnet.route_table, "the subnet")
        .also(&cluster.outbound_type, "the outbound type")
        .help("associate a route table with the subnet before the cluster is made, with a route 0.0.0.0/0 to a firewall or gateway");
    });
}
