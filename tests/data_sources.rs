//! Data sources that name a resource of the same root are that resource; others are outside the code.

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;

use crate::support::run::{analyse, of_rule};

/// A subnet that meets the cluster's service range; the cluster gets the subnet's id by `SUBNET`.
const MAIN: &str = r#"
resource "azurerm_virtual_network" "main" {
  name                = "shop"
  resource_group_name = "rg"
  address_space       = ["10.0.0.0/8"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_kubernetes_cluster" "main" {
  default_node_pool {
    vnet_subnet_id = data.azurerm_subnet.nodes.id
  }
  network_profile {
    network_plugin = "azure"
    service_cidr   = "10.0.0.0/16"
    dns_service_ip = "10.0.0.10"
  }
}
"#;

/// Returns the data source of the cluster's subnet with this name, VNet and group.
fn data(name: &str, vnet: &str, group: &str) -> String {
    format!(
        "data \"azurerm_subnet\" \"nodes\" {{\n  name = {name}\n  virtual_network_name = {vnet}\n  \
         resource_group_name = {group}\n}}\n"
    )
}

/// Tells whether the cluster's subnet is found to be the one of the code.
fn is_found(analysis: &Analysis) -> bool {
    of_rule(analysis, RuleId(121)).count() == 1
}

fn judged(more: &str) -> Analysis {
    analyse(&[("main.tf", &format!("{MAIN}{more}"))])
}

#[test]
fn a_data_source_with_the_same_name_is_the_resource() {
    let same = [
        data("\"nodes\"", "\"shop\"", "\"rg\""),
        data("\"Nodes\"", "\"SHOP\"", "\"RG\""),
        data(
            "azurerm_subnet.nodes.name",
            "azurerm_virtual_network.main.name",
            "azurerm_subnet.nodes.resource_group_name",
        ),
        data("local.name", "\"shop\"", "\"rg\"") + "locals {\n  name = \"nodes\"\n}\n",
    ];
    for text in same {
        assert!(is_found(&judged(&text)), "{text}");
    }
}

#[test]
fn another_or_an_unknown_name_is_outside_the_code() {
    let other = [
        data("\"pods\"", "\"shop\"", "\"rg\""),
        data("\"nodes\"", "\"other\"", "\"rg\""),
        data("\"nodes\"", "\"shop\"", "\"hub\""),
        data("var.name", "\"shop\"", "\"rg\"") + "variable \"name\" {}\n",
        "data \"azurerm_subnet\" \"nodes\" {\n  name = \"nodes\"\n}\n".to_owned(),
    ];
    for text in other {
        let analysis = judged(&text);
        assert!(!is_found(&analysis), "{text}");
        let mut all = analysis.undecided.iter();
        let why = all.any(|one| one.because == "data.azurerm_subnet.nodes is outside the code");
        assert!(why, "{text}: {:?}", analysis.undecided);
    }
}

#[test]
fn another_provider_may_be_another_subscription() {
    let same = data("\"nodes\"", "\"shop\"", "\"rg\"");
    let with = |provider: &str| {
        let text = same.replace("{\n  name", &format!("{{\n  provider = {provider}\n  name"));
        is_found(&judged(&text))
    };
    assert!(with("azurerm"));
    assert!(!with("azurerm.hub"));
}

#[test]
fn unknown_parts_that_are_the_same_are_equal() {
    let main = MAIN.replace(
        "\"nodes\"\n  resource_group_name  = \"rg\"",
        "\"nodes-${var.env}\"\n  resource_group_name  = var.group",
    );
    assert_ne!(main, MAIN);
    let variables = "variable \"env\" {}\nvariable \"group\" {}\n";
    let same = data("\"nodes-${var.env}\"", "\"shop\"", "var.group");
    let analysis = analyse(&[("main.tf", &format!("{main}{variables}{same}"))]);
    assert!(is_found(&analysis), "{:?}", analysis.undecided);
    let other = data("\"nodes-${var.group}\"", "\"shop\"", "var.group");
    let analysis = analyse(&[("main.tf", &format!("{main}{variables}{other}"))]);
    assert!(!is_found(&analysis));
}

#[test]
fn it_is_found_across_modules_and_keys() {
    let network = r#"
variable "names" {}
resource "azurerm_virtual_network" "main" {
  name                = "shop"
  resource_group_name = "rg"
  address_space       = ["10.0.0.0/8"]
}
resource "azurerm_subnet" "all" {
  for_each             = var.names
  name                 = each.key
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = [each.value]
}
"#;
    let cluster = MAIN
        .split("resource \"azurerm_kubernetes")
        .nth(1)
        .expect("it has a cluster");
    let cluster = format!(
        "resource \"azurerm_kubernetes{cluster}{}",
        data("\"nodes\"", "\"shop\"", "\"rg\"")
    );
    let root = r#"
module "net" {
  source = "./net"
  names  = { nodes = "10.0.1.0/24", other = "10.9.0.0/24" }
}
module "aks" {
  source = "./aks"
}
"#;
    let analysis = analyse(&[
        ("main.tf", root),
        ("net/main.tf", network),
        ("aks/main.tf", &cluster),
    ]);
    assert!(is_found(&analysis), "{:?}", analysis.undecided);
}

#[test]
fn what_two_resources_share_or_what_may_not_exist_is_not_found() {
    let twice = MAIN
        .split("resource \"azurerm_kubernetes")
        .next()
        .expect("it has a network");
    let second = twice.replace(
        "\"azurerm_subnet\" \"nodes\"",
        "\"azurerm_subnet\" \"again\"",
    );
    let second = second
        .split("resource \"azurerm_subnet\"")
        .nth(1)
        .expect("it has a subnet");
    let text = format!(
        "resource \"azurerm_subnet\"{second}{}",
        data("\"nodes\"", "\"shop\"", "\"rg\"")
    );
    let analysis = judged(&text);
    assert!(
        analysis
            .undecided
            .iter()
            .any(|one| one.because.starts_with("data.azurerm_subnet.nodes"))
    );

    let maybe = MAIN.replace(
        "\"azurerm_subnet\" \"nodes\" {",
        "\"azurerm_subnet\" \"nodes\" {\n  count = var.own ? 1 : 0",
    );
    let text = format!(
        "{maybe}variable \"own\" {{}}\n{}",
        data("\"nodes\"", "\"shop\"", "\"rg\"")
    );
    assert!(!is_found(&analyse(&[("main.tf", &text)])));
}

#[test]
fn names_that_lean_on_data_sources_make_no_cycle() {
    // The subnet's name comes from a data source whose name comes from another subnet.
    let text = r#"
data "azurerm_subnet" "nodes" {
  name                 = local.name
  virtual_network_name = "shop"
  resource_group_name  = "rg"
}
data "azurerm_subnet" "other" {
  name                 = data.azurerm_subnet.nodes.name
  virtual_network_name = data.azurerm_virtual_network.main.name
  resource_group_name  = "rg"
}
data "azurerm_virtual_network" "main" {
  name                = "shop"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "third" {
  name                 = "${data.azurerm_subnet.other.name}-3"
  resource_group_name  = "rg"
  virtual_network_name = data.azurerm_virtual_network.main.name
  address_prefixes     = ["10.7.0.0/24"]
}
locals {
  name = "nodes"
}
"#;
    let analysis = judged(text);
    assert!(is_found(&analysis), "{:?}", analysis.undecided);
    let why = analysis.undecided.iter().map(|one| one.because.as_str());
    assert!(
        why.clone().all(|why| !why.contains("itself")),
        "{:?}",
        why.collect::<Vec<_>>()
    );
}

/// Tells whether the cluster's subnet is found when a module looks it up that the call gives these providers.
fn is_found_across(providers: &str, own: &str) -> bool {
    let (network, cluster) = MAIN
        .split_once("resource \"azurerm_kubernetes")
        .expect("it has a cluster");
    let data = data("\"nodes\"", "\"shop\"", "\"rg\"");
    let data = data.replacen("{\n", &format!("{{\n{own}"), 1);
    let root = format!("{network}module \"aks\" {{\n  source = \"./aks\"\n{providers}}}\n");
    let cluster = format!("resource \"azurerm_kubernetes{cluster}{data}");
    is_found(&analyse(&[("main.tf", &root), ("aks/main.tf", &cluster)]))
}

#[test]
fn a_call_may_give_a_module_another_provider() {
    assert!(is_found_across("", ""));
    assert!(is_found_across("  providers = { azurerm = azurerm }\n", ""));
    assert!(is_found_across("  providers = { helm = helm.x }\n", ""));
    assert!(!is_found_across(
        "  providers = { azurerm = azurerm.hub }\n",
        ""
    ));
    assert!(!is_found_across("", "  provider = azurerm.hub\n"));
    let own = "  provider = azurerm.hub\n";
    assert!(is_found_across(
        "  providers = { azurerm.hub = azurerm }\n",
        own
    ));
    assert!(!is_found_across(
        "  providers = { azurerm.hub = azurerm.b }\n",
        own
    ));
    let json =
        r#"{"module": {"aks": {"source": "./aks", "providers": {"azurerm": "azurerm.hub"}}}}"#;
    let (network, cluster) = MAIN
        .split_once("resource \"azurerm_kubernetes")
        .expect("it has a cluster");
    let data = data("\"nodes\"", "\"shop\"", "\"rg\"");
    let cluster = format!("resource \"azurerm_kubernetes{cluster}{data}");
    let found = |call: &str| {
        let files = [
            ("main.tf", network),
            ("call.tf.json", call),
            ("aks/main.tf", &cluster),
        ];
        is_found(&analyse(&files))
    };
    assert!(!found(json));
    assert!(found(&json.replace("azurerm.hub", "azurerm")));
}
