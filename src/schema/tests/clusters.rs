use super::Code;
use crate::cidr::Cidr;
use crate::model::{
    DataPlane, LoadBalancerSku, Network, NetworkPlugin, NodeProvisioning, PluginMode, Surge,
};
use crate::truth::Truth;
use crate::value::{Cause, List, Problem, ProvKind, State, Tree, Value};

fn ranges(list: &List<Cidr>) -> Vec<String> {
    let items = list.get().expect("a known list");
    let known = items.iter().filter_map(Value::get);
    known.map(ToString::to_string).collect()
}

fn alternatives<T: Clone>(value: &Value<T>) -> Vec<T> {
    match &value.state {
        State::Unknown(unknown) => unknown.one_of.as_deref().unwrap_or_default().to_vec(),
        _ => Vec::new(),
    }
}

fn filler<T>(network: &Network, value: &Value<T>) -> ProvKind {
    network.provenance.source_kind(value.prov)
}

fn plugin(code: &mut Code, plugin: &str, mode: Option<&str>) -> Vec<(&'static str, Tree)> {
    let mut profile = vec![("network_plugin", code.text(plugin))];
    profile.extend(mode.map(|mode| ("network_plugin_mode", code.text(mode))));
    profile
}

#[test]
fn flat_azure_has_no_pod_range_and_thirty_pods() {
    let mut code = Code::default();
    let profile = plugin(&mut code, "azure", None);
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert!(cluster.pod_cidrs.is_absent());
    assert!(cluster.network_plugin_mode.is_absent());
    assert!(cluster.network_policy.is_absent());
    assert_eq!(ranges(&cluster.service_cidrs), ["10.0.0.0/16"]);
    assert_eq!(
        cluster.dns_service_ip.get().unwrap().to_string(),
        "10.0.0.10"
    );
    assert_eq!(
        cluster.load_balancer_sku.get(),
        Some(&LoadBalancerSku::Standard)
    );
    assert_eq!(
        filler(&network, &cluster.load_balancer_sku),
        ProvKind::ProviderDefault
    );
    assert_eq!(
        filler(&network, &cluster.service_cidrs),
        ProvKind::AzureDefault
    );
    let pool = &network.pools.items[0];
    assert_eq!(pool.max_pods.get(), Some(&30));
    assert_eq!(filler(&network, &pool.max_pods), ProvKind::AzureDefault);
    assert_eq!(pool.node_count.get(), Some(&1));
    assert_eq!(pool.max_surge.get(), Some(&Surge::Percent(10)));
    let head = network.provenance.node(pool.max_pods.prov);
    assert_eq!(head.owner, Some(pool.id));
    assert_eq!(head.symbol.as_deref(), Some("max_pods"));
}

#[test]
fn an_omitted_plugin_hangs_on_the_version() {
    for (version, expected) in [
        ("1.31.2", Some((NetworkPlugin::Azure, 250))),
        ("1.29", Some((NetworkPlugin::Kubenet, 110))),
    ] {
        let mut code = Code::default();
        let version = code.text(version);
        code.cluster(None, Vec::new(), vec![("kubernetes_version", version)]);
        let network = code.read();
        let cluster = &network.clusters.items[0];
        let (plugin, pods) = expected.unwrap();
        assert_eq!(cluster.network_plugin.get(), Some(&plugin));
        assert_eq!(network.pools.items[0].max_pods.get(), Some(&pods));
        assert_eq!(ranges(&cluster.pod_cidrs), ["10.244.0.0/16"]);
        let overlay = cluster.network_plugin_mode.get() == Some(&PluginMode::Overlay);
        assert_eq!(overlay, plugin == NetworkPlugin::Azure);
        let filler = filler(&network, &cluster.outbound_type);
        assert_eq!(filler, ProvKind::AzureDefault);
    }
}

