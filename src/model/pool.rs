//! A node pool.

use std::fmt;
use std::sync::Arc;

use super::{Cluster, Id, OsType, PodIpAllocation, PoolMode, Subnet};
use crate::value::{EntityId, List, Value};

/// A node pool: the default pool of a cluster, or one of its own.
#[derive(Clone, Debug)]
pub struct NodePool {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// The cluster that it belongs to.
    pub cluster: Value<Id<Cluster>>,
    /// Whether it is written inside the cluster.
    pub default: bool,
    /// What it is for.
    pub mode: Value<PoolMode>,
    /// Nodes now, or at first.
    pub node_count: Value<u32>,
    /// Whether the number of nodes follows the load.
    pub auto_scaling: Value<bool>,
    /// The least number of nodes; absent without autoscaling.
    pub min_count: Value<u32>,
    /// The greatest number of nodes; absent without autoscaling.
    pub max_count: Value<u32>,
    /// Pods on a node.
    pub max_pods: Value<u32>,
    /// Extra nodes during an upgrade.
    pub max_surge: Value<Surge>,
    /// The subnet of the nodes; absent when AKS makes the network.
    pub vnet_subnet: Value<Id<Subnet>>,
    /// The subnet of the pods.
    pub pod_subnet: Value<Id<Subnet>>,
    /// How a pod subnet's addresses are given out.
    pub pod_ip_allocation: Value<PodIpAllocation>,
    /// The operating system.
    pub os_type: Value<OsType>,
    /// Its edition: `Ubuntu`, `AzureLinux`, `Windows2022`.
    pub os_sku: Value<Arc<str>>,
    /// The size of a node.
    pub vm_size: Value<Arc<str>>,
    /// `VirtualMachineScaleSets`, or the retired `AvailabilitySet`.
    pub kind: Value<Arc<str>>,
    /// Availability zones.
    pub zones: List<Arc<str>>,
    /// Whether each node has a public address.
    pub node_public_ip_enabled: Value<bool>,
    /// The prefix that the nodes' public addresses come from.
    pub node_public_ip_prefix_id: Value<Arc<str>>,
    /// Whether Windows nodes translate outgoing addresses.
    pub windows_outbound_nat_enabled: Value<bool>,
    /// The prefix length of a static egress gateway's public range.
    pub gateway_prefix_length: Value<u32>,
    /// The pool that takes over while this one is replaced.
    pub temporary_name_for_rotation: Value<Arc<str>>,
}

/// Extra nodes during an upgrade.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Surge {
    /// This many.
    Nodes(u32),
    /// This share of the pool, rounded up.
    Percent(u32),
}

impl fmt::Display for Surge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Surge::Nodes(nodes) => write!(f, "{nodes}"),
            Surge::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}
