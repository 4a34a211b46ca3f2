//! What one pool counts: nodes, extra nodes, pods, and where the pods' addresses come from.

use super::formulas;
use super::quantity::Quantity;
use crate::azure::limits::{GATEWAY_PREFIXES, MAX_PODS, MIN_PODS, POOL_NODES};
use crate::model::{
    Cluster, Network, NetworkPlugin, NodePool, PluginMode, PodIpAllocation, PoolMode, Surge,
};
use crate::value::{Interval, ProvKind, State, Value};

/// Where the addresses of a pool's pods come from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PodSource {
    /// The pod range, over routes: kubenet.
    Kubenet,
    /// The pod range: overlay, or what Azure chooses by the version, overlay or kubenet.
    Overlay,
    /// The node subnet.
    NodeSubnet,
    /// A subnet of their own, as pods come.
    PodSubnet,
    /// A subnet of their own, in blocks that stay with the node.
    PodSubnetBlocks,
    /// The user's own plugin.
    Own,
    /// It is not known.
    Unknown,
}

/// Returns the nodes at the most: with autoscaling its maximum.
pub fn nodes(pool: &NodePool) -> Quantity {
    let fixed = count(pool, &pool.node_count);
    let most = count(pool, &pool.max_count);
    match &pool.auto_scaling.state {
        State::Known(true) => most.on(&pool.auto_scaling),
        State::Known(false) | State::Absent => fixed.on(&pool.auto_scaling),
        State::Unknown(_) | State::Invalid { .. } => fixed.or(most).on(&pool.auto_scaling),
    }
}

/// Returns the nodes at the least: with autoscaling its minimum.
pub fn least_nodes(pool: &NodePool) -> Quantity {
    let fixed = count(pool, &pool.node_count);
    let least = count(pool, &pool.min_count);
    match &pool.auto_scaling.state {
        State::Known(true) => least.on(&pool.auto_scaling),
        State::Known(false) | State::Absent => fixed.on(&pool.auto_scaling),
        State::Unknown(_) | State::Invalid { .. } => fixed.or(least).on(&pool.auto_scaling),
    }
}

/// Returns the nodes now, or at first.
pub fn nodes_now(pool: &NodePool) -> Quantity {
    count(pool, &pool.node_count)
}

/// Returns the value that says how many nodes there are at the most.
pub fn nodes_value(pool: &NodePool) -> &Value<u32> {
    match pool.auto_scaling.get() {
        Some(true) => &pool.max_count,
        Some(false) | None => &pool.node_count,
    }
}

/// Returns a number of nodes; a system pool inside the cluster is never empty.
fn count(pool: &NodePool, value: &Value<u32>) -> Quantity {
    let filled = pool.default && pool.mode.get() == Some(&PoolMode::System);
    let limits = Interval {
        low: Some(i64::from(filled)),
        high: Some(i64::from(POOL_NODES)),
    };
    Quantity::of(value, limits)
}

/// Returns the extra nodes of an upgrade when the pool has so many.
pub fn surge(pool: &NodePool, nodes: &Quantity) -> Quantity {
    let of = |surge: Surge| nodes.interval.map(|nodes| surge_nodes(surge, nodes));
    let interval = match &pool.max_surge.state {
        State::Known(surge) => of(*surge),
        State::Absent => Interval::exactly(0),
        State::Unknown(unknown) if unknown.null.is_false() && unknown.one_of.is_some() => {
            let listed = unknown.one_of.as_deref().unwrap_or_default().iter();
            let listed = listed.map(|surge| of(*surge)).reduce(Interval::hull);
            listed.unwrap_or_default()
        }
        State::Unknown(_) | State::Invalid { .. } => Interval {
            low: Some(0),
            high: None,
        },
    };
    Quantity {
        interval,
        grounds: Vec::new(),
    }
    .on(&pool.max_surge)
    .resting_on(nodes.grounds.iter().cloned())
}

/// Returns the extra nodes of a pool with so many.
pub fn surge_nodes(surge: Surge, nodes: i64) -> i64 {
    match surge {
        Surge::Nodes(extra) => i64::from(extra),
        Surge::Percent(percent) => {
            let hundredths = nodes.saturating_mul(i64::from(percent));
            hundredths / 100 + i64::from(hundredths % 100 > 0)
        }
    }
}

