//! Terraform's JSON notation: the same design gives the same findings as in HCL, at the same values.

use aksnet::engine::{Analysis, Options, evaluate_texts};
use aksnet::finding::RuleId;
use jiff::civil::date;

use crate::support::recorded::print;
use crate::support::run;

/// Returns each finding as its rule, its message, what stands in its place, and each unclear point as its rule.
fn told(files: &[(&str, &str)]) -> (Vec<String>, Vec<RuleId>) {
    let analysis = run::analyse(files);
    let mut findings: Vec<String> = analysis
        .findings
        .iter()
        .map(|f| {
            format!(
                "{:?} {} | {}",
                f.rule,
                f.message,
                at(&analysis, f.primary.span)
            )
        })
        .collect();
    findings.sort();
    let mut undecided: Vec<RuleId> = analysis.undecided.iter().map(|u| u.rule).collect();
    undecided.sort();
    (findings, undecided)
}

/// Returns what stands in a place, without quotes; of a block the last word of its head.
fn at(analysis: &Analysis, span: aksnet::source::Span) -> String {
    let source = analysis.sources.get(span.source);
    let text = source.slice(span).trim_matches('"');
    text.rsplit(' ')
        .next()
        .unwrap_or_default()
        .replace(['"', '\\'], "")
}

/// Holds two spellings of a design to each other, and both to the rules that must speak.
fn same(hcl: &[(&str, &str)], json: &[(&str, &str)], rules: &[u16]) {
    let (in_hcl, in_json) = (told(hcl), told(json));
    assert_eq!(in_hcl, in_json);
    for rule in rules {
        let id = format!("{:?} ", RuleId(*rule));
        assert!(
            in_json.0.iter().any(|line| line.starts_with(&id)),
            "{id}: {in_json:#?}"
        );
    }
    let troubles = ["RuleId(1)", "RuleId(9)"];
    let trouble = |line: &&String| troubles.iter().any(|id| line.starts_with(*id));
    assert_eq!(in_json.0.iter().find(trouble), None);
}

#[test]
fn a_cluster_with_its_network_profile() {
    let hcl = include_str!("../fixtures/terraform/notations/profile/main.tf");
    let json = include_str!("../fixtures/terraform/notations/profile/main.tf.json");
    same(&[("main.tf", hcl)], &[("main.tf.json", json)], &[104, 301]);
    let list = json.replace("\"network_profile\": {", "\"network_profile\": [{");
    let list = list.replace("\"10.9.0.10\"\n        }", "\"10.9.0.10\"\n        }]");
    assert_ne!(list, json);
    same(&[("main.tf", hcl)], &[("main.tf.json", &list)], &[104, 301]);
    let values = (
        "terraform.tfvars.json",
        r#"{"//": "x", "service_cidr": "10.9.0.0/16"}"#,
    );
    let tfvars = ("terraform.tfvars", "service_cidr = \"10.9.0.0/16\"\n");
    same(
        &[("main.tf", hcl), tfvars],
        &[("main.tf.json", json), values],
        &[301],
    );
    let auto = ("a.auto.tfvars.json", values.1);
    assert_eq!(
        told(&[("main.tf.json", json), auto]),
        told(&[("main.tf", hcl), tfvars])
    );
}

#[test]
fn repeated_resources_and_blocks() {
    let hcl = include_str!("../fixtures/terraform/notations/repeated/main.tf");
    let json = include_str!("../fixtures/terraform/notations/repeated/main.tf.json");
    same(&[("main.tf", hcl)], &[("main.tf.json", json)], &[106, 121]);
}

#[test]
fn modules_and_references_into_blocks() {
    let hcl = include_str!("../fixtures/terraform/notations/modules/main.tf");
    let net = include_str!("../fixtures/terraform/notations/modules/net/main.tf");
    let json = include_str!("../fixtures/terraform/notations/modules/main.tf.json");
    let net_json = include_str!("../fixtures/terraform/notations/modules/net/main.tf.json");
    let files = [("main.tf.json", json), ("net/main.tf.json", net_json)];
    same(
        &[("main.tf", hcl), ("net/main.tf", net)],
        &files,
        &[106, 121],
    );
    let mixed = [("main.tf.json", json), ("net/main.tf", net)];
    assert_eq!(told(&mixed), told(&files));
}

