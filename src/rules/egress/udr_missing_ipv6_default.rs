//! AKS520. A dual-stack cluster needs a way out for both families.

use super::routes::{Destination, default_route};
use super::ways::{each_route_table, one_of};
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IpVersion, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(520),
    name: "udr-missing-ipv6-default",
    category: Category::Egress,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS520-udr-missing-ipv6-default.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::UserDefinedRouting], cx).is_none() {
        return;
    }
    let versions = cx.need_each(&cluster.ip_versions);
    if !versions.iter().any(|version| **version == IpVersion::V6) {
        return;
    }
    each_route_table(cluster, cx, |_, table, cx| {
        if default_route(table, Family::V6, cx) != Destination::Missing {
            return;
        }
        cx.report_entity(
            table.id,
            "the cluster has IPv6, and the route table of its nodes has no route ::/0".to_owned(),
        )
        .label("no default route for IPv6")
        .also(&cluster.ip_versions, "the address families")
        .help("add a route ::/0 to an appliance that speaks IPv6");
    });
}
