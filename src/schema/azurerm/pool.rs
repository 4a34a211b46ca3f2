//! `azurerm_kubernetes_cluster_node_pool`, and the `default_node_pool` and `agent_pool_profile` blocks of a cluster.

use super::translation::zones;
use crate::azure::defaults;
use crate::model::{Id, NodePool, OsType, PoolMode, Surge};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{ProvKind, Value};

/// Returns the pool; what hangs on its cluster is still to be filled in.
pub(in crate::schema) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> NodePool {
    let block = &slot.reader;
    let provider = ProvKind::ProviderDefault;
    let default = slot.parent.is_some();
    let mode = if default {
        PoolMode::System
    } else {
        PoolMode::User
    };
    let os_type = block.value("os_type", convert::choice);
    let os_type = block.or(os_type, provider, OsType::Linux);
    let kind = block.value(("kind", &["type"]), convert::text);
    let count = block.value(("node_count", &["node_count", "count"]), convert::number);
    NodePool {
        id: slot.entity,
        name: block.value("name", convert::text),
        cluster: match slot.parent {
            Some(index) => Value::known(
                Id::new(index),
                block.attribute("cluster", block.head(), None),
            ),
            None => slot.link(("cluster", &["kubernetes_cluster_id"]), directory),
        },
        default,
        mode: block.or(block.value("mode", convert::choice), provider, mode),
        node_count: block.or_number(count, ProvKind::AzureDefault, defaults::NODE_COUNT),
        auto_scaling: switch(
            block,
            (
                "auto_scaling",
                &["auto_scaling_enabled", "enable_auto_scaling"],
            ),
        ),
        min_count: block.value("min_count", convert::number),
        max_count: block.value("max_count", convert::number),
        max_pods: block.value("max_pods", convert::number),
        max_surge: max_surge(block),
        vnet_subnet: slot.link(("vnet_subnet", &["vnet_subnet_id"]), directory),
        pod_subnet: slot.link(("pod_subnet", &["pod_subnet_id"]), directory),
        // azurerm has no attribute for it.
        pod_ip_allocation: block.absent("pod_ip_allocation"),
        windows_outbound_nat_enabled: outbound_nat(block, &os_type),
        os_type,
        os_sku: block.value("os_sku", convert::text),
        vm_size: block.value("vm_size", convert::text),
        kind: block.or(kind, provider, defaults::POOL_KIND.into()),
        zones: zones(block),
        node_public_ip_enabled: switch(
            block,
            (
                "node_public_ip_enabled",
                &["node_public_ip_enabled", "enable_node_public_ip"],
            ),
        ),
        node_public_ip_prefix_id: block.value("node_public_ip_prefix_id", convert::text),
        // azurerm has no attribute for it.
        gateway_prefix_length: block.absent("gateway_prefix_length"),
        temporary_name_for_rotation: block.value("temporary_name_for_rotation", convert::text),
    }
}

/// Returns a switch that is off unless it is written.
fn switch(block: &Reader<'_>, field: (&'static str, &'static [&'static str; 2])) -> Value<bool> {
    let value = block.value(field, convert::truth);
    block.or(value, ProvKind::ProviderDefault, false)
}

/// Returns the surge; absent where nodes are drained first, or are spot nodes, which have none.
fn max_surge(block: &Reader<'_>) -> Value<Surge> {
    let settings = block.block("upgrade_settings");
    let value = settings.value("max_surge", convert::surge);
    let priority = block.value("priority", convert::text);
    let spot = priority
        .get()
        .is_some_and(|priority| priority.eq_ignore_ascii_case("Spot"));
    if spot || settings.tree("max_unavailable").is_some() {
        return value;
    }
    let default = Surge::Percent(defaults::MAX_SURGE_PERCENT);
    settings.or(value, ProvKind::AzureDefault, default)
}

/// Returns whether Windows nodes translate outgoing addresses; absent for Linux.
fn outbound_nat(block: &Reader<'_>, os_type: &Value<OsType>) -> Value<bool> {
    let profile = block.block("windows_profile");
    let field = ("windows_outbound_nat_enabled", &["outbound_nat_enabled"]);
    let value = profile.value(field, convert::truth);
    if os_type.get() == Some(&OsType::Linux) {
        return value;
    }
    profile.or(value, ProvKind::ProviderDefault, true)
}
