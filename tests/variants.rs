//! Var files that no flag names: which of them make variants, and what is known where none does.

use aksnet::engine::{Analysis, Options, analyse_texts};
use aksnet::finding::RuleId;
use jiff::civil::date;

use crate::support::cli::Project;
use crate::support::run::{analyse, of_rule, place};

/// A root whose cluster has the ranges of two variables, with these lines in front of it.
fn root(variables: &str) -> String {
    let cluster = r#"resource "azurerm_kubernetes_cluster" "main" {
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    service_cidr        = var.range
    dns_service_ip      = var.dns
  }

  dns_prefix = "shop"
}
"#;
    format!("{variables}{cluster}")
}

const TWO: &str = "variable \"range\" {}\nvariable \"dns\" {}\n";
const RIGHT: &str = "range = \"10.0.0.0/16\"\ndns   = \"10.0.0.10\"\n";
const WRONG: &str = "range = \"10.0.0.0/16\"\ndns   = \"10.1.0.10\"\n";

fn variants(analysis: &Analysis) -> Vec<Option<&str>> {
    let designs = analysis.designs.iter();
    designs.map(|design| design.variant.as_deref()).collect()
}

/// Returns the variants in which the DNS service IP is outside the service range.
fn wrong(analysis: &Analysis) -> Vec<Option<&str>> {
    let findings = of_rule(analysis, RuleId(104));
    let instances = findings.flat_map(|finding| &finding.instances);
    instances.map(|one| one.variant.as_deref()).collect()
}

/// Returns why AKS104 was silent.
fn why(analysis: &Analysis) -> Vec<&str> {
    let all = analysis.undecided.iter();
    let own = all.filter(|undecided| undecided.rule == RuleId(104));
    own.map(|undecided| undecided.because.as_str()).collect()
}

#[test]
fn a_file_that_completes_a_root_is_a_variant() {
    let main = root(TWO);
    let files = [
        ("main.tf", main.as_str()),
        ("envs/prod.tfvars", WRONG),
        ("dev.tfvars", RIGHT),
        ("envs/dev/terraform.tfvars", WRONG),
        ("part.tfvars", "dns = \"10.9.0.1\""),
        ("other.tfvars", "nobody = \"declares this\""),
    ];
    let analysis = analyse(&files);
    let (dev, nested, prod) = (
        "dev.tfvars",
        "envs/dev/terraform.tfvars",
        "envs/prod.tfvars",
    );
    assert_eq!(variants(&analysis), [Some(dev), Some(nested), Some(prod)]);
    assert_eq!(wrong(&analysis), [Some(nested), Some(prod)]);
    assert_eq!(
        of_rule(&analysis, RuleId(104)).count(),
        1,
        "one place, one finding"
    );
    assert_eq!(analysis.stats.roots, 1);
    assert_eq!(analysis.stats.clusters, 1);
}

#[test]
fn a_root_that_needs_no_file_is_judged_without_one_too() {
    let main = root(TWO);
    let analysis = analyse(&[
        ("main.tf", &main),
        ("terraform.tfvars", WRONG),
        ("dev.tfvars", "dns = \"10.0.0.10\""),
    ]);
    assert_eq!(variants(&analysis), [None, Some("dev.tfvars")]);
    assert_eq!(wrong(&analysis), [None]);
}

#[test]
fn a_file_on_top_of_automatic_ones_completes_them() {
    let main = root(TWO);
    let analysis = analyse(&[
        ("main.tf", &main),
        ("a.auto.tfvars", "range = \"10.0.0.0/16\""),
        ("prod.tfvars", "dns = \"10.1.0.10\""),
    ]);
    assert_eq!(variants(&analysis), [Some("prod.tfvars")]);
    assert_eq!(wrong(&analysis), [Some("prod.tfvars")]);
}

#[test]
fn files_that_complete_nothing_are_alternatives() {
    let main = root(TWO);
    let files = [
        ("main.tf", main.as_str()),
        ("a.tfvars", "dns = \"10.1.0.10\""),
        ("b.tfvars", "dns = \"10.2.0.10\""),
        ("c.tfvars", "range = \"10.0.0.0/16\""),
    ];
    let analysis = analyse(&files);
    assert_eq!(variants(&analysis), [None]);
    assert!(wrong(&analysis).is_empty());
    assert_eq!(
        why(&analysis),
        ["var.dns depends on which var file is used"]
    );
    let project = Project::new(&files);
    let shown = project.run(&["show", "--format", "json"]).out;
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("it is JSON");
    let values = &shown["clusters"][0]["values"];
    let dns = &values["dns_service_ip"]["one_of"];
    assert_eq!(*dns, serde_json::json!(["10.1.0.10", "10.2.0.10"]));
}

