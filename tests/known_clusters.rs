//! Clusters of well-known modules of the registry that are not on disk: what a call of each comes to, and a finding that
//! follows from it.

use aksnet::engine::{Options, analyse_texts};
use jiff::civil::date;

use crate::support::cli::{Project, Run};

/// A network with subnets that the calls name.
const NETWORK: &str = r#"
resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = "westeurope"
}
resource "azurerm_virtual_network" "net" {
  name                = "net"
  location            = azurerm_resource_group.rg.location
  resource_group_name = azurerm_resource_group.rg.name
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = azurerm_virtual_network.net.name
  address_prefixes     = ["10.0.8.0/22"]
}
resource "azurerm_subnet" "pods" {
  name                 = "pods"
  resource_group_name  = azurerm_resource_group.rg.name
  virtual_network_name = azurerm_virtual_network.net.name
  address_prefixes     = ["10.0.16.0/20"]
}
"#;

/// The first verified module of a cluster.
const MANAGED: &str = r#"module "aks" {
  source    = "Azure/avm-res-containerservice-managedcluster/azurerm"
  version   = "~> 0.8"
  name      = "k"
  location  = "westeurope"
  parent_id = azurerm_resource_group.rg.id
  sku       = { name = "SKU", tier = "Standard" }
  network_profile = {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_dataplane   = "cilium"
    pod_cidr            = "192.168.0.0/16"
    service_cidr        = "10.0.8.0/24"
    dns_service_ip      = "10.0.9.10"
    outbound_type       = "loadBalancer"
    load_balancer_profile = {
      managed_outbound_ips = { count = 3 }
    }
  }
  default_agent_pool = {
    vm_size        = "Standard_D4s_v5"
    vnet_subnet_id = azurerm_subnet.nodes.id
    max_pods       = 60
  }
  agent_pools = {
    user = {
      name                = "user"
      vm_size             = "Standard_D4s_v5"
      enable_auto_scaling = true
      min_count           = 2
      max_count           = 7
      count_of            = 2
      vnet_subnet_id      = azurerm_subnet.nodes.id
      pod_subnet_id       = azurerm_subnet.pods.id
    }
  }
}
"#;

/// The second.
const PRODUCTION: &str = r#"module "aks" {
  source              = "Azure/avm-ptn-aks-production/azurerm"
  version             = "VERSION"
  name                = "k"
  location            = "westeurope"
  resource_group_name = azurerm_resource_group.rg.name
  network = {
    node_subnet_id = azurerm_subnet.nodes.id
    pod_cidr       = "192.168.0.0/16"
    service_cidr   = "10.0.8.0/24"
    MORE
  }
  node_pools = { POOLS }
}
"#;

const CLARANET: &str = r#"module "aks" {
  source                         = "claranet/aks/azurerm"
  version                        = "VERSION"
  location                       = "westeurope"
  location_short                 = "weu"
  client_name                    = "c"
  environment                    = "e"
  stack                          = "s"
  resource_group_name            = azurerm_resource_group.rg.name
  oms_log_analytics_workspace_id = "w"
  logs_destinations_ids          = []
  custom_aks_name                = "k"
  service_cidr                   = "10.0.8.0/24"
  nodes_subnet_id                = azurerm_subnet.nodes.id
  default_node_pool              = { max_pods = 50, vm_size = "Standard_D4s_v5" }
  nodes_pools = [
    { name = "one", enable_auto_scaling = true, max_count = 4 },
    { name = "two", max_pods = null, vnet_subnet_id = azurerm_subnet.pods.id },
  ]
  MORE
}
"#;

const LIGHT: &str = r#"module "aks" {
  source                = "claranet/aks-light/azurerm"
  version               = "VERSION"
  location              = "westeurope"
  location_short        = "weu"
  client_name           = "c"
  environment           = "e"
  stack                 = "s"
  resource_group_name   = azurerm_resource_group.rg.name
  logs_destinations_ids = []
  service_cidr          = "10.0.8.0/24"
  nodes_subnet          = { name = "nodes", virtual_network_name = azurerm_virtual_network.net.name }
  node_pools = [
    { name = "win", os_sku = "Windows2022", auto_scaling_enabled = true },
    { name = "lin", pod_subnet = { name = "pods", virtual_network_name = "net" } },
  ]
  MORE
}
"#;

