//! `azurerm_kubernetes_cluster` and `azurerm_kubernetes_automatic_cluster`.

use std::sync::Arc;

use super::network_profile;
use super::plugin::{self, Ways};
use super::scene::{Scene, Slot};
use super::{pool, written};
use crate::azure::defaults;
use crate::model::{
    ApiServerAccess, Cluster, DataPlane, Dialect, Id, Identity, NetworkPolicy, NodePool,
    NodeProvisioning, Written,
};
use crate::project::ProviderVersion;
use crate::schema::convert;
use crate::schema::reader::Reader;
use crate::truth::Truth;
use crate::value::{Cause, ProvKind, State, Unknown, Value};

const GROUP: (&str, &[&str; 1]) = ("resource_group", &["resource_group_name"]);
const AUTOMATIC: &str = "azurerm_kubernetes_automatic_cluster";

/// Returns clusters and pools, and why any cluster may have more pools than are linked to it.
pub(super) fn read_all(
    scene: &Scene<'_>,
    provider: ProviderVersion,
) -> (Vec<Cluster>, Vec<NodePool>, Option<Unknown<()>>) {
    let slots = scene.slots.clusters.iter();
    let (mut clusters, ways): (Vec<Cluster>, Vec<Ways>) =
        slots.map(|slot| read(slot, scene, provider)).unzip();
    let mut pools = Vec::new();
    let mut unplaced = None;
    for slot in &scene.slots.pools {
        let mut pool = pool::read(slot, &scene.directory);
        let open = match &pool.cluster.state {
            State::Known(id) => {
                if !pool.default {
                    let removed = written::removed(slot, slot.reader.trail(), provider);
                    clusters[id.index()].written.removed.extend(removed);
                }
                clusters[id.index()].pools.push(Id::new(pools.len()));
                ways[id.index()].clone()
            }
            State::Unknown(unknown) => {
                unplaced = unplaced.or(Some(unknown.forget()));
                Ways::unlisted(Some((unknown.cause, unknown.origin)))
            }
            State::Absent | State::Invalid { .. } => Ways::unlisted(None),
        };
        pool::fill(&mut pool, slot, &open);
        pools.push(pool);
    }
    for cluster in &mut clusters {
        cluster.pools.sort_by_key(|id| !pools[id.index()].default);
    }
    (clusters, pools, unplaced)
}

fn read(slot: &Slot<'_>, scene: &Scene<'_>, provider: ProviderVersion) -> (Cluster, Ways) {
    let block = &slot.reader;
    let profile = block.block("network_profile");
    let automatic = slot.resource.kind.as_str() == AUTOMATIC;
    let addressing = if automatic {
        plugin::automatic(&profile)
    } else {
        plugin::read(block, &profile)
    };
    let network = network_profile::read(&profile, &addressing, &scene.directory, provider);
    let text = |name: &'static str| block.value(name, convert::text);
    let mut cluster = Cluster {
        id: slot.entity,
        name: text("name"),
        location: text("location"),
        resource_group: block.value(GROUP, convert::text),
        kubernetes_version: block.value("kubernetes_version", convert::version),
        sku_tier: sku_tier(block, automatic),
        network_plugin: addressing.plugin,
        network_plugin_mode: addressing.mode,
        network_policy: network.network_policy,
        network_data_plane: network.network_data_plane,
        network_mode: network.network_mode,
        load_balancer_sku: network.load_balancer_sku,
        outbound_type: network.outbound_type,
        pod_cidrs: network.pod_cidrs,
        service_cidrs: network.service_cidrs,
        dns_service_ip: network.dns_service_ip,
        docker_bridge_cidr: network.docker_bridge_cidr,
        ip_versions: network.ip_versions,
        load_balancer_profile: network.load_balancer_profile,
        nat_gateway_profile: network.nat_gateway_profile,
        advanced_networking: network.advanced_networking,
        private_cluster_enabled: private_cluster(block),
        private_dns_zone_id: text("private_dns_zone_id"),
        private_cluster_public_fqdn_enabled: public_name(block),
        dns_prefix: text("dns_prefix"),
        dns_prefix_private_cluster: text("dns_prefix_private_cluster"),
        api_server: api_server(slot, &block.block("api_server_access_profile"), scene),
        identity: identity(block),
        node_provisioning: node_provisioning(block),
        virtual_nodes_subnet: virtual_nodes_subnet(block),
        bootstrap_artifact_source: bootstrap(block),
        pools: Vec::new(),
        written: Written {
            dialect: Dialect::Terraform,
            provider,
            removed: written::removed(slot, block.trail(), provider),
            scalar_cidrs: network.scalar_cidrs,
            list_cidrs: network.list_cidrs,
        },
    };
    if automatic {
        read_automatic(&mut cluster, slot, scene);
    }
    (cluster, addressing.ways)
}

