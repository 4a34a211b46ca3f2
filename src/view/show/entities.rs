//! The entities of the model with the values that are shown of them, in the order in which they are shown.

use crate::engine::Analysis;
use crate::model::{Cluster, Design, Id, Network, NodePool, VirtualNetwork};
use crate::source::Span;
use crate::value::EntityId;

use super::meaning;
use super::value::{Shown, outline, shown};

/// Everything that was understood.
#[derive(Debug, Default)]
pub(super) struct Understood<'a> {
    pub(super) clusters: Vec<ShownCluster<'a>>,
    pub(super) subnets: Vec<ShownEntity<'a>>,
    pub(super) virtual_networks: Vec<ShownEntity<'a>>,
}

/// Names of the model and their values.
pub(super) type Values = Vec<(&'static str, Shown)>;

/// An entity and its values.
#[derive(Debug)]
pub(super) struct ShownEntity<'a> {
    pub(super) address: &'a str,
    pub(super) root: &'a str,
    pub(super) variant: Option<&'a str>,
    pub(super) head: Span,
    pub(super) values: Values,
    /// The virtual networks that this one is peered with.
    pub(super) peers: Vec<Shown>,
}

/// A cluster and its pools.
#[derive(Debug)]
pub(super) struct ShownCluster<'a> {
    pub(super) entity: ShownEntity<'a>,
    /// The language it is written in.
    pub(super) source: String,
    pub(super) model: String,
    /// What the model means for the cluster, in one line.
    pub(super) meaning: String,
    pub(super) pools: Vec<ShownPool<'a>>,
}

/// A pool and its name in Azure, if that is known.
#[derive(Debug)]
pub(super) struct ShownPool<'a> {
    pub(super) name: Option<String>,
    pub(super) entity: ShownEntity<'a>,
}

/// Returns what was understood of every root and variant, in their order.
pub(super) fn understood(analysis: &Analysis) -> Understood<'_> {
    let mut all = Understood::default();
    for design in &analysis.designs {
        let network = &design.after;
        let clusters = network.clusters.iter().map(|c| cluster(design, c));
        all.clusters.extend(clusters);
        all.subnets.extend(network.subnets.iter().map(|subnet| {
            let vnet = ("vnet", shown(network, &subnet.virtual_network));
            let prefixes = ("prefixes", shown(network, &subnet.prefixes));
            entity(design, subnet.id, vec![vnet, prefixes])
        }));
        let vnets = network.virtual_networks.iter().map(|v| vnet(design, v));
        all.virtual_networks.extend(vnets);
    }
    all
}

fn entity(design: &Design, id: EntityId, values: Values) -> ShownEntity<'_> {
    let entity = design.after.entity(id);
    ShownEntity {
        address: &entity.address,
        root: &design.root,
        variant: design.variant.as_deref(),
        head: entity.head,
        values,
        peers: Vec::new(),
    }
}

fn vnet<'a>(design: &'a Design, vnet: &VirtualNetwork) -> ShownEntity<'a> {
    let network = &design.after;
    let is_this = |id: &Id<VirtualNetwork>| network.virtual_networks[*id].id == vnet.id;
    let peers = network
        .peerings
        .iter()
        .filter(|peering| peering.from.get().is_some_and(is_this))
        .map(|peering| shown(network, &peering.to))
        .collect();
    let space = ("address_space", shown(network, &vnet.address_space));
    ShownEntity {
        peers,
        ..entity(design, vnet.id, vec![space])
    }
}

fn cluster<'a>(design: &'a Design, cluster: &'a Cluster) -> ShownCluster<'a> {
    let network = &design.after;
    let model = cluster.model(network.pools_of(cluster));
    let name =
        |pool: &NodePool| Some(pool.name.get()?.to_string()).filter(|_| !pool.name.sensitive);
    let pools = network.pools_of(cluster).map(|pool| ShownPool {
        name: name(pool),
        entity: entity(design, pool.id, pool_values(network, pool)),
    });
    ShownCluster {
        entity: entity(design, cluster.id, cluster_values(network, cluster)),
        source: network.dialect.to_string(),
        meaning: meaning::of(model, cluster, network),
        model: model.map_or_else(|| "unknown".to_owned(), |model| model.to_string()),
        pools: pools.collect(),
    }
}

