//! Slots: every block that becomes an entity, numbered before anything is read.

use std::cell::RefCell;

use crate::model::{
    Cluster, Entity, Id, NatGateway, PublicIp, PublicIpPrefix, RouteTable, SecurityGroup, Subnet,
    VirtualNetwork,
};
use crate::project::Instances;
use crate::resource::{IgnoredChanges, Mode, Resource};
use crate::schema::directory::{Directory, Linked, Mention, Named, Place};
use crate::schema::ids;
use crate::schema::reader::Reader;
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{EntityId, Provenance, Tree, Unknown, Value};

/// A block that becomes an entity.
pub(super) struct Slot<'a> {
    /// Its number among all entities.
    pub entity: EntityId,
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
    /// Why there may be more inline subnets.
    pub more_subnets: Option<Unknown<()>>,
}

impl<'a> Scene<'a> {
    /// Returns the slots of all resources that may exist.
    pub(super) fn new(
        resources: &'a [Resource],
        instances: &'a Instances,
        trail: &'a RefCell<Provenance>,
    ) -> Self {
        let mut scene = Scene {
            trail,
            instances,
            entities: Vec::new(),
            slots: Slots::default(),
            directory: Directory::new(trail),
            more_subnets: None,
        };
        for resource in resources {
            match resource.mode {
                Mode::Data => scene.outside(resource),
                Mode::Managed => scene.declare(resource),
            }
        }
        scene
    }

    /// Enters everything that is found by its name; subnets are entered when their VNet is known.
    pub(super) fn enter_names(&mut self) {
        let directory = &mut self.directory;
        enter::<VirtualNetwork>(directory, &self.slots.virtual_networks);
        enter::<RouteTable>(directory, &self.slots.route_tables);
        enter::<NatGateway>(directory, &self.slots.nat_gateways);
        enter::<SecurityGroup>(directory, &self.slots.security_groups);
        enter::<PublicIp>(directory, &self.slots.public_ips);
        enter::<PublicIpPrefix>(directory, &self.slots.public_ip_prefixes);
        enter::<Cluster>(directory, &self.slots.clusters);
    }

    fn outside(&mut self, resource: &Resource) {
        let place = Place::Outside {
            address: resource.address.as_str().into(),
            head: resource.head,
        };
        self.directory.place(resource.id, place);
    }

    fn declare(&mut self, resource: &'a Resource) {
        let instance = self.instances.get(resource.instance);
        let presence = resource.presence.and(&instance.presence);
        if presence.truth.is_false() {
            return;
        }
        let slot = self.slot(resource, presence);
        let slots = &mut self.slots;
        let all = match &*resource.kind {
            "azurerm_kubernetes_cluster" | "azurerm_kubernetes_automatic_cluster" => {
                return self.declare_cluster(slot);
            }
            "azurerm_virtual_network" => return self.declare_virtual_network(slot),
            "azurerm_kubernetes_cluster_node_pool" => &mut slots.pools,
            "azurerm_subnet" => &mut slots.subnets,
            "azurerm_virtual_network_peering" => &mut slots.peerings,
            "azurerm_route_table" => &mut slots.route_tables,
            "azurerm_route" => &mut slots.routes,
            "azurerm_nat_gateway" => &mut slots.nat_gateways,
            "azurerm_public_ip" => &mut slots.public_ips,
            "azurerm_public_ip_prefix" => &mut slots.public_ip_prefixes,
            "azurerm_network_security_group" => &mut slots.security_groups,
            "azurerm_network_security_rule" => &mut slots.security_rules,
            _ => &mut slots.associations,
        };
        let place = match &*resource.kind {
            "azurerm_subnet" => Some(Place::Entity(Subnet::TYPE, all.len())),
            "azurerm_route_table" => Some(Place::Entity(RouteTable::TYPE, all.len())),
            "azurerm_nat_gateway" => Some(Place::Entity(NatGateway::TYPE, all.len())),
            "azurerm_public_ip" => Some(Place::Entity(PublicIp::TYPE, all.len())),
            "azurerm_public_ip_prefix" => Some(Place::Entity(PublicIpPrefix::TYPE, all.len())),
            "azurerm_network_security_group" => Some(Place::Entity(SecurityGroup::TYPE, all.len())),
            // The provider gives the association of a subnet the subnet's id.
            _ => slot.reader.tree("subnet_id").cloned().map(Place::Alias),
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
        for name in ["default_node_pool", "agent_pool_profile"] {
            let blocks = slot.reader.blocks(name);
            let unknown = blocks.more.map(|_| slot.reader.block(name));
            let all = blocks.all.into_iter().chain(unknown);
            for (number, reader) in all.enumerate() {
                let place = match number {
                    0 => name.to_owned(),
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
        let blocks = slot.reader.blocks("subnet");
        self.more_subnets = self.more_subnets.take().or(blocks.more);
        for (number, reader) in blocks.all.into_iter().enumerate() {
            let name = reader.tree("name").and_then(Tree::as_text);
            let place = match name {
                Some(name) => format!("subnet[{name:?}]"),
                None => format!("subnet[{number}]"),
            };
            let subnet = self.inline(&slot, &reader, index, &place, "subnet");
            let id = Id::new(self.slots.subnets.len());
            let name = subnet.reader.tree("name");
            self.directory.inline(Id::new(index), name, id);
            self.slots.subnets.push(subnet);
        }
        self.slots.virtual_networks.push(slot);
    }

    fn slot(&mut self, resource: &'a Resource, presence: Presence) -> Slot<'a> {
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
            resource,
            reader: Reader::new(self.trail, entity, Some(resource.head), &resource.body),
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
        field: impl Into<crate::schema::field::Field>,
        directory: &Directory<'_>,
    ) -> Value<Id<T>> {
        self.reader.read(field, |tree| directory.link(tree))
    }

    /// Returns which entity an attribute means by its name, in the resource's own group.
    pub(super) fn link_by_name<T: Linked>(
        &self,
        field: impl Into<crate::schema::field::Field>,
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

fn enter<T: Linked>(directory: &mut Directory<'_>, slots: &[Slot<'_>]) {
    for (index, slot) in slots.iter().enumerate() {
        let name = slot.reader.tree("name");
        let Some(prov) = name.map(|tree| tree.prov) else {
            continue;
        };
        let group = slot.reader.tree("resource_group_name");
        let named = Named {
            index,
            group: group.and_then(ids::key),
            prov,
            instance: slot.resource.instance,
        };
        directory.name::<T>(name, named);
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
