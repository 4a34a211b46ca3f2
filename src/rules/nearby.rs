//! How rules find the networks around a cluster: the VNets of its pools, and what those are peered with. No rule itself.

use crate::model::{Cluster, Id, Peering, VirtualNetwork};
use crate::rules::Cx;

/// Hands out each VNet that the nodes are in, once.
pub(super) fn each_vnet(
    cluster: &Cluster,
    cx: &mut Cx<'_>,
    mut visit: impl FnMut(Id<VirtualNetwork>, &mut Cx<'_>),
) {
    let mut seen = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(subnet) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let subnet = &cx.network().subnets[*subnet];
        if let Some(vnet) = cx.need(&subnet.virtual_network)
            && !seen.contains(&*vnet)
        {
            seen.push(*vnet);
            visit(*vnet, cx);
        }
    });
}

/// Hands out each VNet that a peering of either direction joins to this one; the other direction may stand in other code.
/// Returns whether these are all that the code joins to it.
pub(super) fn each_peer(
    vnet: Id<VirtualNetwork>,
    cx: &mut Cx<'_>,
    mut visit: impl FnMut(Id<VirtualNetwork>, &Peering, &mut Cx<'_>),
) -> bool {
    let peerings = &cx.network().peerings;
    let mut all = peerings.incomplete.is_none();
    cx.each(peerings.iter(), |peering, cx| {
        if peering.from.get() != Some(&vnet) && peering.to.get() != Some(&vnet) {
            cx.open(&peering.from);
            cx.open(&peering.to);
            all &= !peering.from.is_unknown() && !peering.to.is_unknown();
            return;
        }
        let (Some(from), Some(to)) = (cx.need(&peering.from), cx.need(&peering.to)) else {
            all = false;
            return;
        };
        let peer = if *from == vnet { *to } else { *from };
        if peer != vnet {
            visit(peer, peering, cx);
        }
    });
    cx.open_if_incomplete(peerings);
    all
}

/// Tells whether any pool is in a subnet of the user; notes an undecided for each pool where that is not known.
pub(super) fn is_attached(cluster: &Cluster, cx: &mut Cx<'_>) -> bool {
    let mut attached = false;
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        attached = attached || cx.need_absence(&pool.vnet_subnet) == Some(false);
    });
    attached
}
