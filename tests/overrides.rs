//! Override files: values are replaced, resources and calls are left out and said to be.

use aksnet::finding::RuleId;
use aksnet::value::Cause;

use crate::support::run;

const CLUSTER: &str = r#"
variable "plugin" {
  default = "azure"
}

resource "azurerm_kubernetes_cluster" "main" {
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  dns_prefix          = "shop"

  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = 3
  }

  network_profile {
    network_plugin = var.plugin
    network_policy = "calico"
  }
}
"#;

#[test]
fn a_value_is_replaced() {
    let override_file = "variable \"plugin\" {\n  default = \"kubenet\"\n}\n";
    let analysis = run::analyse(&[("main.tf", CLUSTER), ("my_override.tf", override_file)]);
    let codes: Vec<RuleId> = analysis
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(codes, [RuleId(301)]);
}

#[test]
fn a_resource_that_is_changed_is_not_judged_twice() {
    let override_file =
        "resource \"azurerm_kubernetes_cluster\" \"main\" {\n  location = \"x\"\n}\n";
    let analysis = run::analyse(&[("main.tf", CLUSTER), ("override.tf", override_file)]);
    let codes: Vec<RuleId> = analysis
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(codes, [RuleId::SYNTAX_NOT_SUPPORTED]);
    let clusters = &analysis.designs[0].after.clusters;
    assert!(clusters.is_empty());
    let cause = clusters.incomplete.as_ref().map(|unknown| unknown.cause);
    assert_eq!(cause, Some(Cause::NotSupported));
}
