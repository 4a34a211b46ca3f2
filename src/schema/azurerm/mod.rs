//! What hashicorp/azurerm calls things, release 1 to 5.
//!
//! First every resource becomes a slot, so that all entities have their numbers; then names are entered in the directory,
//! VNets before subnets; then everything is read, what is linked to before what links to it.

mod association;
mod cluster;
mod network_profile;
mod plugin;
mod pool;
mod routing;
mod scene;
mod security;
mod subnet;
mod translation;
mod virtual_network;
mod written;

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::{Collection, Dialect, Network, Subnet};
use crate::project::{Instances, ProviderVersion};
use crate::resource::{Gap, Resources};
use crate::value::Unknown;
use scene::Scene;

/// The resource types that matter, as managed resources and as data sources.
pub(super) const KINDS: &[&str] = &[
    "azurerm_kubernetes_automatic_cluster",
    "azurerm_kubernetes_cluster",
    "azurerm_kubernetes_cluster_node_pool",
    "azurerm_nat_gateway",
    "azurerm_nat_gateway_public_ip_association",
    "azurerm_nat_gateway_public_ip_prefix_association",
    "azurerm_network_security_group",
    "azurerm_network_security_rule",
    "azurerm_public_ip",
    "azurerm_public_ip_prefix",
    "azurerm_route",
    "azurerm_route_table",
    "azurerm_subnet",
    "azurerm_subnet_nat_gateway_association",
    "azurerm_subnet_network_security_group_association",
    "azurerm_subnet_route_table_association",
    "azurerm_virtual_network",
    "azurerm_virtual_network_peering",
];

/// What clusters are made of.
const CLUSTERS: &[&str] = &[
    "azurerm_kubernetes_automatic_cluster",
    "azurerm_kubernetes_cluster",
];

/// What pools are made of.
const POOLS: &[&str] = &[
    "azurerm_kubernetes_cluster",
    "azurerm_kubernetes_cluster_node_pool",
];

/// What subnets are made of.
const SUBNETS: &[&str] = &["azurerm_subnet", "azurerm_virtual_network"];

/// Returns the network that the resources describe.
pub(super) fn read(resources: Resources) -> Network {
    let Resources {
        all,
        provenance,
        instances,
        gaps,
        azurerm,
    } = resources;
    let instances = Arc::new(instances);
    let trail = RefCell::new(provenance);
    let scene = Scene::new(&all, &instances, &trail);
    let network = assemble(scene, &gaps, azurerm, Arc::clone(&instances));
    Network {
        provenance: Arc::new(trail.into_inner()),
        ..network
    }
}

/// Returns the network, its provenance still to be filled in.
fn assemble(
    mut scene: Scene<'_>,
    gaps: &[Gap],
    provider: ProviderVersion,
    instances: Arc<Instances>,
) -> Network {
    scene.enter_names();
    let virtual_networks = scene.slots.virtual_networks.iter();
    let virtual_networks = virtual_networks.map(virtual_network::read).collect();
    let mut subnets = subnets(&mut scene);
    association::bind_all(&scene, gaps, &mut subnets);
    let (clusters, pools, unplaced) = cluster::read_all(&scene, provider);
    let route_tables = routing::read_all(&scene, missing(gaps, &["azurerm_route"]));
    let more_rules = missing(gaps, &["azurerm_network_security_rule"]);
    let security_groups = security::read_all(&scene, more_rules);
    let inline = scene.more_subnets.take();
    let of = |kinds: &[&str]| missing(gaps, kinds);
    Network {
        dialect: Dialect::Terraform,
        clusters: collection(clusters, of(CLUSTERS)),
        pools: collection(pools, of(POOLS).or(unplaced)),
        subnets: collection(subnets, of(SUBNETS).or(inline)),
        virtual_networks: collection(virtual_networks, of(&["azurerm_virtual_network"])),
        peerings: collection(
            virtual_network::peerings(&scene),
            of(&["azurerm_virtual_network_peering"]),
        ),
        route_tables: collection(route_tables, of(&["azurerm_route_table"])),
        nat_gateways: collection(
            translation::nat_gateways(&scene, gaps),
            of(&["azurerm_nat_gateway"]),
        ),
        public_ips: collection(
            translation::public_ips(&scene, provider),
            of(&["azurerm_public_ip"]),
        ),
        public_ip_prefixes: collection(
            translation::prefixes(&scene),
            of(&["azurerm_public_ip_prefix"]),
        ),
        security_groups: collection(security_groups, of(&["azurerm_network_security_group"])),
        entities: scene.entities,
        provenance: Arc::default(),
        instances,
    }
}

fn subnets(scene: &mut Scene<'_>) -> Vec<Subnet> {
    let mut all = Vec::new();
    for slot in &scene.slots.subnets {
        let subnet = subnet::read(slot, &scene.directory);
        subnet::enter(slot, &subnet, all.len(), &mut scene.directory);
        all.push(subnet);
    }
    all
}

fn collection<T>(items: Vec<T>, incomplete: Option<Unknown<()>>) -> Collection<T> {
    Collection { items, incomplete }
}

/// Returns why there may be more resources of these types.
fn missing(gaps: &[Gap], kinds: &[&str]) -> Option<Unknown<()>> {
    let concerns = |gap: &&Gap| {
        let kind = gap.kind.as_deref();
        kind.is_none_or(|kind| kinds.contains(&kind))
    };
    gaps.iter().find(concerns).map(|gap| gap.unknown.clone())
}