const CLOUD_NATION: &str = r#"module "aks" {
  source  = "cloudnationhq/aks/azure"
  version = "VERSION"
  cluster = {
    name                = "k"
    location            = "westeurope"
    resource_group_name = azurerm_resource_group.rg.name
    profile             = "linux"
    default_node_pool = {
      vnet_subnet_id   = azurerm_subnet.nodes.id
      upgrade_settings = {}
    }
    node_pools = {
      work = { vm_size = "Standard_D4s_v5", vnet_subnet_id = azurerm_subnet.pods.id }
    }
    NETWORK
  }
}
resource "azurerm_kubernetes_cluster_node_pool" "more" {
  name                  = "more"
  vm_size               = "Standard_D4s_v5"
  kubernetes_cluster_id = module.aks.cluster.id
  vnet_subnet_id        = azurerm_subnet.nodes.id
}
"#;

const CLOUD_NETWORK: &str = r#"network_profile = {
      service_cidr   = "10.0.8.0/24"
      dns_service_ip = "10.0.9.10"
    }"#;

fn check(text: &str) -> Run {
    let text = text.to_owned() + NETWORK;
    Project::new(&[("main.tf", &text)]).run(&["check", "--format", "concise", "."])
}

fn show(text: &str) -> String {
    let text = text.to_owned() + NETWORK;
    Project::new(&[("main.tf", &text)]).run(&["show", "."]).out
}

/// Replaces words of a text.
fn with(text: &str, words: &[(&str, &str)]) -> String {
    let replace = |text: String, (word, by): &(&str, &str)| text.replace(word, by);
    words.iter().fold(text.to_owned(), replace)
}

