//! Slots: every block that becomes an entity, numbered before anything is read.

use std::cell::RefCell;

use super::arm::{self, azapi::Update};
use super::directory::{Directory, Linked, Mention, Place};
use super::field::Field;
use super::naming;
use super::reader::Reader;
use super::vocabulary::{self, Role};
use crate::model::{
    Cluster, Entity, Id, NatGateway, PublicIp, PublicIpPrefix, RouteTable, SecurityGroup, Subnet,
    VirtualNetwork, Vocabulary,
};
use crate::project::Instances;
use crate::resource::{IgnoredChanges, Mode, Resource};
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{EntityId, Provenance, Unknown, Value};

/// What a fact of the configuration makes an entity of, though it is only looked up.
const SAID: &[&str] = &["azurerm_subnet", "azurerm_virtual_network"];

/// A block that becomes an entity.
pub(super) struct Slot<'a> {
    /// Its number among all entities.
    pub entity: EntityId,
    /// Whose words it is written in.
    pub vocabulary: Vocabulary,
    /// The resource that it is, or is part of.
    pub resource: &'a Resource,
    /// Its attributes.
    pub reader: Reader<'a>,
    /// The cluster or VNet that it is written in, by its number among those.
    pub parent: Option<usize>,
    /// Whether it exists.
    pub presence: Presence,
}

/// All slots, by what they become.
#[derive(Default)]
pub(super) struct Slots<'a> {
    pub clusters: Vec<Slot<'a>>,
    pub pools: Vec<Slot<'a>>,
    pub subnets: Vec<Slot<'a>>,
    pub virtual_networks: Vec<Slot<'a>>,
    pub peerings: Vec<Slot<'a>>,
    pub route_tables: Vec<Slot<'a>>,
    pub routes: Vec<Slot<'a>>,
    pub nat_gateways: Vec<Slot<'a>>,
    pub public_ips: Vec<Slot<'a>>,
    pub public_ip_prefixes: Vec<Slot<'a>>,
    pub security_groups: Vec<Slot<'a>>,
    pub security_rules: Vec<Slot<'a>>,
    pub associations: Vec<Slot<'a>>,
}

/// All slots, their entities and the directory of them.
pub(super) struct Scene<'a> {
    trail: &'a RefCell<Provenance>,
    instances: &'a Instances,
    pub entities: Vec<Entity>,
    pub slots: Slots<'a>,
    pub directory: Directory<'a>,
    updates: &'a [Update],
    /// Why there may be more inline subnets.
    pub more_subnets: Option<Unknown<()>>,
}

impl<'a> Scene<'a> {
    /// Returns the slots of all resources that may exist.
    pub(super) fn new(
        resources: &'a [Resource],
        updates: &'a [Update],
        instances: &'a Instances,
        trail: &'a RefCell<Provenance>,
    ) -> Self {
        let mut scene = Scene {
            trail,
            instances,
            entities: Vec::new(),
            slots: Slots::default(),
            directory: Directory::new(trail),
            updates,
            more_subnets: None,
        };
        for resource in resources {
            match resource.mode {
                Mode::Data if resource.said && SAID.contains(&&*resource.kind) => {
                    scene.declare(resource);
                }
                Mode::Data => scene.outside(resource),
                Mode::Managed => scene.declare(resource),
            }
        }
        scene
    }

