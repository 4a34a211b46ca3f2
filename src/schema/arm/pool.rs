//! `Microsoft.ContainerService/managedClusters/agentPools`, and the `agentPoolProfiles` of a cluster.

use super::{opposite, owner, properties};
use crate::azure::defaults;
use crate::model::{NodePool, OsType, PoolMode, Surge};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{ProvKind, Value};

const AZURE: ProvKind = ProvKind::AzureDefault;

/// Returns the pool; what hangs on its cluster is still to be filled in.
pub(in crate::schema) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> NodePool {
    let mut pool = written(slot, directory);
    let block = inside(slot);
    let filler = block.filler();
    pool.node_count = filler.or_number(pool.node_count, AZURE, defaults::NODE_COUNT);
    pool.auto_scaling = filler.or(pool.auto_scaling, AZURE, false);
    pool.node_public_ip_enabled = filler.or(pool.node_public_ip_enabled, AZURE, false);
    pool.os_type = filler.or(pool.os_type, AZURE, OsType::Linux);
    if !drains(&block) {
        let surge = Surge::Percent(defaults::MAX_SURGE_PERCENT);
        pool.max_surge = filler.or(pool.max_surge, AZURE, surge);
    }
    if pool.os_type.get() != Some(&OsType::Linux) {
        let translated = pool.windows_outbound_nat_enabled;
        pool.windows_outbound_nat_enabled = filler.or(translated, AZURE, true);
    }
    let modes = [PoolMode::System, PoolMode::User];
    pool.mode = filler.or_chosen(pool.mode, "mode", Some(&modes));
    pool.kind = filler.or_chosen(pool.kind, "type", None);
    pool
}

/// Returns what is written of the pool.
pub(in crate::schema) fn written(slot: &Slot<'_>, directory: &Directory<'_>) -> NodePool {
    let block = &inside(slot);
    NodePool {
        id: slot.entity,
        name: slot.reader.value("name", convert::text),
        cluster: owner(slot, ("cluster", &["parent"]), directory),
        default: slot.parent.is_some(),
        mode: block.value("mode", convert::choice),
        node_count: block.value(("node_count", &["count"]), convert::number),
        auto_scaling: block.value(("auto_scaling", &["enableAutoScaling"]), convert::truth),
        min_count: block.value(("min_count", &["minCount"]), convert::number),
        max_count: block.value(("max_count", &["maxCount"]), convert::number),
        max_pods: block.value(("max_pods", &["maxPods"]), convert::number),
        max_surge: block
            .block("upgradeSettings")
            .value(("max_surge", &["maxSurge"]), convert::surge),
        vnet_subnet: block.read(("vnet_subnet", &["vnetSubnetID"]), |tree| {
            directory.link(tree)
        }),
        pod_subnet: block.read(("pod_subnet", &["podSubnetID"]), |tree| {
            directory.link(tree)
        }),
        pod_ip_allocation: block.value(
            ("pod_ip_allocation", &["podIPAllocationMode"]),
            convert::choice,
        ),
        os_type: block.value(("os_type", &["osType"]), convert::choice),
        os_sku: block.value(("os_sku", &["osSKU"]), convert::text),
        vm_size: block.value(("vm_size", &["vmSize"]), convert::text),
        kind: block.value(("kind", &["type"]), convert::text),
        zones: block.list(("zones", &["availabilityZones"]), convert::text),
        node_public_ip_enabled: block.value(
            ("node_public_ip_enabled", &["enableNodePublicIP"]),
            convert::truth,
        ),
        node_public_ip_prefix_id: block.value(
            ("node_public_ip_prefix_id", &["nodePublicIPPrefixID"]),
            convert::text,
        ),
        windows_outbound_nat_enabled: outbound_nat(block),
        gateway_prefix_length: block.block("gatewayProfile").value(
            ("gateway_prefix_length", &["publicIPPrefixSize"]),
            convert::number,
        ),
        temporary_name_for_rotation: block.absent("temporary_name_for_rotation"),
    }
}

/// Returns what holds the settings: a profile inside a cluster has no `properties`.
fn inside<'a>(slot: &Slot<'a>) -> Reader<'a> {
    if slot.parent.is_some() {
        slot.reader.clone()
    } else {
        properties(&slot.reader)
    }
}

/// Tells whether nodes are drained first, or are spot nodes, which have no surge.
fn drains(block: &Reader<'_>) -> bool {
    let priority = block.value("scaleSetPriority", convert::text);
    let spot = priority
        .get()
        .is_some_and(|priority| priority.eq_ignore_ascii_case("Spot"));
    spot || block
        .block("upgradeSettings")
        .tree("maxUnavailable")
        .is_some()
}

fn outbound_nat(block: &Reader<'_>) -> Value<bool> {
    opposite(block.block("windowsProfile").value(
        ("windows_outbound_nat_enabled", &["disableOutboundNat"]),
        convert::truth,
    ))
}
