//! What Azure Resource Manager calls things: the words of Bicep, ARM templates, exports and azapi bodies.
//!
//! Whoever evaluates such a language gives a resource like this:
//!
//! - its kind is the type without API version: `Microsoft.ContainerService/managedClusters/agentPools`;
//! - its body is an object of the resource's top-level members as ARM has them (`name`, `location`, `sku`, `identity`,
//!   `zones`, `properties`), and `apiVersion`;
//! - a child has `parent` as well: a reference to the parent as a whole, or the parent's id or name; its name may be written
//!   `vnet/subnet` instead. Of a resource that is no child, `parent` is the id of its resource group, if that is known;
//! - what the code says is there already (`existing`) is looked up (`Mode::Data`); where the same code makes it too, it is that;
//! - where one resource means another, there is an id: a reference to `id`, a text, a text with references in it, or a
//!   reference to `properties.subnets[0].id` of a VNet.
//!
//! Types and members are matched in any letter case, as ARM does, by the reader: bodies keep the author's spelling. A language
//! that minds the case says so itself.

pub(super) mod azapi;
pub(super) mod children;
pub(super) mod cluster;
pub(super) mod export;
mod identity;
mod merge;
mod network_profile;
mod partial;
pub(super) mod pool;
pub(super) mod routing;
pub(super) mod security;
pub(super) mod subnet;
pub(super) mod translation;
pub(super) mod twice;
pub(super) mod virtual_network;

use std::sync::Arc;

use super::directory::{Directory, Existing, Linked};
use super::field::Field;
use super::reader::Reader;
use super::scene::Slot;
use super::vocabulary::Role;
use crate::model::{
    Cluster, Id, NatGateway, PublicIp, PublicIpPrefix, RouteTable, SecurityGroup, Subnet,
    VirtualNetwork,
};
use crate::resource::Resource;
use crate::value::{Node, State, Tree, Value};

/// The resource types that matter.
const KINDS: &[(&str, Role)] = &[
    ("Microsoft.ContainerService/managedClusters", Role::Cluster),
    (
        "Microsoft.ContainerService/managedClusters/agentPools",
        Role::Pool,
    ),
    ("Microsoft.Network/natGateways", Role::NatGateway),
    (
        "Microsoft.Network/networkSecurityGroups",
        Role::SecurityGroup,
    ),
    (
        "Microsoft.Network/networkSecurityGroups/securityRules",
        Role::SecurityRule,
    ),
    ("Microsoft.Network/publicIPAddresses", Role::PublicIp),
    ("Microsoft.Network/publicIPPrefixes", Role::PublicIpPrefix),
    ("Microsoft.Network/routeTables", Role::RouteTable),
    ("Microsoft.Network/routeTables/routes", Role::Route),
    ("Microsoft.Network/virtualNetworks", Role::VirtualNetwork),
    ("Microsoft.Network/virtualNetworks/subnets", Role::Subnet),
    (
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        Role::Peering,
    ),
];

/// Returns what resources of a type become; `None` when they do not matter.
pub(super) fn role(kind: &str) -> Option<Role> {
    named(kind).map(|(_, role)| role)
}

/// Returns a type that matters in the letter case of Azure's own documents.
fn named(kind: &str) -> Option<(&'static str, Role)> {
    let found = KINDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(kind));
    found.copied()
}

/// Returns what a resource of ARM is that is said to be there; `None` where nothing else can mean it.
pub(super) fn existing(resource: &Resource) -> Option<Existing> {
    let (_, role) = named(&resource.kind)?;
    let kind = match role {
        Role::Cluster => Cluster::TYPE,
        Role::VirtualNetwork => VirtualNetwork::TYPE,
        Role::Subnet => Subnet::TYPE,
        Role::RouteTable => RouteTable::TYPE,
        Role::NatGateway => NatGateway::TYPE,
        Role::SecurityGroup => SecurityGroup::TYPE,
        Role::PublicIp => PublicIp::TYPE,
        Role::PublicIpPrefix => PublicIpPrefix::TYPE,
        Role::Pool | Role::Peering | Role::Route | Role::SecurityRule | Role::Association => {
            return None;
        }
    };
    let object = resource.body.as_object()?;
    let get = |name| children::member(object, name).map(|(_, tree)| tree.clone());
    Some(Existing {
        kind,
        name: get("name")?,
        parent: get("parent"),
        address: resource.address.as_str().into(),
        head: resource.head,
        instance: resource.instance,
    })
}

/// Returns the API version that a resource is written for, as `2024-05-01`, if it is known.
fn api_version(resource: &Resource) -> Option<&str> {
    let object = resource.body.as_object()?;
    let (_, version) = children::member(object, "apiVersion")?;
    version.as_text()?.get(..10)
}

/// Returns what stands in `properties`.
pub(super) fn properties<'a>(reader: &Reader<'a>) -> Reader<'a> {
    reader.block("properties")
}

/// Returns the name of an element, if it is known.
pub(super) fn known_name(reader: &Reader<'_>) -> Option<Arc<str>> {
    reader.tree("name").and_then(Tree::as_text).cloned()
}

/// Returns what a child belongs to.
fn owner<T: Linked>(
    slot: &Slot<'_>,
    field: impl Into<Field>,
    directory: &Directory<'_>,
) -> Value<Id<T>> {
    let field = field.into();
    let block = &slot.reader;
    if let Some(index) = slot.parent {
        let place = block.attribute(field.name, block.head(), None);
        return Value::known(Id::new(index), place);
    }
    block.read(field, |tree| directory.owner(tree, slot.resource.instance))
}

/// Returns what is meant by `{ "id": … }`.
fn linked<T: Linked>(tree: &Tree, directory: &Directory<'_>) -> State<Id<T>> {
    match &tree.node {
        Node::Object(object) => {
            let mut all = object.entries.iter();
            match (
                all.find(|(key, _)| key.eq_ignore_ascii_case("id")),
                &object.rest,
            ) {
                (Some((_, id)), _) => directory.link(id),
                (None, Some(rest)) => State::Unknown(rest.forget()),
                (None, None) => State::Absent,
            }
        }
        _ => match tree.as_unknown() {
            Some(unknown) => State::Unknown(crate::value::Unknown {
                null: unknown.null,
                ..unknown.forget()
            }),
            None => State::Absent,
        },
    }
}

/// Returns the value of a switch that is written as its opposite.
fn opposite(value: Value<bool>) -> Value<bool> {
    Value {
        written_at: None,
        ..value.map(|value| !value)
    }
}
