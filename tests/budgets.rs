//! `aksnet capacity`: the worked examples of the catalogue of rules by their numbers, and what the command says of them.

use serde_json::Value;

use crate::support::cli::Project;

/// Returns the one cluster of an example, as it is.
fn example(number: u32) -> Value {
    let name = format!("capacity/example{number:02}");
    let printed = printed(&Project::fixture(&name), &[]);
    printed["clusters"][0]["today"].clone()
}

fn printed(project: &Project, more: &[&str]) -> Value {
    let run = project.run(&[&["capacity", "--format", "json"], more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("it is JSON")
}

/// Returns both ends of a number.
fn ends(of: &Value, path: &str) -> (Option<i64>, Option<i64>) {
    let number = of
        .pointer(path)
        .unwrap_or_else(|| panic!("{path} of {of:#}"));
    assert!(number.is_object(), "{path} is no number of {of:#}");
    (number["low"].as_i64(), number["high"].as_i64())
}

fn exactly(number: i64) -> (Option<i64>, Option<i64>) {
    (Some(number), Some(number))
}

/// Returns the first space of a kind.
fn space(of: &Value, kind: &str) -> Value {
    let spaces = of["spaces"].as_array().expect("there are spaces");
    let found = spaces.iter().find(|space| space["kind"] == kind);
    found.expect("there is one").clone()
}

#[test]
fn examples_1_and_2_flat_with_surge() {
    for (number, needed) in [(1, 1581), (2, 1891)] {
        let subnet = space(&example(number), "subnet");
        assert_eq!(ends(&subnet, "/taken/upgrade"), exactly(needed));
        assert_eq!(ends(&subnet, "/smallest_prefix/upgrade"), exactly(21));
        assert_eq!(subnet["verdict"], "fits");
    }
}

#[test]
fn example_3_a_flat_24() {
    let design = example(3);
    assert_eq!(ends(&design, "/largest_nodes"), exactly(8));
    assert_eq!(ends(&design, "/largest_nodes_with_surge"), exactly(7));
    assert_eq!(ends(&design, "/largest_pods"), exactly(240));
    assert_eq!(design["first_to_run_out"][0], "azurerm_subnet.nodes");
}

#[test]
fn example_4_a_kubenet_24() {
    let design = example(4);
    assert_eq!(ends(&design, "/largest_nodes"), exactly(251));
    assert_eq!(ends(&design, "/largest_pods"), exactly(27_610));
}

#[test]
fn example_5_a_kubenet_27_with_room_for_an_upgrade() {
    let design = example(5);
    let subnet = space(&design, "subnet");
    assert_eq!(ends(&design, "/nodes/maximum"), (Some(20), Some(25)));
    assert_eq!(ends(&design, "/pods/maximum"), (Some(2200), Some(2750)));
    assert_eq!(ends(&subnet, "/available"), exactly(27));
    assert_eq!(ends(&subnet, "/left/upgrade"), (Some(0), Some(5)));
    assert_eq!(ends(&design, "/largest_nodes_with_surge"), exactly(25));
    let because = &subnet["taken"]["maximum"]["because"][0];
    assert_eq!(because, "variable \"busy\" has no value");
}

#[test]
fn examples_6_to_9_flat_designs_that_azure_refused() {
    for (number, needed) in [(6, 310), (7, 505), (8, 333), (9, 255)] {
        let subnet = space(&example(number), "subnet");
        assert_eq!(ends(&subnet, "/taken/maximum"), exactly(needed));
        assert_eq!(ends(&subnet, "/available"), exactly(251));
        assert_eq!(subnet["verdict"], "does not fit");
    }
}

#[test]
fn examples_10_and_11_overlay_pod_ranges() {
    let refused = space(&example(10), "pod-range");
    assert_eq!(ends(&refused, "/taken/maximum"), exactly(1280));
    assert_eq!(ends(&refused, "/available"), exactly(1024));
    assert_eq!(refused["verdict"], "does not fit");
    let design = example(11);
    assert_eq!(ends(&design, "/largest_nodes"), exactly(256));
    assert_eq!(design["first_to_run_out"][0], "pod range");
}

#[test]
fn example_12_an_overlay_24() {
    let subnet = space(&example(12), "subnet");
    assert_eq!(ends(&subnet, "/available"), exactly(251));
    assert_eq!(
        (ends(&subnet, "/size"), subnet["reserved"].as_i64()),
        (exactly(256), Some(5))
    );
}

#[test]
fn example_13_a_dynamic_pod_subnet() {
    let design = example(13);
    assert_eq!(ends(&design, "/largest_nodes"), exactly(15));
    let pods = &design["spaces"].as_array().expect("there are spaces")[1];
    assert_eq!(pods["name"], "azurerm_subnet.pods");
    assert_eq!(ends(pods, "/taken/maximum"), exactly(240));
    assert_eq!(ends(pods, "/left/maximum"), exactly(11));
}

#[test]
fn examples_14_to_16_static_blocks() {
    for (number, [blocks, pods, unused]) in [(14, [2, 31, 1]), (15, [2, 31, 0]), (16, [3, 47, 15])]
    {
        let design = example(number);
        assert_eq!(design["model"], "azure-cni-pod-subnet-static");
        let spaces = design["spaces"].as_array().expect("there are spaces");
        let takers = spaces.iter().filter_map(|space| space["takers"].as_array());
        let mut takers = takers.flatten();
        let of_node = takers.find_map(|taker| taker.get("blocks_of_a_node"));
        let of_node = of_node.expect("pods take blocks");
        assert_eq!(
            ends(of_node, "/blocks"),
            exactly(blocks),
            "example {number}"
        );
        assert_eq!(ends(of_node, "/pods"), exactly(pods), "example {number}");
        assert_eq!(
            ends(of_node, "/unused"),
            exactly(unused),
            "example {number}"
        );
    }
}

#[test]
fn examples_17_to_19_outbound_ports() {
    let nodes = |number| ends(&example(number), "/outbound_ports/largest_nodes");
    assert_eq!(nodes(17), exactly(128));
    assert_eq!(nodes(18), exactly(112));
    let design = example(19);
    let ports = &design["outbound_ports"];
    assert_eq!(ends(ports, "/available"), exactly(448_000));
    assert_eq!(ends(ports, "/nodes"), exactly(112));
    assert_eq!(ends(ports, "/needed"), exactly(448_000));
    assert_eq!(ports["verdict"], "fits");
    // The same with other numbers of addresses: seven and two.
    let project = Project::fixture("capacity/example17");
    let with = |count: &str| {
        let text = std::fs::read_to_string(project.as_ref().join("main.tf")).expect("it is there");
        let changed = text.replace("managed_outbound_ip_count = 2", count);
        let other = Project::new(&[("main.tf", &changed)]);
        let design = printed(&other, &[])["clusters"][0]["today"].clone();
        ends(&design, "/outbound_ports/largest_nodes")
    };
    assert_eq!(with("managed_outbound_ip_count = 7"), exactly(448));
}

#[test]
fn example_25_static_egress_gateways() {
    let design = example(25);
    let pools = design["pools"].as_array().expect("there are pools");
    let addresses: Vec<_> = pools
        .iter()
        .filter_map(|pool| pool["gateway_addresses"].as_i64())
        .collect();
    assert_eq!(addresses, [16, 8, 4, 2]);
}

#[test]
fn example_26_the_subnet_of_an_api_server() {
    let design = example(26);
    let spaces = design["spaces"].as_array().expect("there are spaces");
    let api = spaces
        .iter()
        .find(|space| space["name"] == "azurerm_subnet.api");
    let api = api.expect("the API server has a subnet");
    assert_eq!(ends(api, "/available"), exactly(11));
    assert_eq!(ends(api, "/taken/maximum"), exactly(9));
    assert_eq!(api["verdict"], "fits");
}

/// A cluster with three pools whose subnets are not in the code: two in one of a data source, one in that of a variable.
const UNSEEN: &str = r#"
data "azurerm_subnet" "nodes" {
  name                 = "nodes"
  virtual_network_name = "vnet"
  resource_group_name  = "rg"
}

variable "subnet" {
  type = string
}

resource "azurerm_kubernetes_cluster" "main" {
  name                    = "aks"
  private_cluster_enabled = true
  default_node_pool {
    name           = "one"
    node_count     = 2
    vnet_subnet_id = data.azurerm_subnet.nodes.id
  }
  network_profile {
    network_plugin = "azure"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "two" {
  name                  = "two"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  node_count            = 3
  vnet_subnet_id        = data.azurerm_subnet.nodes.id
}

resource "azurerm_kubernetes_cluster_node_pool" "three" {
  name                  = "three"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  node_count            = 1
  vnet_subnet_id        = var.subnet
}
"#;

#[test]
fn a_subnet_outside_the_code_is_neither_full_nor_empty() {
    let project = Project::new(&[("main.tf", UNSEEN)]);
    let design = printed(&project, &[])["clusters"][0]["today"].clone();
    let spaces = design["spaces"].as_array().expect("there are spaces");
    let subnets: Vec<&Value> = spaces
        .iter()
        .filter(|space| space["kind"] == "subnet")
        .collect();
    assert_eq!(subnets.len(), 2);
    assert_eq!(ends(subnets[0], "/available"), (Some(0), None));
    assert_eq!(ends(subnets[0], "/taken/maximum"), exactly(5 * 31 + 1));
    assert_eq!(ends(subnets[0], "/smallest_prefix/maximum"), exactly(24));
    assert_eq!(subnets[0]["verdict"], "unknown");
    let because = &subnets[0]["available"]["because"][0];
    assert_eq!(because, "data.azurerm_subnet.nodes is outside the code");
    assert_eq!(ends(subnets[1], "/taken/maximum"), exactly(31));
    assert_eq!(design["verdict"], "unknown");
}

#[test]
fn a_secret_number_is_not_told() {
    let code = UNSEEN.replace("node_count            = 3", "node_count = var.secret")
        + "variable \"secret\" {\n type = number\n default = 417\n sensitive = true\n}\n";
    let project = Project::new(&[("main.tf", &code)]);
    for format in ["human", "json", "markdown", "csv"] {
        for more in [&[][..], &["--compare-models"], &["--growth", "2x"]] {
            let run = project.run(&[&["capacity", "--format", format], more].concat());
            assert_eq!(run.code, 0, "{}", run.err);
            // The pool, its addresses with and without pods, the cluster, twice as many: all would tell it.
            for secret in [
                "417", "834", "12,927", "12927", "420", "13,083", "13083", "837",
            ] {
                assert!(
                    !run.out.contains(secret),
                    "{format} {more:?} tells {secret}: {}",
                    run.out
                );
            }
        }
    }
}

/// Returns what `--compare-models` says of a model.
fn model<'v>(printed: &'v Value, name: &str) -> &'v Value {
    let models = printed["clusters"][0]["models"]
        .as_array()
        .expect("models are compared");
    let found = models.iter().find(|model| model["model"] == name);
    found.expect("every model is compared")
}

#[test]
fn what_would_be_is_counted_as_if_it_were_written() {
    let project = Project::fixture("capacity/example03");
    let text = std::fs::read_to_string(project.as_ref().join("main.tf")).expect("it is there");
    let overlay = "network_plugin = \"azure\"\n    network_plugin_mode = \"overlay\"";
    let changes: [(&[&str], &str, &str); 5] = [
        (
            &["--model", "azure-cni-overlay"],
            "network_plugin = \"azure\"",
            overlay,
        ),
        (
            &["--model", "kubenet"],
            "network_plugin = \"azure\"",
            "network_plugin = \"kubenet\"",
        ),
        (
            &["--model", "byo-cni"],
            "network_plugin = \"azure\"",
            "network_plugin = \"none\"",
        ),
        (
            &["--nodes", "system=7", "--max-pods", "60"],
            "node_count     = 3",
            "node_count = 7\n max_pods = 60",
        ),
        (
            &["--growth", "3x", "--surge", "2"],
            "node_count     = 3",
            "node_count = 9\n upgrade_settings {\n max_surge = \"2\"\n }",
        ),
    ];
    for (flags, from, to) in changes {
        assert!(text.contains(from));
        let asked = printed(&project, flags)["clusters"][0]["what_if"].clone();
        let written = Project::new(&[("main.tf", &text.replace(from, to))]);
        let written = printed(&written, &[])["clusters"][0]["today"].clone();
        for (key, value) in written.as_object().expect("a design") {
            assert_eq!(&asked[key], value, "{key} with {flags:?}");
        }
        assert!(asked["findings"].is_array());
    }
}

#[test]
fn models_are_compared_by_the_rules() {
    let printed = printed(
        &Project::fixture("capacity/example06"),
        &["--compare-models", "--as-of", "2026-11-22"],
    );
    let codes = |name: &str| -> Vec<String> {
        let findings = model(&printed, name)["findings"].as_array().cloned();
        let findings = findings.unwrap_or_default().into_iter();
        findings
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(codes("azure-cni-node-subnet"), ["AKS203"]);
    assert_eq!(codes("azure-cni-overlay"), [""; 0]);
    assert_eq!(codes("kubenet"), ["AKS301"]);
    assert_eq!(model(&printed, "azure-cni-overlay")["verdict"], "fits");
    assert_eq!(
        model(&printed, "azure-cni-node-subnet")["verdict"],
        "does not fit"
    );
    let way = &model(&printed, "azure-cni-overlay")["way"];
    assert!(
        way.as_str().is_some_and(|way| way.starts_with("in place")),
        "{way}"
    );
    assert!(model(&printed, "azure-cni-node-subnet")["way"].is_null());
    // A pod subnet that is not there yet: what it must hold is known, whether it does is not.
    let pods = model(&printed, "azure-cni-pod-subnet");
    assert_eq!(pods["verdict"], "unknown");
    let needed = pods["spaces"].as_array().expect("there are spaces")[1].clone();
    assert_eq!(ends(&needed, "/taken/maximum"), exactly(160));
}

#[test]
fn what_is_asked_must_make_sense() {
    let project = Project::fixture("capacity/example03");
    for wrong in [
        &["--nodes", "other=3"][..],
        &["--nodes", "many"],
        &["--growth", "-1"],
        &["--surge", "10%%"],
        &["--model", "calico"],
    ] {
        let run = project.run(&[&["capacity"], wrong].concat());
        assert_eq!(run.code, 2, "{wrong:?}: {}", run.out);
        assert_eq!(run.out, "", "{wrong:?}");
    }
}

#[test]
fn variants_with_the_same_numbers_are_told_once() {
    let text = std::fs::read_to_string(
        Project::fixture("capacity/example03")
            .as_ref()
            .join("main.tf"),
    );
    let text = text
        .expect("it is there")
        .replace("node_count     = 3", "node_count = var.n");
    let text =
        text + "variable \"n\" {\n type = number\n}\nvariable \"name\" {\n type = string\n}\n";
    let var_file = |nodes, name| format!("n = {nodes}\nname = \"{name}\"\n");
    let project = Project::new(&[
        ("main.tf", &text),
        ("envs/dev.tfvars", &var_file(3, "dev")),
        ("envs/test.tfvars", &var_file(3, "test")),
        ("envs/prod.tfvars", &var_file(9, "prod")),
    ]);
    let printed = printed(&project, &[]);
    let clusters = printed["clusters"].as_array().expect("there are clusters");
    let variants: Vec<String> = clusters
        .iter()
        .map(|one| one["variants"].to_string())
        .collect();
    assert_eq!(
        variants,
        [
            "[\"envs/dev.tfvars\",\"envs/test.tfvars\"]",
            "[\"envs/prod.tfvars\"]"
        ]
    );
    assert_eq!(clusters[1]["today"]["verdict"], "does not fit");
}
