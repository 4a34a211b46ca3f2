//! AKS518. The default route has to lead to an appliance or a gateway.

use super::routes::is_default;
use super::ways::{each_route_table, one_of};
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NextHop, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(518),
    name: "udr-invalid-next-hop",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS518-udr-invalid-next-hop.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::UserDefinedRouting], cx).is_none() {
        return;
    }
    each_route_table(cluster, cx, |_, table, cx| {
        cx.each(&table.routes, |route, cx| {
            let Some(prefix) = cx.need(&route.address_prefix) else {
                return;
            };
            if !is_default(&prefix, Family::V4) {
                return;
            }
            let Some(hop) = cx.need(&route.next_hop) else {
                return;
            };
            if matches!(*hop, NextHop::VirtualAppliance | NextHop::VirtualNetworkGateway) {
                return;
            }
            cx.report(&route.next_hop, format!("the default route of a cluster with userDefinedRouting leads to {hop}, and Azure wants an appliance or a gateway"))
                .label("where the default route leads")
                .also(&cluster.outbound_type, "the outbound type")
                .help("send it to a VirtualAppliance or VirtualNetworkGateway, or use another outbound type");
        });
        cx.open(&table.more_routes);
    });
}
