//! What aksnet.toml says about roots and about what is not in the code.

use serde_json::Value;

use crate::support::cli::{Project, Run};

/// A root whose cluster has the ranges of two variables.
const MAIN: &str = r#"variable "range" {}
variable "dns" {}

resource "azurerm_kubernetes_cluster" "main" {
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    service_cidr        = var.range
    dns_service_ip      = var.dns
  }
}
"#;

/// Returns a run of `check` that says only whether the DNS service IP is outside the service range.
fn check(project: &Project, flags: &[&str]) -> Run {
    let args = ["check", "--format", "json", "--select", "AKS104"];
    project.run(&[&args, flags].concat())
}

/// Returns the variants of the instances of all findings.
fn variants(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let findings = report["findings"].as_array().expect("a list").iter();
    let instances = findings.flat_map(|one| one["instances"].as_array().expect("a list"));
    instances
        .map(|one| one["variant"].as_str().unwrap_or("-").to_owned())
        .collect()
}

/// Returns what is said about a configuration that is refused.
#[track_caller]
fn refused(project: &Project) -> String {
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    run.err
}

#[test]
fn each_entry_is_a_variant() {
    let project = Project::new(&[
        ("app/main.tf", MAIN),
        ("app/ignored.tfvars", "range = \"x\"\ndns = \"y\""),
        ("vars/prod.tfvars", "dns = \"10.1.0.10\""),
        (
            "vars/common.tfvars",
            "range = \"10.0.0.0/16\"\ndns = \"10.0.0.10\"",
        ),
        (
            "aksnet.toml",
            "[[terraform.root]]\npath = 'app'\nvar-files = ['../vars/common.tfvars', '../vars/prod.tfvars']\n\
             [[terraform.root]]\npath = 'app'\nvar-files = ['../vars/common.tfvars']\n\
             [[terraform.root]]\npath = 'app'\nname = 'test'\nvar-files = ['../vars/common.tfvars']\n\
             vars = { dns = '10.2.0.10' }\n",
        ),
    ]);
    let run = check(&project, &[]);
    assert_eq!(variants(&run), ["test", "vars/prod.tfvars"]);
    // A file on the command line says which is used, and one value goes before all of them.
    let common = check(&project, &["--var-file", "vars/common.tfvars"]);
    assert_eq!(variants(&common), Vec::<String>::new());
    let flag = check(&project, &["--var", "dns=10.3.0.10"]);
    assert_eq!(
        variants(&flag),
        ["test", "vars/common.tfvars", "vars/prod.tfvars"]
    );
}

#[test]
fn a_value_in_the_configuration_has_its_place() {
    let project = Project::new(&[
        ("main.tf", MAIN),
        (
            "aksnet.toml",
            "[[terraform.root]]\npath = '.'\n[terraform.root.vars]\nrange = '10.0.0.0/16'\ndns = '10.1.0.10'\n",
        ),
    ]);
    let run = check(&project, &[]);
    let report: Value = serde_json::from_str(&run.out).expect("it is JSON");
    assert_eq!(run.code, 1);
    let labels = report["findings"][0]["labels"].to_string();
    assert!(labels.contains("aksnet.toml"), "{labels}");
    assert_eq!(report["findings"][0]["variant"], Value::Null);
    assert_eq!(report["findings"][0]["fix"], Value::Null);
}

#[test]
fn a_var_file_outside_the_project_may_be_named() {
    let outside = Project::new(&[(
        "prod.tfvars",
        "range = \"10.0.0.0/16\"\ndns = \"10.1.0.10\"",
    )]);
    let project = Project::new(&[("main.tf", MAIN)]);
    let path = outside.as_ref().join("prod.tfvars");
    let path = path.to_str().expect("a plain path").replace('\\', "/");
    project.write(
        "aksnet.toml",
        &format!("[[terraform.root]]\npath = '.'\nvar-files = ['{path}']\n"),
    );
    let run = check(&project, &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(variants(&run).len(), 1);
}

#[test]
fn a_called_module_may_be_named_as_a_root() {
    let call = "module \"aks\" {\n  source = \"./aks\"\n  range = \"10.0.0.0/16\"\n  dns = \"10.0.0.10\"\n}\n";
    let project = Project::new(&[
        ("main.tf", call),
        ("aks/main.tf", MAIN),
        (
            "aksnet.toml",
            "[[terraform.root]]\npath = 'aks'\nname = 'alone'\nvars = { range = '10.0.0.0/16', dns = '10.1.0.10' }\n",
        ),
    ]);
    assert_eq!(variants(&check(&project, &[])), ["alone"]);
}

#[test]
fn what_does_not_fit_the_code_is_refused_with_its_place() {
    let project = Project::new(&[("app/main.tf", MAIN), ("app/bad.tfvars", "dns = [")]);
    let says = |text: &str| {
        project.write("aksnet.toml", text);
        refused(&project)
    };
    let root = "[[terraform.root]]\npath = 'app'\n";
    insta::assert_snapshot!(
        [
            says("[[terraform.root]]\npath = 'ap'"),
            says("[[terraform.root]]\npath = '../app'"),
            says("[[terraform.root]]\nname = 'x'"),
            says(&format!("{root}var-file = []")),
            says(&format!("{root}vars = {{ rnage = '10.0.0.0/16' }}")),
            says(&format!("{root}{root}")),
            says(&format!("{root}name = ''")),
            says(&format!("{root}var-files = ['..']")),
            says("[terraform]\nroots = []"),
        ]
        .concat(),
        @r#"
    error: aksnet.toml:2:8: ap holds no Terraform file
    error: aksnet.toml:2:8: "../app" is no folder below the project root
    error: aksnet.toml:1:1: the key "path" is missing
    error: aksnet.toml:3:1: unknown key "var-file"; did you mean "var-files"?
    error: aksnet.toml:3:10: app has no variable "rnage"; did you mean "range"?
    error: aksnet.toml:4:8: two variants of app cannot be told apart; give each a name
    error: aksnet.toml:3:8: the name is empty
    error: aksnet.toml:3:14: cannot read the var file ..: it is no file
    error: aksnet.toml:2:1: unknown key "roots"; did you mean "root"?
    "#
    );
    let missing = says(&format!("{root}var-files = ['none.tfvars']"));
    let start = "error: aksnet.toml:3:14: cannot read the var file none.tfvars: ";
    assert!(missing.starts_with(start), "{missing}");
    project.write("aksnet.toml", &format!("{root}var-files = ['bad.tfvars']"));
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("app/bad.tfvars:1:") && run.out.contains("AKS001"),
        "{}",
        run.out
    );
}
