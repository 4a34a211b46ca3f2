//! A cluster as it is written becomes a cluster as it is: what nobody wrote is filled in. Knows no attribute by name.

use super::addressing::{self, Way, Ways};
use super::filler::Filler;
use super::private_dns;
use super::reader::Reader;
use crate::azure::defaults;
use crate::cidr::Cidr;
use crate::model::{
    AdvancedNetworking, ApiServerAccess, BackendPoolType, Cluster, DataPlane, Dialect, Identity,
    IpVersion, LoadBalancerProfile, LoadBalancerSku, NatGatewayProfile, NetworkPolicy,
    NodeProvisioning, OutboundType, Vocabulary, Written,
};
use crate::project::ProviderVersion;
use crate::truth::Truth;
use crate::value::{Cause, EntityId, Kind, List, ProvId, ProvKind, State, Unknown, Value};

/// Who fills in what.
pub(super) struct Terms {
    /// Whose words the cluster is written in.
    pub vocabulary: Vocabulary,
    /// Who fills in what the provider or Azure fills in.
    pub own: ProvKind,
    /// The same for the network profile.
    pub profile: ProvKind,
    /// Whether Azure sets it up as it sees fit.
    pub automatic: Truth,
    /// Whether all nodes are known to be in a network that AKS makes.
    pub managed_network: bool,
    /// Why that is not known.
    pub doubt: Option<(Cause, ProvId)>,
    /// The azurerm version that the root asks for.
    pub provider: ProviderVersion,
}

/// Returns a cluster for which nothing is written.
pub(super) fn blank(
    id: EntityId,
    block: &Reader<'_>,
    vocabulary: Vocabulary,
    provider: ProviderVersion,
) -> Cluster {
    Cluster {
        id,
        name: block.absent("name"),
        location: block.absent("location"),
        resource_group: block.absent("resource_group"),
        kubernetes_version: block.absent("kubernetes_version"),
        automatic: Truth::False,
        sku_tier: block.absent("sku_tier"),
        network_plugin: block.absent("network_plugin"),
        network_plugin_mode: block.absent("network_plugin_mode"),
        network_policy: block.absent("network_policy"),
        network_data_plane: block.absent("network_data_plane"),
        network_mode: block.absent("network_mode"),
        load_balancer_sku: block.absent("load_balancer_sku"),
        outbound_type: block.absent("outbound_type"),
        pod_cidrs: block.absent("pod_cidrs"),
        service_cidrs: block.absent("service_cidrs"),
        pod_cidr: block.absent("pod_cidr"),
        service_cidr: block.absent("service_cidr"),
        dns_service_ip: block.absent("dns_service_ip"),
        docker_bridge_cidr: block.absent("docker_bridge_cidr"),
        ip_versions: block.absent("ip_versions"),
        load_balancer_profile: block.absent("load_balancer_profile"),
        nat_gateway_profile: block.absent("nat_gateway_profile"),
        advanced_networking: block.absent("advanced_networking"),
        private_cluster_enabled: block.absent("private_cluster_enabled"),
        private_dns_zone_id: block.absent("private_dns_zone_id"),
        private_dns_zone: block.absent("private_dns_zone_id"),
        private_cluster_public_fqdn_enabled: block.absent("private_cluster_public_fqdn_enabled"),
        dns_prefix: block.absent("dns_prefix"),
        dns_prefix_private_cluster: block.absent("dns_prefix_private_cluster"),
        api_server: ApiServerAccess {
            public_network_access_enabled: block.absent("public_network_access_enabled"),
            authorized_ip_ranges: block.absent("authorized_ip_ranges"),
            subnet: block.absent("api_server_subnet"),
            virtual_network_integration_enabled: block
                .absent("virtual_network_integration_enabled"),
        },
        identity: Identity {
            kind: block.absent("identity"),
            ids: block.absent("identity_ids"),
        },
        node_provisioning: block.absent("node_provisioning"),
        virtual_nodes_subnet: block.absent("virtual_nodes_subnet"),
        bootstrap_artifact_source: block.absent("bootstrap_artifact_source"),
        pools: Vec::new(),
        written: Written {
            dialect: Dialect::Terraform,
            vocabulary,
            provider,
            scalar_cidrs: false,
            list_cidrs: false,
        },
    }
}

