//! Well-known modules of the registry that are not on disk: what their arguments come to, what their outputs lead to, and that
//! nothing is taken for known that the table does not say.

use crate::support::cli::{Project, Run};

/// A network of the module that most people use, with the subnet `nodes`.
const NETWORK: &str = r#"module "network" {
  source              = "Azure/network/azurerm"
  version             = "5.3.0"
  resource_group_name = "rg"
  vnet_name           = "net"
  address_space       = "10.0.0.0/16"
  subnet_names        = ["other", "nodes"]
  subnet_prefixes     = ["10.0.4.0/24", "10.0.8.0/22"]
  use_for_each        = USE
}
"#;

/// A cluster of the module that most people use.
const AKS: &str = r#"module "aks" {
  source                     = "Azure/aks/azurerm"
  version                    = "VERSION"
  resource_group_name        = "rg"
  prefix                     = "k"
  network_plugin             = "azure"
  network_plugin_mode        = "overlay"
  network_policy             = "calico"
  net_profile_service_cidr   = "10.0.8.0/24"
  net_profile_dns_service_ip = "10.0.9.10"
  SUBNET
}
"#;

fn aks(version: &str, subnet: &str) -> String {
    AKS.replace("VERSION", version).replace("SUBNET", subnet)
}

fn network(use_for_each: &str) -> String {
    NETWORK.replace("USE", use_for_each)
}

fn check(files: &[(&str, &str)]) -> Run {
    Project::new(files).run(&["check", "--format", "concise", "."])
}

fn show(files: &[(&str, &str)]) -> String {
    Project::new(files).run(&["show", "."]).out
}

/// Returns what is shown of the subnet of the default pool.
fn subnet_of_pool(text: &str) -> String {
    show(&[("main.tf", text)])
        .lines()
        .find(|line| line.contains("─ vnet_subnet "))
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn faults_are_told_at_the_arguments() {
    let text = aks("9.1.0", "vnet_subnet_id = module.network.vnet_subnets[1]") + &network("false");
    let run = check(&[("main.tf", &text)]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("main.tf:10:32: error[AKS104]"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("main.tf:9:32: error[AKS121]"),
        "{}",
        run.out
    );
    assert!(run.out.contains("10.0.8.0/22"), "{}", run.out);
}

#[test]
fn addresses_are_those_of_the_real_module() {
    let text = aks(
        "~> 9.0",
        "node_pools = { user = { name = \"user\", vm_size = \"Standard_D4s_v5\", max_pods = 50 } }",
    );
    let out = show(&[("main.tf", &(text + &network("true")))]);
    for address in [
        "module.aks.azurerm_kubernetes_cluster.main",
        "module.aks.azurerm_kubernetes_cluster_node_pool.node_pool_create_before_destroy[\"user\"]",
        "module.network.azurerm_virtual_network.vnet",
        "module.network.azurerm_subnet.subnet_for_each[\"nodes\"]",
    ] {
        assert!(out.contains(address), "{address}\n{out}");
    }
}

#[test]
fn outputs_lead_to_what_the_module_makes() {
    let listed = |each: &str| {
        let id = "vnet_subnet_id = module.network.vnet_subnets[0]";
        subnet_of_pool(&(aks("9.1.0", id) + &network(each)))
    };
    assert!(
        listed("false").contains("subnet_count[0]"),
        "{}",
        listed("false")
    );
    // The module lists the subnets of `for_each` in the order of their names.
    assert!(
        listed("true").contains("subnet_for_each[\"nodes\"]"),
        "{}",
        listed("true")
    );
    // Which order it is, nobody knows.
    let text = format!("variable \"each\" {{}}\n{}", network("var.each"));
    let id = "vnet_subnet_id = module.network.vnet_subnets[0]";
    let shown = subnet_of_pool(&(aks("9.1.0", id) + &text));
    assert!(!shown.contains("subnet_"), "{shown}");
}

#[test]
fn a_vnet_gives_its_subnets_by_name() {
    let vnet = r#"module "net" {
  source              = "git::https://github.com/Azure/terraform-azurerm-vnet.git?ref=4.1.0"
  resource_group_name = "rg"
  vnet_location       = "westeurope"
  use_for_each        = true
  subnet_names        = ["a", "b"]
  subnet_prefixes     = ["10.0.1.0/24", "10.0.2.0/24"]
  route_tables_ids    = { b = azurerm_route_table.r.id }
}
resource "azurerm_route_table" "r" {
  name                = "r"
  location            = "westeurope"
  resource_group_name = "rg"
}
"#;
    let id = "vnet_subnet = { id = module.net.vnet_subnets_name_id[\"b\"] }";
    let text = aks("11.5.0", id) + vnet;
    assert!(
        subnet_of_pool(&text).contains("subnet_for_each[\"b\"]"),
        "{}",
        show(&[("main.tf", &text)])
    );
}

#[test]
fn a_verified_vnet_gives_its_subnets_by_key() {
    let vnet = r#"module "net" {
  source        = "Azure/avm-res-network-virtualnetwork/azurerm"
  version       = "~> 0.20"
  location      = "westeurope"
  parent_id     = "/subscriptions/s/resourceGroups/rg"
  name          = "v"
  address_space = ["10.0.0.0/16"]
  subnets = {
    nodes = { name = "snet", address_prefixes = ["10.0.8.0/22"] }
    pool  = { name = "pool", ipam_pools = [{ pool_id = "x" }] }
  }
}
"#;
    let id = "vnet_subnet = { id = module.net.subnets[\"nodes\"].resource_id }";
    let text = aks("11.5.0", id) + vnet;
    let subnet = "module.net.module.subnet[\"nodes\"].azapi_resource.subnet";
    assert!(
        subnet_of_pool(&text).contains(subnet),
        "{}",
        show(&[("main.tf", &text)])
    );
    let run = check(&[("main.tf", &text)]);
    assert!(run.out.contains("error[AKS121]"), "{}", run.out);
}