/// Lists fields under their own names, which no function can read.
macro_rules! fields {
    ($network:expr, $of:expr, $($field:ident),+ $(,)?) => {
        vec![$((stringify!($field), shown($network, &$of.$field))),+]
    };
}

/// Returns the settings of a cluster; the first twelve are the ones that its network model is made of.
fn cluster_values(network: &Network, cluster: &Cluster) -> Values {
    let mut values = fields!(
        network,
        cluster,
        network_plugin,
        network_plugin_mode,
        network_policy,
        network_data_plane,
        load_balancer_sku,
        outbound_type,
        pod_cidrs,
        service_cidrs,
        dns_service_ip,
        ip_versions,
        private_cluster_enabled,
        kubernetes_version,
        name,
        location,
        resource_group,
        sku_tier,
        network_mode,
        docker_bridge_cidr,
        private_dns_zone_id,
        private_cluster_public_fqdn_enabled,
        dns_prefix,
        dns_prefix_private_cluster,
        node_provisioning,
        virtual_nodes_subnet,
        bootstrap_artifact_source,
    );
    let access = &cluster.api_server;
    let ranges = shown(network, &access.authorized_ip_ranges);
    let integration = shown(network, &access.virtual_network_integration_enabled);
    values.extend([
        ("authorized_ip_ranges", ranges),
        ("api_server_subnet", shown(network, &access.subnet)),
        ("api_server_vnet_integration_enabled", integration),
        ("identity", shown(network, &cluster.identity.kind)),
        ("identity_ids", shown(network, &cluster.identity.ids)),
    ]);
    values.extend(profiles(network, cluster));
    values
}

/// Returns the settings inside the profiles of a cluster; a profile that is not known to be there stands for all of them.
fn profiles(network: &Network, cluster: &Cluster) -> Values {
    let mut values = Values::new();
    let mut add = |prefix: &'static str, inner: Option<Values>, whole: Shown| match inner {
        Some(inner) => values.extend(inner),
        None => values.push((prefix, whole)),
    };
    let profile = &cluster.load_balancer_profile;
    let inner = profile.get().map(|profile| {
        fields!(
            network,
            profile,
            managed_outbound_ip_count,
            managed_outbound_ipv6_count,
            outbound_ip_addresses,
            outbound_ip_prefixes,
            outbound_ports_allocated,
            idle_timeout_minutes,
            backend_pool_type,
        )
    });
    add("load_balancer_profile", inner, outline(network, profile));
    let profile = &cluster.nat_gateway_profile;
    let inner = profile.get().map(|profile| {
        let count = shown(network, &profile.managed_outbound_ip_count);
        let timeout = shown(network, &profile.idle_timeout_minutes);
        vec![
            ("nat_gateway_managed_outbound_ip_count", count),
            ("nat_gateway_idle_timeout_minutes", timeout),
        ]
    });
    add("nat_gateway_profile", inner, outline(network, profile));
    let profile = &cluster.advanced_networking;
    let inner = profile
        .get()
        .map(|profile| fields!(network, profile, observability_enabled, security_enabled));
    add("advanced_networking", inner, outline(network, profile));
    values
}

fn pool_values(network: &Network, pool: &NodePool) -> Values {
    fields!(
        network,
        pool,
        node_count,
        auto_scaling,
        min_count,
        max_count,
        max_pods,
        max_surge,
        vnet_subnet,
        pod_subnet,
        os_type,
        mode,
        pod_ip_allocation,
        os_sku,
        vm_size,
        kind,
        zones,
        node_public_ip_enabled,
        node_public_ip_prefix_id,
        windows_outbound_nat_enabled,
        gateway_prefix_length,
        temporary_name_for_rotation,
    )
}