/// Returns what is shown of a cluster or pool: its lines, each with a single space between two words.
fn part(out: &str, name: &str) -> Vec<String> {
    let words = |line: &str| {
        let line = line.trim_start_matches(['│', '├', '└', '╰', '─', ' ']);
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let is_head = |line: &String| {
        ["cluster ", "pool ", "subnet "]
            .iter()
            .any(|head| line.starts_with(head))
    };
    let lines: Vec<String> = out.lines().map(words).collect();
    let at = lines.iter().position(|line| line.starts_with(name));
    let lines = at.map_or(Vec::new(), |at| lines[at + 1..].to_vec());
    lines
        .into_iter()
        .take_while(|line| !is_head(line))
        .collect()
}

/// Asserts that lines of a cluster or pool begin so.
fn assert_part(out: &str, name: &str, wanted: &[&str]) {
    let lines = part(out, name);
    for start in wanted {
        let found = lines.iter().any(|line| line.starts_with(start));
        assert!(found, "{name}: {start}\n{out}");
    }
}

fn assert_found(text: &str, finding: &str) {
    let run = check(text);
    assert!(run.out.contains(finding), "{finding}\n{}", run.out);
}

/// Asserts that a call is not understood: no cluster of it is shown, and nothing is found.
fn assert_unknown(text: &str) {
    let out = show(text);
    assert!(!out.contains("cluster module.aks"), "{out}");
    let run = check(text);
    assert!(!run.out.contains("error["), "{}", run.out);
}

#[test]
fn a_managed_cluster_is_one_of_arm() {
    let text = with(MANAGED, &[("SKU", "Base")]);
    let out = show(&text);
    assert_part(
        &out,
        "cluster module.aks.azapi_resource.this",
        &[
            "network_plugin azure",
            "network_plugin_mode overlay",
            "network_policy not set",
            "network_data_plane cilium",
            "pod_cidrs 192.168.0.0/16",
            "service_cidrs 10.0.8.0/24",
            "dns_service_ip 10.0.9.10",
            "outbound_type loadBalancer",
            "managed_outbound_ip_count 3",
            "idle_timeout_minutes 30 Azure's default",
        ],
    );
    assert_part(
        &out,
        "pool systempool",
        &[
            "node_count 3 the module's default",
            "max_pods 60",
            "vnet_subnet azurerm_subnet.nodes",
            "mode System",
        ],
    );
    assert_part(
        &out,
        "pool user module.aks.module.nodepools[\"user\"]",
        &[
            // The module leaves the count out where both bounds are given.
            "node_count 1 Azure's default",
            "auto_scaling true",
            "min_count 2",
            "max_count 7",
            "vnet_subnet azurerm_subnet.nodes",
            "pod_subnet azurerm_subnet.pods",
        ],
    );
    assert_found(&text, "main.tf:14:27: error[AKS104]");
    assert_found(&text, "main.tf:13:27: error[AKS121]");
}

#[test]
fn of_an_automatic_managed_cluster_little_is_known() {
    let text = with(MANAGED, &[("SKU", "Automatic")]);
    let out = show(&text);
    assert_part(
        &out,
        "cluster module.aks.azapi_resource.this",
        &["network_plugin unknown", "dns_service_ip unknown"],
    );
    assert_part(
        &out,
        "pool systempool",
        &["max_pods unknown", "vnet_subnet azurerm_subnet.nodes"],
    );
    // What an automatic cluster does with pod subnets is known; its ranges are not.
    let out = check(&text).out;
    assert!(!out.contains("AKS104") && !out.contains("AKS121"), "{out}");
}

#[test]
fn outputs_of_a_managed_cluster_lead_to_it() {
    let pool = r#"resource "azurerm_kubernetes_cluster_node_pool" "more" {
  name                  = "more"
  vm_size               = "Standard_D4s_v5"
  kubernetes_cluster_id = module.aks.resource_id
}
"#;
    let out = show(&(with(MANAGED, &[("SKU", "Base")]) + pool));
    let cluster = out.split("\n\n").next().unwrap_or_default();
    assert!(cluster.contains("pool more"), "{out}");
}

#[test]
fn a_production_cluster_takes_the_tenth_address() {
    let words = |version, more| {
        let words = [("VERSION", version), ("MORE", more), ("POOLS", "")];
        with(PRODUCTION, &words)
    };
    let cluster = "cluster module.aks.azurerm_kubernetes_cluster.this";
    let out = show(&words("0.5.0", ""));
    assert_part(
        &out,
        cluster,
        &[
            "network_plugin azure",
            "network_plugin_mode overlay",
            "network_policy cilium",
            "network_data_plane cilium",
            "pod_cidrs 192.168.0.0/16",
            "service_cidrs 10.0.8.0/24",
            "dns_service_ip 10.0.8.10",
            "outbound_type loadBalancer",
            "private_cluster_enabled true",
            "name aks-k",
        ],
    );
    assert_part(
        &out,
        "pool agentpool",
        &[
            "auto_scaling true",
            "min_count 3",
            "max_count 9",
            "max_pods 110",
            "vnet_subnet azurerm_subnet.nodes",
        ],
    );
    // Before 0.4.0 nobody chose the policy or the services.
    assert_part(
        &show(&words("0.3.0", "")),
        cluster,
        &["network_policy calico", "service_cidrs 10.0.0.0/16 Azure's"],
    );
    // What two releases do in different ways is not known.
    assert_part(
        &show(&words(">= 0.3.0, < 0.5.0", "")),
        cluster,
        &["network_policy unknown", "network_plugin_mode overlay"],
    );
    let text = words("0.5.0", "dns_service_ip = \"10.0.9.10\"");
    assert_found(&text, "main.tf:11:22: error[AKS104]");
    assert_found(&text, "main.tf:10:22: error[AKS121]");
    assert_unknown(&words("0.1.0", ""));
}