#[test]
fn a_module_of_entries_binds_what_they_name() {
    let subnets = r#"module "net" {
  source                        = "Azure/subnets/azurerm"
  resource_group_name           = "rg"
  virtual_network_location      = "westeurope"
  virtual_network_name          = "v"
  virtual_network_address_space = ["10.0.0.0/16"]
  subnets = {
    nodes = { address_prefixes = ["10.0.8.0/22"] }
  }
}
"#;
    let id = "vnet_subnet_id = module.net.vnet_subnets_name_id[\"nodes\"]";
    let run = check(&[("main.tf", &(aks("9.1.0", id) + subnets))]);
    assert!(run.out.contains("error[AKS121]"), "{}", run.out);
}

#[test]
fn an_unknown_argument_release_or_version_leaves_all_unknown() {
    let dns = "10.0.9.10";
    for (version, more) in [("12.0.0", ""), ("0.1.0", ""), ("9.1.0", "wonder = true")] {
        let run = check(&[("main.tf", &aks(version, more))]);
        assert!(!run.out.contains("error["), "{version} {more}: {}", run.out);
    }
    // Releases of which one takes the subnet's id and the other an object: the argument fits one of them alone.
    let run = check(&[("main.tf", &aks(">= 9.0, < 11.0", "vnet_subnet_id = \"x\""))]);
    assert!(!run.out.contains("error["), "{}", run.out);
    // What they agree on is known.
    let run = check(&[("main.tf", &aks(">= 9.0, < 11.0", ""))]);
    assert!(
        run.out.contains("error[AKS104]") && run.out.contains(dns),
        "{}",
        run.out
    );
}

#[test]
fn what_is_on_disk_wins() {
    let list = r#"{"Modules":[{"Key":"aks","Source":"registry.terraform.io/Azure/aks/azurerm","Version":"9.1.0","Dir":".terraform/modules/aks"}]}"#;
    let files = [
        ("main.tf", &*aks("9.1.0", "")),
        (".terraform/modules/modules.json", list),
        (
            ".terraform/modules/aks/main.tf",
            "variable \"network_plugin\" {}\n",
        ),
    ];
    let out = show(&files);
    assert!(!out.contains("azurerm_kubernetes_cluster.main"), "{out}");
}

#[test]
fn calls_that_may_not_exist_stay_uncertain() {
    let text = aks("9.1.0", "").replace("source  ", "count = var.on ? 1 : 0\n  source  ");
    let out = show(&[("main.tf", &format!("variable \"on\" {{}}\n{text}"))]);
    assert!(
        out.contains("module.aks[0].azurerm_kubernetes_cluster.main"),
        "{out}"
    );
}
