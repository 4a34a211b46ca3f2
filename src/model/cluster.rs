//! A cluster and the profiles inside it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use super::{
    BackendPoolType, DataPlane, Id, IdentityKind, IpVersion, LoadBalancerSku, NetworkModel,
    NetworkPlugin, NetworkPolicy, NodePool, NodeProvisioning, OutboundType, PluginMode,
    PrivateDnsZone, PublicIp, PublicIpPrefix, Subnet, Written,
};
use crate::cidr::Cidr;
use crate::truth::Truth;
use crate::value::{EntityId, List, State, Value};

/// A managed cluster.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// The region.
    pub location: Value<Arc<str>>,
    /// The resource group's name.
    pub resource_group: Value<Arc<str>>,
    /// The Kubernetes version; absent means the newest that AKS calls stable.
    pub kubernetes_version: Value<Version>,
    /// Whether Azure sets it up as it sees fit: AKS Automatic.
    pub automatic: Truth,
    /// The tier of the control plane.
    pub sku_tier: Value<Arc<str>>,
    /// Who gives pods their addresses. Unknown with alternatives where nothing is written.
    pub network_plugin: Value<NetworkPlugin>,
    /// How Azure CNI gives them; absent is the node subnet or a pod subnet.
    pub network_plugin_mode: Value<PluginMode>,
    /// Who enforces network policies; absent is nobody.
    pub network_policy: Value<NetworkPolicy>,
    /// What forwards packets.
    pub network_data_plane: Value<DataPlane>,
    /// The bridge mode that newer clusters no longer have.
    pub network_mode: Value<Arc<str>>,
    /// The load balancer's tier.
    pub load_balancer_sku: Value<LoadBalancerSku>,
    /// How traffic leaves.
    pub outbound_type: Value<OutboundType>,
    /// Pod ranges; absent for models that take pod addresses from a subnet.
    pub pod_cidrs: List<Cidr>,
    /// Service ranges.
    pub service_cidrs: List<Cidr>,
    /// The pod range of the one-range form; absent where only the list form is written.
    pub pod_cidr: Value<Cidr>,
    /// The service range of the one-range form; likewise.
    pub service_cidr: Value<Cidr>,
    /// The address of DNS in the service range.
    pub dns_service_ip: Value<IpAddr>,
    /// The range of the Docker bridge, which nothing uses any more.
    pub docker_bridge_cidr: Value<Cidr>,
    /// The address families, in order.
    pub ip_versions: List<IpVersion>,
    /// Settings of the outbound load balancer.
    pub load_balancer_profile: Value<LoadBalancerProfile>,
    /// Settings of the managed NAT gateway.
    pub nat_gateway_profile: Value<NatGatewayProfile>,
    /// Advanced container networking.
    pub advanced_networking: Value<AdvancedNetworking>,
    /// Whether the API server has no public address.
    pub private_cluster_enabled: Value<bool>,
    /// The id of the private DNS zone, `System` or `None`.
    pub private_dns_zone_id: Value<Arc<str>>,
    /// Whose zone that is; known for an id too that is only known after apply.
    pub private_dns_zone: Value<PrivateDnsZone>,
    /// Whether a private cluster has a public name.
    pub private_cluster_public_fqdn_enabled: Value<bool>,
    /// The prefix of the public name.
    pub dns_prefix: Value<Arc<str>>,
    /// The prefix of the name in a private zone.
    pub dns_prefix_private_cluster: Value<Arc<str>>,
    /// Who may reach the API server, and from where.
    pub api_server: ApiServerAccess,
    /// Who the cluster acts as.
    pub identity: Identity,
    /// Whether nodes are provisioned as pods need them.
    pub node_provisioning: Value<NodeProvisioning>,
    /// The name of the subnet of virtual nodes; absent when they are off.
    pub virtual_nodes_subnet: Value<Arc<str>>,
    /// Where artifacts come from at bootstrap: `Direct` or `Cache`.
    pub bootstrap_artifact_source: Value<Arc<str>>,
    /// Its pools, in the order of the code; the default pool first.
    pub pools: Vec<Id<NodePool>>,
    /// How it was written.
    pub written: Written,
}

