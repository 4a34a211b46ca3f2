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

#[test]
fn functions_pay_for_what_they_make() {
    let bombs = [
        r#"join("", [for a in setproduct(range(1000), range(1000), range(1000)) : a[0]])"#,
        r#"indent(1000000000, "a\nb")"#,
        r#"replace(join("", range(1000)), "/./", join("", [for i in range(1000) : join("", range(1000))]))"#,
        r#"format("%1000000000s", "a")"#,
        "jsonencode(yamldecode(local.laughs))",
        r#"base64encode(join("", [for i in range(1000) : join("", [for j in range(1000) : join("", range(100))])]))"#,
        r#"regex("(a{1000}){1000}", "a")"#,
        r#"jsonencode(csvdecode(join(",", [for i in range(1000) : join(",", range(1000))])))"#,
        r#"formatdate(join("", [for i in range(1000) : join("", [for j in range(1000) : "YYYY YYYY YYYY"])]), "2018-01-02T23:12:01Z")"#,
        r#"yamlencode([for i in range(1000) : [for j in range(1000) : join("", range(20))]])"#,
    ];
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\\n");
    for n in 1..12 {
        let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
        laughs += &[
            "a",
            &n.to_string(),
            ": &a",
            &n.to_string(),
            " [",
            &aliases,
            "]\\n",
        ]
        .concat();
    }
    for bomb in bombs {
        let code = format!("locals {{\n  laughs = \"{laughs}\"\n}}\n");
        assert!(name_is_unknown(&subnet(&code, bomb)), "{bomb}");
    }
}

#[test]
fn deep_yaml_overflows_no_stack() {
    for deep in [
        r#"join("", [for i in range(1000) : "["])"#,
        r#"join("", [for i in range(1000) : "{a: "])"#,
        r#"join("", [for i in range(1000) : "- "])"#,
    ] {
        let name = format!("jsonencode(yamldecode({deep}))");
        assert!(name_is_unknown(&subnet("", &name)), "{deep}");
    }
}

#[test]
fn templates_neither_recurse_nor_leave_the_project() {
    let name = |expression: &str| {
        let code = format!("resource \"azurerm_subnet\" \"a\" {{\n  name = {expression}\n}}\n");
        let analysis = analyse(&[
            ("root/main.tf", &code),
            ("root/again.tmpl", "${templatefile(\"again.tmpl\", {})}"),
            ("root/deep.tmpl", &"${[".repeat(5_000)),
            ("root/large.txt", &"x".repeat((1 << 20) + 1)),
            ("shared/fine.txt", "fine"),
        ]);
        let mut subnets = analysis.designs[0].after.subnets.iter();
        let name = subnets.next().and_then(|subnet| subnet.name.get());
        name.map(ToString::to_string)
    };
    assert_eq!(name(r#"templatefile("again.tmpl", {})"#), None);
    assert_eq!(name(r#"templatefile("deep.tmpl", {})"#), None);
    assert_eq!(name(r#"file("large.txt")"#), None);
    assert_eq!(name(r#"file("/etc/hostname")"#), None);
    assert_eq!(name(r#"file("../../x")"#), None);
    assert_eq!(name(r#"file("~/x")"#), None);
    assert_eq!(name(r#"try(file("../../x"), "inside")"#), None);
    assert_eq!(name(r#"fileexists("../../x") ? "a" : "b""#), None);
    assert_eq!(
        name(r#"try(file("missing.txt"), "inside")"#).as_deref(),
        Some("inside")
    );
    assert_eq!(
        name(r#"file("../shared/fine.txt")"#).as_deref(),
        Some("fine")
    );
}
