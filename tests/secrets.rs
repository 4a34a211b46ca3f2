//! A key of a sensitive map names instances, and is printed nowhere.

use crate::reports::FORMATS;
use crate::support::cli::Project;

const SECRET: &str = "hush-7f3a";

const NETWORK: &str = r#"
variable "pools" {
  type      = map(object({ prefix = string }))
  sensitive = true
}

module "outer" {
  source   = "./outer"
  for_each = var.pools
  name     = each.key
  prefix   = each.value.prefix
  pools    = var.pools
}

resource "azurerm_subnet" "of" {
  for_each             = { for name, pool in var.pools : lower(name) => pool }
  name                 = each.key
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = [each.value.prefix, "not-a-range-${each.key}"]
}

resource "azurerm_subnet" "set" {
  for_each             = toset(keys(module.outer))
  name                 = "fixed"
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = [module.outer[each.key].prefix, { (each.key) = 1 }[each.key], module.outer[each.key].nope]
}

resource "azurerm_kubernetes_cluster" "main" {
  for_each            = var.pools
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  dns_prefix          = "shop"

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D4s_v5"
    node_count     = 3
    vnet_subnet_id = azurerm_subnet.of[each.key].id
  }

  network_profile {
    network_plugin = "kubenet"
    service_cidr   = "10.0.0.0/33"
    pod_cidr       = "10.0.0.0/16"
    dns_service_ip = "10.1.0.10"
  }

  dynamic "maintenance_window" {
    for_each = var.pools
    content {
      name = maintenance_window.key
    }
  }
}
"#;

const OUTER: &str = r#"
variable "name" {}
variable "prefix" {}
variable "pools" {}

resource "azurerm_subnet" "in" {
  for_each             = toset([var.name])
  name                 = "in"
  resource_group_name  = "shop"
  virtual_network_name = "shop"
  address_prefixes     = ["10.9.0.0/16", "10.9.0.1/16"]
}

resource "azurerm_kubernetes_cluster" "inner" {
  name                = "inner"
  location            = var.unset
  resource_group_name = "shop"
  dns_prefix          = "shop"

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D4s_v5"
    node_count     = 3
    vnet_subnet_id = azurerm_subnet.in[var.name].id
  }

  network_profile {
    network_plugin = "azure"
    service_cidr   = "10.9.0.0/24"
    dns_service_ip = var.pools[var.name].missing
  }
}

output "prefix" {
  value = var.prefix
}
"#;

#[test]
fn keys_of_sensitive_maps_are_not_printed() {
    let values = format!(
        "pools = {{\n  \"{SECRET}\" = {{ prefix = \"10.2.0.0/24\" }}\n  \"{SECRET}-b\" = {{ prefix = \"10.3.0.0/24\" }}\n}}\n"
    );
    let project = Project::new(&[
        ("main.tf", NETWORK),
        ("outer/main.tf", OUTER),
        ("terraform.tfvars", &values),
    ]);
    let checks = FORMATS.map(|format| vec!["check", "--undecided", "--format", format, "."]);
    let others = [
        vec!["check", "."],
        vec!["show", "."],
        vec!["show", "--format", "json", "."],
    ];
    for args in checks.iter().chain(&others) {
        let run = project.run(args);
        let (out, err) = (&run.out, &run.err);
        assert!(!out.contains(SECRET), "{args:?}: {out}");
        assert!(!err.contains(SECRET), "{args:?}: {err}");
        assert!(err.is_empty() || run.code != 3, "{args:?}: {err}");
        // A report without findings would prove nothing.
        let told = ["AKS101", "clusters", "azurerm_kubernetes_cluster"];
        assert!(
            told.iter().any(|word| out.contains(word)),
            "{args:?}: {out}"
        );
    }
    let shown = project.run(&["show", "."]).out;
    for place in [1, 2] {
        let key = format!("[\"(sensitive {place})\"]");
        assert!(shown.contains(&key), "{key}: {shown}");
    }
}