#[test]
fn pools_that_only_azure_counts_leave_their_number_open() {
    let words = |pools| {
        let words = [("VERSION", "0.5.0"), ("MORE", ""), ("POOLS", pools)];
        with(PRODUCTION, &words)
    };
    let open = |text: String| {
        let text = text + NETWORK;
        let options = Options::new(date(2026, 11, 22));
        let analysis = analyse_texts(&[("main.tf", &text)], &options);
        let designs = analysis.expect("texts in memory can be analysed").designs;
        let design = designs.first().expect("there is one root");
        design.after.pools.incomplete.is_some()
    };
    assert!(!open(words("")));
    assert!(open(words(
        r#"a = { name = "a", vm_size = "x", orchestrator_version = "1.33" }"#
    )));
}

#[test]
fn a_cluster_of_claranet_has_pools_like_its_first() {
    let words = |version, more| with(CLARANET, &[("VERSION", version), ("MORE", more)]);
    let text = words("~> 7.6", "");
    let out = show(&text);
    let cluster = "cluster module.aks.azurerm_kubernetes_cluster.aks";
    assert_part(
        &out,
        cluster,
        &[
            "network_plugin azure",
            "network_plugin_mode not set",
            "network_policy azure",
            "pod_cidrs not set",
            "service_cidrs 10.0.8.0/24",
            "dns_service_ip 10.0.8.10",
            "docker_bridge_cidr 172.16.0.1/16",
            "name k",
        ],
    );
    assert_part(
        &out,
        "pool default",
        &[
            "node_count 1",
            "max_pods 50",
            "vnet_subnet azurerm_subnet.nodes",
            "zones 1, 2, 3",
        ],
    );
    assert_part(
        &out,
        "pool one module.aks.azurerm_kubernetes_cluster_node_pool.node_pools[0]",
        &[
            "auto_scaling true",
            "min_count 1",
            "max_count 4",
            "max_pods 50",
            "vnet_subnet azurerm_subnet.nodes",
        ],
    );
    // A null that is given stays one.
    assert_part(
        &out,
        "pool two",
        &[
            "max_pods 30 Azure's default",
            "vnet_subnet azurerm_subnet.pods",
        ],
    );
    assert_found(&text, "main.tf:13:36: error[AKS121]");
    assert_part(
        &show(&words("7.9.1", "aks_network_plugin = \"kubenet\"")),
        cluster,
        &[
            "network_plugin kubenet",
            "network_policy calico",
            "pod_cidrs 172.17.0.0/16",
        ],
    );
    assert_unknown(&words("7.5.0", ""));
    assert_unknown(&words("7.9.1", "wonder = true"));
}

#[test]
fn a_light_cluster_finds_its_subnets_by_their_names() {
    let words = |version, more| with(LIGHT, &[("VERSION", version), ("MORE", more)]);
    let text = words("8.16.1", "");
    let out = show(&text);
    let cluster = "cluster module.aks.azurerm_kubernetes_cluster.main";
    assert_part(
        &out,
        cluster,
        &[
            "network_plugin azure",
            "network_plugin_mode overlay",
            "network_policy calico",
            "network_data_plane azure the module's default",
            "service_cidrs 10.0.8.0/24",
            "dns_service_ip 10.0.8.10",
            "name unknown",
        ],
    );
    assert_part(
        &out,
        "pool default",
        &[
            "node_count 1",
            "max_pods 110",
            "max_surge 10%",
            "vnet_subnet azurerm_subnet.nodes",
        ],
    );
    assert_part(
        &out,
        "pool lin module.aks.azurerm_kubernetes_cluster_node_pool.main[\"lin\"]",
        &[
            "max_pods 110",
            "os_type Linux",
            "vnet_subnet azurerm_subnet.nodes",
            "pod_subnet azurerm_subnet.pods",
        ],
    );
    assert_part(
        &out,
        "pool win",
        &[
            "max_pods 60",
            "os_type Windows",
            "min_count 1",
            "max_count 10",
            "max_surge 10%",
        ],
    );
    assert_found(&text, "main.tf:11:27: error[AKS121]");
}

