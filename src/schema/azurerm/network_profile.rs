//! The `network_profile` block of a cluster.

use std::net::IpAddr;
use std::sync::Arc;

use super::plugin::{Addressing, Way, Ways};
use crate::azure::defaults;
use crate::cidr::Cidr;
use crate::model::{
    AdvancedNetworking, BackendPoolType, DataPlane, IpVersion, LoadBalancerProfile,
    LoadBalancerSku, NatGatewayProfile, NetworkPolicy, OutboundType,
};
use crate::project::ProviderVersion;
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::truth::Truth;
use crate::value::{Cause, Kind, List, ProvKind, State, Unknown, Value};

/// What a network profile says, and what is filled in.
pub(super) struct NetworkProfile {
    pub network_policy: Value<NetworkPolicy>,
    pub network_data_plane: Value<DataPlane>,
    pub network_mode: Value<Arc<str>>,
    pub load_balancer_sku: Value<LoadBalancerSku>,
    pub outbound_type: Value<OutboundType>,
    pub pod_cidrs: List<Cidr>,
    pub service_cidrs: List<Cidr>,
    pub dns_service_ip: Value<IpAddr>,
    pub docker_bridge_cidr: Value<Cidr>,
    pub ip_versions: List<IpVersion>,
    pub load_balancer_profile: Value<LoadBalancerProfile>,
    pub nat_gateway_profile: Value<NatGatewayProfile>,
    pub advanced_networking: Value<AdvancedNetworking>,
    pub scalar_cidrs: bool,
    pub list_cidrs: bool,
}

/// Returns what the block says of a cluster that gives pods their addresses this way.
pub(super) fn read(
    block: &Reader<'_>,
    addressing: &Addressing,
    directory: &Directory<'_>,
    provider: ProviderVersion,
) -> NetworkProfile {
    let filler = filler(block);
    let ip_versions = block.or_list(
        block.list("ip_versions", convert::choice),
        ProvKind::AzureDefault,
        &[IpVersion::V4],
    );
    let dual = is_dual(&ip_versions);
    let data_plane = (
        "network_data_plane",
        &["network_data_plane", "ebpf_data_plane"],
    );
    let set = |names: [&str; 2]| names.iter().any(|name| block.tree(name).is_some());
    NetworkProfile {
        network_policy: block.value("network_policy", convert::choice),
        network_data_plane: block.or(
            block.value(data_plane, convert::choice),
            filler,
            DataPlane::Azure,
        ),
        network_mode: block.value("network_mode", convert::text),
        load_balancer_sku: load_balancer_sku(block, provider),
        outbound_type: block.or(
            block.value("outbound_type", convert::choice),
            filler,
            OutboundType::LoadBalancer,
        ),
        pod_cidrs: pod_cidrs(block, &addressing.ways, dual),
        service_cidrs: service_cidrs(block, dual),
        dns_service_ip: block.or(
            block.value("dns_service_ip", convert::address),
            ProvKind::AzureDefault,
            defaults::DNS_SERVICE_IP,
        ),
        docker_bridge_cidr: block.value("docker_bridge_cidr", convert::cidr),
        ip_versions,
        load_balancer_profile: block.profile("load_balancer_profile", |block| {
            load_balancer(block, directory, dual)
        }),
        nat_gateway_profile: block.profile("nat_gateway_profile", nat_gateway),
        advanced_networking: block.profile("advanced_networking", advanced_networking),
        scalar_cidrs: set(["pod_cidr", "service_cidr"]),
        list_cidrs: set(["pod_cidrs", "service_cidrs"]),
    }
}

/// Returns who fills in what is not written: without the block the provider sends nothing, and Azure fills in the same.
fn filler(block: &Reader<'_>) -> ProvKind {
    if block.is_written() {
        ProvKind::ProviderDefault
    } else {
        ProvKind::AzureDefault
    }
}

/// Returns the SKU: azurerm 2 changed what it fills in. What Azure gave a cluster of azurerm 1 without the block is not known.
fn load_balancer_sku(block: &Reader<'_>, provider: ProviderVersion) -> Value<LoadBalancerSku> {
    let value = block.value("load_balancer_sku", convert::choice);
    let since = defaults::LOAD_BALANCER_SKU_STANDARD_SINCE;
    if provider.at_most.is_none_or(|major| major >= since) {
        return block.or(value, filler(block), LoadBalancerSku::Standard);
    }
    if block.is_written() || !value.is_absent() {
        return block.or(value, filler(block), LoadBalancerSku::Basic);
    }
    let either = [LoadBalancerSku::Basic, LoadBalancerSku::Standard];
    let origin = block.lacks("load_balancer_sku");
    let unknown = Unknown {
        one_of: Some(either.into()),
        ..Unknown::new(Cause::ComputedAtApply, origin).not_null()
    };
    block.unknown("load_balancer_sku", unknown)
}

fn service_cidrs(block: &Reader<'_>, dual: Truth) -> List<Cidr> {
    let mut written = block.list("service_cidrs", convert::cidr);
    if written.is_absent() {
        written = block.single(("service_cidrs", &["service_cidr"]), convert::cidr);
    }
    let (one, two) = (defaults::SERVICE_CIDR, &defaults::DUAL_STACK_SERVICE_CIDRS);
    filled(block, written, one, two, dual)
}

