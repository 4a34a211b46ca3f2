//! Which networks packets pass between: VNets that are peered, the VNets that a cluster's nodes are in. Knows no range.

use std::collections::{HashMap, HashSet};

use crate::capacity::account;
use crate::model::{Id, Network, NetworkModel, VirtualNetwork};
use crate::truth::Truth;
use crate::value::EntityId;

/// Which networks are joined.
#[derive(Clone, Debug)]
pub(super) struct Joints {
    peers: HashSet<(Id<VirtualNetwork>, Id<VirtualNetwork>)>,
    /// Whether there may be peerings between VNets of the code that are not known.
    peers_open: bool,
    /// The VNets of each cluster's nodes, and whether there may be more.
    homes: HashMap<EntityId, (HashSet<Id<VirtualNetwork>>, bool)>,
    /// Clusters whose pods are known to have addresses of a range of their own.
    outside: HashSet<EntityId>,
}

impl Joints {
    /// Returns the joints of a network.
    pub(super) fn of(network: &Network) -> Self {
        let mut peers = HashSet::new();
        let mut peers_open = network.peerings.incomplete.is_some();
        for peering in network.peerings.iter() {
            match (peering.from.get(), peering.to.get()) {
                (Some(a), Some(b)) => peers.extend([(*a, *b), (*b, *a)]),
                _ => peers_open = true,
            }
        }
        let mut homes = HashMap::new();
        let mut outside = HashSet::new();
        for cluster in network.clusters.iter() {
            let mut vnets = HashSet::new();
            let mut open = false;
            for pool in network.pools_of(cluster) {
                let subnet = pool.vnet_subnet.get().map(|id| &network.subnets[*id]);
                match subnet.map(|subnet| subnet.virtual_network.get()) {
                    Some(Some(vnet)) => {
                        vnets.insert(*vnet);
                    }
                    Some(None) => open = true,
                    None => open |= pool.vnet_subnet.is_unknown(),
                }
            }
            homes.insert(cluster.id, (vnets, open));
            let model = account::model(network, cluster);
            if matches!(model, Some(NetworkModel::Overlay | NetworkModel::Kubenet)) {
                outside.insert(cluster.id);
            }
        }
        Joints {
            peers,
            peers_open,
            homes,
            outside,
        }
    }

    /// Tells whether two VNets are peered.
    pub(super) fn peered(&self, a: Id<VirtualNetwork>, b: Id<VirtualNetwork>) -> Truth {
        if self.peers.contains(&(a, b)) {
            Truth::True
        } else if self.peers_open {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Tells whether packets pass between a cluster's nodes and a VNet: they are in it, or in one that is peered with it.
    pub(super) fn reaches(&self, cluster: EntityId, vnet: Id<VirtualNetwork>) -> Truth {
        let Some((homes, open)) = self.homes.get(&cluster) else {
            return Truth::Unknown;
        };
        if homes.contains(&vnet) || homes.iter().any(|home| self.peers.contains(&(*home, vnet))) {
            Truth::True
        } else if *open || self.peers_open {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Tells whether nodes of any cluster are in a VNet.
    pub(super) fn is_home(&self, vnet: Id<VirtualNetwork>) -> bool {
        self.homes.values().any(|(homes, _)| homes.contains(&vnet))
    }

    /// Tells whether the pods of a cluster are known to have addresses of a range of their own.
    pub(super) fn has_own_range(&self, cluster: EntityId) -> bool {
        self.outside.contains(&cluster)
    }
}