#[test]
fn what_terraform_refuses_is_told_where_it_stands() {
    let cluster = r#""resource": {"azurerm_kubernetes_cluster": {"main": {"name": "x"}}}"#;
    let refused = |text: &str| {
        let text = text.replace("CLUSTER", cluster);
        let analysis = run::analyse(&[("main.tf.json", &text)]);
        assert!(analysis.stats.incomplete, "{text}");
        let mut errors = run::of_rule(&analysis, RuleId::SYNTAX_ERROR);
        let first = errors.next().expect("a syntax error");
        at(&analysis, first.primary.span)
    };
    assert_eq!(refused("{CLUSTER} // c"), "/");
    assert_eq!(refused("{CLUSTER,}"), ",");
    assert_eq!(refused("{CLUSTER"), "{");
    assert_eq!(refused("{CLUSTER, \"locals\": {\"a\": 1, \"a\": 2}}"), "a");
    assert_eq!(
        refused("{CLUSTER, \"locals\": {\"a\": \"\\n${ 1 + }\"}}"),
        "}"
    );
    assert_eq!(refused("{CLUSTER, \"locals\": 5}"), "5");
    let clean = format!("{{{cluster}, \"locals\": {{\"//\": \"${{ x\", \"a\": \"$${{b}}\"}}}}");
    let analysis = run::analyse(&[("main.tf.json", &clean)]);
    assert!(!analysis.stats.incomplete);
}

/// Returns what the outputs of a `.tf.json` root are, each with its name.
fn outputs(text: &str) -> Vec<(String, String)> {
    let options = Options::new(date(2026, 11, 22));
    let files = [("main.tf.json", text)];
    let roots = evaluate_texts(&files, &options, &|_| false).expect("texts can be evaluated");
    let outputs = roots.into_iter().flat_map(|root| root.outputs);
    outputs
        .map(|(name, value)| (name.to_string(), print(&value)))
        .collect()
}

#[test]
fn an_object_that_may_be_a_block_is_not_known_as_a_whole() {
    let expressions = [
        ("x.y.tags.a", "\"1\""),
        ("x.y.tags[\\\"a\\\"]", "\"1\""),
        ("x.y.tags[0].a", "\"1\""),
        ("x.y.tags[*].a", "Tuple[\"1\"]"),
        ("x.y.tags.deep.b", "2"),
        ("x.y.tags[0].deep[0].b", "2"),
        ("[for one in x.y.list : one.a]", "Tuple[1, 2]"),
        ("x.y.list[1].deep[0].b", "3"),
        ("length(x.y.list)", "2"),
        ("length(x.y.tags)", "(unknown NotSupported)"),
        ("length(x.y.tags.deep)", "(unknown NotSupported)"),
        ("length(x.y.list[1].deep)", "(unknown NotSupported)"),
        ("[for one in x.y.tags : one]", "(unknown NotSupported)"),
        ("merge(x.y.tags, {})[\\\"a\\\"]", "(unknown NotSupported)"),
        ("jsonencode(x.y.tags)", "(unknown NotSupported)"),
        ("try(length(x.y.tags), 9)", "(unknown NotSupported)"),
        ("try(x.y.tags.deep[0].none, 9)", "(unknown ComputedAtApply)"),
        ("try(x.y.tags[1], 9)", "(unknown ComputedAtApply)"),
        ("x.y.tags == {}", "false"),
    ];
    for (expression, answer) in expressions {
        let text = format!(
            r#"{{"resource": {{"x": {{"y": {{"tags": {{"a": "1", "deep": {{"b": 2}}}},
            "list": [{{"a": 1}}, {{"a": 2, "deep": {{"b": 3}}}}]}}}}}}, "output": {{"o": {{"value": "${{{expression}}}"}}}}}}"#
        );
        assert_eq!(
            outputs(&text),
            [("o".to_owned(), answer.to_owned())],
            "{expression}"
        );
    }
}