/// Returns the pod ranges: Azure fills one in where the plugin takes pod addresses from a range of their own.
fn pod_cidrs(block: &Reader<'_>, ways: &Ways, dual: Truth) -> List<Cidr> {
    let mut written = block.list("pod_cidrs", convert::cidr);
    if written.is_absent() {
        written = block.single(("pod_cidrs", &["pod_cidr"]), convert::cidr);
    }
    let ranged = |way: &Way| matches!(way, Way::Kubenet | Way::Overlay);
    let all = ways.all.as_deref().unwrap_or_default();
    let filled = || {
        let (one, two) = (defaults::POD_CIDR, &defaults::DUAL_STACK_POD_CIDRS);
        filled(block, written.clone(), one, two, dual)
    };
    if !all.is_empty() && all.iter().all(ranged) {
        return filled();
    }
    let flat = !all.is_empty() && !all.iter().any(ranged);
    let (true, false, Some((cause, origin))) = (written.is_absent(), flat, ways.open) else {
        return written;
    };
    let default = filled();
    let unknown = Unknown {
        one_of: default.get().map(|ranges| [ranges.clone()].into()),
        ..Unknown::new(cause, origin).of_kind(Kind::List)
    };
    block.unknown("pod_cidrs", unknown)
}

/// Fills in the ranges that Azure gives a single-stack or a dual-stack cluster.
fn filled(
    block: &Reader<'_>,
    written: List<Cidr>,
    one: Cidr,
    two: &[&str; 2],
    dual: Truth,
) -> List<Cidr> {
    let two: Vec<Cidr> = two
        .iter()
        .filter_map(|text| Cidr::parse(text).ok())
        .collect();
    match dual {
        Truth::False => block.or_list(written, ProvKind::AzureDefault, &[one]),
        Truth::True => block.or_list(written, ProvKind::AzureDefault, &two),
        Truth::Unknown if written.is_absent() => {
            let unknown = Unknown::new(Cause::ComputedAtApply, block.lacks("ip_versions"));
            Value {
                state: State::Unknown(unknown.not_null().of_kind(Kind::List)),
                ..written
            }
        }
        Truth::Unknown => written,
    }
}

/// Tells whether IPv6 is among the families.
fn is_dual(ip_versions: &List<IpVersion>) -> Truth {
    let Some(items) = ip_versions.get() else {
        return Truth::from(ip_versions.is_unknown()).and(Truth::Unknown);
    };
    items.iter().fold(Truth::False, |dual, item| {
        dual.or(match &item.state {
            State::Known(version) => (*version == IpVersion::V6).into(),
            State::Unknown(_) => Truth::Unknown,
            State::Absent | State::Invalid { .. } => Truth::False,
        })
    })
}

fn load_balancer(
    block: &Reader<'_>,
    directory: &Directory<'_>,
    dual: Truth,
) -> LoadBalancerProfile {
    let provider = ProvKind::ProviderDefault;
    let addresses = block.list_of(
        ("outbound_ip_addresses", &["outbound_ip_address_ids"]),
        |tree| directory.link(tree),
    );
    let prefixes = block.list_of(
        ("outbound_ip_prefixes", &["outbound_ip_prefix_ids"]),
        |tree| directory.link(tree),
    );
    let managed = block.value("managed_outbound_ip_count", convert::number);
    let managed_v6 = block.value("managed_outbound_ipv6_count", convert::number);
    let own = addresses.is_absent() && prefixes.is_absent();
    let azure = ProvKind::AzureDefault;
    LoadBalancerProfile {
        managed_outbound_ip_count: if own {
            block.or_number(managed, azure, defaults::MANAGED_OUTBOUND_IPS)
        } else {
            managed
        },
        managed_outbound_ipv6_count: match (own, dual) {
            (true, Truth::False) => block.or_number(managed_v6, azure, 0),
            (true, Truth::True) => {
                block.or_number(managed_v6, azure, defaults::MANAGED_OUTBOUND_IPS)
            }
            (true, Truth::Unknown) | (false, _) => managed_v6,
        },
        outbound_ip_addresses: addresses,
        outbound_ip_prefixes: prefixes,
        outbound_ports_allocated: block.or_number(
            block.value("outbound_ports_allocated", convert::number),
            provider,
            defaults::OUTBOUND_PORTS,
        ),
        idle_timeout_minutes: block.or_number(
            block.value(
                ("idle_timeout_minutes", &["idle_timeout_in_minutes"]),
                convert::number,
            ),
            provider,
            defaults::LOAD_BALANCER_IDLE_MINUTES,
        ),
        backend_pool_type: block.or(
            block.value("backend_pool_type", convert::choice),
            provider,
            BackendPoolType::NodeIpConfiguration,
        ),
    }
}

fn nat_gateway(block: &Reader<'_>) -> NatGatewayProfile {
    NatGatewayProfile {
        managed_outbound_ip_count: block.or_number(
            block.value("managed_outbound_ip_count", convert::number),
            ProvKind::AzureDefault,
            defaults::NAT_GATEWAY_MANAGED_IPS,
        ),
        idle_timeout_minutes: block.or_number(
            block.value(
                ("idle_timeout_minutes", &["idle_timeout_in_minutes"]),
                convert::number,
            ),
            ProvKind::ProviderDefault,
            defaults::NAT_GATEWAY_IDLE_MINUTES,
        ),
    }
}

fn advanced_networking(block: &Reader<'_>) -> AdvancedNetworking {
    let switch = |name: &'static str| {
        let value = block.value(name, convert::truth);
        block.or(value, ProvKind::ProviderDefault, false)
    };
    AdvancedNetworking {
        observability_enabled: switch("observability_enabled"),
        security_enabled: switch("security_enabled"),
    }
}
