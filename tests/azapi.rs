//! Clusters of azapi: the same design gives the same findings in the words of azurerm, in those of ARM, and encoded as JSON.

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;
use aksnet::model::Network;

use crate::support::run::analyse;

/// A design: what its network profile sets, in the words of azurerm, and which rules speak.
struct Design {
    name: &'static str,
    profile: &'static [(&'static str, &'static str)],
    speak: &'static [u16],
}

const OVERLAY: (&str, &str) = ("network_plugin_mode", "\"overlay\"");
const AZURE: (&str, &str) = ("network_plugin", "\"azure\"");
const CALICO: (&str, &str) = ("network_policy", "\"calico\"");
const SERVICE: (&str, &str) = ("service_cidr", "\"172.16.0.0/16\"");
const DNS: (&str, &str) = ("dns_service_ip", "\"172.16.0.10\"");
const PODS: (&str, &str) = ("pod_cidr", "\"192.168.0.0/16\"");

const DESIGNS: &[Design] = &[
    Design {
        name: "nothing is wrong",
        profile: &[AZURE, OVERLAY, CALICO, SERVICE, DNS, PODS],
        speak: &[],
    },
    Design {
        name: "kubenet",
        profile: &[
            ("network_plugin", "\"kubenet\""),
            CALICO,
            SERVICE,
            DNS,
            PODS,
        ],
        speak: &[301],
    },
    Design {
        name: "the service range meets a subnet",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            PODS,
            ("service_cidr", "\"10.0.0.0/16\""),
            ("dns_service_ip", "\"10.0.0.10\""),
        ],
        speak: &[121],
    },
    Design {
        name: "DNS outside the service range",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            PODS,
            SERVICE,
            ("dns_service_ip", "\"172.17.0.10\""),
        ],
        speak: &[104],
    },
    Design {
        name: "the pod range, filled in, meets the VNet",
        profile: &[AZURE, OVERLAY, CALICO, SERVICE, DNS],
        speak: &[125],
    },
    Design {
        name: "policy cilium without its data plane",
        profile: &[
            AZURE,
            OVERLAY,
            PODS,
            SERVICE,
            DNS,
            ("network_policy", "\"cilium\""),
        ],
        speak: &[314],
    },
    Design {
        name: "no policy",
        profile: &[AZURE, OVERLAY, PODS, SERVICE, DNS],
        speak: &[318],
    },
    Design {
        name: "a range that is none",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            SERVICE,
            DNS,
            ("pod_cidr", "\"192.168.0.0\""),
        ],
        speak: &[101],
    },
    Design {
        name: "the basic load balancer",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            SERVICE,
            DNS,
            PODS,
            ("load_balancer_sku", "\"basic\""),
        ],
        speak: &[501],
    },
    Design {
        name: "a range that Azure reserves, as a list",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            SERVICE,
            DNS,
            ("pod_cidrs", "[\"169.254.0.0/16\"]"),
        ],
        speak: &[127],
    },
    Design {
        name: "service and pods in one range",
        profile: &[
            AZURE,
            OVERLAY,
            CALICO,
            SERVICE,
            DNS,
            ("pod_cidr", "\"172.16.0.0/14\""),
        ],
        speak: &[124],
    },
];

const AZURERM: &str = r#"
resource "azurerm_virtual_network" "main" {
  name          = "shop"
  address_space = ["10.0.0.0/8"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_kubernetes_cluster" "main" {
  name = "shop"
  default_node_pool {
    name           = "system"
    vnet_subnet_id = azurerm_subnet.nodes.id
  }
  network_profile {
PROFILE
  }

  dns_prefix              = "shop"
  private_cluster_enabled = true
}
"#;

const AZAPI: &str = r#"
resource "azapi_resource" "vnet" {
  type = "Microsoft.Network/virtualNetworks@2024-05-01"
  name = "shop"
  body = {
    properties = { addressSpace = { addressPrefixes = ["10.0.0.0/8"] } }
  }
}

resource "azapi_resource" "nodes" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2024-05-01"
  name      = "nodes"
  parent_id = azapi_resource.vnet.id
  body      = { properties = { addressPrefix = "10.0.1.0/24" } }
}

resource "azapi_resource" "main" {
  type = "Microsoft.ContainerService/managedClusters@2025-02-01"
  name = "shop"
  body = OPEN{
    properties = {
      agentPoolProfiles = [
        { name = "system", mode = "System", vnetSubnetID = azapi_resource.nodes.id }
      ]
      networkProfile = {
PROFILE
      }
      dnsPrefix              = "shop"
      apiServerAccessProfile = { enablePrivateCluster = true }
    }
  }CLOSE
}
"#;