/// Replaces a value by what becomes of it.
pub(super) fn change<T>(value: &mut Value<T>, with: impl FnOnce(Value<T>) -> Value<T>) {
    let nothing = Value::absent(value.prov);
    *value = with(std::mem::replace(value, nothing));
}

/// Fills in what is not written; returns the ways that pods may get their addresses.
pub(super) fn fill(cluster: &mut Cluster, terms: &Terms, filler: Filler<'_>) -> Ways {
    let azure = ProvKind::AzureDefault;
    let automatic = terms.automatic.is_true();
    cluster.automatic = terms.automatic;
    if cluster.private_dns_zone.is_absent() {
        cluster.private_dns_zone = private_dns::zone(&cluster.private_dns_zone_id, filler);
    }
    let ways = match (terms.automatic, terms.doubt) {
        (Truth::Unknown, Some(doubt)) => {
            leave_open(cluster, doubt, filler);
            Ways::unlisted(Some(doubt))
        }
        _ => addressing::fill(cluster, terms, filler),
    };
    if automatic {
        set_up(cluster, terms, filler);
    }
    let tier = if automatic {
        (azure, defaults::SKU_TIER_AUTOMATIC)
    } else {
        (terms.own, defaults::SKU_TIER)
    };
    change(&mut cluster.sku_tier, |v| {
        filler.or(v, tier.0, tier.1.into())
    });
    change(&mut cluster.private_cluster_enabled, |v| {
        filler.or(v, terms.own, false)
    });
    let public = cluster.private_cluster_enabled.get() == Some(&false);
    change(&mut cluster.private_cluster_public_fqdn_enabled, |v| {
        match terms.vocabulary {
            Vocabulary::Azurerm => filler.or(v, terms.own, false),
            Vocabulary::Arm if public => v,
            // What ARM does without it is not documented.
            Vocabulary::Arm => filler.or_chosen(v, "enablePrivateClusterPublicFQDN", None),
        }
    });
    let integration = &mut cluster.api_server.virtual_network_integration_enabled;
    change(integration, |v| filler.or(v, azure, false));
    change(&mut cluster.node_provisioning, |v| {
        filler.or(v, azure, NodeProvisioning::Manual)
    });
    change(&mut cluster.bootstrap_artifact_source, |v| {
        filler.or(v, azure, defaults::BOOTSTRAP_ARTIFACT_SOURCE.into())
    });
    fill_profile(cluster, terms, &ways, filler);
    ways
}

/// Leaves open what hangs on whether Azure sets the cluster up.
fn leave_open(cluster: &mut Cluster, (cause, origin): (Cause, ProvId), filler: Filler<'_>) {
    fn open<T>(value: &mut Value<T>, unknown: &Unknown<()>, filler: Filler<'_>) {
        if value.is_absent() {
            *value = filler.unknown(value, unknown.forget());
        }
    }
    let perhaps = Unknown::new(cause, origin);
    open(&mut cluster.network_plugin_mode, &perhaps, filler);
    open(&mut cluster.network_policy, &perhaps, filler);
    open(&mut cluster.network_plugin, &perhaps, filler);
    open(&mut cluster.network_data_plane, &perhaps, filler);
    open(&mut cluster.outbound_type, &perhaps, filler);
    open(&mut cluster.node_provisioning, &perhaps, filler);
    open(&mut cluster.sku_tier, &perhaps, filler);
    let integration = &mut cluster.api_server.virtual_network_integration_enabled;
    open(integration, &perhaps, filler);
}

