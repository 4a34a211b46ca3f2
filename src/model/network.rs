//! Virtual networks and what lies in and around them.

use std::net::IpAddr;
use std::sync::Arc;

use super::{Id, IpVersion, NextHop};
use crate::cidr::Cidr;
use crate::value::{EntityId, List, Value};

/// A subnet, declared alone or inside its VNet.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// The VNet that it lies in.
    pub virtual_network: Value<Id<VirtualNetwork>>,
    /// Its ranges.
    pub prefixes: List<Cidr>,
    /// The route table; unknown where an association may or may not exist.
    pub route_table: Value<Id<RouteTable>>,
    /// The NAT gateway; likewise.
    pub nat_gateway: Value<Id<NatGateway>>,
    /// The security group; likewise.
    pub security_group: Value<Id<SecurityGroup>>,
    /// The services that it is delegated to.
    pub delegations: List<Arc<str>>,
    /// Whether Azure's implicit way out is open.
    pub default_outbound_access_enabled: Value<bool>,
    /// Service endpoints.
    pub service_endpoints: List<Arc<str>>,
    /// The same in the list form, which azurerm 5 took away; absent where blocks are written, inside a VNet and in ARM.
    pub service_endpoint_list: List<Arc<str>>,
    /// `private_endpoint_network_policies`.
    pub private_endpoint_network_policies: Value<Arc<str>>,
}

/// A virtual network.
#[derive(Clone, Debug)]
pub struct VirtualNetwork {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// The resource group's name.
    pub resource_group: Value<Arc<str>>,
    /// The region.
    pub location: Value<Arc<str>>,
    /// Its ranges.
    pub address_space: List<Cidr>,
    /// Its DNS servers; absent is Azure's own.
    pub dns_servers: List<IpAddr>,
}

/// One direction of a peering.
#[derive(Clone, Debug)]
pub struct Peering {
    /// Its number among all entities.
    pub id: EntityId,
    /// The VNet that has it.
    pub from: Value<Id<VirtualNetwork>>,
    /// The VNet that it leads to; unknown when that is not in the code.
    pub to: Value<Id<VirtualNetwork>>,
    /// Whether the other side's gateway is used.
    pub use_remote_gateways: Value<bool>,
}

/// A route table.
#[derive(Clone, Debug)]
pub struct RouteTable {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// Its routes, inline and alone.
    pub routes: Vec<Route>,
    /// Why there may be more routes; absent when these are all.
    pub more_routes: Value<()>,
    /// Whether a gateway's routes are learned.
    pub bgp_route_propagation_enabled: Value<bool>,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its number among all entities; that of the table for an inline one.
    pub id: EntityId,
    /// Its name.
    pub name: Value<Arc<str>>,
    /// Where packets want to go: a range or a service tag, as written.
    pub address_prefix: Value<Arc<str>>,
    /// Where they are sent.
    pub next_hop: Value<NextHop>,
    /// The address of a virtual appliance.
    pub next_hop_ip: Value<IpAddr>,
}

/// A NAT gateway of the user.
#[derive(Clone, Debug)]
pub struct NatGateway {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// `Standard` or `StandardV2`.
    pub sku: Value<Arc<str>>,
    /// Minutes until an idle flow ends.
    pub idle_timeout_minutes: Value<u32>,
    /// Availability zones.
    pub zones: List<Arc<str>>,
    /// Its public addresses.
    pub public_ips: Vec<Value<Id<PublicIp>>>,
    /// Its public prefixes.
    pub public_ip_prefixes: Vec<Value<Id<PublicIpPrefix>>>,
}

/// A public address.
#[derive(Clone, Debug)]
pub struct PublicIp {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// `Basic`, `Standard` or `StandardV2`.
    pub sku: Value<Arc<str>>,
    /// The family.
    pub ip_version: Value<IpVersion>,
    /// Availability zones.
    pub zones: List<Arc<str>>,
}

/// A range of public addresses.
#[derive(Clone, Debug)]
pub struct PublicIpPrefix {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// `Standard` or `StandardV2`.
    pub sku: Value<Arc<str>>,
    /// The family.
    pub ip_version: Value<IpVersion>,
    /// Its size as a prefix length.
    pub prefix_length: Value<u32>,
}

/// A network security group.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its number among all entities.
    pub id: EntityId,
    /// The name in Azure.
    pub name: Value<Arc<str>>,
    /// Its rules, inline and alone.
    pub rules: Vec<SecurityRule>,
    /// Why there may be more rules; absent when these are all.
    pub more_rules: Value<()>,
}

/// A rule of a security group, as written.
#[derive(Clone, Debug)]
pub struct SecurityRule {
    /// Its number among all entities; that of the group for an inline one.
    pub id: EntityId,
    /// Its name.
    pub name: Value<Arc<str>>,
    /// `Inbound` or `Outbound`.
    pub direction: Value<Arc<str>>,
    /// `Allow` or `Deny`.
    pub access: Value<Arc<str>>,
    /// Lower goes first.
    pub priority: Value<u32>,
    /// `Tcp`, `Udp`, `*`, …
    pub protocol: Value<Arc<str>>,
    /// Where packets come from.
    pub source_prefixes: List<Arc<str>>,
    /// Where they go.
    pub destination_prefixes: List<Arc<str>>,
    /// The ports that they go to.
    pub destination_ports: List<Arc<str>>,
}
