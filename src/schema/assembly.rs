//! Resources to the network.
//!
//! First every resource becomes a slot, so that all entities have their numbers; then names are entered in the directory,
//! VNets before subnets; then everything is read, what is linked to before what links to it.

use std::cell::RefCell;
use std::sync::Arc;

use super::directory::{Directory, Place};
use super::scene::{Scene, Slot};
use super::vocabulary::{self, Role};
use super::{arm, association, attachment, azurerm, members, overlay};
use crate::model::{
    Collection, Dialect, Id, Network, Peering, PublicIp, PublicIpPrefix, Removed, Subnet,
    VirtualNetwork, Vocabulary,
};
use crate::project::{Instances, ProviderVersion};
use crate::resource::{Gap, Language, Resources};
use crate::value::{State, Unknown};

/// Returns the network that the resources describe.
pub(super) fn read(resources: Resources) -> Network {
    let resources = match resources.language {
        Language::Export => arm::export::normalise(resources),
        Language::Terraform | Language::Plan | Language::Bicep | Language::Arm => resources,
    };
    let (resources, updates) = arm::azapi::translate(resources);
    let (resources, aliases) = arm::twice::once(resources);
    let Resources {
        language,
        all,
        provenance,
        instances,
        gaps,
        azurerm,
    } = resources;
    let instances = Arc::new(instances);
    let trail = RefCell::new(provenance);
    let mut scene = Scene::new(&all, &updates, &instances, &trail);
    for (resource, tree) in aliases {
        scene.directory.place(resource, Place::Alias(tree));
    }
    let mut network = assemble(scene, &gaps, azurerm, Arc::clone(&instances));
    network.dialect = vocabulary::dialect(language);
    for cluster in &mut network.clusters.items {
        cluster.written.dialect = network.dialect;
    }
    Network {
        provenance: Arc::new(trail.into_inner()),
        ..network
    }
}

/// Returns the network, its language and provenance still to be filled in.
fn assemble(
    mut scene: Scene<'_>,
    gaps: &[Gap],
    provider: ProviderVersion,
    instances: Arc<Instances>,
) -> Network {
    scene.enter_names();
    let virtual_networks = scene.slots.virtual_networks.iter();
    let virtual_networks = virtual_networks.map(virtual_network).collect();
    let mut subnets = subnets(&mut scene);
    association::bind_all(&scene, gaps, &mut subnets);
    let (clusters, pools, unplaced) = members::clusters(&scene, provider);
    let route_tables = members::route_tables(&scene, missing(gaps, &[Role::Route]));
    let more_rules = missing(gaps, &[Role::SecurityRule]);
    let security_groups = members::security_groups(&scene, more_rules);
    let inline = scene.more_subnets.take();
    let of = |roles: &[Role]| missing(gaps, roles);
    let peerings = scene.slots.peerings.iter();
    let peerings = peerings.map(|slot| peering(slot, &scene.directory));
    let public_ips = scene.slots.public_ips.iter();
    let public_ips = public_ips.map(|slot| public_ip(slot, provider));
    let prefixes = scene.slots.public_ip_prefixes.iter().map(prefix);
    let removed = removed(&scene, provider);
    Network {
        replacements: Vec::new(),
        dialect: Dialect::Terraform,
        clusters: collection(clusters, of(&[Role::Cluster])),
        pools: collection(pools, of(&[Role::Cluster, Role::Pool]).or(unplaced)),
        subnets: collection(
            subnets,
            of(&[Role::Subnet, Role::VirtualNetwork]).or(inline),
        ),
        virtual_networks: collection(virtual_networks, of(&[Role::VirtualNetwork])),
        peerings: collection(peerings.collect(), of(&[Role::Peering])),
        route_tables: collection(route_tables, of(&[Role::RouteTable])),
        nat_gateways: collection(
            attachment::nat_gateways(&scene, gaps),
            of(&[Role::NatGateway]),
        ),
        public_ips: collection(public_ips.collect(), of(&[Role::PublicIp])),
        public_ip_prefixes: collection(prefixes.collect(), of(&[Role::PublicIpPrefix])),
        security_groups: collection(security_groups, of(&[Role::SecurityGroup])),
        removed,
        entities: scene.entities,
        provenance: Arc::default(),
        instances,
    }
}

fn virtual_network(slot: &Slot<'_>) -> VirtualNetwork {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::virtual_network::read(slot),
        Vocabulary::Arm => arm::virtual_network::read(slot),
    }
}

fn peering(slot: &Slot<'_>, directory: &Directory<'_>) -> Peering {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::virtual_network::peering(slot, directory),
        Vocabulary::Arm => arm::virtual_network::peering(slot, directory),
    }
}

fn public_ip(slot: &Slot<'_>, provider: ProviderVersion) -> PublicIp {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::translation::public_ip(slot, provider),
        Vocabulary::Arm => arm::translation::public_ip(slot),
    }
}

fn prefix(slot: &Slot<'_>) -> PublicIpPrefix {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::translation::prefix(slot),
        Vocabulary::Arm => arm::translation::prefix(slot),
    }
}

/// Reads the subnets; each is entered by its name as soon as its VNet is known.
fn subnets(scene: &mut Scene<'_>) -> Vec<Subnet> {
    let mut all = Vec::new();
    for slot in &scene.slots.subnets {
        let mut subnet = match slot.vocabulary {
            Vocabulary::Azurerm => azurerm::subnet::read(slot, &scene.directory),
            Vocabulary::Arm => arm::subnet::read(slot, &scene.directory),
        };
        for update in scene.updates(slot) {
            overlay::subnet(&mut subnet, &update, &scene.directory);
        }
        if let (None, State::Known(vnet)) = (slot.parent, &subnet.virtual_network.state) {
            let name = slot.reader.tree("name");
            scene.directory.subnet(*vnet, name, Id::new(all.len()));
        }
        all.push(subnet);
    }
    all
}

/// Returns the attributes that azurerm took away from the resources that are written in its words. What stands for a module
/// whose code is not there is written by nobody.
fn removed(scene: &Scene<'_>, provider: ProviderVersion) -> Vec<Removed> {
    let slots = &scene.slots;
    let all = [
        &slots.clusters,
        &slots.pools,
        &slots.virtual_networks,
        &slots.subnets,
        &slots.route_tables,
        &slots.nat_gateways,
    ];
    let alone = all
        .into_iter()
        .flatten()
        .filter(|slot| slot.vocabulary == Vocabulary::Azurerm && slot.parent.is_none())
        .filter(|slot| scene.is_written(slot));
    alone
        .flat_map(|slot| azurerm::written::removed(slot, provider))
        .collect()
}

fn collection<T>(items: Vec<T>, incomplete: Option<Unknown<()>>) -> Collection<T> {
    Collection { items, incomplete }
}

/// Returns why there may be more resources that become these.
pub(super) fn missing(gaps: &[Gap], roles: &[Role]) -> Option<Unknown<()>> {
    let wanted = |kind: &str| vocabulary::of(kind).is_some_and(|(_, role)| roles.contains(&role));
    first(gaps, wanted)
}

/// Returns why there may be more resources of a type.
pub(super) fn missing_kind(gaps: &[Gap], kind: &str) -> Option<Unknown<()>> {
    first(gaps, |other| other == kind)
}

fn first(gaps: &[Gap], wanted: impl Fn(&str) -> bool) -> Option<Unknown<()>> {
    let concerns = |gap: &&Gap| gap.kind.as_deref().is_none_or(&wanted);
    gaps.iter().find(concerns).map(|gap| gap.unknown.clone())
}
