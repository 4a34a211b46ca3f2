//! AKS524. A Standard NAT gateway is in one zone, and the nodes are in several.

use super::ways::{each_node_subnet, one_of};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NodePool, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(524),
    name: "nat-zones",
    category: Category::Egress,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS524-nat-zones.md"),
    check: Check::Cluster(check),
};

const STANDARD: &str = "Standard";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ways = [
        OutboundType::ManagedNatGateway,
        OutboundType::UserAssignedNatGateway,
    ];
    let Some(way) = one_of(cluster, &ways, cx) else {
        return;
    };
    if *way == OutboundType::ManagedNatGateway {
        let mut said = false;
        return cx.each(cx.network().pools_of(cluster), |pool, cx| {
            let Some(zones) = zones(pool, cx).filter(|_| !said) else {
                return;
            };
            said = true;
            cx.report(&cluster.outbound_type, format!("the managed NAT gateway is in one zone, and the nodes are in {zones}"))
                .label("one zone")
                .also(&pool.zones, "the zones of the nodes")
                .help("use a NAT gateway of your own with the SKU StandardV2, or managedNATGatewayV2: both span the zones");
        });
    }
    each_node_subnet(cluster, cx, |pool, subnet, cx| {
        let Some(zones) = zones(pool, cx) else {
            return;
        };
        let Some(id) = cx.need(&subnet.nat_gateway) else {
            return;
        };
        let gateway = &cx.network().nat_gateways[*id];
        if cx
            .need(&gateway.sku)
            .is_none_or(|sku| !sku.eq_ignore_ascii_case(STANDARD))
        {
            return;
        }
        cx.report(
            &gateway.sku,
            format!("the NAT gateway is in one zone, and the nodes are in {zones}"),
        )
        .label("a gateway of one zone")
        .also(&pool.zones, "the zones of the nodes")
        .help("use the SKU StandardV2, which spans the zones");
    });
}

/// Tells in how many zones the nodes are, if those are several.
fn zones(pool: &NodePool, cx: &mut Cx<'_>) -> Option<String> {
    let all = cx.need_elements(&pool.zones).len();
    let hidden = pool.zones.sensitive;
    (all > 1).then(|| {
        if hidden {
            "several".to_owned()
        } else {
            all.to_string()
        }
    })
}
