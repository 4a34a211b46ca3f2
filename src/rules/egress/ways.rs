//! What the rules on the way out ask of a cluster: how it leaves, and through which subnets and route tables. No rule itself.

use std::collections::HashSet;

use crate::model::{Cluster, NodePool, OutboundType, RouteTable, Subnet};
use crate::rules::{Cx, Known};

/// The outbound types that do without the cluster's load balancer.
const OTHERS: &[OutboundType] = &[
    OutboundType::UserDefinedRouting,
    OutboundType::ManagedNatGateway,
    OutboundType::ManagedNatGatewayV2,
    OutboundType::UserAssignedNatGateway,
    OutboundType::None,
    OutboundType::Block,
];

/// Returns the outbound type if it is one of these; `None` with a note if it may be.
pub(super) fn one_of<'v>(
    cluster: &'v Cluster,
    types: &[OutboundType],
    cx: &mut Cx<'_>,
) -> Option<Known<'v, OutboundType>> {
    let outbound = &cluster.outbound_type;
    let all = cx.need_alternatives(outbound)?;
    if !all.iter().any(|way| types.contains(way)) {
        return None;
    }
    cx.need(outbound)
}

/// Returns the outbound type if it is another than the load balancer; `None` with a note if it may be.
pub(super) fn other_way_out<'v>(
    cluster: &'v Cluster,
    cx: &mut Cx<'_>,
) -> Option<Known<'v, OutboundType>> {
    one_of(cluster, OTHERS, cx)
}

/// Runs `check` for each subnet that nodes are in, once, with the first pool in it.
pub(super) fn each_node_subnet(
    cluster: &Cluster,
    cx: &mut Cx<'_>,
    mut check: impl FnMut(&NodePool, &Subnet, &mut Cx<'_>),
) {
    let mut seen = HashSet::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(id) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        if seen.insert(*id) {
            check(pool, &cx.network().subnets[*id], cx);
        }
    });
    cx.open_if_incomplete(&cx.network().pools);
}

/// Runs `check` for each route table of a subnet that nodes are in, once, with the first such subnet.
pub(super) fn each_route_table(
    cluster: &Cluster,
    cx: &mut Cx<'_>,
    mut check: impl FnMut(&Subnet, &RouteTable, &mut Cx<'_>),
) {
    let mut seen = HashSet::new();
    each_node_subnet(cluster, cx, |_, subnet, cx| {
        let Some(id) = cx.need(&subnet.route_table) else {
            return;
        };
        if seen.insert(*id) {
            check(subnet, &cx.network().route_tables[*id], cx);
        }
    });
}