#[test]
fn an_omitted_plugin_without_a_version_is_one_of_two() {
    let mut code = Code::default();
    code.cluster(None, Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(
        alternatives(&cluster.network_plugin),
        [NetworkPlugin::Azure, NetworkPlugin::Kubenet]
    );
    let State::Unknown(unknown) = &cluster.network_plugin.state else {
        panic!("known")
    };
    assert_eq!(unknown.cause, Cause::ComputedAtApply);
    let needs = network.provenance.needs(unknown.origin);
    assert_eq!(needs.as_deref(), Some("kubernetes_version"));
    assert!(cluster.network_plugin_mode.is_unknown());
    assert_eq!(ranges(&cluster.pod_cidrs), ["10.244.0.0/16"]);
    assert_eq!(alternatives(&network.pools.items[0].max_pods), [110, 250]);
}

#[test]
fn an_unknown_version_is_what_is_needed() {
    let mut code = Code::default();
    let version = code.input("var.version", 1);
    code.cluster(None, Vec::new(), vec![("kubernetes_version", version)]);
    let network = code.read();
    let State::Unknown(unknown) = &network.clusters.items[0].network_plugin.state else {
        panic!("known")
    };
    assert_eq!(unknown.cause, Cause::Input);
    let needs = network.provenance.needs(unknown.origin);
    assert_eq!(needs.as_deref(), Some("var.version"));
}

#[test]
fn the_pages_disagree_about_pods_with_a_pod_subnet() {
    let mut code = Code::default();
    code.vnet("v");
    let subnet = code.subnet("pods", "v");
    let profile = plugin(&mut code, "azure", None);
    let id = code.attribute(subnet, &["id"]);
    code.cluster(Some(profile), vec![("pod_subnet_id", id)], Vec::new());
    let network = code.read();
    let pool = &network.pools.items[0];
    assert_eq!(alternatives(&pool.max_pods), [110, 250]);
    assert!(pool.pod_ip_allocation.get().is_some());
}

#[test]
fn an_unknown_mode_leaves_the_pod_range_open() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", None);
    profile.push(("network_plugin_mode", code.input("var.mode", 1)));
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    let State::Unknown(unknown) = &cluster.pod_cidrs.state else {
        panic!("known")
    };
    assert_eq!(
        (unknown.null, unknown.cause),
        (Truth::Unknown, Cause::Input)
    );
    assert_eq!(unknown.one_of.as_deref().map(<[_]>::len), Some(1));
    assert_eq!(alternatives(&network.pools.items[0].max_pods), [30, 250]);
}

#[test]
fn lists_win_over_the_one_range_form() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", Some("overlay"));
    let range = code.text("172.16.0.0/16");
    profile.push(("service_cidr", code.text("10.1.0.0/16")));
    profile.push(("service_cidrs", code.list(vec![range])));
    profile.push(("pod_cidr", code.text("10.0.0.0")));
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(ranges(&cluster.service_cidrs), ["172.16.0.0/16"]);
    assert!(cluster.written.scalar_cidrs && cluster.written.list_cidrs);
    let pods = cluster.pod_cidrs.get().unwrap();
    let State::Invalid { text, problem } = &pods[0].state else {
        panic!("valid")
    };
    assert_eq!(&**text, "10.0.0.0");
    assert!(matches!(problem, Problem::Cidr(_)));
    assert!(pods[0].written_at.is_some());
}

#[test]
fn an_empty_list_is_not_written() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", Some("overlay"));
    profile.push(("pod_cidrs", code.list(Vec::new())));
    let block = vec![("outbound_ip_address_ids", code.list(Vec::new()))];
    profile.push(("load_balancer_profile", code.block(block)));
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(ranges(&cluster.pod_cidrs), ["10.244.0.0/16"]);
    let balancer = cluster.load_balancer_profile.get().unwrap();
    assert_eq!(balancer.managed_outbound_ip_count.get(), Some(&1));
}

#[test]
fn dual_stack_is_filled_in_twice() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", Some("overlay"));
    let families = vec![code.text("IPv4"), code.text("IPv6")];
    profile.push(("ip_versions", code.list(families)));
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(
        ranges(&cluster.pod_cidrs),
        ["10.244.0.0/16", "fd12:3456:789a::/64"]
    );
    assert_eq!(ranges(&cluster.service_cidrs).len(), 2);
}

