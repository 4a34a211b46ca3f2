//! A change of a resource that is written in other words than the resource: what it sets replaces what is there.

use super::arm;
use super::directory::Directory;
use super::filler::Filler;
use super::scene::Slot;
use crate::model::{Cluster, NodePool, Subnet};
use crate::value::{Cause, ProvKind, ProvNode, State, Unknown, Value};

/// A change, and whether it happens.
struct Overlay<'a> {
    filler: Filler<'a>,
    /// Why it may not happen.
    doubt: Option<Unknown<()>>,
}

/// Changes a cluster for which nothing is filled in yet.
pub(super) fn cluster(cluster: &mut Cluster, update: &Slot<'_>, directory: &Directory<'_>) {
    let (new, _) = arm::cluster::read(update, directory);
    let on = Overlay::new(update);
    on.lay(&mut cluster.kubernetes_version, new.kubernetes_version);
    on.lay(&mut cluster.sku_tier, new.sku_tier);
    on.lay(&mut cluster.network_plugin, new.network_plugin);
    on.lay(&mut cluster.network_plugin_mode, new.network_plugin_mode);
    on.lay(&mut cluster.network_policy, new.network_policy);
    on.lay(&mut cluster.network_data_plane, new.network_data_plane);
    on.lay(&mut cluster.network_mode, new.network_mode);
    on.lay(&mut cluster.load_balancer_sku, new.load_balancer_sku);
    on.lay(&mut cluster.outbound_type, new.outbound_type);
    on.lay(&mut cluster.pod_cidrs, new.pod_cidrs);
    on.lay(&mut cluster.service_cidrs, new.service_cidrs);
    on.lay(&mut cluster.pod_cidr, new.pod_cidr);
    on.lay(&mut cluster.service_cidr, new.service_cidr);
    on.lay(&mut cluster.dns_service_ip, new.dns_service_ip);
    on.lay(&mut cluster.docker_bridge_cidr, new.docker_bridge_cidr);
    on.lay(&mut cluster.ip_versions, new.ip_versions);
    on.lay(&mut cluster.private_dns_zone_id, new.private_dns_zone_id);
    on.lay(
        &mut cluster.private_cluster_enabled,
        new.private_cluster_enabled,
    );
    on.lay(
        &mut cluster.private_cluster_public_fqdn_enabled,
        new.private_cluster_public_fqdn_enabled,
    );
    on.lay(&mut cluster.dns_prefix, new.dns_prefix);
    on.lay(&mut cluster.node_provisioning, new.node_provisioning);
    on.lay(&mut cluster.virtual_nodes_subnet, new.virtual_nodes_subnet);
    on.lay(
        &mut cluster.bootstrap_artifact_source,
        new.bootstrap_artifact_source,
    );
    on.lay(&mut cluster.identity.kind, new.identity.kind);
    on.lay(&mut cluster.identity.ids, new.identity.ids);
    let access = &mut cluster.api_server;
    on.lay(
        &mut access.authorized_ip_ranges,
        new.api_server.authorized_ip_ranges,
    );
    on.lay(&mut access.subnet, new.api_server.subnet);
    on.lay(
        &mut access.virtual_network_integration_enabled,
        new.api_server.virtual_network_integration_enabled,
    );
    profiles(
        &on,
        cluster,
        new.load_balancer_profile,
        new.nat_gateway_profile,
        new.advanced_networking,
    );
    cluster.written.scalar_cidrs |= new.written.scalar_cidrs;
    cluster.written.list_cidrs |= new.written.list_cidrs;
}

fn profiles(
    on: &Overlay<'_>,
    cluster: &mut Cluster,
    balancer: Value<crate::model::LoadBalancerProfile>,
    gateway: Value<crate::model::NatGatewayProfile>,
    advanced: Value<crate::model::AdvancedNetworking>,
) {
    on.within(
        &mut cluster.load_balancer_profile,
        balancer,
        |on, old, new| {
            on.lay(
                &mut old.managed_outbound_ip_count,
                new.managed_outbound_ip_count,
            );
            on.lay(
                &mut old.managed_outbound_ipv6_count,
                new.managed_outbound_ipv6_count,
            );
            on.lay(&mut old.outbound_ip_addresses, new.outbound_ip_addresses);
            on.lay(&mut old.outbound_ip_prefixes, new.outbound_ip_prefixes);
            on.lay(
                &mut old.outbound_ports_allocated,
                new.outbound_ports_allocated,
            );
            on.lay(&mut old.idle_timeout_minutes, new.idle_timeout_minutes);
            on.lay(&mut old.backend_pool_type, new.backend_pool_type);
        },
    );
    on.within(&mut cluster.nat_gateway_profile, gateway, |on, old, new| {
        on.lay(
            &mut old.managed_outbound_ip_count,
            new.managed_outbound_ip_count,
        );
        on.lay(&mut old.idle_timeout_minutes, new.idle_timeout_minutes);
    });
    on.within(
        &mut cluster.advanced_networking,
        advanced,
        |on, old, new| {
            on.lay(&mut old.observability_enabled, new.observability_enabled);
            on.lay(&mut old.security_enabled, new.security_enabled);
        },
    );
}