    /// Returns the changes of an entity that are written in other words than the entity, as slots of it.
    pub(super) fn updates(&self, slot: &Slot<'a>) -> Vec<Slot<'a>> {
        let changes = |update: &&Update| update.target == slot.resource.id && slot.parent.is_none();
        let all = self.updates.iter().filter(changes);
        all.map(|update| {
            let (vocabulary, resource) = (Vocabulary::Arm, &update.resource);
            let instance = self.instances.get(resource.instance);
            Slot {
                vocabulary,
                resource,
                reader: Reader::new(
                    self.trail,
                    slot.entity,
                    Some(resource.head),
                    vocabulary::keys(vocabulary),
                    &resource.body,
                ),
                presence: resource.presence.and(&instance.presence),
                ..*slot
            }
        })
        .collect()
    }

    /// Enters everything that is found by its name or id; subnets get their names when their VNet is known.
    pub(super) fn enter_names(&mut self) {
        naming::enter(&mut self.directory, &self.slots);
    }

    /// Tells whether the resource of a slot stands in code: what stands for a module has an address inside of it.
    pub(super) fn is_written(&self, slot: &Slot<'_>) -> bool {
        let prefix = self.instances.prefix(slot.resource.instance);
        let own = slot.resource.address.strip_prefix(&prefix);
        own.is_none_or(|own| !own.starts_with("module."))
    }

    fn outside(&mut self, resource: &Resource) {
        let existing = arm::existing(resource).map(Place::Existing);
        let place = existing.unwrap_or_else(|| Place::Outside {
            address: resource.address.as_str().into(),
            head: resource.head,
        });
        self.directory.place(resource.id, place);
    }

    fn declare(&mut self, resource: &'a Resource) {
        let instance = self.instances.get(resource.instance);
        let presence = resource.presence.and(&instance.presence);
        if presence.truth.is_false() {
            return;
        }
        let Some((vocabulary, role)) = vocabulary::of(&resource.kind) else {
            return;
        };
        let slot = self.slot(resource, presence, vocabulary);
        let slots = &mut self.slots;
        let all = match role {
            Role::Cluster => return self.declare_cluster(slot),
            Role::VirtualNetwork => return self.declare_virtual_network(slot),
            Role::Pool => &mut slots.pools,
            Role::Subnet => &mut slots.subnets,
            Role::Peering => &mut slots.peerings,
            Role::RouteTable => &mut slots.route_tables,
            Role::Route => &mut slots.routes,
            Role::NatGateway => &mut slots.nat_gateways,
            Role::PublicIp => &mut slots.public_ips,
            Role::PublicIpPrefix => &mut slots.public_ip_prefixes,
            Role::SecurityGroup => &mut slots.security_groups,
            Role::SecurityRule => &mut slots.security_rules,
            Role::Association => &mut slots.associations,
        };
        let place = match role {
            Role::Subnet => Some(Place::Entity(Subnet::TYPE, all.len())),
            Role::RouteTable => Some(Place::Entity(RouteTable::TYPE, all.len())),
            Role::NatGateway => Some(Place::Entity(NatGateway::TYPE, all.len())),
            Role::PublicIp => Some(Place::Entity(PublicIp::TYPE, all.len())),
            Role::PublicIpPrefix => Some(Place::Entity(PublicIpPrefix::TYPE, all.len())),
            Role::SecurityGroup => Some(Place::Entity(SecurityGroup::TYPE, all.len())),
            // The provider gives the association of a subnet the subnet's id.
            Role::Association => slot.reader.tree("subnet_id").cloned().map(Place::Alias),
            Role::Cluster
            | Role::VirtualNetwork
            | Role::Pool
            | Role::Peering
            | Role::Route
            | Role::SecurityRule => None,
        };
        all.push(slot);
        if let Some(place) = place {
            self.directory.place(resource.id, place);
        }
    }

    fn declare_cluster(&mut self, slot: Slot<'a>) {
        let index = self.slots.clusters.len();
        self.directory
            .place(slot.resource.id, Place::Entity(Cluster::TYPE, index));
        let (outer, names): (_, &[&str]) = match slot.vocabulary {
            Vocabulary::Azurerm => (
                slot.reader.clone(),
                &["default_node_pool", "agent_pool_profile"],
            ),
            Vocabulary::Arm => (arm::properties(&slot.reader), &["agentPoolProfiles"]),
        };
        for name in names {
            let blocks = outer.blocks(name);
            let unknown = blocks.more.map(|_| outer.block(name));
            let all = blocks.all.into_iter().chain(unknown);
            for (number, reader) in all.enumerate() {
                let place = match (number, slot.vocabulary, arm::known_name(&reader)) {
                    (_, Vocabulary::Arm, Some(pool)) => format!("{name}[{pool:?}]"),
                    (0, Vocabulary::Azurerm, _) => (*name).to_owned(),
                    _ => format!("{name}[{number}]"),
                };
                let pool = self.inline(&slot, &reader, index, &place, name);
                self.slots.pools.push(pool);
            }
        }
        self.slots.clusters.push(slot);
    }

    fn declare_virtual_network(&mut self, slot: Slot<'a>) {
        let index = self.slots.virtual_networks.len();
        let place = Place::Entity(VirtualNetwork::TYPE, index);
        self.directory.place(slot.resource.id, place);
        let (outer, word) = match slot.vocabulary {
            Vocabulary::Azurerm => (slot.reader.clone(), "subnet"),
            Vocabulary::Arm => (arm::properties(&slot.reader), "subnets"),
        };
        let blocks = outer.blocks(word);
        self.more_subnets = self.more_subnets.take().or(blocks.more);
        for (number, reader) in blocks.all.into_iter().enumerate() {
            let place = match arm::known_name(&reader) {
                Some(name) => format!("{word}[{name:?}]"),
                None => format!("{word}[{number}]"),
            };
            let subnet = self.inline(&slot, &reader, index, &place, word);
            let id = Id::new(self.slots.subnets.len());
            let name = subnet.reader.tree("name");
            self.directory.inline(Id::new(index), name, id);
            self.slots.subnets.push(subnet);
        }
        if slot.vocabulary == Vocabulary::Arm {
            for reader in outer.blocks("virtualNetworkPeerings").all {
                let place = arm::known_name(&reader).map_or_else(
                    || "virtualNetworkPeerings".to_owned(),
                    |name| format!("virtualNetworkPeerings[{name:?}]"),
                );
                let word = "virtualNetworkPeerings";
                let peering = self.inline(&slot, &reader, index, &place, word);
                self.slots.peerings.push(peering);
            }
        }
        self.slots.virtual_networks.push(slot);
    }

    fn slot(
        &mut self,
        resource: &'a Resource,
        presence: Presence,
        vocabulary: Vocabulary,
    ) -> Slot<'a> {
        let entity = self.add(Entity {
            address: resource.address.clone(),
            head: resource.head,
            block: resource.block,
            instance: resource.instance,
            presence: presence.clone(),
            resource: Some(resource.id),
            doubt: resource.doubt,
            ignored_changes: resource.ignored_changes.clone(),
        });
        Slot {
            entity,
            vocabulary,
            resource,
            reader: Reader::new(
                self.trail,
                entity,
                Some(resource.head),
                vocabulary::keys(vocabulary),
                &resource.body,
            ),
            parent: None,
            presence,
        }
    }