#[test]
fn a_default_is_an_alternative_where_a_file_leaves_it_alone() {
    let text = "variable \"range\" {\n  default = \"10.1.0.0/16\"\n}\n\
                variable \"dns\" {}\nvariable \"secret\" {}\n";
    let main = root(text);
    let same = "range = \"10.1.0.0/16\"\ndns = \"10.0.0.10\"";
    let analysis = analyse(&[
        ("main.tf", &main),
        ("a.tfvars", same),
        ("b.tfvars", "dns = \"10.0.0.10\""),
    ]);
    // Whichever file is used: the default is the same, and both give the same address.
    assert_eq!(wrong(&analysis), [None]);
    let other = "range = \"10.0.0.0/16\"\ndns = \"10.0.0.10\"";
    let analysis = analyse(&[
        ("main.tf", &main),
        ("a.tfvars", other),
        ("b.tfvars", "dns = \"10.0.0.10\""),
    ]);
    assert!(wrong(&analysis).is_empty());
    assert_eq!(
        why(&analysis),
        ["var.range depends on which var file is used"]
    );
}

#[test]
fn var_files_of_called_modules_and_of_nearer_ones_mean_nothing() {
    let module = root(TWO);
    let call = "module \"aks\" {\n  source = \"./aks\"\n  range  = \"10.0.0.0/16\"\n  dns = var.dns\n}\n\
                variable \"dns\" {}\n";
    let analysis = analyse(&[
        ("main.tf", call),
        ("aks/main.tf", &module),
        ("aks/envs/prod.tfvars", "dns = \"10.1.0.10\""),
        ("other/main.tf", "variable \"dns\" {}"),
        ("other/prod.tfvars", "dns = \"10.1.0.10\""),
    ]);
    assert_eq!(variants(&analysis), [None]);
    assert_eq!(why(&analysis), ["variable \"dns\" has no value"]);
}

#[test]
fn a_flag_says_which_file_is_used() {
    let main = root(TWO);
    let project = Project::new(&[
        ("main.tf", &main),
        ("dev.tfvars", RIGHT),
        ("prod.tfvars", WRONG),
    ]);
    let code = |flags: &[&str]| project.run(&[&["check", "-q"], flags].concat()).code;
    assert_eq!(code(&[]), 1);
    assert_eq!(code(&["--var-file", "dev.tfvars"]), 0);
    assert_eq!(code(&["--var-file", "prod.tfvars"]), 1);
    // A single value goes before what every file gives.
    assert_eq!(code(&["--var", "dns=10.0.0.10"]), 0);
    assert_eq!(code(&["--var", "range=10.1.0.0/16"]), 1);
}

#[test]
fn a_var_file_given_by_name_stands_for_its_root() {
    let main = root(TWO);
    let project = Project::new(&[
        ("main.tf", &main),
        ("envs/dev.tfvars", RIGHT),
        ("envs/prod.tfvars", WRONG),
    ]);
    let prod = project.run(&["check", "envs/prod.tfvars"]);
    assert_eq!(
        (prod.code, prod.out.lines().count()),
        (1, 1),
        "{}",
        prod.err
    );
    let dev = project.run(&["check", "envs/dev.tfvars"]);
    assert_eq!((dev.code, dev.out.as_str()), (0, ""), "{}", dev.err);
}

#[test]
fn a_var_file_that_does_not_parse_matters_where_it_may_be_used() {
    let main = root(TWO);
    let broken = "dns = [\n";
    let files = |path: &'static str| {
        let texts = [
            ("main.tf", main.as_str()),
            ("prod.tfvars", RIGHT),
            (path, broken),
        ];
        analyse(&[&texts[..], &[("other/main.tf", "variable \"x\" {}")]].concat())
    };
    for path in [
        "dev.tfvars",
        "envs/dev.tfvars",
        "terraform.tfvars",
        "x.auto.tfvars",
    ] {
        let analysis = files(path);
        let found: Vec<_> = of_rule(&analysis, RuleId(1)).collect();
        assert_eq!(found.len(), 1, "{path}");
        assert_eq!(place(&analysis, found[0].primary.span).0, path);
        assert!(analysis.stats.incomplete);
    }
    assert_eq!(of_rule(&files("other/dev.tfvars"), RuleId(1)).count(), 0);
}

#[test]
fn a_suppression_in_a_var_file_counts() {
    let main = root(TWO);
    let allowed =
        "range = \"10.0.0.0/16\"\n# aksnet: allow AKS104 -- it is tested\ndns = \"10.1.0.10\"\n";
    let analysis = analyse(&[("main.tf", &main), ("prod.tfvars", allowed)]);
    assert!(wrong(&analysis).is_empty());
    assert_eq!(analysis.stats.suppressed, 1);
}

#[test]
fn many_files_are_no_variants() {
    let main = root(TWO);
    let names: Vec<String> = (0..100).map(|number| format!("{number}.tfvars")).collect();
    let mut files = vec![("main.tf", main.as_str())];
    files.extend(names.iter().map(|name| (name.as_str(), WRONG)));
    let analysis = analyse_texts(&files, &Options::new(date(2026, 11, 22))).expect("it can be");
    assert_eq!(variants(&analysis), [None]);
    assert_eq!(
        why(&analysis),
        ["var.dns depends on which var file is used"]
    );
}
