//! What programs read is what the schemas in `docs/` say.

use std::fs;

use serde_json::Value;

use crate::support::cli::{Project, aksnet};
use crate::support::package;
use crate::support::schema::faults;

/// A cluster whose values are unknown, absent, invalid and known in part, called twice, with a suppression and a fault that
/// does not parse beside it.
pub(crate) const MESS: &[(&str, &str)] = &[
    (
        "main.tf",
        r#"module "aks" {
  source   = "./aks"
  for_each = toset(["a", "b"])
  plugin   = var.plugin
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = "rg"
  virtual_network_name = "vnet"
  address_prefixes     = [var.range, "10.0.0.0/33"]
}

variable "plugin" {
  type = string
}

variable "range" {
  type = string
}
"#,
    ),
    (
        "aks/main.tf",
        r#"variable "plugin" {
  type = string
}

resource "azurerm_kubernetes_cluster" "main" {
  name                = "aks"
  location            = "westeurope"
  resource_group_name = "rg"
  dns_prefix          = "aks"

  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = var.plugin == "azure" ? 2 : 3
  }

  identity {
    type = "SystemAssigned"
  }

  network_profile {
    network_plugin = var.plugin
    service_cidr   = "10.0.0.0/16"
    dns_service_ip = "10.1.0.10"
    pod_cidr       = "10.0.0.0"
  }
}
"#,
    ),
    ("aks/broken.tf", "locals {\n  a = [1, 2\n}\n"),
];

/// Returns what is wrong with the JSON that these arguments print.
fn check(project: &Project, args: &[&str], schema: &str) -> Vec<String> {
    let path = package().join("docs").join(schema);
    let schema = fs::read_to_string(path).expect("the schema is there");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let printed = aksnet(project.as_ref(), args).out;
    let printed: Value = serde_json::from_str(&printed).expect("what is printed is JSON");
    faults(&schema, &printed)
}

#[test]
fn reports_are_what_their_schemas_say() {
    let projects = [
        ("the example", Project::example()),
        ("the mess", Project::new(MESS)),
        ("nothing", Project::new(&[("main.tf", "")])),
    ];
    for (name, project) in projects {
        let model = ["--model", "azure-cni-pod-subnet", "--compare-models"];
        let commands: [(&str, &[&str], &str); 4] = [
            ("check", &[], "check.schema.json"),
            ("show", &[], "show.schema.json"),
            ("capacity", &[], "capacity.schema.json"),
            ("capacity", &model, "capacity.schema.json"),
        ];
        for (command, more, schema) in commands {
            let args = [&[command, "--format", "json"], more].concat();
            let faults = check(&project, &args, schema);
            assert!(
                faults.is_empty(),
                "{command} of {name}: {}",
                faults.join("\n")
            );
        }
    }
}

#[test]
fn a_list_tells_which_elements_are_not_known() {
    let subnet = r#"
variable "own" {
  type = bool
}
resource "azurerm_subnet" "a" {
  name             = "a"
  address_prefixes = ["10.0.0.0/24", var.own ? "10.1.0.0/24" : "10.2.0.0/24"]
}
resource "azurerm_subnet" "b" {
  name             = "b"
  address_prefixes = ["10.0.0.0/24"]
}
resource "azurerm_kubernetes_cluster" "main" {
  default_node_pool {
    vnet_subnet_id = azurerm_subnet.a.id
  }
}
"#;
    let project = Project::new(&[("main.tf", subnet)]);
    let args = ["show", "--format", "json"];
    assert_eq!(check(&project, &args, "show.schema.json"), [""; 0]);
    let printed: Value = serde_json::from_str(&project.run(&args).out).expect("it is JSON");
    let prefixes = &printed["subnets"][0]["prefixes"];
    assert_eq!(prefixes["state"], "unknown");
    assert_eq!(prefixes["elements"][0]["state"], "set");
    assert_eq!(prefixes["elements"][0]["value"], "10.0.0.0/24");
    assert_eq!(prefixes["elements"][1]["state"], "unknown");
    let both = serde_json::json!(["10.1.0.0/24", "10.2.0.0/24"]);
    assert_eq!(prefixes["elements"][1]["one_of"], both);
    let known = &printed["subnets"][1]["prefixes"];
    assert_eq!(known["state"], "set");
    assert_eq!(known.get("elements"), None);
}