fn settings(profile: &[(&str, &str)], spell: impl Fn(&str) -> String) -> String {
    let lines = profile.iter().map(|(name, value)| {
        let name = spell(name);
        format!("    {name} = {value}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn camel(name: &str) -> String {
    match name {
        "dns_service_ip" => "dnsServiceIP".to_owned(),
        "load_balancer_sku" => "loadBalancerSku".to_owned(),
        "network_plugin" => "networkPlugin".to_owned(),
        "network_plugin_mode" => "networkPluginMode".to_owned(),
        "network_policy" => "networkPolicy".to_owned(),
        "pod_cidr" => "podCidr".to_owned(),
        "pod_cidrs" => "podCidrs".to_owned(),
        "service_cidr" => "serviceCidr".to_owned(),
        other => panic!("no word for {other}"),
    }
}

/// Returns what was found: the rule, and the lines that it points at.
fn found(analysis: &Analysis) -> Vec<(RuleId, String, String)> {
    let all = analysis.findings.iter().map(|finding| {
        let span = finding.primary.span;
        let source = analysis.sources.get(span.source);
        let text = source.text[span.start as usize..span.end as usize].to_owned();
        (finding.rule, finding.message.clone(), text)
    });
    let mut all: Vec<_> = all.collect();
    all.sort();
    all
}

fn one(text: &str) -> Analysis {
    analyse(&[("main.tf", text)])
}

fn network(text: &str) -> Network {
    one(text).designs.remove(0).after
}

#[test]
fn the_same_design_gives_the_same_findings() {
    for design in DESIGNS {
        let azurerm = AZURERM.replace("PROFILE", &settings(design.profile, str::to_owned));
        let azapi = AZAPI.replace("PROFILE", &settings(design.profile, camel));
        let object = azapi.replace("OPEN", "").replace("CLOSE", "");
        let encoded = azapi.replace("OPEN", "jsonencode(").replace("CLOSE", ")");
        let expected = one(&azurerm);
        let codes: Vec<RuleId> = expected.findings.iter().map(|f| f.rule).collect();
        let speak: Vec<RuleId> = design.speak.iter().map(|id| RuleId(*id)).collect();
        assert_eq!(codes, speak, "{}", design.name);
        let words = |analysis: &Analysis| -> Vec<(RuleId, String)> {
            let all = found(analysis).into_iter();
            all.map(|(rule, message, _)| (rule, message)).collect()
        };
        for text in [object, encoded] {
            assert_eq!(words(&one(&text)), words(&expected), "{}", design.name);
        }
    }
}

#[test]
fn a_finding_points_at_the_value_in_the_encoded_body() {
    let azapi = AZAPI.replace("OPEN", "jsonencode(").replace("CLOSE", ")");
    let text = azapi.replace(
        "PROFILE",
        "networkPlugin = \"kubenet\"\nnetworkPolicy = \"calico\"\npodCidr = \"192.168.0.0/16\"",
    );
    let all = found(&one(&text));
    let (_, _, place) = all.iter().find(|(rule, ..)| *rule == RuleId(301)).unwrap();
    assert_eq!(place, "\"kubenet\"");
}

#[test]
fn one_value_alone_is_no_fault_of_an_azapi_cluster() {
    let azapi = AZAPI.replace("OPEN", "").replace("CLOSE", "");
    let text = azapi.replace(
        "PROFILE",
        "networkPlugin = \"none\"\ndnsServiceIP = \"10.0.0.11\"",
    );
    let all = found(&one(&text));
    assert!(all.iter().all(|(rule, ..)| *rule != RuleId(105)), "{all:?}");
}

#[test]
fn an_unknown_part_of_an_encoded_body_leaves_the_rest_known() {
    let azapi = AZAPI.replace("OPEN", "jsonencode(").replace("CLOSE", ")");
    let text = azapi.replace(
        "PROFILE",
        "networkPlugin = \"azure\"\npodCidr = var.pods\nserviceCidr = \"10.0.0.0/16\"",
    );
    let text = format!("variable \"pods\" {{}}\n{text}");
    let network = network(&text);
    let cluster = &network.clusters.items[0];
    let pods = cluster.pod_cidrs.get().map(Vec::as_slice);
    assert!(cluster.pod_cidrs.is_unknown() || pods.is_some_and(|all| all[0].is_unknown()));
    assert!(cluster.service_cidrs.get().is_some());
}

#[test]
fn words_of_both_providers_make_one_network() {
    let text = r#"
resource "azurerm_virtual_network" "main" {
  name          = "shop"
  address_space = ["10.0.0.0/8"]
}

resource "azapi_resource" "nodes" {
  type      = "microsoft.network/virtualnetworks/subnets@2024-05-01"
  name      = "nodes"
  parent_id = azurerm_virtual_network.main.id
  body = { properties = {
    addressPrefixes = ["10.0.1.0/24"]
    routeTable      = { id = azurerm_route_table.out.id }
  } }
}

resource "azurerm_route_table" "out" {
  name = "out"
}

resource "azapi_resource" "default" {
  type      = "Microsoft.Network/routeTables/routes@2024-05-01"
  name      = "default"
  parent_id = azurerm_route_table.out.id
  body = { properties = {
    addressPrefix    = "0.0.0.0/0"
    nextHopType      = "VirtualAppliance"
    nextHopIpAddress = "10.9.0.4"
  } }
}

resource "azapi_resource" "main" {
  type = "Microsoft.ContainerService/managedClusters@2025-02-01"
  name = "shop"
  body = { properties = { agentPoolProfiles = [], networkProfile = { networkPlugin = "azure" } } }
}

resource "azurerm_kubernetes_cluster_node_pool" "user" {
  name                  = "user"
  kubernetes_cluster_id = azapi_resource.main.id
  vnet_subnet_id        = azapi_resource.nodes.id
}
"#;
    let network = network(text);
    let (subnet, pool) = (&network.subnets.items[0], &network.pools.items[0]);
    assert_eq!(subnet.virtual_network.get().map(|id| id.index()), Some(0));
    assert_eq!(subnet.route_table.get().map(|id| id.index()), Some(0));
    assert_eq!(network.route_tables.items[0].routes.len(), 1);
    assert_eq!(pool.cluster.get().map(|id| id.index()), Some(0));
    assert_eq!(pool.vnet_subnet.get().map(|id| id.index()), Some(0));
    assert_eq!(pool.max_pods.get(), Some(&30));
    assert_eq!(network.clusters.items[0].pools.len(), 1);
}

/// An update of the cluster of both providers; `CLUSTER` is its resource type and `EXTRA` stands in the update.
const UPDATE: &str = r#"
variable "on" {}

resource "azapi_update_resource" "network" {
  EXTRA
  type        = "Microsoft.ContainerService/managedClusters@2025-02-01"
  resource_id = CLUSTER.main.id
  body = { properties = { networkProfile = { networkPolicy = "cilium", networkDataplane = "cilium" } } }
}
"#;

fn updated(cluster: &str, extra: &str) -> Network {
    let (text, kind) = match cluster {
        "azurerm" => (AZURERM, "azurerm_kubernetes_cluster"),
        _ => (AZAPI, "azapi_resource"),
    };
    let profile = match cluster {
        "azurerm" => "network_plugin = \"azure\"\nnetwork_policy = \"calico\"",
        _ => "networkPlugin = \"azure\"\nnetworkPolicy = \"calico\"",
    };
    let text = text.replace("OPEN", "").replace("CLOSE", "");
    let update = UPDATE.replace("CLUSTER", kind).replace("EXTRA", extra);
    network(&format!("{}{update}", text.replace("PROFILE", profile)))
}

#[test]
fn an_update_replaces_what_it_sets() {
    for cluster in ["azurerm", "azapi"] {
        let network = updated(cluster, "");
        let cluster = &network.clusters.items[0];
        assert_eq!(cluster.network_policy.get().unwrap().to_string(), "cilium");
        let plane = cluster.network_data_plane.get().unwrap();
        assert_eq!(plane.to_string(), "cilium");
        let plugin = cluster.network_plugin.get().unwrap();
        assert_eq!(plugin.to_string(), "azure");
    }
}

#[test]
fn an_update_that_may_not_happen_leaves_open_what_it_sets() {
    for cluster in ["azurerm", "azapi"] {
        let network = updated(cluster, "count = var.on ? 1 : 0");
        let cluster = &network.clusters.items[0];
        assert!(cluster.network_policy.is_unknown());
        assert!(cluster.network_data_plane.is_unknown());
        assert!(cluster.network_plugin.get().is_some());
    }
}

#[test]
fn an_automatic_cluster_is_set_up_by_azure() {
    let text = r#"
resource "azapi_resource" "main" {
  type = "Microsoft.ContainerService/managedClusters@2025-02-01"
  name = "shop"
  body = { sku = { name = "Automatic", tier = "Standard" }, properties = { agentPoolProfiles = [] } }
}
"#;
    let network = network(text);
    let cluster = &network.clusters.items[0];
    assert_eq!(cluster.network_policy.get().unwrap().to_string(), "cilium");
    assert_eq!(
        cluster.network_plugin_mode.get().unwrap().to_string(),
        "overlay"
    );
    assert!(cluster.outbound_type.is_unknown());
}

#[test]
fn a_type_that_is_not_known_may_be_any() {
    let text = r#"
variable "type" {}

resource "azapi_resource" "what" {
  type = var.type
  name = "x"
}

resource "azapi_resource" "other" {
  type = "Microsoft.DocumentDB/databaseAccounts@2024-05-15"
  name = "x"
}
"#;
    let network = network(text);
    assert!(network.clusters.incomplete.is_some());
    assert!(network.clusters.is_empty());
}

#[test]
fn an_update_that_is_not_read_leaves_open_what_it_may_set() {
    let text = r#"
resource "azurerm_route_table" "out" {
  name = "out"
}

resource "azapi_update_resource" "routes" {
  type        = "Microsoft.Network/routeTables@2024-05-01"
  resource_id = azurerm_route_table.out.id
  body        = { properties = { routes = [] } }
}
"#;
    assert!(network(text).route_tables.items[0].more_routes.is_unknown());
}