    /// Returns the slot of a block inside another's resource.
    fn inline(
        &mut self,
        outer: &Slot<'a>,
        reader: &Reader<'a>,
        parent: usize,
        place: &str,
        block: &str,
    ) -> Slot<'a> {
        let resource = outer.resource;
        let head: Span = reader.head().unwrap_or(resource.head);
        let entity = self.add(Entity {
            address: format!("{}.{place}", resource.address),
            head,
            block: resource.block,
            instance: resource.instance,
            presence: outer.presence.clone(),
            resource: Some(resource.id),
            doubt: resource.doubt,
            ignored_changes: ignored_inside(&resource.ignored_changes, block),
        });
        Slot {
            entity,
            vocabulary: outer.vocabulary,
            resource,
            reader: reader.owned_by(entity),
            parent: Some(parent),
            presence: outer.presence.clone(),
        }
    }

    fn add(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        self.entities.push(entity);
        id
    }
}

impl Slot<'_> {
    /// Tells whether it exists wherever another does: it is certain, or hangs on the same conditions.
    pub(super) fn exists_with(&self, other: &Slot<'_>) -> bool {
        let same = !self.presence.conditions.is_empty() && self.presence == other.presence;
        self.presence.truth.is_true() || same
    }

    /// Returns which entity an attribute means by its id.
    pub(super) fn link<T: Linked>(
        &self,
        field: impl Into<Field>,
        directory: &Directory<'_>,
    ) -> Value<Id<T>> {
        self.reader.read(field, |tree| directory.link(tree))
    }

    /// Returns which entity an attribute means by its name, in the resource's own group.
    pub(super) fn link_by_name<T: Linked>(
        &self,
        field: impl Into<Field>,
        directory: &Directory<'_>,
    ) -> Value<Id<T>> {
        self.reader.read(field, |name| {
            directory.by_name(Mention {
                name,
                group: self.reader.tree("resource_group_name"),
                instance: self.resource.instance,
            })
        })
    }
}

/// Returns what is ignored inside a block, as paths from the block.
fn ignored_inside(ignored: &IgnoredChanges, block: &str) -> IgnoredChanges {
    let IgnoredChanges::Some(paths) = ignored else {
        return ignored.clone();
    };
    let inside: Vec<_> = paths
        .iter()
        .filter(|path| path.first().is_some_and(|name| name.as_str() == block))
        .map(|path| path[1..].to_vec())
        .collect();
    if inside.iter().any(Vec::is_empty) {
        return IgnoredChanges::All;
    }
    if inside.is_empty() {
        return IgnoredChanges::None;
    }
    IgnoredChanges::Some(inside)
}
