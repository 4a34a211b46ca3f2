//! What ids lead to.

use crate::model::{
    Cluster, NatGateway, PublicIp, PublicIpPrefix, RouteTable, SecurityGroup, Subnet,
    VirtualNetwork,
};

/// What ids of an entity end in.
pub(in crate::schema) trait Linked {
    /// The last type of the id, in lower case.
    const TYPE: &'static str;
}

impl Linked for Cluster {
    const TYPE: &'static str = "managedclusters";
}
impl Linked for Subnet {
    const TYPE: &'static str = "subnets";
}
impl Linked for VirtualNetwork {
    const TYPE: &'static str = "virtualnetworks";
}
impl Linked for RouteTable {
    const TYPE: &'static str = "routetables";
}
impl Linked for NatGateway {
    const TYPE: &'static str = "natgateways";
}
impl Linked for SecurityGroup {
    const TYPE: &'static str = "networksecuritygroups";
}
impl Linked for PublicIp {
    const TYPE: &'static str = "publicipaddresses";
}
impl Linked for PublicIpPrefix {
    const TYPE: &'static str = "publicipprefixes";
}