/// Settings of the outbound load balancer.
#[derive(Clone, Debug)]
pub struct LoadBalancerProfile {
    /// Public IPv4 addresses that AKS makes.
    pub managed_outbound_ip_count: Value<u32>,
    /// Public IPv6 addresses that AKS makes.
    pub managed_outbound_ipv6_count: Value<u32>,
    /// Public addresses of the user.
    pub outbound_ip_addresses: List<Id<PublicIp>>,
    /// Public prefixes of the user.
    pub outbound_ip_prefixes: List<Id<PublicIpPrefix>>,
    /// Outbound ports of each node; 0 lets Azure choose.
    pub outbound_ports_allocated: Value<u32>,
    /// Minutes until an idle flow ends.
    pub idle_timeout_minutes: Value<u32>,
    /// How backends are listed.
    pub backend_pool_type: Value<BackendPoolType>,
}

/// Settings of the managed NAT gateway.
#[derive(Clone, Debug)]
pub struct NatGatewayProfile {
    /// Public addresses that AKS makes.
    pub managed_outbound_ip_count: Value<u32>,
    /// Minutes until an idle flow ends.
    pub idle_timeout_minutes: Value<u32>,
}

/// Advanced container networking services.
#[derive(Clone, Debug)]
pub struct AdvancedNetworking {
    /// Flow logs and metrics.
    pub observability_enabled: Value<bool>,
    /// Name and application policies.
    pub security_enabled: Value<bool>,
}

/// Who may reach the API server, and from where.
#[derive(Clone, Debug)]
pub struct ApiServerAccess {
    /// Whether the API server has a public address at all; absent where nothing is said about it.
    pub public_network_access_enabled: Value<bool>,
    /// Ranges that may reach a public API server; absent is everybody.
    pub authorized_ip_ranges: List<Cidr>,
    /// The API server's own subnet.
    pub subnet: Value<Id<Subnet>>,
    /// Whether the API server is projected into the VNet.
    pub virtual_network_integration_enabled: Value<bool>,
}

/// Who the cluster acts as.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Whose identity it is; absent for a service principal.
    pub kind: Value<IdentityKind>,
    /// The ids of the user's identities.
    pub ids: List<Arc<str>>,
}

/// A Kubernetes version.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Version {
    /// `1`
    pub major: u32,
    /// `30`
    pub minor: u32,
    /// `4`; `None` for an alias such as `1.30`.
    pub patch: Option<u32>,
}

impl FromStr for Version {
    type Err = ();

    /// Reads `1.30` and `1.30.4`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut numbers = text
            .trim_start_matches('v')
            .splitn(3, '.')
            .map(|n| n.parse::<u32>().map_err(|_| ()));
        let major = numbers.next().ok_or(())??;
        let minor = numbers.next().ok_or(())??;
        let patch = numbers.next().transpose()?;
        Ok(Version {
            major,
            minor,
            patch,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        self.patch.map_or(Ok(()), |patch| write!(f, ".{patch}"))
    }
}

impl Cluster {
    /// Returns the way the cluster gives pods their addresses; `None` where plugin, mode or pod subnet leave it open.
    pub fn model<'a>(&self, mut pools: impl Iterator<Item = &'a NodePool>) -> Option<NetworkModel> {
        match (&self.network_plugin.state, &self.network_plugin_mode.state) {
            (State::Known(NetworkPlugin::Kubenet), _) => Some(NetworkModel::Kubenet),
            (State::Known(NetworkPlugin::None), _) => Some(NetworkModel::ByoCni),
            (State::Known(NetworkPlugin::Azure), State::Known(PluginMode::Overlay)) => {
                Some(NetworkModel::Overlay)
            }
            (State::Known(NetworkPlugin::Azure), State::Absent) => {
                match pools.next().map(|pool| &pool.pod_subnet.state) {
                    Some(State::Absent) => Some(NetworkModel::NodeSubnet),
                    Some(State::Known(_)) => Some(NetworkModel::PodSubnet),
                    // A subnet that is known to be given, but is not in this code.
                    Some(State::Unknown(unknown)) if unknown.null.is_false() => {
                        Some(NetworkModel::PodSubnet)
                    }
                    Some(State::Unknown(_) | State::Invalid { .. }) | None => None,
                }
            }
            _ => None,
        }
    }
}
