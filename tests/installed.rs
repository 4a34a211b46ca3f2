//! Copies of remote modules that `terraform init` left in `.terraform/modules`: they are read, through whose list is told, and
//! what is wrong in them is said at the user's call.

use crate::support::cli::{Project, Run};

/// A module with a fault that its caller makes: a DNS service IP outside the service range.
const AKS: &str = r#"variable "dns" {}

resource "azurerm_kubernetes_cluster" "main" {
  name                = "aks"
  location            = "westeurope"
  resource_group_name = "rg"
  dns_prefix          = "aks"

  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = 2
  }

  identity {
    type = "SystemAssigned"
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "calico"
    service_cidr        = "10.0.0.0/16"
    dns_service_ip      = var.dns
  }
}
"#;

/// Returns a call of a remote module.
fn call(name: &str, source: &str, more: &str) -> String {
    format!("module \"{name}\" {{\n  source = \"{source}\"\n  {more}\n}}\n")
}

/// Returns a list of installed modules: key, source, version, folder.
fn list(modules: &[(&str, &str, &str, &str)]) -> String {
    let entry = |(key, source, version, folder): &(&str, &str, &str, &str)| serde_json::json!({"Key": key, "Source": source, "Version": version, "Dir": folder});
    let mut all = vec![serde_json::json!({"Key": "", "Source": "", "Dir": "."})];
    all.extend(modules.iter().map(entry));
    serde_json::json!({ "Modules": all }).to_string()
}

const LIST: &str = ".terraform/modules/modules.json";

/// Runs a check of everything, one line a finding.
fn check(project: &Project) -> Run {
    project.run(&["check", "--format", "concise", "."])
}

#[test]
fn a_copy_is_read_and_its_fault_is_told_at_the_call() {
    let list = list(&[(
        "k",
        "registry.terraform.io/acme/aks/azurerm",
        "1.2.0",
        ".terraform/modules/k",
    )]);
    let project = Project::new(&[
        (".gitignore", ".terraform/\n"),
        (
            "main.tf",
            &call(
                "k",
                "acme/aks/azurerm",
                "version = \"~> 1.0\"\n  dns = \"10.1.0.10\"",
            ),
        ),
        (LIST, &list),
        (".terraform/modules/k/main.tf", AKS),
    ]);
    let run = check(&project);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("main.tf:1:1:") && run.out.contains("[AKS104]"),
        "{}",
        run.out
    );
    let run = project.run(&["show", "."]);
    assert!(
        run.out.contains("module.k.azurerm_kubernetes_cluster.main"),
        "{}",
        run.out
    );
}

#[test]
fn a_fault_inside_a_copy_moves_to_the_call() {
    let project = Project::new(&[
        ("main.tf", &call("net", "./net", "")),
        (
            "net/main.tf",
            &call("k", "git::https://example.com/aks.git//inner?ref=1", ""),
        ),
        (
            LIST,
            &list(&[
                ("net", "./net", "", "net"),
                (
                    "net.k",
                    "git::https://example.com/aks.git//inner?ref=1",
                    "",
                    ".terraform/modules/net.k/inner",
                ),
            ]),
        ),
        (
            ".terraform/modules/net.k/inner/main.tf",
            &call("deep", "../deep", "dns = \"10.1.0.10\""),
        ),
        (".terraform/modules/net.k/deep/main.tf", AKS),
    ]);
    let run = project.run(&["check", "--format", "human", "."]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("net/main.tf:1:1"), "{}", run.out);
    assert!(
        run.out.contains("in module \"k\", called here"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains(".terraform/modules/net.k/inner/main.tf:3"),
        "{}",
        run.out
    );
}

#[test]
fn each_root_has_its_own_copy() {
    let both = call("shared", "../shared", "");
    let copy = |address: &str| AKS.replace("var.dns", &format!("{address:?}"));
    let listed = list(&[
        ("shared", "../shared", "", "../shared"),
        (
            "shared.k",
            "registry.terraform.io/acme/aks/azurerm",
            "1.0.0",
            ".terraform/modules/shared.k",
        ),
    ]);
    let project = Project::new(&[
        ("a/main.tf", &both),
        ("b/main.tf", &both),
        ("shared/main.tf", &call("k", "acme/aks/azurerm", "")),
        (&format!("a/{LIST}"), &listed),
        (&format!("b/{LIST}"), &listed),
        ("a/.terraform/modules/shared.k/main.tf", &copy("10.0.0.10")),
        ("b/.terraform/modules/shared.k/main.tf", &copy("10.1.0.10")),
    ]);
    let show = |root: &str| project.run(&["show", root]).out;
    assert!(
        show("a").contains("10.0.0.10") && !show("a").contains("10.1.0.10"),
        "{}",
        show("a")
    );
    assert!(
        show("b").contains("10.1.0.10") && !show("b").contains("10.0.0.10"),
        "{}",
        show("b")
    );
}

#[test]
fn a_list_that_lies_or_is_old_leads_nowhere() {
    let source = "registry.terraform.io/acme/aks/azurerm";
    let elsewhere = [
        ("k", source, "1.0.0", "../outside"),
        ("k", source, "1.0.0", "mine"),
        ("k", source, "2.0.0", ".terraform/modules/k"),
        (
            "k",
            "registry.terraform.io/acme/other/azurerm",
            "1.0.0",
            ".terraform/modules/k",
        ),
        ("other", source, "1.0.0", ".terraform/modules/k"),
    ];
    for entry in elsewhere {
        let project = Project::new(&[
            (
                "root/main.tf",
                &call(
                    "k",
                    "acme/aks/azurerm",
                    "version = \"1.0.0\"\n  dns = \"10.1.0.10\"",
                ),
            ),
            (
                "root/aks.tf",
                &AKS.replace("var.dns", "\"10.0.0.10\"")
                    .replace("variable \"dns\" {}", ""),
            ),
            (&format!("root/{LIST}"), &list(&[entry])),
            (
                "root/mine/main.tf",
                &AKS.replace("var.dns", "\"10.0.0.10\""),
            ),
            ("outside/main.tf", &AKS.replace("var.dns", "\"10.0.0.10\"")),
            ("root/.terraform/modules/k/main.tf", AKS),
        ]);
        let run = project.run(&["show", "root"]);
        assert!(
            !run.out.contains("module.k.azurerm"),
            "{entry:?}\n{}",
            run.out
        );
        assert_ne!(check(&project).code, 1, "{entry:?}");
    }
}

#[test]
fn a_copy_that_leads_back_to_itself_closes_a_cycle() {
    let source = "registry.terraform.io/acme/aks/azurerm";
    let project = Project::new(&[
        ("main.tf", &call("k", "acme/aks/azurerm", "")),
        (
            LIST,
            &list(&[
                ("k", source, "1.0.0", ".terraform/modules/k"),
                ("k.k", source, "1.0.0", ".terraform/modules/k"),
            ]),
        ),
        (
            ".terraform/modules/k/main.tf",
            &format!("{AKS}{}", call("k", "acme/aks/azurerm", "")),
        ),
    ]);
    let run = check(&project);
    assert!(run.out.contains("[AKS010]"), "{}{}", run.out, run.err);
}
