//! Override files: what they say is merged into what they override, as Terraform does it.

use aksnet::engine::Analysis;
use aksnet::finding::{RuleId, Severity};
use aksnet::model::LoadBalancerSku;

use crate::support::run;

const CLUSTER: &str = r#"
variable "plugin" {
  type     = string
  default  = "azure"
  nullable = false
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
    service_cidr   = "10.0.0.0/16"
    dns_service_ip = "10.0.0.10"
  }

  api_server_access_profile {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }
}
"#;

/// Returns the rules that say more than an advice, or that something is not understood.
fn codes(analysis: &Analysis) -> Vec<RuleId> {
    let findings = analysis.findings.iter();
    let grave = findings
        .filter(|finding| finding.rule == RuleId(9) || finding.severity != Severity::Advice);
    grave.map(|finding| finding.rule).collect()
}

fn with(overrides: &[(&str, &str)]) -> Analysis {
    let mut files = vec![("main.tf", CLUSTER)];
    files.extend(overrides);
    run::analyse(&files)
}

#[test]
fn the_base_has_no_findings() {
    assert_eq!(codes(&with(&[])), []);
}

#[test]
fn a_default_is_replaced_and_the_type_stays() {
    let text = "variable \"plugin\" {\n  default = \"kubenet\"\n}\n";
    for name in ["my_override.tf", "override.tf", "override.tofu"] {
        let analysis = with(&[(name, text)]);
        assert_eq!(codes(&analysis), [RuleId(301)]);
        assert!(analysis.designs[0].after.clusters.incomplete.is_none());
    }
    let not_one = with(&[("overrides.tf", "variable \"plugin\" {}\n")]);
    assert_eq!(codes(&not_one), []);
}

#[test]
fn an_attribute_is_replaced_and_the_blocks_stay() {
    let text = "resource \"azurerm_kubernetes_cluster\" \"main\" {\n  location = \"x\"\n}\n";
    let analysis = with(&[("override.tf", text)]);
    assert_eq!(codes(&analysis), []);
    let clusters = &analysis.designs[0].after.clusters;
    assert!(clusters.incomplete.is_none());
    assert_eq!(clusters.iter().count(), 1);
}

#[test]
fn blocks_of_a_type_are_replaced_as_a_whole() {
    let text = r#"resource "azurerm_kubernetes_cluster" "main" {
  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
    service_cidr   = "10.1.0.0/16"
    dns_service_ip = "10.0.0.10"
  }
}
"#;
    let analysis = with(&[("override.tf", text)]);
    let outside = RuleId(104);
    let place = run::places(&analysis, outside);
    assert_eq!(
        place,
        [("override.tf".to_owned(), 6)],
        "{:?}",
        codes(&analysis)
    );
    assert!(aksnet::view::render_human(&analysis).contains("override.tf:6"));
}

#[test]
fn of_two_override_files_the_later_counts() {
    let policy = |policy: &str| {
        format!(
            "resource \"azurerm_kubernetes_cluster\" \"main\" {{\n  network_profile {{\n    network_plugin = \"{policy}\"\n    network_policy = \"calico\"\n  }}\n}}\n"
        )
    };
    let (kubenet, azure) = (policy("kubenet"), policy("azure"));
    let analysis = with(&[("a_override.tf", &kubenet), ("b_override.tf", &azure)]);
    assert_eq!(codes(&analysis), []);
    let analysis = with(&[("a_override.tf", &azure), ("b_override.tf", &kubenet)]);
    assert_eq!(
        run::places(&analysis, RuleId(301)),
        [("b_override.tf".to_owned(), 3)]
    );
}

#[test]
fn locals_outputs_and_calls_are_merged_by_name() {
    let main = r#"
locals {
  plugin = "azure"
  policy = "calico"
}
module "aks" {
  source = "./none"
  policy = local.policy
  plugin = "azure"
}
"#;
    let module = "variable \"plugin\" {}\nvariable \"policy\" {}\n".to_owned()
        + &CLUSTER[CLUSTER.find("resource").unwrap_or_default()..];
    let output = "output \"x\" {\n  value = 1\n}\n";
    let over = "locals {\n  plugin = \"kubenet\"\n}\nmodule \"aks\" {\n  source = \"./aks\"\n  plugin = local.plugin\n}\noutput \"x\" {\n  sensitive = true\n}\n";
    let files = [
        ("main.tf", main),
        ("outputs.tf", output),
        ("main_override.tf", over),
        ("aks/main.tf", &module),
    ];
    let analysis = run::analyse(&files);
    assert_eq!(codes(&analysis), [RuleId(301)]);
    assert_eq!(analysis.designs.len(), 1);
}

#[test]
fn a_required_provider_is_replaced() {
    let asks = |version: &str| {
        format!(
            "terraform {{\n  required_providers {{\n    azurerm = {{ version = \"{version}\" }}\n  }}\n}}\n"
        )
    };
    let (old, new) = (asks("~> 1.44"), asks("~> 4.0"));
    let sku = |files: &[(&str, &str)]| {
        let analysis = with(files);
        let cluster = &analysis.designs[0].after.clusters.items[0];
        cluster.load_balancer_sku.get().copied()
    };
    let basic = sku(&[("versions.tf", &old)]);
    assert_eq!(basic, Some(LoadBalancerSku::Basic));
    let both = [("versions.tf", &*old), ("versions_override.tf", &*new)];
    assert_eq!(sku(&both), Some(LoadBalancerSku::Standard));
}

#[test]
fn an_override_of_nothing_is_told_and_not_judged() {
    let text = "resource \"azurerm_kubernetes_cluster\" \"other\" {\n  location = \"x\"\n}\n";
    let analysis = with(&[("override.tf", text)]);
    assert_eq!(codes(&analysis), [RuleId::SYNTAX_ERROR]);
    assert_eq!(analysis.designs[0].after.clusters.iter().count(), 1);
    let broken = with(&[("override.tf", text), ("broken.tf", "variable \"x\" {\n")]);
    assert_eq!(codes(&broken).len(), 1);
}
