//! `Microsoft.ContainerService/managedClusters`.

use std::sync::Arc;

use super::{identity, network_profile, properties};
use crate::cidr::Cidr;
use crate::model::{ApiServerAccess, Cluster, PrivateDnsZone, Vocabulary};
use crate::project::ProviderVersion;
use crate::schema::cluster::{Terms, blank};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::ids;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::truth::Truth;
use crate::value::{Cause, List, Node, ProvId, ProvKind, State, Unknown, Value};

/// Returns the cluster as it is written, and who fills in what.
pub(in crate::schema) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> (Cluster, Terms) {
    let block = &slot.reader;
    let inside = properties(block);
    let mut cluster = blank(
        slot.entity,
        &inside,
        Vocabulary::Arm,
        ProviderVersion::default(),
    );
    let profile = inside.block("networkProfile");
    network_profile::read(&mut cluster, &profile, directory);
    cluster.name = block.value("name", convert::text);
    cluster.location = block.value("location", convert::text);
    cluster.resource_group = block.read(("resource_group", &["parent"]), ids::group_name);
    cluster.kubernetes_version = inside.value(
        ("kubernetes_version", &["kubernetesVersion"]),
        convert::version,
    );
    let sku = block.block("sku");
    cluster.sku_tier = sku.value(("sku_tier", &["tier"]), convert::text);
    cluster.dns_prefix = inside.value(("dns_prefix", &["dnsPrefix"]), convert::text);
    cluster.dns_prefix_private_cluster = inside.value(
        ("dns_prefix_private_cluster", &["fqdnSubdomain"]),
        convert::text,
    );
    access(&mut cluster, &inside, directory);
    cluster.api_server.public_network_access_enabled = inside.value(
        ("public_network_access_enabled", &["publicNetworkAccess"]),
        convert::enabled,
    );
    cluster.identity = identity::read(block);
    cluster.node_provisioning = inside
        .block("nodeProvisioningProfile")
        .value(("node_provisioning", &["mode"]), convert::choice);
    cluster.virtual_nodes_subnet = virtual_nodes_subnet(&inside);
    cluster.bootstrap_artifact_source = inside.block("bootstrapProfile").value(
        ("bootstrap_artifact_source", &["artifactSource"]),
        convert::text,
    );
    let (automatic, doubt) = automatic(&sku);
    let terms = Terms {
        vocabulary: Vocabulary::Arm,
        own: ProvKind::AzureDefault,
        profile: ProvKind::AzureDefault,
        automatic,
        managed_network: network_is_managed(&inside),
        doubt,
        provider: ProviderVersion::default(),
    };
    (cluster, terms)
}

/// Tells whether Azure sets the cluster up as it sees fit, and if that is not known, why. Source: azure-aks-docs
/// intro-aks-automatic.md and the `managedClusters` reference, `sku.name`: `Base` or `Automatic`; read 2026-11-22.
fn automatic(sku: &Reader<'_>) -> (Truth, Option<(Cause, ProvId)>) {
    let name = sku.value(("sku_name", &["name"]), convert::text);
    match &name.state {
        State::Known(name) => (name.eq_ignore_ascii_case("Automatic").into(), None),
        State::Absent | State::Invalid { .. } => (Truth::False, None),
        State::Unknown(unknown) => {
            let is = |name: &Arc<str>| name.eq_ignore_ascii_case("Automatic");
            match unknown.one_of.as_deref() {
                Some(all) if !all.iter().any(is) => (Truth::False, None),
                _ => (Truth::Unknown, Some((unknown.cause, unknown.origin))),
            }
        }
    }
}

fn access(cluster: &mut Cluster, inside: &Reader<'_>, directory: &Directory<'_>) {
    let profile = &inside.block("apiServerAccessProfile");
    cluster.private_cluster_enabled = profile.value(
        ("private_cluster_enabled", &["enablePrivateCluster"]),
        convert::truth,
    );
    cluster.private_dns_zone_id =
        profile.value(("private_dns_zone_id", &["privateDNSZone"]), convert::text);
    cluster.private_dns_zone = zone_in_code(profile);
    cluster.private_cluster_public_fqdn_enabled = profile.value(
        (
            "private_cluster_public_fqdn_enabled",
            &["enablePrivateClusterPublicFQDN"],
        ),
        convert::truth,
    );
    cluster.api_server = ApiServerAccess {
        public_network_access_enabled: profile.absent("public_network_access_enabled"),
        authorized_ip_ranges: authorized_ip_ranges(inside, profile),
        subnet: profile.read(("api_server_subnet", &["subnetId"]), |tree| {
            directory.link(tree)
        }),
        virtual_network_integration_enabled: profile.value(
            (
                "virtual_network_integration_enabled",
                &["enableVnetIntegration"],
            ),
            convert::truth,
        ),
    };
}

/// Returns that the zone is the user's where the code names a resource by its id; absent where the value has to tell.
fn zone_in_code(profile: &Reader<'_>) -> Value<PrivateDnsZone> {
    profile.read(
        ("private_dns_zone_id", &["privateDNSZone"]),
        |tree| match &tree.node {
            Node::Ref(reference) if ids::is_id(&reference.path) => {
                State::Known(PrivateDnsZone::Custom)
            }
            _ => State::Absent,
        },
    )
}

/// Returns the ranges; API versions of 2019 have them beside the profile. Source: MicrosoftDocs/azure-docs
/// api-server-authorized-ip-ranges.md of 2019, a template of API version 2019-02-01; read 2026-11-22.
fn authorized_ip_ranges(inside: &Reader<'_>, profile: &Reader<'_>) -> List<Cidr> {
    let field = ("authorized_ip_ranges", &["authorizedIPRanges"]);
    let ranges = profile.list(field, convert::cidr);
    if !ranges.is_absent() {
        return ranges;
    }
    let older = ("authorized_ip_ranges", &["apiServerAuthorizedIPRanges"]);
    let older = inside.list(older, convert::cidr);
    if older.is_absent() { ranges } else { older }
}

/// Tells whether all nodes are in a network that AKS makes.
fn network_is_managed(inside: &Reader<'_>) -> bool {
    let pools = inside.blocks("agentPoolProfiles");
    let own = |pool: &Reader<'_>| pool.value("vnetSubnetID", convert::text).is_absent();
    let api = inside.block("apiServerAccessProfile");
    let managed = pools.more.is_none() && !pools.all.is_empty() && pools.all.iter().all(own);
    managed && api.value("subnetId", convert::text).is_absent()
}

/// Returns the subnet of virtual nodes; unknown where it is not known whether they are on.
fn virtual_nodes_subnet(inside: &Reader<'_>) -> Value<Arc<str>> {
    let addon = inside.block("addonProfiles").block("aciConnectorLinux");
    let enabled = addon.value("enabled", convert::truth);
    match enabled.state {
        State::Known(true) => addon
            .block("config")
            .value(("virtual_nodes_subnet", &["SubnetName"]), convert::text),
        State::Unknown(unknown) => {
            let perhaps = Unknown {
                null: Truth::Unknown,
                ..unknown.forget()
            };
            addon.unknown("virtual_nodes_subnet", perhaps)
        }
        State::Known(false) | State::Absent | State::Invalid { .. } => {
            addon.absent("virtual_nodes_subnet")
        }
    }
}
