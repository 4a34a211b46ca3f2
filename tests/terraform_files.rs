//! Which files of a Terraform project count for what: `.tofu` files, the lock file, other tools' files, and blocks that say
//! nothing about the network.

use aksnet::engine::Analysis;
use aksnet::finding::{RuleId, Severity};
use aksnet::model::LoadBalancerSku;

use crate::support::cli::Project;
use crate::support::run;

/// Returns a cluster with this network plugin.
fn cluster(plugin: &str) -> String {
    format!(
        r#"resource "azurerm_kubernetes_cluster" "main" {{
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  dns_prefix          = "shop"

  default_node_pool {{
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = 3
  }}

  network_profile {{
    network_plugin = "{plugin}"
    network_policy = "calico"
  }}

  api_server_access_profile {{
    authorized_ip_ranges = ["198.51.100.0/24"]
  }}
}}
"#
    )
}

/// Returns the rules that say more than an advice, or that something is not understood.
fn codes(analysis: &Analysis) -> Vec<RuleId> {
    let findings = analysis.findings.iter();
    let grave = findings
        .filter(|finding| finding.rule == RuleId(9) || finding.severity != Severity::Advice);
    grave.map(|finding| finding.rule).collect()
}

#[test]
fn opentofu_has_files_of_its_own() {
    let (azure, kubenet) = (cluster("azure"), cluster("kubenet"));
    let beside = run::analyse(&[("main.tf", &azure), ("main.tofu", &kubenet)]);
    assert_eq!(
        run::places(&beside, RuleId(301)),
        [("main.tofu".to_owned(), 14)]
    );
    assert_eq!(beside.designs[0].after.clusters.iter().count(), 1);
    let other_name = "locals {\n  a = 1\n}\n";
    let both = run::analyse(&[("main.tf", &kubenet), ("more.tofu", other_name)]);
    assert_eq!(
        run::places(&both, RuleId(301)),
        [("main.tf".to_owned(), 14)]
    );
    let json = r#"{"locals": {"a": "${b"}}"#;
    let replaced = [
        ("main.tofu", azure.as_str()),
        ("x.tf.json", json),
        ("x.tofu.json", "{}"),
    ];
    assert_eq!(codes(&run::analyse(&replaced)), []);
    let kept = [
        ("main.tofu", azure.as_str()),
        ("x.tf.json", json),
        ("x.tofu", ""),
    ];
    assert_eq!(codes(&run::analyse(&kept)), [RuleId::SYNTAX_ERROR]);
}

/// JSON that begins as a plan does.
const PLAN_HEAD: &str = r#"{"format_version": "1.2", "terraform_version": "1.11.4", "#;

#[test]
fn files_of_other_tools_are_left_alone_and_counted() {
    let azure = cluster("azure");
    let broken = "this { is no = hcl";
    let project = Project::new(&[
        ("main.tf", &azure),
        ("main.tofu", &azure),
        ("terragrunt.hcl", broken),
        (".tflint.hcl", broken),
        ("net.tftest.hcl", broken),
        ("tests/more.tftest.hcl", broken),
        ("net.tofutest.hcl", broken),
        ("plan.tftest.json", PLAN_HEAD),
        ("net.tfmock.json", PLAN_HEAD),
        ("net.tfmock.hcl", broken),
        ("net.tfstack.hcl", broken),
        ("net.tfcomponent.hcl", broken),
        ("net.tfdeploy.hcl", broken),
        ("image.pkr.hcl", broken),
    ]);
    let quiet = project.run(&["check", "--format", "concise"]);
    assert_eq!(quiet.code, 0, "{quiet:?}");
    assert!(!quiet.err.contains("left alone"));
    let verbose = project.run(&["check", "--format", "concise", "-v"]);
    let said: Vec<&str> = verbose
        .err
        .lines()
        .filter(|line| line.contains("left alone"))
        .collect();
    assert_eq!(
        said,
        [
            "left alone 1 file: OpenTofu reads the .tofu file of this name instead",
            "left alone 1 file: TFLint's settings",
            "left alone 1 file: Terragrunt's settings",
            "left alone 1 file: a Packer template",
            "left alone 2 files: a Terraform stack",
            "left alone 1 file: a deployment of a Terraform stack",
            "left alone 4 files: a test",
            "left alone 2 files: mock data of tests",
        ]
    );
    let read: Vec<&str> = verbose
        .err
        .lines()
        .filter(|line| line.starts_with("read "))
        .collect();
    assert_eq!(read, ["read main.tofu"]);
    assert_eq!(quiet.out, verbose.out);
    let only = Project::new(&[("terragrunt.hcl", "a = 1\n")]);
    assert_eq!(only.run(&["check"]).code, 2);
}

/// Returns the load balancer's SKU, which azurerm 1 filled in differently.
fn sku(analysis: &Analysis) -> Option<LoadBalancerSku> {
    let cluster = &analysis.designs[0].after.clusters.items[0];
    cluster.load_balancer_sku.get().copied()
}

