//! Where kubenet clusters have their nodes: kubenet writes a route for each node into the route table of the node subnet. No rule
//! itself.

use crate::model::{Cluster, Id, Network, NetworkPlugin, NodePool, Subnet};
use crate::rules::Cx;
use crate::value::State;

/// A node pool of a kubenet cluster, in its subnet.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The cluster.
    pub(super) cluster: &'a Cluster,
    /// One of its pools.
    pub(super) pool: &'a NodePool,
    /// The subnet of its nodes.
    pub(super) subnet: Id<Subnet>,
}

/// Returns the pools of kubenet clusters that are in a subnet of the user, in the order of the code; none where there is at
/// most one such cluster.
pub(super) fn places<'a>(network: &'a Network, cx: &mut Cx<'_>) -> Vec<Place<'a>> {
    let all: Vec<&Cluster> = network.clusters.iter().filter(|c| perhaps(c)).collect();
    let mut places = Vec::new();
    if all.len() < 2 {
        return places;
    }
    cx.each(all, |cluster, cx| {
        if cx.need(&cluster.network_plugin).is_none() {
            return;
        }
        cx.each(network.pools_of(cluster), |pool, cx| {
            places.extend(cx.need(&pool.vnet_subnet).map(|subnet| Place {
                cluster,
                pool,
                subnet: *subnet,
            }));
        });
    });
    places
}

/// Tells whether it is, or may be, a kubenet cluster.
fn perhaps(cluster: &Cluster) -> bool {
    match &cluster.network_plugin.state {
        State::Known(plugin) => *plugin == NetworkPlugin::Kubenet,
        State::Unknown(unknown) => unknown
            .one_of
            .as_deref()
            .is_none_or(|all| all.contains(&NetworkPlugin::Kubenet)),
        State::Absent | State::Invalid { .. } => false,
    }
}