/// Sets what Azure decides for automatic clusters: pods in an overlay with Cilium, nodes provisioned as pods need them, the API
/// server in the VNet, and in a network of its own a managed NAT gateway. Source: azure-aks-docs intro-aks-automatic.md,
/// "Networking", "Security and policies"; azurerm `kubernetes_automatic_cluster.html.markdown`; read 2026-11-22.
fn set_up(cluster: &mut Cluster, terms: &Terms, filler: Filler<'_>) {
    let azure = ProvKind::AzureDefault;
    change(&mut cluster.network_policy, |v| {
        filler.or(v, azure, NetworkPolicy::Cilium)
    });
    change(&mut cluster.network_data_plane, |v| {
        filler.or(v, azure, DataPlane::Cilium)
    });
    change(&mut cluster.node_provisioning, |v| {
        filler.or(v, azure, NodeProvisioning::Auto)
    });
    let outbound = terms.vocabulary.spell("outbound_type");
    change(&mut cluster.outbound_type, |v| {
        if terms.managed_network {
            filler.or(v, azure, OutboundType::ManagedNatGateway)
        } else {
            filler.or_chosen(v, outbound, None)
        }
    });
    let integration = &mut cluster.api_server.virtual_network_integration_enabled;
    change(integration, |v| filler.or(v, azure, true));
}

fn fill_profile(cluster: &mut Cluster, terms: &Terms, ways: &Ways, filler: Filler<'_>) {
    let azure = ProvKind::AzureDefault;
    change(&mut cluster.ip_versions, |v| {
        filler.or_list(v, azure, &[IpVersion::V4])
    });
    let dual = is_dual(&cluster.ip_versions);
    change(&mut cluster.network_data_plane, |v| {
        filler.or(v, terms.profile, DataPlane::Azure)
    });
    change(&mut cluster.load_balancer_sku, |v| {
        load_balancer_sku(v, terms, filler)
    });
    change(&mut cluster.outbound_type, |v| {
        filler.or(v, terms.profile, OutboundType::LoadBalancer)
    });
    let spelled = terms.vocabulary.spell("ip_versions");
    let stack = Stack {
        dual,
        spelled: &spelled,
        filler,
    };
    change(&mut cluster.pod_cidrs, |v| pod_cidrs(v, ways, &stack));
    change(&mut cluster.service_cidrs, |v| {
        stack.filled(
            v,
            defaults::SERVICE_CIDR,
            &defaults::DUAL_STACK_SERVICE_CIDRS,
        )
    });
    change(&mut cluster.dns_service_ip, |v| {
        filler.or(v, azure, defaults::DNS_SERVICE_IP)
    });
    if let State::Known(profile) = &mut cluster.load_balancer_profile.state {
        load_balancer(profile, terms.own, dual, filler);
    }
    if let State::Known(profile) = &mut cluster.nat_gateway_profile.state {
        nat_gateway(profile, terms.own, filler);
    }
    if let State::Known(AdvancedNetworking {
        observability_enabled,
        security_enabled,
    }) = &mut cluster.advanced_networking.state
    {
        for switch in [observability_enabled, security_enabled] {
            change(switch, |v| filler.or(v, terms.own, false));
        }
    }
}

/// Returns the SKU: azurerm 2 changed what it fills in. What Azure gave a cluster of azurerm 1 without the block is not known.
fn load_balancer_sku(
    value: Value<LoadBalancerSku>,
    terms: &Terms,
    filler: Filler<'_>,
) -> Value<LoadBalancerSku> {
    let since = defaults::LOAD_BALANCER_SKU_STANDARD_SINCE;
    if terms.provider.at_most.is_none_or(|major| major >= since) {
        return filler.or(value, terms.profile, LoadBalancerSku::Standard);
    }
    if terms.profile == ProvKind::ProviderDefault || !value.is_absent() {
        return filler.or(value, terms.profile, LoadBalancerSku::Basic);
    }
    let either = [LoadBalancerSku::Basic, LoadBalancerSku::Standard];
    filler.or_chosen(value, "load_balancer_sku", Some(&either))
}

