//! The `networkProfile` of a cluster.

use super::linked;
use crate::cidr::Cidr;
use crate::model::{AdvancedNetworking, Cluster, LoadBalancerProfile, NatGatewayProfile};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::field::Field;
use crate::schema::reader::Reader;
use crate::value::{List, Value};

/// Sets what the profile says.
pub(super) fn read(cluster: &mut Cluster, block: &Reader<'_>, directory: &Directory<'_>) {
    let set = |names: [&str; 2]| names.iter().any(|name| block.tree(name).is_some());
    cluster.network_plugin = block.value(("network_plugin", &["networkPlugin"]), convert::choice);
    cluster.network_plugin_mode = block.value(
        ("network_plugin_mode", &["networkPluginMode"]),
        convert::choice,
    );
    cluster.network_policy = block.value(("network_policy", &["networkPolicy"]), convert::choice);
    // Source: azure-aks-docs azure-cni-powered-by-cilium.md: API versions up to 2023-01-02-preview; read 2026-11-22.
    cluster.network_data_plane = block.value(
        ("network_data_plane", &["networkDataplane", "ebpfDataplane"]),
        convert::choice,
    );
    cluster.network_mode = block.value(("network_mode", &["networkMode"]), convert::text);
    cluster.load_balancer_sku =
        block.value(("load_balancer_sku", &["loadBalancerSku"]), convert::choice);
    cluster.outbound_type = block.value(("outbound_type", &["outboundType"]), convert::choice);
    cluster.pod_cidrs = ranges(
        block,
        ("pod_cidrs", &["podCidrs"]),
        ("pod_cidrs", &["podCidr"]),
    );
    cluster.service_cidrs = ranges(
        block,
        ("service_cidrs", &["serviceCidrs"]),
        ("service_cidrs", &["serviceCidr"]),
    );
    cluster.pod_cidr = block.value(("pod_cidr", &["podCidr"]), convert::cidr);
    cluster.service_cidr = block.value(("service_cidr", &["serviceCidr"]), convert::cidr);
    cluster.dns_service_ip = block.value(("dns_service_ip", &["dnsServiceIP"]), convert::address);
    cluster.docker_bridge_cidr =
        block.value(("docker_bridge_cidr", &["dockerBridgeCidr"]), convert::cidr);
    cluster.ip_versions = block.list(("ip_versions", &["ipFamilies"]), convert::choice);
    cluster.load_balancer_profile = block.profile(
        ("load_balancer_profile", &["loadBalancerProfile"]),
        |block| load_balancer(block, directory),
    );
    cluster.nat_gateway_profile =
        block.profile(("nat_gateway_profile", &["natGatewayProfile"]), nat_gateway);
    cluster.advanced_networking = block.profile(
        ("advanced_networking", &["advancedNetworking"]),
        advanced_networking,
    );
    cluster.written.scalar_cidrs = set(["podCidr", "serviceCidr"]);
    cluster.written.list_cidrs = set(["podCidrs", "serviceCidrs"]);
}

/// Returns the ranges of the list form, or of the one-range form.
fn ranges(block: &Reader<'_>, list: impl Into<Field>, single: impl Into<Field>) -> List<Cidr> {
    let written = block.list(list, convert::cidr);
    if written.is_absent() {
        return block.single(single, convert::cidr);
    }
    written
}

fn load_balancer(block: &Reader<'_>, directory: &Directory<'_>) -> LoadBalancerProfile {
    let managed = block.block("managedOutboundIPs");
    LoadBalancerProfile {
        managed_outbound_ip_count: managed
            .value(("managed_outbound_ip_count", &["count"]), convert::number),
        managed_outbound_ipv6_count: managed.value(
            ("managed_outbound_ipv6_count", &["countIPv6"]),
            convert::number,
        ),
        outbound_ip_addresses: block
            .block("outboundIPs")
            .list_of(("outbound_ip_addresses", &["publicIPs"]), |tree| {
                linked(tree, directory)
            }),
        outbound_ip_prefixes: block
            .block("outboundIPPrefixes")
            .list_of(("outbound_ip_prefixes", &["publicIPPrefixes"]), |tree| {
                linked(tree, directory)
            }),
        outbound_ports_allocated: block.value(
            ("outbound_ports_allocated", &["allocatedOutboundPorts"]),
            convert::number,
        ),
        idle_timeout_minutes: idle_timeout(block),
        backend_pool_type: block
            .value(("backend_pool_type", &["backendPoolType"]), convert::choice),
    }
}

fn nat_gateway(block: &Reader<'_>) -> NatGatewayProfile {
    NatGatewayProfile {
        managed_outbound_ip_count: block
            .block("managedOutboundIPProfile")
            .value(("managed_outbound_ip_count", &["count"]), convert::number),
        idle_timeout_minutes: idle_timeout(block),
    }
}

fn idle_timeout(block: &Reader<'_>) -> Value<u32> {
    block.value(
        ("idle_timeout_minutes", &["idleTimeoutInMinutes"]),
        convert::number,
    )
}

/// Returns the switches; `enabled` is that of each feature that has none of its own. Source: ARM `AdvancedNetworking.enabled`,
/// read 2026-11-22.
fn advanced_networking(block: &Reader<'_>) -> AdvancedNetworking {
    let observability = ("observability_enabled", &["enabled"]);
    let security = ("security_enabled", &["enabled"]);
    let or = |own: Value<bool>, all: Value<bool>| if own.is_absent() { all } else { own };
    AdvancedNetworking {
        observability_enabled: or(
            block
                .block("observability")
                .value(observability, convert::truth),
            block.value(observability, convert::truth),
        ),
        security_enabled: or(
            block.block("security").value(security, convert::truth),
            block.value(security, convert::truth),
        ),
    }
}