/// Changes a pool.
pub(super) fn pool(pool: &mut NodePool, update: &Slot<'_>, directory: &Directory<'_>) {
    let new = arm::pool::written(update, directory);
    let on = Overlay::new(update);
    on.lay(&mut pool.mode, new.mode);
    on.lay(&mut pool.node_count, new.node_count);
    on.lay(&mut pool.auto_scaling, new.auto_scaling);
    on.lay(&mut pool.min_count, new.min_count);
    on.lay(&mut pool.max_count, new.max_count);
    on.lay(&mut pool.max_pods, new.max_pods);
    on.lay(&mut pool.max_surge, new.max_surge);
    on.lay(&mut pool.vnet_subnet, new.vnet_subnet);
    on.lay(&mut pool.pod_subnet, new.pod_subnet);
    on.lay(&mut pool.pod_ip_allocation, new.pod_ip_allocation);
    on.lay(&mut pool.os_type, new.os_type);
    on.lay(&mut pool.os_sku, new.os_sku);
    on.lay(&mut pool.vm_size, new.vm_size);
    on.lay(&mut pool.kind, new.kind);
    on.lay(&mut pool.zones, new.zones);
    on.lay(&mut pool.node_public_ip_enabled, new.node_public_ip_enabled);
    on.lay(
        &mut pool.node_public_ip_prefix_id,
        new.node_public_ip_prefix_id,
    );
    on.lay(
        &mut pool.windows_outbound_nat_enabled,
        new.windows_outbound_nat_enabled,
    );
    on.lay(&mut pool.gateway_prefix_length, new.gateway_prefix_length);
}

/// Changes a subnet.
pub(super) fn subnet(subnet: &mut Subnet, update: &Slot<'_>, directory: &Directory<'_>) {
    let new = arm::subnet::written(update, directory);
    let on = Overlay::new(update);
    on.lay(&mut subnet.prefixes, new.prefixes);
    on.lay(&mut subnet.route_table, new.route_table);
    on.lay(&mut subnet.nat_gateway, new.nat_gateway);
    on.lay(&mut subnet.security_group, new.security_group);
    on.lay(&mut subnet.delegations, new.delegations);
    on.lay(
        &mut subnet.default_outbound_access_enabled,
        new.default_outbound_access_enabled,
    );
    on.lay(&mut subnet.service_endpoints, new.service_endpoints);
    on.lay(
        &mut subnet.private_endpoint_network_policies,
        new.private_endpoint_network_policies,
    );
}

impl<'a> Overlay<'a> {
    fn new(update: &Slot<'a>) -> Self {
        let filler = Filler(update.reader.trail());
        let resource = update.resource;
        let doubt = (!update.presence.truth.is_true()).then(|| {
            let node = ProvNode::new(ProvKind::Computed, Some(resource.head))
                .named(resource.address.as_str());
            let origin = resource
                .doubt
                .unwrap_or_else(|| filler.0.borrow_mut().add(node));
            Unknown::new(Cause::Repetition, origin)
        });
        Overlay { filler, doubt }
    }

    /// Replaces a value if the change sets it.
    fn lay<T>(&self, old: &mut Value<T>, new: Value<T>) {
        if new.is_absent() {
            return;
        }
        *old = match &self.doubt {
            Some(doubt) => self.filler.unknown(&new, doubt.forget()),
            None => new,
        };
    }

    /// Replaces what the change sets of a profile.
    fn within<T>(&self, old: &mut Value<T>, new: Value<T>, each: impl FnOnce(&Self, &mut T, T)) {
        match (&mut old.state, new.state) {
            (State::Known(old), State::Known(new)) => each(self, old, new),
            (_, state) => self.lay(
                old,
                Value {
                    state,
                    prov: new.prov,
                    written_at: new.written_at,
                    sensitive: new.sensitive,
                },
            ),
        }
    }
}