/// Returns the pods on a node; what is not known is what Azure takes.
pub fn max_pods(pool: &NodePool) -> Quantity {
    let limits = Interval {
        low: Some(i64::from(MIN_PODS)),
        high: Some(i64::from(MAX_PODS)),
    };
    Quantity::of(&pool.max_pods, limits)
}

/// Returns the addresses of a static egress gateway's public range; `None` for other pools, and where it is not known.
pub fn gateway_addresses(pool: &NodePool) -> Option<i64> {
    let gateway = pool.mode.get() == Some(&PoolMode::Gateway);
    let length = pool.gateway_prefix_length.get().filter(|_| gateway)?;
    let hidden = pool.gateway_prefix_length.sensitive || pool.mode.sensitive;
    let valid = GATEWAY_PREFIXES.contains(length) && !hidden;
    let length = u8::try_from(*length).ok().filter(|_| valid)?;
    Some(formulas::gateway_nodes(length))
}

/// Returns where the pods' addresses come from, and what says so.
pub fn pod_source(network: &Network, cluster: &Cluster, pool: &NodePool) -> (PodSource, Quantity) {
    let plugin = &cluster.network_plugin;
    let mode = &cluster.network_plugin_mode;
    let says = Quantity::exactly(0).on(plugin);
    // Azure fills in a pod range where it chooses overlay or kubenet, and only there.
    if is_azure_default(network, &cluster.pod_cidrs) && plugin.is_unknown() {
        return (PodSource::Overlay, Quantity::exactly(0));
    }
    match &plugin.state {
        State::Known(NetworkPlugin::Kubenet) => (PodSource::Kubenet, says),
        State::Known(NetworkPlugin::None) => (PodSource::Own, says),
        State::Known(NetworkPlugin::Azure) => match &mode.state {
            State::Known(PluginMode::Overlay) => (PodSource::Overlay, says.on(mode)),
            State::Unknown(unknown) if unknown.null.is_false() => {
                (PodSource::Overlay, says.on(mode))
            }
            State::Absent => flat(pool, says.on(mode)),
            State::Unknown(_) | State::Invalid { .. } => (PodSource::Unknown, says.on(mode)),
        },
        State::Unknown(_) | State::Absent | State::Invalid { .. } => {
            (PodSource::Unknown, says.on(mode))
        }
    }
}

fn flat(pool: &NodePool, says: Quantity) -> (PodSource, Quantity) {
    let says = says.on(&pool.pod_subnet);
    match &pool.pod_subnet.state {
        State::Absent => (PodSource::NodeSubnet, says),
        State::Unknown(unknown) if !unknown.null.is_false() => (PodSource::Unknown, says),
        State::Known(_) | State::Unknown(_) => {
            let says = says.on(&pool.pod_ip_allocation);
            match &pool.pod_ip_allocation.state {
                State::Known(PodIpAllocation::StaticBlock) => (PodSource::PodSubnetBlocks, says),
                State::Known(PodIpAllocation::DynamicIndividual) | State::Absent => {
                    (PodSource::PodSubnet, says)
                }
                State::Unknown(_) | State::Invalid { .. } => (PodSource::Unknown, says),
            }
        }
        State::Invalid { .. } => (PodSource::Unknown, says),
    }
}

fn is_azure_default<T>(network: &Network, value: &Value<T>) -> bool {
    value.get().is_some() && network.provenance.source_kind(value.prov) == ProvKind::AzureDefault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nodes_is_rounded_up() {
        assert_eq!(surge_nodes(Surge::Percent(10), 3), 1);
        assert_eq!(surge_nodes(Surge::Percent(33), 10), 4);
        assert_eq!(surge_nodes(Surge::Percent(50), 0), 0);
        assert_eq!(surge_nodes(Surge::Nodes(12), 100), 12);
        let most = i64::from(u32::MAX);
        assert!(surge_nodes(Surge::Percent(u32::MAX), most) > most);
    }
}
