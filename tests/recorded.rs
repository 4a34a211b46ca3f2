//! What the evaluator answers beside what Terraform 1.11 answered: `fixtures/recorded/*.tsv`, recorded by
//! `tools/record_expressions.py`. Each expression is the name of a subnet, so that it takes the way of a user's code.

use std::collections::BTreeMap;
use std::fs;

use aksnet::engine::{Options, evaluate_texts};
use aksnet::value::{Cause, State};
use jiff::civil::date;

use crate::support::recorded::compare_types;
use crate::support::{package, run};

/// Expressions whose answer differs from Terraform's on purpose, and our answer.
const DIFFERENT: &[(&str, &str)] = &[
    // Terraform computes something that nobody means.
    (
        r#"cidrhost("fd00:0:0:1::/64", "18446744073709551616")"#,
        "unknown",
    ),
    // Objects and maps, and nulls with and without a type, are one here.
    (r#"lookup(tomap({a = 1}), "b", "x")"#, r#""x""#),
    ("coalescelist(null, [1])", "[1]"),
    (r#"format("%v", null)"#, "unknown"),
    (r#"format("%v", tostring(null))"#, "unknown"),
    // Later versions count from the end.
    (r#"element(["a", "b", "c"], -1)"#, r#""c""#),
    (r#"element(["a", "b", "c"], -4)"#, r#""c""#),
    (r#"true ? tomap({}) : { a = "x", b = [1, "a"] }"#, "{}"),
    // We count in decimals of 28 digits.
    ("1 / 3", "0.3333333333333333333333333333"),
];

/// Returns the recorded expressions and answers of all files.
fn recorded() -> Vec<(String, String)> {
    let folder = package().join("fixtures/recorded");
    let texts = ["functions.tsv", "language.tsv", "modules.tsv"]
        .map(|file| fs::read_to_string(folder.join(file)).expect("the record is there"));
    let pair = |line: &str| {
        let (expression, answer) = line.split_once('\t').expect("a tab in each line");
        (expression.to_owned(), answer.to_owned())
    };
    texts
        .iter()
        .flat_map(|text| text.lines().map(pair))
        .collect()
}

/// Returns the files that the expressions refer to, with their paths.
fn context() -> Vec<(String, String)> {
    let folder = package().join("fixtures/recorded/context");
    let entries = walkdir::WalkDir::new(&folder).sort_by_file_name();
    let files = entries
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file());
    let text = |entry: walkdir::DirEntry| {
        let path = entry
            .path()
            .strip_prefix(&folder)
            .expect("below the folder");
        let path = path.to_str().expect("a plain name").replace('\\', "/");
        (
            path,
            fs::read_to_string(entry.path()).expect("the context can be read"),
        )
    };
    files.map(text).collect()
}

/// Returns what aksnet makes of each expression: JSON, `error`, or `unknown`.
fn answers(expressions: &[(String, String)]) -> Vec<String> {
    let mut files = context();
    for (index, (expression, _)) in expressions.iter().enumerate() {
        let text = format!(
            "resource \"azurerm_subnet\" \"e{index}\" {{\n  name = jsonencode({expression})\n}}\n"
        );
        files.push((format!("e{index}.tf"), text));
    }
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let analysis = run::analyse(&texts);
    let network = &analysis.designs[0].after;
    let names: BTreeMap<&str, String> = network
        .subnets
        .iter()
        .map(|subnet| {
            let answer = match &subnet.name.state {
                State::Known(name) => name.to_string(),
                State::Unknown(unknown) if unknown.cause == Cause::Wrong => "error".to_owned(),
                State::Unknown(_) => "unknown".to_owned(),
                State::Absent | State::Invalid { .. } => "no text".to_owned(),
            };
            (network.entity(subnet.id).address.as_str(), answer)
        })
        .collect();
    let answer = |index| {
        names
            .get(format!("azurerm_subnet.e{index}").as_str())
            .cloned()
    };
    (0..expressions.len())
        .map(|index| answer(index).unwrap_or_else(|| "does not parse".to_owned()))
        .collect()
}

#[test]
fn answers_are_terraforms() {
    let expressions = recorded();
    let mut differing = Vec::new();
    for ((expression, recorded), ours) in expressions.iter().zip(answers(&expressions)) {
        let known = DIFFERENT
            .iter()
            .find(|(different, _)| different == expression);
        let expected = known.map_or(recorded.as_str(), |(_, answer)| answer);
        if ours != expected {
            differing.push(format!(
                "{expression}\n  terraform {recorded}\n  ours      {ours}"
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "{} of {}\n{}",
        differing.len(),
        expressions.len(),
        differing.join("\n")
    );
}

/// Expressions whose type differs from Terraform's: the arguments are not given one type.
const OTHER_TYPE: &[&str] = &["coalesce([], [2])"];

#[test]
fn types_are_terraforms() {
    let folder = package().join("fixtures/recorded");
    let texts = ["functions.types", "language.types", "modules.types"]
        .map(|file| fs::read_to_string(folder.join(file)).expect("the record is there"));
    let pairs: Vec<(&str, &str)> = texts
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| line.split_once('\t').expect("a tab in each line"))
        .collect();
    let mut files = context();
    for (index, (expression, _)) in pairs.iter().enumerate() {
        let text = format!("output \"e{index}\" {{\n  value = {expression}\n}}\n");
        files.push((format!("e{index}.tf"), text));
    }
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let options = Options::new(date(2026, 11, 22));
    let roots = evaluate_texts(&texts, &options, &|_| false);
    let roots = roots.expect("texts in memory can be evaluated");
    let mut differing = Vec::new();
    for (index, (expression, recorded)) in pairs.iter().enumerate() {
        if OTHER_TYPE.contains(expression) {
            continue;
        }
        let recorded = serde_json::from_str(recorded).expect("a type in JSON");
        let ours = &roots[0].outputs[format!("e{index}").as_str()];
        compare_types(expression, &recorded, ours, &mut differing);
    }
    assert!(
        differing.is_empty(),
        "{} of {}\n{}",
        differing.len(),
        pairs.len(),
        differing.join("\n")
    );
}
