//! Values that mean harm: what they would have given is unknown.

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;

use crate::support::run::{analyse, of_rule};

/// Judges a subnet whose name is `expression`, beside `code`.
fn subnet(code: &str, expression: &str) -> Analysis {
    let subnet = format!("resource \"azurerm_subnet\" \"a\" {{\n  name = {expression}\n}}\n");
    analyse(&[("main.tf", code), ("subnet.tf", &subnet)])
}

fn name_is_unknown(analysis: &Analysis) -> bool {
    let subnets = &analysis.designs[0].after.subnets;
    subnets.iter().all(|subnet| subnet.name.is_unknown())
}

#[test]
fn what_depends_on_itself_is_a_cycle() {
    let analysis = subnet(
        "locals {\n  a = local.b\n  b = \"${local.a}x\"\n}\n",
        "local.a",
    );
    assert!(name_is_unknown(&analysis));
}

#[test]
fn strings_that_double_are_given_up() {
    let doubling = |n: usize| format!("  l{} = \"${{local.l{n}}}${{local.l{n}}}\"\n", n + 1);
    let lines: String = (0..60).map(doubling).collect();
    let analysis = subnet(
        &format!("locals {{\n  l0 = \"xxxxxxxx\"\n{lines}}}\n"),
        "local.l60",
    );
    assert!(name_is_unknown(&analysis));
    assert_eq!(of_rule(&analysis, RuleId::BUDGET_EXCEEDED).count(), 1);
}

#[test]
fn references_that_double_are_evaluated_once() {
    let doubling = |n: usize| format!("  l{} = [local.l{n}, local.l{n}]\n", n + 1);
    let lines: String = (0..200).map(doubling).collect();
    let analysis = subnet(
        &format!("locals {{\n  l0 = \"x\"\n{lines}}}\n"),
        "local.l200[0]",
    );
    assert_eq!(analysis.designs[0].after.subnets.len(), 1);
}

#[test]
fn ranges_and_counts_are_bounded() {
    assert!(name_is_unknown(&subnet(
        "",
        "join(\"\", range(0, 1000000000))"
    )));
    assert!(name_is_unknown(&subnet("", "format(\"%999999999d\", 1)")));
    let counted =
        "resource \"azurerm_subnet\" \"many\" {\n  count = 1000000000\n  name  = \"x\"\n}\n";
    let analysis = analyse(&[("main.tf", counted)]);
    assert!(analysis.designs[0].after.subnets.len() < 10_000);
    assert_eq!(of_rule(&analysis, RuleId::BUDGET_EXCEEDED).count(), 1);
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let link = |n: usize| format!("  l{} = local.l{n}\n", n + 1);
    let lines: String = (0..5_000).map(link).collect();
    let analysis = subnet(
        &format!("locals {{\n  l0 = \"x\"\n{lines}}}\n"),
        "local.l5000",
    );
    assert!(name_is_unknown(&analysis));
    let steps = ".y".repeat(50_000);
    assert!(name_is_unknown(&subnet("", &format!("local.x{steps}"))));
}

#[test]
fn module_trees_that_double_are_bounded() {
    let mut files = Vec::new();
    for level in 0..40 {
        let call = |name: &str| format!("module \"{name}\" {{\n  source = \"./m\"\n}}\n");
        files.push((
            format!("{}main.tf", "m/".repeat(level)),
            call("a") + &call("b"),
        ));
    }
    files.push((
        format!("{}main.tf", "m/".repeat(40)),
        "resource \"azurerm_subnet\" \"a\" {\n  name = \"x\"\n}\n".to_owned(),
    ));
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let analysis = analyse(&texts);
    assert_eq!(of_rule(&analysis, RuleId::BUDGET_EXCEEDED).count(), 1);
}
