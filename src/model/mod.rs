//! The network of AKS as rules see it: plain data, the same whatever language it was written in. No parsing, no I/O.
//!
//! Every setting is a [`Value`](crate::value::Value): known (written, or filled in by Azure or the provider), absent, invalid
//! or unknown. Links between entities are values too. Entities of all kinds are numbered through in one list, so that
//! presence and address can be asked of any of them.

mod choices;
mod cluster;
mod collection;
mod network;
mod pool;
mod written;

use std::sync::Arc;

use crate::project::{InstanceId, Instances};
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{EntityId, ProvId, Provenance, ResourceId, Step};

pub use crate::project::IgnoredChanges;
pub use choices::{
    BackendPoolType, Choice, DataPlane, IdentityKind, IpVersion, LoadBalancerSku, NetworkModel,
    NetworkPlugin, NetworkPolicy, NextHop, NodeProvisioning, OsType, OutboundType, PluginMode,
    PodIpAllocation, PoolMode, PrivateDnsZone,
};
pub use cluster::{
    AdvancedNetworking, ApiServerAccess, Cluster, Identity, LoadBalancerProfile, NatGatewayProfile,
    Version,
};
pub use collection::{Collection, Id};
pub use network::{
    NatGateway, Peering, PublicIp, PublicIpPrefix, Route, RouteTable, SecurityGroup, SecurityRule,
    Subnet, VirtualNetwork,
};
pub use pool::{NodePool, Surge};
pub use written::{Dialect, Removed, Vocabulary, Written};

/// One root and variant as it was understood.
#[derive(Clone, Debug)]
pub struct Design {
    /// The root's folder below the project root (`.` for the project root itself).
    pub root: String,
    /// The var file or parameters file that makes the variant.
    pub variant: Option<String>,
    /// What the code asks for.
    pub after: Network,
    /// What is there now; only a plan says so.
    pub before: Option<Network>,
}

/// All entities of one root and variant.
#[derive(Clone, Debug)]
pub struct Network {
    /// The language it was written in.
    pub dialect: Dialect,
    /// Every entity, by number.
    pub entities: Vec<Entity>,
    /// The clusters.
    pub clusters: Collection<Cluster>,
    /// The node pools of all clusters, default pools included.
    pub pools: Collection<NodePool>,
    /// The subnets, inline ones included.
    pub subnets: Collection<Subnet>,
    /// The virtual networks.
    pub virtual_networks: Collection<VirtualNetwork>,
    /// The peerings, one direction each.
    pub peerings: Collection<Peering>,
    /// The route tables.
    pub route_tables: Collection<RouteTable>,
    /// The NAT gateways.
    pub nat_gateways: Collection<NatGateway>,
    /// The public addresses.
    pub public_ips: Collection<PublicIp>,
    /// The public address prefixes.
    pub public_ip_prefixes: Collection<PublicIpPrefix>,
    /// The network security groups.
    pub security_groups: Collection<SecurityGroup>,
    /// Attributes that a release of the provider took away.
    pub removed: Vec<Removed>,
    /// Where values came from.
    pub provenance: Arc<Provenance>,
    /// The module instances.
    pub instances: Arc<Instances>,
    /// What a plan deletes and creates anew; empty for anything but a plan.
    pub replacements: Vec<Replacement>,
}

/// A resource that a plan deletes and creates anew because of what the code says.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// Its address.
    pub address: String,
    /// The ways to the attributes that force it, as the provider calls them; `None` from a Terraform that does not say.
    pub because: Option<Vec<Vec<Step>>>,
}

/// What every entity has, whatever it is.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The address as the language writes it: `module.aks.azurerm_kubernetes_cluster.main`.
    pub address: String,
    /// The head of its block.
    pub head: Span,
    /// Its whole block.
    pub block: Span,
    /// The module instance that it is in.
    pub instance: InstanceId,
    /// Whether it exists.
    pub presence: Presence,
    /// What would have to be known to tell whether it exists; `None` when that is known.
    pub doubt: Option<ProvId>,
    /// The resource it was read from; inline entities share their parent's.
    pub resource: Option<ResourceId>,
    /// Attributes whose written value holds at creation only.
    pub ignored_changes: IgnoredChanges,
}

impl Network {
    /// Returns what an entity has whatever it is.
    ///
    /// # Panics
    /// When the number is of another network.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Returns the pools of a cluster, in the order of the code; the default pool first.
    pub fn pools_of(&self, cluster: &Cluster) -> impl Iterator<Item = &NodePool> {
        cluster.pools.iter().map(|id| &self.pools[*id])
    }
}
