//! What a user sees of the example project, in full. A change here is a change of behaviour: read it as one.

use std::collections::BTreeSet;

use crate::support::cli::{Project, aksnet};
use crate::support::package;

/// Runs a command over the example from the folder of the package; returns all that it printed.
fn example(command: &str, format: &str) -> String {
    let args = [command, "fixtures/terraform/example", "--format", format];
    let args = [&args, &["--as-of", "2026-11-22", "--color", "never"][..]].concat();
    let run = aksnet(&package(), &args);
    assert_eq!(run.code, i32::from(command == "check"), "{}", run.err);
    run.out + &run.err
}

#[test]
fn example_check_human() {
    insta::assert_snapshot!(example("check", "human"));
}

#[test]
fn example_check_concise() {
    insta::assert_snapshot!(example("check", "concise"));
}

#[test]
fn example_check_json() {
    insta::assert_snapshot!(example("check", "json"));
}

/// Returns it without what depends on where the package lies, and without the pages of the rules, which are long.
fn example_without_place(format: &str) -> String {
    let report = example("check", format);
    let folder = package().display().to_string();
    let page = regex::Regex::new(r#""markdown": ".*""#).expect("it is a pattern");
    let report = report.replace(&folder, "[package]");
    page.replace_all(&report, r#""markdown": "[page]""#)
        .into_owned()
}

#[test]
fn example_check_sarif() {
    insta::assert_snapshot!(example_without_place("sarif"));
}

#[test]
fn example_check_github() {
    insta::assert_snapshot!(example("check", "github"));
}

#[test]
fn example_check_gitlab() {
    insta::assert_snapshot!(example("check", "gitlab"));
}

#[test]
fn example_check_azure_pipelines() {
    insta::assert_snapshot!(example_without_place("azure-pipelines"));
}

#[test]
fn example_check_junit() {
    insta::assert_snapshot!(example("check", "junit"));
}

#[test]
fn example_check_rdjson() {
    insta::assert_snapshot!(example("check", "rdjson"));
}

#[test]
fn example_check_markdown() {
    insta::assert_snapshot!(example("check", "markdown"));
}

#[test]
fn example_show_human() {
    insta::assert_snapshot!(example("show", "human"));
}

/// Returns what the budgets of a cluster look like whose pods share the subnet with its nodes.
fn capacity(format: &str, more: &[&str]) -> String {
    let args = [
        "capacity",
        "fixtures/capacity/example09",
        "--format",
        format,
    ];
    let args = [&args, &["--as-of", "2026-11-22", "--color", "never"], more].concat();
    let run = aksnet(&package(), &args);
    assert_eq!(run.code, 0, "{}", run.err);
    run.out + &run.err
}

#[test]
fn example_capacity_human() {
    insta::assert_snapshot!(capacity("human", &[]));
}

#[test]
fn example_capacity_markdown() {
    insta::assert_snapshot!(capacity("markdown", &[]));
}

#[test]
fn example_capacity_csv() {
    insta::assert_snapshot!(capacity("csv", &[]));
}

#[test]
fn example_capacity_what_if() {
    let more = [
        "--model",
        "azure-cni-overlay",
        "--growth",
        "2x",
        "--compare-models",
    ];
    insta::assert_snapshot!(capacity("human", &more));
}

#[test]
fn variants_check_human() {
    let project = Project::fixture("terraform/variants");
    let run = project.run(&[
        "check",
        "--format",
        "human",
        "--color",
        "never",
        "--as-of",
        "2026-11-22",
    ]);
    assert_eq!(run.code, 1, "{}", run.err);
    insta::assert_snapshot!(run.out + &run.err);
}

#[test]
fn the_example_shows_different_faults_at_their_own_places() {
    let report = example("check", "concise");
    let findings = report.lines().filter_map(|line| line.split_once(": "));
    let (mut rules, mut places) = (BTreeSet::new(), BTreeSet::new());
    for (place, rest) in findings {
        rules.insert(rest.split(']').next());
        assert!(places.insert(place), "{place} twice");
    }
    assert!(rules.len() >= 6, "{report}");
}
