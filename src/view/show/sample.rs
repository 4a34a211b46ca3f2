//! A small network for tests of `show`: what is set, a default, an unknown with alternatives, a sensitive value, links.

use std::sync::Arc;

use crate::azure::defaults::SERVICE_CIDR;
use crate::cidr::Cidr;
use crate::engine::{Analysis, Stats};
use crate::model::{
    ApiServerAccess, Cluster, Collection, Design, Dialect, Entity, Id, Identity, Network,
    NetworkPlugin, NodePool, PluginMode, Subnet, Surge, VirtualNetwork, Vocabulary, Written,
};
use crate::project::{IgnoredChanges, InstanceId, Instances, ModuleId, ProviderVersion};
use crate::source::{SourceId, Sources, Span};
use crate::truth::{Presence, Truth};
use crate::value::{Cause, EntityId, ProvId, ProvKind, ProvNode, Provenance, Unknown, Value};
use crate::view::sample::{at, sources};

/// The head of the cluster's block, which lacks what is absent.
const BLOCK: ProvId = ProvId(0);

fn absent<T>() -> Value<T> {
    Value::absent(BLOCK)
}

/// Returns an analysis of one cluster with one pool in one subnet.
pub(super) fn analysis() -> Analysis {
    let (sources, main, variables) = sources();
    let head = at(
        &sources,
        main,
        "resource \"azurerm_kubernetes_cluster\" \"main\"",
    );
    let mut from = Provenance::default();
    from.add(ProvNode::new(ProvKind::Attribute, Some(head)));
    let network = network(&sources, main, variables, &mut from, head);
    Analysis {
        designs: vec![Design {
            root: ".".into(),
            variant: Some("prod.tfvars".into()),
            after: Network {
                provenance: Arc::new(from),
                ..network
            },
            before: None,
        }],
        findings: Vec::new(),
        undecided: Vec::new(),
        sources,
        stats: Stats::default(),
        read: Vec::new(),
        left_alone: Vec::new(),
    }
}

#[expect(clippy::too_many_lines, reason = "a network has many parts")]
fn network(
    sources: &Sources,
    main: SourceId,
    variables: SourceId,
    from: &mut Provenance,
    head: Span,
) -> Network {
    let entity = |address: &str| Entity {
        address: address.into(),
        head,
        block: head,
        instance: InstanceId::ROOT,
        presence: Presence::certain(),
        resource: None,
        doubt: None,
        ignored_changes: IgnoredChanges::default(),
    };
    let mut written = |text: &str| {
        let span = at(sources, main, text);
        from.add(ProvNode::new(ProvKind::Literal, Some(span)))
    };
    let plugin = Value::known(NetworkPlugin::Azure, written("\"azure\""));
    let secret = Value {
        sensitive: true,
        ..Value::known("main".into(), written("\"main\""))
    };
    let subnet = Value::known(Id::new(0), written("azurerm_subnet.nodes.id"));
    let surge = Value::known(Surge::Percent(10), written("40"));
    let default = from.add(ProvNode::new(ProvKind::AzureDefault, Some(head)));
    let azure = from.add(ProvNode::new(ProvKind::Attribute, None).from(default));
    let service = Value::known(SERVICE_CIDR, azure);
    let input = ProvNode::new(
        ProvKind::Input,
        Some(at(sources, variables, "\"service_cidr\"")),
    );
    let origin = from.add(input.named("var.mode"));
    let mode = Unknown {
        null: Truth::Unknown,
        one_of: Some(Arc::new([PluginMode::Overlay])),
        ..Unknown::new(Cause::Input, origin)
    };
    let cluster = Cluster {
        name: secret,
        network_plugin: plugin,
        network_plugin_mode: Value::unknown(mode, origin),
        service_cidrs: Value::known(vec![service], azure),
        ..empty_cluster()
    };
    let pool = NodePool {
        vnet_subnet: subnet,
        max_surge: surge,
        ..empty_pool()
    };
    Network {
        dialect: Dialect::Terraform,
        entities: vec![
            entity("azurerm_kubernetes_cluster.main"),
            entity("azurerm_kubernetes_cluster.main"),
            entity("azurerm_subnet.nodes"),
            entity("azurerm_virtual_network.main"),
        ],
        clusters: of(vec![cluster]),
        pools: of(vec![pool]),
        subnets: of(vec![empty_subnet()]),
        virtual_networks: of(vec![empty_vnet()]),
        peerings: Collection::default(),
        route_tables: Collection::default(),
        nat_gateways: Collection::default(),
        public_ips: Collection::default(),
        public_ip_prefixes: Collection::default(),
        security_groups: Collection::default(),
        removed: Vec::new(),
        provenance: Arc::default(),
        instances: Arc::new(Instances::new(ModuleId(0))),
        replacements: Vec::new(),
    }
}

