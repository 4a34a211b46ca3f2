//! What names mean, seen from outside: the long forms of the language, and what is said of a name without a value.

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;

use crate::support::run::{analyse, of_rule};

/// A cluster in the first of two subnets that its service range meets; `SUBNET` and `RANGE` are to be replaced.
const CLUSTER: &str = r#"
resource "azurerm_virtual_network" "main" {
  name          = "shop"
  address_space = ["10.0.0.0/8"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_subnet" "other" {
  name                 = "other"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.2.0/24"]
}

resource "azurerm_kubernetes_cluster" "main" {
  default_node_pool {
    vnet_subnet_id = SUBNET
  }
  network_profile {
    network_plugin = "azure"
    service_cidr   = RANGE
    dns_service_ip = "10.0.0.10"
  }
}
"#;

fn cluster(subnet: &str, range: &str) -> String {
    CLUSTER.replace("SUBNET", subnet).replace("RANGE", range)
}

/// Returns why AKS101 was silent.
fn why(analysis: &Analysis) -> Vec<&str> {
    let of_rule = |undecided: &&_| -> bool {
        let undecided: &&aksnet::finding::Undecided = undecided;
        undecided.rule == RuleId(101)
    };
    let all = analysis.undecided.iter().filter(of_rule);
    all.map(|undecided| undecided.because.as_str()).collect()
}

#[test]
fn the_long_form_of_a_resource_is_the_resource() {
    for subnet in [
        "azurerm_subnet.nodes.id",
        "resource.azurerm_subnet.nodes.id",
    ] {
        let text = cluster(subnet, "\"10.0.0.0/16\"");
        let analysis = analyse(&[("main.tf", &text)]);
        let found = of_rule(&analysis, RuleId(121)).count();
        assert_eq!(found, 1, "{subnet}: {:?}", analysis.undecided);
    }
}

#[test]
fn an_argument_that_a_call_leaves_out_is_told_from_a_variable_without_a_value() {
    let variable = "variable \"range\" {}\n";
    let module = format!("{variable}{}", cluster("null", "var.range"));
    let root = analyse(&[("main.tf", &module)]);
    assert_eq!(why(&root), ["variable \"range\" has no value"]);

    let call = "module \"aks\" {\n  source = \"./aks\"\n}\n";
    let called = analyse(&[("main.tf", call), ("aks/main.tf", &module)]);
    assert_eq!(why(&called), ["the module call gives var.range no value"]);
}

#[test]
fn the_workspace_is_no_variable() {
    let text = cluster("null", "terraform.workspace");
    let analysis = analyse(&[("main.tf", &text)]);
    assert_eq!(
        why(&analysis),
        ["terraform.workspace is chosen when it runs"]
    );
}

#[test]
fn several_clashes_of_one_cluster_are_not_several_instances() {
    let text = cluster("azurerm_subnet.nodes.id", "\"10.0.0.0/16\"");
    let analysis = analyse(&[("main.tf", &text)]);
    let report = aksnet::view::render_human(&analysis);
    assert!(report.contains("also: service range 10.0.0.0/16 overlaps the subnet 10.0.2.0/24"));
    assert!(!report.contains("instances"), "{report}");
}

#[test]
fn what_azure_chooses_is_told_from_what_apply_computes() {
    let text = "resource \"azurerm_kubernetes_cluster\" \"main\" {}";
    let analysis = analyse(&[("main.tf", text)]);
    let mut all = analysis.undecided.iter();
    let kubenet = all.find(|undecided| undecided.rule == RuleId(301));
    let because = kubenet.map(|undecided| undecided.because.as_str());
    assert_eq!(
        because,
        Some("kubernetes_version is not set, and Azure chooses")
    );
}

#[test]
fn an_empty_range_is_not_a_range_without_dns() {
    let text = cluster("null", "\"\"").replace("dns_service_ip", "# ");
    let analysis = analyse(&[("main.tf", &text)]);
    assert_eq!(of_rule(&analysis, RuleId(101)).count(), 1);
    assert_eq!(of_rule(&analysis, RuleId(105)).count(), 0);
}

#[test]
fn an_empty_name_is_told_in_quotes() {
    let text = cluster("null", "{ a = 1 }[\"\"]");
    let analysis = analyse(&[("main.tf", &text)]);
    assert_eq!(why(&analysis), ["\"\" is not valid here"]);
}

#[test]
fn an_ephemeral_variable_is_null_where_it_says_so() {
    let text = "variable \"e\" {\n  default = \"10.0.0.0/16\"\n  ephemeral = true\n}\n\
                variable \"v\" {\n  default = \"10.0.0.0/16\"\n}\n";
    let found = |range: &str| {
        let text = format!("{text}{}", cluster("null", range));
        let analysis = analyse(&[("main.tf", &text)]);
        let clashes =
            of_rule(&analysis, RuleId(101)).count() + of_rule(&analysis, RuleId(121)).count();
        (clashes, why(&analysis).len())
    };
    let plain = "\"10.0.0.0/16\"";
    assert_eq!(found("ephemeralasnull(var.v)"), found(plain));
    let or_plain = format!("ephemeralasnull(var.e) == null ? {plain} : \"nothing\"");
    assert_eq!(found(&or_plain), found(plain));
    let (clashes, open) = found("ephemeralasnull(\"${var.e}\")");
    assert!(clashes == 0 && open > 0);
}

#[test]
fn an_element_whose_key_is_not_known_needs_the_key() {
    let variable = "variable \"key\" {\n  type = string\n}\n";
    let map = "{ a = \"10.0.0.0/16\" }[var.key]";
    for range in [map, &format!("try({map}, \"10.9.0.0/16\")")] {
        let text = format!("{variable}{}", cluster("null", range));
        let analysis = analyse(&[("main.tf", &text)]);
        assert_eq!(why(&analysis), ["variable \"key\" has no value"], "{range}");
    }
}
