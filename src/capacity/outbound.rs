//! The outbound ports of a cluster's load balancer: what the addresses have, and what the nodes take.

use super::pool;
use super::ports;
use super::quantity::Quantity;
use crate::azure::defaults::{MANAGED_OUTBOUND_IPS, OUTBOUND_PORTS};
use crate::azure::outbound::PORTS_OF_ADDRESS;
use crate::model::{
    Cluster, Id, IpVersion, LoadBalancerProfile, Network, NodePool, OutboundType, PublicIpPrefix,
};
use crate::value::{Interval, List, ProvKind, State, Value};

/// The outbound ports of a cluster.
#[derive(Clone, Debug)]
pub struct Outbound {
    /// The public addresses.
    pub addresses: Quantity,
    /// The ports that these have.
    pub available: Quantity,
    /// The ports of each node; 0 where Azure chooses by the number of nodes.
    pub each: Quantity,
    /// The nodes at the most, those of an upgrade included.
    pub nodes: Quantity,
    /// What these take.
    pub needed: Quantity,
    /// The most nodes that find ports; no end where Azure chooses.
    pub room: Interval,
}

/// Returns the outbound ports of a cluster; `None` where another way out is taken, or perhaps is.
pub fn of(network: &Network, cluster: &Cluster) -> Option<Outbound> {
    if cluster.outbound_type.get() != Some(&OutboundType::LoadBalancer) {
        return None;
    }
    let (addresses, each) = match &cluster.load_balancer_profile.state {
        State::Known(profile) => {
            let ports = Interval {
                low: Some(0),
                high: i64::try_from(PORTS_OF_ADDRESS).ok(),
            };
            let each = Quantity::of(&profile.outbound_ports_allocated, ports);
            (addresses(network, profile), each)
        }
        State::Absent => {
            let one = Quantity::exactly(i64::from(MANAGED_OUTBOUND_IPS));
            (one, Quantity::exactly(i64::from(OUTBOUND_PORTS)))
        }
        State::Unknown(_) | State::Invalid { .. } => {
            let open = Quantity::exactly(0).upwards();
            let open = open.on(&cluster.load_balancer_profile);
            (open.clone(), open)
        }
    };
    let pools = network.pools_of(cluster);
    let nodes = pools.map(|pool| nodes(network, pool));
    let nodes = nodes.fold(Quantity::exactly(0), Quantity::plus);
    let of_one = Quantity::exactly(i64::try_from(PORTS_OF_ADDRESS).unwrap_or(i64::MAX));
    Some(Outbound {
        available: addresses.clone().times(of_one),
        needed: nodes.clone().times(each.clone()),
        room: room(addresses.interval, each.interval),
        addresses,
        each,
        nodes,
    })
}

/// Returns the nodes of a pool, those of an upgrade included. How many Azure adds by default is told in two ways, and one is
/// the least.
fn nodes(network: &Network, pool: &NodePool) -> Quantity {
    let nodes = pool::nodes(pool);
    let surge = pool::surge(pool, &nodes);
    let by_default = pool.max_surge.get().is_some()
        && network.provenance.source_kind(pool.max_surge.prov) == ProvKind::AzureDefault;
    let surge = if by_default {
        surge.or(nodes.clone().map(|nodes| nodes.min(1)))
    } else {
        surge
    };
    nodes.plus(surge)
}

fn room(addresses: Interval, each: Interval) -> Interval {
    let nodes = |addresses: i64, each: i64| {
        let (each, addresses) = (u32::try_from(each).ok()?, u64::try_from(addresses).ok()?);
        let nodes = ports::nodes(each, addresses);
        (nodes < u64::MAX).then(|| i64::try_from(nodes).unwrap_or(i64::MAX))
    };
    let both = |addresses: Option<i64>, each: Option<i64>| {
        let (addresses, each) = addresses.zip(each)?;
        nodes(addresses, each)
    };
    Interval {
        low: both(addresses.low, each.high),
        high: both(addresses.high, each.low),
    }
}

/// Returns the public addresses of a profile.
fn addresses(network: &Network, profile: &LoadBalancerProfile) -> Quantity {
    let limits = Interval {
        low: Some(0),
        high: None,
    };
    let made = [
        &profile.managed_outbound_ip_count,
        &profile.managed_outbound_ipv6_count,
    ];
    let made = made.into_iter().filter(|count| !count.is_absent());
    let made = made.map(|count| Quantity::of(count, limits));
    let own = each(&profile.outbound_ip_addresses, |_| Quantity::exactly(1));
    let prefixes = each(&profile.outbound_ip_prefixes, |id| of_prefix(network, id));
    made.chain([own, prefixes])
        .reduce(Quantity::plus)
        .unwrap_or_else(|| Quantity::exactly(0))
}

/// Returns the sum over a list; no end for one that is not known.
fn each<T>(list: &List<T>, count: impl Fn(&Value<T>) -> Quantity) -> Quantity {
    let nothing = Quantity::exactly(0);
    match &list.state {
        State::Known(items) => items.iter().map(count).fold(nothing, Quantity::plus),
        State::Absent => nothing,
        State::Unknown(_) | State::Invalid { .. } => nothing.upwards().on(list),
    }
}

fn of_prefix(network: &Network, id: &Value<Id<PublicIpPrefix>>) -> Quantity {
    let open = Quantity::exactly(1).upwards();
    let Some(prefix) = id.get().map(|id| &network.public_ip_prefixes[*id]) else {
        return open.on(id);
    };
    let (Some(length), Some(version)) = (prefix.prefix_length.get(), prefix.ip_version.get())
    else {
        return open.on(&prefix.prefix_length).on(&prefix.ip_version);
    };
    let bits = match version {
        IpVersion::V4 => 32,
        IpVersion::V6 => 128,
    };
    let all = i64::try_from(ports::addresses(bits, *length)).unwrap_or(i64::MAX);
    Quantity::exactly(all).on(&prefix.prefix_length)
}