fn of<T>(items: Vec<T>) -> Collection<T> {
    Collection {
        items,
        incomplete: None,
    }
}

fn empty_cluster() -> Cluster {
    Cluster {
        id: EntityId(0),
        name: absent(),
        location: absent(),
        resource_group: absent(),
        kubernetes_version: absent(),
        automatic: Truth::False,
        sku_tier: absent(),
        network_plugin: absent(),
        network_plugin_mode: absent(),
        network_policy: absent(),
        network_data_plane: absent(),
        network_mode: absent(),
        load_balancer_sku: absent(),
        outbound_type: absent(),
        pod_cidrs: absent(),
        service_cidrs: absent(),
        pod_cidr: absent(),
        service_cidr: absent(),
        dns_service_ip: absent(),
        docker_bridge_cidr: absent(),
        ip_versions: absent(),
        load_balancer_profile: absent(),
        nat_gateway_profile: absent(),
        advanced_networking: absent(),
        private_cluster_enabled: absent(),
        private_dns_zone_id: absent(),
        private_dns_zone: absent(),
        private_cluster_public_fqdn_enabled: absent(),
        dns_prefix: absent(),
        dns_prefix_private_cluster: absent(),
        api_server: ApiServerAccess {
            public_network_access_enabled: absent(),
            authorized_ip_ranges: absent(),
            subnet: absent(),
            virtual_network_integration_enabled: absent(),
        },
        identity: Identity {
            kind: absent(),
            ids: absent(),
        },
        node_provisioning: absent(),
        virtual_nodes_subnet: absent(),
        bootstrap_artifact_source: absent(),
        pools: vec![Id::new(0)],
        written: Written {
            dialect: Dialect::Terraform,
            vocabulary: Vocabulary::Azurerm,
            provider: ProviderVersion::default(),
            scalar_cidrs: false,
            list_cidrs: false,
        },
    }
}

fn empty_pool() -> NodePool {
    NodePool {
        id: EntityId(1),
        name: Value::known("system".into(), BLOCK),
        cluster: Value::known(Id::new(0), BLOCK),
        default: true,
        mode: absent(),
        node_count: Value::known(3, BLOCK),
        auto_scaling: absent(),
        min_count: absent(),
        max_count: absent(),
        max_pods: absent(),
        max_surge: absent(),
        vnet_subnet: absent(),
        pod_subnet: absent(),
        pod_ip_allocation: absent(),
        os_type: absent(),
        os_sku: absent(),
        vm_size: absent(),
        kind: absent(),
        zones: absent(),
        node_public_ip_enabled: absent(),
        node_public_ip_prefix_id: absent(),
        windows_outbound_nat_enabled: absent(),
        gateway_prefix_length: absent(),
        temporary_name_for_rotation: absent(),
    }
}

fn empty_subnet() -> Subnet {
    let range = Value::known(Cidr::v4([10, 1, 0, 0], 24), BLOCK);
    Subnet {
        id: EntityId(2),
        name: absent(),
        virtual_network: Value::known(Id::new(0), BLOCK),
        prefixes: Value::known(vec![range], BLOCK),
        route_table: absent(),
        nat_gateway: absent(),
        security_group: absent(),
        delegations: absent(),
        default_outbound_access_enabled: absent(),
        service_endpoints: absent(),
        service_endpoint_list: absent(),
        private_endpoint_network_policies: absent(),
    }
}

fn empty_vnet() -> VirtualNetwork {
    let range = Value::known(Cidr::v4([10, 1, 0, 0], 16), BLOCK);
    let unknown = Value::unknown(Unknown::new(Cause::Function, BLOCK), BLOCK);
    VirtualNetwork {
        id: EntityId(3),
        name: absent(),
        resource_group: absent(),
        location: absent(),
        address_space: Value::known(vec![range, unknown], BLOCK),
        dns_servers: absent(),
    }
}
