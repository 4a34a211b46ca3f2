//! `azurerm_kubernetes_cluster` and `azurerm_kubernetes_automatic_cluster`.

use std::sync::Arc;

use super::network_profile;
use crate::model::{ApiServerAccess, Cluster, Identity, NodeProvisioning, Vocabulary};
use crate::project::ProviderVersion;
use crate::schema::cluster::{Terms, blank};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::truth::Truth;
use crate::value::{ProvKind, State, Unknown, Value};

const GROUP: (&str, &[&str; 1]) = ("resource_group", &["resource_group_name"]);
const AUTOMATIC: &str = "azurerm_kubernetes_automatic_cluster";

/// Returns the cluster as it is written, and who fills in what.
pub(in crate::schema) fn read(
    slot: &Slot<'_>,
    directory: &Directory<'_>,
    provider: ProviderVersion,
) -> (Cluster, Terms) {
    let block = &slot.reader;
    let automatic = slot.resource.kind.as_str() == AUTOMATIC;
    let mut cluster = blank(slot.entity, block, Vocabulary::Azurerm, provider);
    let profile = block.block("network_profile");
    network_profile::read(&mut cluster, &profile, directory);
    let text = |name: &'static str| block.value(name, convert::text);
    cluster.name = text("name");
    cluster.location = text("location");
    cluster.resource_group = block.value(GROUP, convert::text);
    cluster.kubernetes_version = block.value("kubernetes_version", convert::version);
    cluster.sku_tier = text("sku_tier");
    cluster.dns_prefix = text("dns_prefix");
    cluster.dns_prefix_private_cluster = text("dns_prefix_private_cluster");
    cluster.identity = identity(block);
    cluster.node_provisioning = node_provisioning(block);
    cluster.virtual_nodes_subnet = virtual_nodes_subnet(block);
    cluster.bootstrap_artifact_source = bootstrap(block);
    if automatic {
        read_automatic(&mut cluster, slot, directory);
    } else {
        read_private(&mut cluster, block);
        let access = block.block("api_server_access_profile");
        cluster.api_server = api_server(slot, &access, directory);
    }
    let own = ProvKind::ProviderDefault;
    // Without the block the provider sends nothing, and Azure fills in the same.
    let profile = if profile.is_written() {
        own
    } else {
        ProvKind::AzureDefault
    };
    let terms = Terms {
        vocabulary: Vocabulary::Azurerm,
        own,
        profile,
        automatic: automatic.into(),
        managed_network: false,
        doubt: None,
        provider,
    };
    (cluster, terms)
}

fn read_private(cluster: &mut Cluster, block: &Reader<'_>) {
    let names = &["private_cluster_enabled", "private_link_enabled"];
    cluster.private_cluster_enabled =
        block.value(("private_cluster_enabled", names), convert::truth);
    cluster.private_dns_zone_id = block.value("private_dns_zone_id", convert::text);
    cluster.private_cluster_public_fqdn_enabled =
        block.value("private_cluster_public_fqdn_enabled", convert::truth);
}

/// Reads what automatic clusters write in another way.
fn read_automatic(cluster: &mut Cluster, slot: &Slot<'_>, directory: &Directory<'_>) {
    let block = &slot.reader;
    cluster.api_server = api_server(slot, &block.block("api_server_access"), directory);
    let private = block.block("private_cluster");
    if private.is_written() {
        let place = private.attribute("private_cluster_enabled", private.head(), None);
        cluster.private_cluster_enabled = Value::known(true, place);
    }
    cluster.private_dns_zone_id = private.value("private_dns_zone_id", convert::text);
    cluster.private_cluster_public_fqdn_enabled = private.value(
        (
            "private_cluster_public_fqdn_enabled",
            &["public_fully_qualified_domain_name_enabled"],
        ),
        convert::truth,
    );
}

fn api_server(slot: &Slot<'_>, profile: &Reader<'_>, directory: &Directory<'_>) -> ApiServerAccess {
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
        // Only azurerm 3 had it.
        public_network_access_enabled: slot
            .reader
            .value("public_network_access_enabled", convert::truth),
        authorized_ip_ranges: ranges,
        subnet: profile.read(("api_server_subnet", &["subnet_id"]), |tree| {
            directory.link(tree)
        }),
        virtual_network_integration_enabled: integration,
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
    profile.value(("node_provisioning", &["mode"]), convert::choice)
}

fn bootstrap(block: &Reader<'_>) -> Value<Arc<str>> {
    let profile = block.block("bootstrap_profile");
    let field = ("bootstrap_artifact_source", &["artifact_source"]);
    profile.value(field, convert::text)
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