#[test]
fn a_light_cluster_differs_between_releases() {
    let words = |version, more| with(LIGHT, &[("VERSION", version), ("MORE", more)]);
    let cluster = "cluster module.aks.azurerm_kubernetes_cluster.main";
    // The mode is compared in any letter case, and the data plane is a choice since 8.12.0.
    assert_part(
        &show(&words(
            "8.0.0",
            "network_plugin = { cni_mode = \"Cilium\" }",
        )),
        cluster,
        &[
            "network_plugin_mode not set",
            "network_data_plane azure the provider's default",
        ],
    );
    assert_unknown(&words("7.13.0", ""));
}

#[test]
fn a_cluster_of_cloudnationhq_is_one_argument() {
    let words = |version, network| {
        let words = [("VERSION", version), ("NETWORK", network)];
        with(CLOUD_NATION, &words)
    };
    let text = words("~> 4.0", CLOUD_NETWORK);
    let out = show(&text);
    let cluster = "cluster module.aks.azurerm_kubernetes_cluster.aks";
    assert_part(
        &out,
        cluster,
        &[
            "network_plugin azure the module's default",
            "network_plugin_mode overlay the module's default",
            "service_cidrs 10.0.8.0/24",
            "dns_service_ip 10.0.9.10",
            "resource_group rg",
        ],
    );
    assert_part(
        &out,
        "pool default",
        &[
            "node_count 2",
            "max_surge 1",
            "vnet_subnet azurerm_subnet.nodes",
        ],
    );
    assert_part(
        &out,
        "pool nplwork module.aks.azurerm_kubernetes_cluster_node_pool.pools[\"work\"]",
        &[
            "node_count 1",
            "max_pods 30",
            "vnet_subnet azurerm_subnet.pods",
        ],
    );
    // The output is the whole cluster.
    let own = out.split("\n\n").next().unwrap_or_default();
    assert!(own.contains("pool more"), "{out}");
    assert_found(&text, "main.tf:18:24: error[AKS104]");
    assert_found(&text, "main.tf:17:24: error[AKS121]");
    // Without the block nothing is sent, not even what the module would say in it.
    let plugin = "network_plugin azure or kubenet";
    assert_part(&show(&words("4.3.0", "")), cluster, &[plugin]);
    assert_unknown(&words("~> 3.0", ""));
}

#[test]
fn releases_that_count_nodes_in_different_ways_leave_the_count_unknown() {
    let count = |version: &str, scaling: &str| {
        let scaling = format!("default_node_pool = {{\n auto_scaling_enabled = {scaling}");
        let words = [
            ("VERSION", version),
            ("NETWORK", ""),
            ("default_node_pool = {", &*scaling),
        ];
        let lines = part(&show(&with(CLOUD_NATION, &words)), "pool default");
        let line = lines
            .into_iter()
            .find(|line| line.starts_with("node_count"));
        line.unwrap_or_default()
    };
    assert!(count("4.3.0", "false").starts_with("node_count 2 "));
    assert!(count("4.1.0", "false").starts_with("node_count 1 Azure's"));
    assert!(count("~> 4.0", "false").starts_with("node_count unknown"));
    assert!(count("~> 4.0", "true").starts_with("node_count 1 Azure's"));
}

#[test]
fn what_stands_for_a_module_is_written_by_nobody() {
    let required = "terraform {\n  required_providers {\n    azurerm = {\n      source  = \"hashicorp/azurerm\"\n      version = \"~> 4.0\"\n    }\n  }\n}\n";
    let words = [("VERSION", "~> 4.0"), ("NETWORK", CLOUD_NETWORK)];
    let out = check(&(required.to_owned() + &with(CLOUD_NATION, &words))).out;
    assert!(out.contains("AKS104") && !out.contains("AKS801"), "{out}");
}