/// Returns the pod ranges: Azure fills one in where the plugin takes pod addresses from a range of their own.
fn pod_cidrs(written: List<Cidr>, ways: &Ways, stack: &Stack<'_>) -> List<Cidr> {
    let ranged = |way: &Way| matches!(way, Way::Kubenet | Way::Overlay);
    let all = ways.all.as_deref().unwrap_or_default();
    let filled = |written| {
        let (one, two) = (defaults::POD_CIDR, &defaults::DUAL_STACK_POD_CIDRS);
        stack.filled(written, one, two)
    };
    if !all.is_empty() && all.iter().all(ranged) {
        return filled(written);
    }
    let flat = !all.is_empty() && !all.iter().any(ranged);
    let (true, false, Some((cause, origin))) = (written.is_absent(), flat, ways.open) else {
        return written;
    };
    let default = filled(written.clone());
    let unknown = Unknown {
        one_of: default.get().map(|ranges| [ranges.clone()].into()),
        ..Unknown::new(cause, origin).of_kind(Kind::List)
    };
    stack.filler.unknown(&written, unknown)
}

/// Which address families a cluster has.
struct Stack<'a> {
    dual: Truth,
    /// What the families are called.
    spelled: &'a str,
    filler: Filler<'a>,
}

impl Stack<'_> {
    /// Fills in the ranges that Azure gives a single-stack or a dual-stack cluster.
    fn filled(&self, written: List<Cidr>, one: Cidr, two: &[&str; 2]) -> List<Cidr> {
        let azure = ProvKind::AzureDefault;
        let two: Vec<Cidr> = two
            .iter()
            .filter_map(|text| Cidr::parse(text).ok())
            .collect();
        match self.dual {
            Truth::False => self.filler.or_list(written, azure, &[one]),
            Truth::True => self.filler.or_list(written, azure, &two),
            Truth::Unknown if written.is_absent() => {
                let origin = self.filler.lacks(written.prov, self.spelled);
                let unknown = Unknown::new(Cause::ComputedAtApply, origin);
                Value {
                    state: State::Unknown(unknown.not_null().of_kind(Kind::List)),
                    ..written
                }
            }
            Truth::Unknown => written,
        }
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
    profile: &mut LoadBalancerProfile,
    own: ProvKind,
    dual: Truth,
    filler: Filler<'_>,
) {
    let azure = ProvKind::AzureDefault;
    let one = defaults::MANAGED_OUTBOUND_IPS;
    if profile.outbound_ip_addresses.is_absent() && profile.outbound_ip_prefixes.is_absent() {
        change(&mut profile.managed_outbound_ip_count, |v| {
            filler.or_number(v, azure, one)
        });
        change(&mut profile.managed_outbound_ipv6_count, |v| match dual {
            Truth::False => filler.or_number(v, azure, 0),
            Truth::True => filler.or_number(v, azure, one),
            Truth::Unknown => v,
        });
    }
    change(&mut profile.outbound_ports_allocated, |v| {
        filler.or_number(v, own, defaults::OUTBOUND_PORTS)
    });
    change(&mut profile.idle_timeout_minutes, |v| {
        filler.or_number(v, own, defaults::LOAD_BALANCER_IDLE_MINUTES)
    });
    change(&mut profile.backend_pool_type, |v| {
        filler.or(v, own, BackendPoolType::NodeIpConfiguration)
    });
}

fn nat_gateway(profile: &mut NatGatewayProfile, own: ProvKind, filler: Filler<'_>) {
    change(&mut profile.managed_outbound_ip_count, |v| {
        filler.or_number(v, ProvKind::AzureDefault, defaults::NAT_GATEWAY_MANAGED_IPS)
    });
    change(&mut profile.idle_timeout_minutes, |v| {
        filler.or_number(v, own, defaults::NAT_GATEWAY_IDLE_MINUTES)
    });
}