/// Sets what Azure decides for automatic clusters. Source: azure-aks-docs intro-aks-automatic.md, "Networking"; azurerm
/// `kubernetes_automatic_cluster.html.markdown`; read 2026-11-22.
fn read_automatic(cluster: &mut Cluster, slot: &Slot<'_>, scene: &Scene<'_>) {
    let block = &slot.reader;
    let azure = ProvKind::AzureDefault;
    let policy = block.absent("network_policy");
    cluster.network_policy = block.or(policy, azure, NetworkPolicy::Cilium);
    let data_plane = block.absent("network_data_plane");
    cluster.network_data_plane = block.or(data_plane, azure, DataPlane::Cilium);
    let provisioning = block.absent("node_provisioning");
    cluster.node_provisioning = block.or(provisioning, azure, NodeProvisioning::Auto);
    let decided = Unknown::new(Cause::ComputedAtApply, block.lacks("outbound_type"));
    cluster.outbound_type = block.unknown("outbound_type", decided.not_null());
    cluster.api_server = api_server(slot, &block.block("api_server_access"), scene);
    let integration = block.absent("virtual_network_integration_enabled");
    cluster.api_server.virtual_network_integration_enabled = block.or(integration, azure, true);
    let private = block.block("private_cluster");
    if private.is_written() {
        let place = private.attribute("private_cluster_enabled", private.head(), None);
        cluster.private_cluster_enabled = Value::known(true, place);
    }
    cluster.private_dns_zone_id = private.value("private_dns_zone_id", convert::text);
    let public = private.value(
        (
            "private_cluster_public_fqdn_enabled",
            &["public_fully_qualified_domain_name_enabled"],
        ),
        convert::truth,
    );
    cluster.private_cluster_public_fqdn_enabled =
        private.or(public, ProvKind::ProviderDefault, false);
}

/// Returns the control plane's tier.
fn sku_tier(block: &Reader<'_>, automatic: bool) -> Value<Arc<str>> {
    let value = block.value("sku_tier", convert::text);
    if automatic {
        let tier = defaults::SKU_TIER_AUTOMATIC.into();
        return block.or(value, ProvKind::AzureDefault, tier);
    }
    block.or(value, ProvKind::ProviderDefault, defaults::SKU_TIER.into())
}

fn public_name(block: &Reader<'_>) -> Value<bool> {
    let value = block.value("private_cluster_public_fqdn_enabled", convert::truth);
    block.or(value, ProvKind::ProviderDefault, false)
}

fn private_cluster(block: &Reader<'_>) -> Value<bool> {
    let names = &["private_cluster_enabled", "private_link_enabled"];
    let value = block.value(("private_cluster_enabled", names), convert::truth);
    block.or(value, ProvKind::ProviderDefault, false)
}

fn api_server(slot: &Slot<'_>, profile: &Reader<'_>, scene: &Scene<'_>) -> ApiServerAccess {
    let mut ranges = profile.list("authorized_ip_ranges", convert::cidr);
    if ranges.is_absent() {
        let old = ("authorized_ip_ranges", &["api_server_authorized_ip_ranges"]);
        let written = slot.reader.list(old, convert::cidr);
        ranges = if written.is_absent() { ranges } else { written };
    }
    let integration = profile.value(
        (
            "virtual_network_integration_enabled",
            &[
                "virtual_network_integration_enabled",
                "vnet_integration_enabled",
            ],
        ),
        convert::truth,
    );
    ApiServerAccess {
        authorized_ip_ranges: ranges,
        subnet: profile.read(("api_server_subnet", &["subnet_id"]), |tree| {
            scene.directory.link(tree)
        }),
        virtual_network_integration_enabled: profile.or(integration, ProvKind::AzureDefault, false),
    }
}

fn identity(block: &Reader<'_>) -> Identity {
    let identity = block.block("identity");
    Identity {
        kind: identity.value(("identity", &["type"]), convert::choice),
        // azurerm 2 had one id only.
        ids: {
            let list = identity.list("identity_ids", convert::text);
            if list.is_absent() {
                identity.single(
                    ("identity_ids", &["user_assigned_identity_id"]),
                    convert::text,
                )
            } else {
                list
            }
        },
    }
}

fn node_provisioning(block: &Reader<'_>) -> Value<NodeProvisioning> {
    let profile = block.block("node_provisioning_profile");
    let value = profile.value(("node_provisioning", &["mode"]), convert::choice);
    profile.or(value, ProvKind::AzureDefault, NodeProvisioning::Manual)
}

fn bootstrap(block: &Reader<'_>) -> Value<Arc<str>> {
    let profile = block.block("bootstrap_profile");
    let field = ("bootstrap_artifact_source", &["artifact_source"]);
    let value = profile.value(field, convert::text);
    profile.or(
        value,
        ProvKind::AzureDefault,
        defaults::BOOTSTRAP_ARTIFACT_SOURCE.into(),
    )
}

/// Returns the subnet of virtual nodes; azurerm 2 had them in `addon_profile`, with a switch.
fn virtual_nodes_subnet(block: &Reader<'_>) -> Value<Arc<str>> {
    let field = ("virtual_nodes_subnet", &["subnet_name"]);
    let value = block
        .block("aci_connector_linux")
        .value(field, convert::text);
    if !value.is_absent() {
        return value;
    }
    let old = block.block("addon_profile").block("aci_connector_linux");
    let enabled = old.value("enabled", convert::truth);
    match &enabled.state {
        State::Known(true) => old.value(field, convert::text),
        State::Unknown(unknown) => {
            let unknown = Unknown {
                null: Truth::Unknown,
                ..unknown.forget()
            };
            old.unknown("virtual_nodes_subnet", unknown)
        }
        State::Known(false) | State::Absent | State::Invalid { .. } => value,
    }
}
