//! `azurerm_kubernetes_cluster_node_pool`, and the `default_node_pool` and `agent_pool_profile` blocks of a cluster.

use super::plugin::{Way, Ways};
use super::scene::Slot;
use super::translation::zones;
use crate::azure::defaults;
use crate::model::{Id, NodePool, OsType, PodIpAllocation, PoolMode, Surge};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::truth::Truth;
use crate::value::{Cause, Interval, Kind, ProvId, ProvKind, State, Unknown, Value};

/// Returns the pool; what hangs on its cluster is filled in by [`fill`].
pub(super) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> NodePool {
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
        temporary_name_for_rotation: block.value("temporary_name_for_rotation", convert::text),
    }
}

/// Fills in what hangs on the pool's cluster and subnets.
pub(super) fn fill(pool: &mut NodePool, slot: &Slot<'_>, ways: &Ways) {
    let block = &slot.reader;
    if !pool.pod_subnet.is_absent() {
        // azurerm has no attribute for it.
        let value = block.absent("pod_ip_allocation");
        let default = PodIpAllocation::DynamicIndividual;
        pool.pod_ip_allocation = block.or(value, ProvKind::AzureDefault, default);
    }
    let all = ways.all.as_deref();
    let defaults = all.and_then(|all| max_pods(all, absent(&pool.pod_subnet)));
    let value = std::mem::replace(&mut pool.max_pods, block.absent("max_pods"));
    pool.max_pods = match (value.state, defaults.as_deref()) {
        (State::Absent, Some([only])) => {
            block.or_number(Value::absent(value.prov), ProvKind::AzureDefault, *only)
        }
        (State::Absent, _) => {
            let (cause, origin) = open(pool, ways)
                .unwrap_or_else(|| (Cause::ComputedAtApply, block.lacks("max_pods")));
            let unknown = Unknown::new(cause, origin).of_kind(Kind::Number);
            block.unknown("max_pods", among(unknown.not_null(), defaults.as_deref()))
        }
        (State::Unknown(unknown), _) if !unknown.null.is_false() => Value {
            state: State::Unknown(joined(unknown, defaults.as_deref())),
            ..Value::absent(value.prov)
        },
        (state, _) => Value {
            state,
            prov: value.prov,
            written_at: value.written_at,
            sensitive: value.sensitive,
        },
    };
}

/// Returns why the way that pods get their addresses is not known.
fn open(pool: &NodePool, ways: &Ways) -> Option<(Cause, ProvId)> {
    ways.open.or_else(|| match &pool.pod_subnet.state {
        State::Unknown(unknown) if !unknown.null.is_false() => {
            Some((unknown.cause, unknown.origin))
        }
        State::Unknown(_) | State::Known(_) | State::Absent | State::Invalid { .. } => None,
    })
}

/// Returns all numbers that Azure may fill in, sorted; `None` when they cannot be listed.
fn max_pods(ways: &[Way], no_pod_subnet: Truth) -> Option<Vec<u32>> {
    let mut all = Vec::new();
    for way in ways {
        match way {
            Way::Kubenet => all.push(defaults::MAX_PODS_KUBENET),
            Way::Overlay => all.push(defaults::MAX_PODS_OVERLAY),
            Way::Flat => {
                if !no_pod_subnet.is_false() {
                    all.push(defaults::MAX_PODS_NODE_SUBNET);
                }
                if !no_pod_subnet.is_true() {
                    // Two pages of the documentation disagree.
                    all.push(defaults::MAX_PODS_POD_SUBNET);
                    all.push(defaults::MAX_PODS_POD_SUBNET_OTHER);
                }
            }
            Way::ByoCni => return None,
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Narrows an unknown number to one of a few.
fn among(unknown: Unknown<u32>, all: Option<&[u32]>) -> Unknown<u32> {
    let interval = |number: &u32| Interval::exactly(i64::from(*number));
    Unknown {
        bounds: all.and_then(|all| all.iter().map(interval).reduce(Interval::hull)),
        one_of: all.map(Into::into),
        ..unknown
    }
}

/// Adds to what an unknown number may be what is filled in if it is null.
fn joined(unknown: Unknown<u32>, all: Option<&[u32]>) -> Unknown<u32> {
    let filled = among(Unknown::new(unknown.cause, unknown.origin), all);
    let both = unknown.one_of.as_deref().zip(all);
    Unknown {
        null: Truth::False,
        bounds: unknown.bounds.zip(filled.bounds).map(|(a, b)| a.hull(b)),
        one_of: both.map(|(own, all)| own.iter().chain(all).copied().collect()),
        term: None,
        ..unknown
    }
}

/// Tells whether a value is absent.
fn absent<T>(value: &Value<T>) -> Truth {
    match &value.state {
        State::Absent => Truth::True,
        State::Known(_) | State::Invalid { .. } => Truth::False,
        State::Unknown(unknown) => unknown.null,
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