#[test]
fn the_lock_file_beside_a_root_says_the_version() {
    let azure = cluster("azure");
    let asks = "terraform {\n  required_providers {\n    azurerm = \">= 1.0\"\n  }\n}\n";
    let lock = |registry: &str, version: &str| {
        format!(
            "provider \"{registry}/hashicorp/azurerm\" {{\n  version     = \"{version}\"\n  constraints = \">= 1.0\"\n  hashes = [\n    \"h1:a\",\n  ]\n}}\n"
        )
    };
    let with = |lock: &str, folder: &str| {
        let lock_path = format!("{folder}.terraform.lock.hcl");
        let files = [
            ("main.tf", azure.as_str()),
            ("versions.tf", asks),
            (&*lock_path, lock),
        ];
        sku(&run::analyse(&files))
    };
    let (terraform, tofu) = ("registry.terraform.io", "registry.opentofu.org");
    assert_eq!(
        with(&lock(terraform, "1.44.0"), ""),
        Some(LoadBalancerSku::Basic)
    );
    assert_eq!(
        with(&lock(tofu, "1.44.0"), ""),
        Some(LoadBalancerSku::Basic)
    );
    assert_eq!(
        with(&lock(terraform, "4.12.0"), ""),
        Some(LoadBalancerSku::Standard)
    );
    let unlocked = with("", "");
    assert_eq!(with(&lock(terraform, "1.44.0"), "other/"), unlocked);
    assert_ne!(unlocked, Some(LoadBalancerSku::Basic));
    let other = lock(terraform, "1.44.0").replace("hashicorp/azurerm", "acme/azurerm");
    assert_eq!(with(&other, ""), unlocked);
}

#[test]
fn a_lock_file_is_found_though_it_is_hidden() {
    let azure = cluster("azure");
    let lock =
        "provider \"registry.terraform.io/hashicorp/azurerm\" {\n  version = \"1.44.0\"\n}\n";
    let shown = |files: &[(&str, &str)]| Project::new(files).run(&["show"]).out;
    let unlocked = shown(&[("main.tf", &azure)]);
    let locked = shown(&[("main.tf", &azure), (".terraform.lock.hcl", lock)]);
    assert_ne!(locked, unlocked);
    let line = locked.lines().find(|line| line.contains("basic"));
    assert!(line.is_some(), "{locked}");
}

#[test]
fn blocks_that_say_nothing_about_the_network_are_harmless() {
    let blocks = [
        "moved {\n  from = azurerm_kubernetes_cluster.old\n  to   = azurerm_kubernetes_cluster.main\n}\n",
        "import {\n  for_each = { a = \"x\" }\n  to       = azurerm_kubernetes_cluster.main\n  id       = each.value\n}\n",
        "removed {\n  from = azurerm_subnet.gone\n  lifecycle {\n    destroy = false\n  }\n}\n",
        "check \"health\" {\n  data \"http\" \"x\" {\n    url = \"https://x\"\n  }\n  assert {\n    condition     = data.http.x.status_code == 200\n    error_message = \"no\"\n  }\n}\n",
        "action \"azurerm_x\" \"restart\" {\n  config {\n    id = azurerm_kubernetes_cluster.main.id\n  }\n}\n",
        "ephemeral \"azurerm_key_vault_secret\" \"s\" {\n  name = \"x\"\n}\n",
        "provider \"azurerm\" {\n  alias = \"hub\"\n  features {}\n}\n",
        "terraform {\n  backend \"azurerm\" {\n    key = \"x\"\n  }\n  cloud {}\n}\n",
    ];
    for block in blocks {
        let text = cluster("kubenet") + block;
        let analysis = run::analyse(&[("main.tf", &text)]);
        assert_eq!(codes(&analysis), [RuleId(301)], "{block}");
        assert_eq!(analysis.designs[0].after.clusters.iter().count(), 1);
        assert!(analysis.designs[0].after.clusters.incomplete.is_none());
    }
    let json = r#"{
  "moved": [{"from": "azurerm_kubernetes_cluster.old", "to": "azurerm_kubernetes_cluster.main"}],
  "import": {"for_each": {"a": "x"}, "to": "azurerm_kubernetes_cluster.main", "id": "${each.value}"},
  "removed": {"from": "azurerm_subnet.gone", "lifecycle": {"destroy": false}},
  "check": {"health": {"assert": {"condition": true, "error_message": "no"}}},
  "action": {"azurerm_x": {"restart": {"config": {}}}},
  "ephemeral": {"azurerm_key_vault_secret": {"s": {"name": "x"}}},
  "provider": {"azurerm": [{"alias": "hub", "features": {}}]},
  "terraform": {"backend": {"azurerm": {"key": "x"}}}
}"#;
    let files = [("main.tf", &*cluster("kubenet")), ("more.tf.json", json)];
    assert_eq!(codes(&run::analyse(&files)), [RuleId(301)]);
}

#[test]
fn what_the_parser_does_not_know_costs_one_block_at_most() {
    let deep = format!("{}1{}", "(".repeat(70), ")".repeat(70));
    let long = format!("true{}", " || true".repeat(140));
    let shapes = [
        ("{ x = 1, x = 2 }", None),
        ("{ (\"x\") = 1, (\"x\") = 2 }", None),
        ("{ for k, v in { a = 1 } : k => true ?\n    v : 2 }", None),
        ("{ for k, v in { a = 1 } : k => 1 +\n    v }", None),
        ("\"a\\n${upper(\"x\")}\"", None),
        (&*deep, Some(RuleId::SYNTAX_NOT_SUPPORTED)),
        (&*long, Some(RuleId::SYNTAX_NOT_SUPPORTED)),
    ];
    for (value, expected) in shapes {
        let text = format!("locals {{\n  a = {value}\n}}\n\n{}", cluster("kubenet"));
        let analysis = run::analyse(&[("main.tf", &text)]);
        let mut wanted: Vec<RuleId> = expected.into_iter().collect();
        wanted.push(RuleId(301));
        assert_eq!(codes(&analysis), wanted, "{value}");
    }
}
