//! The `network_profile` block of a cluster.

use crate::cidr::Cidr;
use crate::model::{AdvancedNetworking, Cluster, LoadBalancerProfile, NatGatewayProfile};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::field::Field;
use crate::schema::reader::Reader;
use crate::value::List;

/// Sets what the block says.
pub(super) fn read(cluster: &mut Cluster, block: &Reader<'_>, directory: &Directory<'_>) {
    let data_plane = (
        "network_data_plane",
        &["network_data_plane", "ebpf_data_plane"],
    );
    let set = |names: [&str; 2]| names.iter().any(|name| block.tree(name).is_some());
    cluster.network_plugin = block.value("network_plugin", convert::choice);
    cluster.network_plugin_mode = block.value("network_plugin_mode", convert::choice);
    cluster.network_policy = block.value("network_policy", convert::choice);
    cluster.network_data_plane = block.value(data_plane, convert::choice);
    cluster.network_mode = block.value("network_mode", convert::text);
    cluster.load_balancer_sku = block.value("load_balancer_sku", convert::choice);
    cluster.outbound_type = block.value("outbound_type", convert::choice);
    cluster.pod_cidrs = ranges(block, "pod_cidrs", ("pod_cidrs", &["pod_cidr"]));
    cluster.service_cidrs = ranges(block, "service_cidrs", ("service_cidrs", &["service_cidr"]));
    cluster.pod_cidr = block.value("pod_cidr", convert::cidr);
    cluster.service_cidr = block.value("service_cidr", convert::cidr);
    cluster.dns_service_ip = block.value("dns_service_ip", convert::address);
    cluster.docker_bridge_cidr = block.value("docker_bridge_cidr", convert::cidr);
    cluster.ip_versions = block.list("ip_versions", convert::choice);
    cluster.load_balancer_profile = block.profile("load_balancer_profile", |block| {
        load_balancer(block, directory)
    });
    cluster.nat_gateway_profile = block.profile("nat_gateway_profile", nat_gateway);
    cluster.advanced_networking = block.profile("advanced_networking", advanced_networking);
    cluster.written.scalar_cidrs = set(["pod_cidr", "service_cidr"]);
    cluster.written.list_cidrs = set(["pod_cidrs", "service_cidrs"]);
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
    LoadBalancerProfile {
        managed_outbound_ip_count: block.value("managed_outbound_ip_count", convert::number),
        managed_outbound_ipv6_count: block.value("managed_outbound_ipv6_count", convert::number),
        outbound_ip_addresses: block.list_of(
            ("outbound_ip_addresses", &["outbound_ip_address_ids"]),
            |tree| directory.link(tree),
        ),
        outbound_ip_prefixes: block.list_of(
            ("outbound_ip_prefixes", &["outbound_ip_prefix_ids"]),
            |tree| directory.link(tree),
        ),
        outbound_ports_allocated: block.value("outbound_ports_allocated", convert::number),
        idle_timeout_minutes: block.value(
            ("idle_timeout_minutes", &["idle_timeout_in_minutes"]),
            convert::number,
        ),
        backend_pool_type: block.value("backend_pool_type", convert::choice),
    }
}

fn nat_gateway(block: &Reader<'_>) -> NatGatewayProfile {
    NatGatewayProfile {
        managed_outbound_ip_count: block.value("managed_outbound_ip_count", convert::number),
        idle_timeout_minutes: block.value(
            ("idle_timeout_minutes", &["idle_timeout_in_minutes"]),
            convert::number,
        ),
    }
}

fn advanced_networking(block: &Reader<'_>) -> AdvancedNetworking {
    AdvancedNetworking {
        observability_enabled: block.value("observability_enabled", convert::truth),
        security_enabled: block.value("security_enabled", convert::truth),
    }
}