#[test]
fn strings_and_numbers_are_converted_and_words_checked() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", None);
    profile.push(("load_balancer_sku", code.text("Premium")));
    profile.push(("ebpf_data_plane", code.text("cilium")));
    let pool = vec![
        ("node_count", code.text("3")),
        ("max_pods", code.number(50)),
        ("enable_auto_scaling", code.text("true")),
        ("zones", {
            let zone = code.number(1);
            code.list(vec![zone])
        }),
        ("upgrade_settings", {
            let surge = code.number(2);
            code.block(vec![("max_surge", surge)])
        }),
    ];
    code.cluster(Some(profile), pool, Vec::new());
    let network = code.azurerm_network();
    let cluster = &network.clusters.items[0];
    assert!(matches!(
        cluster.load_balancer_sku.state,
        State::Invalid {
            problem: Problem::Choice(_),
            ..
        }
    ));
    assert_eq!(cluster.network_data_plane.get(), Some(&DataPlane::Cilium));
    let pool = &network.pools.items[0];
    assert_eq!(pool.node_count.get(), Some(&3));
    assert_eq!(pool.auto_scaling.get(), Some(&true));
    assert_eq!(pool.max_surge.get(), Some(&Surge::Nodes(2)));
    assert_eq!(&**pool.zones.get().unwrap()[0].get().unwrap(), "1");
    let removed: Vec<&str> = network.removed.iter().map(|r| &*r.path).collect();
    assert_eq!(
        removed,
        [
            "default_node_pool.enable_auto_scaling",
            "network_profile.ebpf_data_plane"
        ]
    );
}

#[test]
fn a_value_that_may_be_null_may_be_the_default() {
    let mut code = Code::default();
    let mut profile = plugin(&mut code, "azure", None);
    let basic = code.text("basic");
    profile.push(("load_balancer_sku", code.one_of("var.sku", vec![basic])));
    profile.push(("outbound_type", code.input("var.outbound", 1)));
    code.cluster(Some(profile), Vec::new(), Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(
        alternatives(&cluster.load_balancer_sku),
        [LoadBalancerSku::Basic, LoadBalancerSku::Standard]
    );
    let State::Unknown(unknown) = &cluster.outbound_type.state else {
        panic!("known")
    };
    assert!(unknown.null.is_false() && unknown.one_of.is_none() && unknown.term.is_none());
}

#[test]
fn an_unknown_profile_leaves_everything_unknown() {
    let mut code = Code::default();
    let profile = code.input("var.profile", 1);
    code.cluster(None, Vec::new(), vec![("network_profile", profile)]);
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert!(cluster.network_plugin.is_unknown());
    assert!(cluster.service_cidrs.is_unknown());
    assert!(cluster.pod_cidrs.is_unknown());
    assert!(cluster.load_balancer_profile.is_unknown());
    assert!(network.pools.items[0].max_pods.is_unknown());
}

#[test]
fn the_api_server_is_read_by_old_and_new_names() {
    let mut code = Code::default();
    let range = code.text("10.0.0.0/8");
    let rest = vec![
        ("private_link_enabled", code.truth(true)),
        ("api_server_authorized_ip_ranges", code.list(vec![range])),
    ];
    code.cluster(None, Vec::new(), rest);
    let network = code.azurerm_network();
    let cluster = &network.clusters.items[0];
    assert_eq!(cluster.private_cluster_enabled.get(), Some(&true));
    let list = &cluster.api_server.authorized_ip_ranges;
    assert_eq!(ranges(list), ["10.0.0.0/8"]);
    assert_eq!(network.removed.len(), 2);
}

#[test]
fn azurerm_1_filled_in_a_basic_load_balancer() {
    let sku = |major: u32, block: bool| {
        let mut code = Code::default().azurerm(major);
        let profile = vec![("network_plugin", code.text("azure"))];
        code.cluster(block.then_some(profile), Vec::new(), Vec::new());
        code.read().clusters.items.remove(0).load_balancer_sku
    };
    assert_eq!(sku(1, true).get(), Some(&LoadBalancerSku::Basic));
    assert!(sku(1, false).is_unknown());
    assert_eq!(sku(2, true).get(), Some(&LoadBalancerSku::Standard));
    assert_eq!(sku(2, false).get(), Some(&LoadBalancerSku::Standard));
}

#[test]
fn automatic_clusters_are_set_up_by_azure() {
    let mut code = Code::default();
    code.resource("azurerm_kubernetes_automatic_cluster", "a", Vec::new());
    let network = code.read();
    let cluster = &network.clusters.items[0];
    assert_eq!(
        cluster.network_plugin_mode.get(),
        Some(&PluginMode::Overlay)
    );
    assert_eq!(cluster.network_data_plane.get(), Some(&DataPlane::Cilium));
    assert_eq!(
        cluster.node_provisioning.get(),
        Some(&NodeProvisioning::Auto)
    );
    assert!(cluster.outbound_type.is_unknown());
    assert!(network.pools.is_empty());
}

impl Code {
    fn azurerm_network(self) -> Network {
        self.azurerm(4).read()
    }
}
