//! How much there is of something.

use super::demand::Supply;
use super::formulas;
use super::pool::{self, PodSource};
use super::quantity::Quantity;
use crate::azure::limits::{CLUSTER_NODES, KUBENET_NODES, RESERVED_ADDRESSES};
use crate::cidr::{Cidr, Family};
use crate::model::{Cluster, Network};
use crate::value::{EntityId, Interval, List, State};

/// Returns how much there is; `None` if there is no such thing.
pub(super) fn of(network: &Network, supply: Supply) -> Option<Quantity> {
    let cluster = |id: EntityId| network.clusters.iter().find(|cluster| cluster.id == id);
    match supply {
        Supply::Subnet(id) => Some(in_subnet(&network.subnets[id].prefixes)),
        // Nothing is known of it; who makes such a demand says why.
        Supply::Unseen(_) => None,
        Supply::PodRange(id) => for_pods(cluster(id)?),
        Supply::Nodes(id) => Some(nodes(network, cluster(id)?)),
    }
}

/// Returns the nodes that a cluster may have.
fn nodes(network: &Network, cluster: &Cluster) -> Quantity {
    let first = network.pools_of(cluster).next();
    let source = first.map(|pool| pool::pod_source(network, cluster, pool));
    match source {
        Some((PodSource::Kubenet, says)) => says.map(|_| KUBENET_NODES),
        Some((PodSource::Unknown, says)) => {
            let either = Quantity::exactly(KUBENET_NODES).or(Quantity::exactly(CLUSTER_NODES));
            either.resting_on(says.grounds)
        }
        Some(_) | None => Quantity::exactly(CLUSTER_NODES),
    }
}

/// Returns the addresses of a subnet that are left to its users.
fn in_subnet(prefixes: &List<Cidr>) -> Quantity {
    let nothing = Quantity::exactly(0).on(prefixes);
    let State::Known(items) = &prefixes.state else {
        return Quantity {
            interval: Interval::default(),
            ..nothing
        };
    };
    let mut several = 0;
    let mut sum = nothing;
    for item in items {
        let interval = match &item.state {
            State::Known(range) if range.family() == Family::V6 => continue,
            State::Known(range) => {
                several += 1;
                Interval::exactly(formulas::usable(range.prefix()))
            }
            State::Absent => continue,
            State::Unknown(_) | State::Invalid { .. } => Interval {
                low: Some(0),
                high: None,
            },
        };
        let part = Quantity {
            interval,
            grounds: Vec::new(),
        };
        sum = sum.plus(part.on(item));
    }
    // Whether Azure keeps its addresses once or in each range of a subnet is not said.
    let kept_once = RESERVED_ADDRESSES * (several - 1).max(0);
    let high = sum.interval.high.map(|high| high.saturating_add(kept_once));
    Quantity {
        interval: Interval {
            high,
            ..sum.interval
        },
        ..sum
    }
}

/// Returns the addresses of the first IPv4 pod range; `None` if there is none.
fn for_pods(cluster: &Cluster) -> Option<Quantity> {
    let ranges = &cluster.pod_cidrs;
    let open = Quantity {
        interval: Interval::default(),
        grounds: Vec::new(),
    }
    .on(ranges);
    let items = match &ranges.state {
        State::Known(items) => items,
        State::Absent => return None,
        State::Unknown(_) | State::Invalid { .. } => return Some(open),
    };
    items.iter().find_map(|item| match &item.state {
        State::Known(range) if range.family() == Family::V6 => None,
        State::Known(range) => {
            let all = formulas::addresses(range.prefix());
            Some(Quantity::exactly(all).on(ranges).on(item))
        }
        State::Absent => None,
        State::Unknown(_) | State::Invalid { .. } => Some(open.clone().on(item)),
    })
}
