//! Whole configurations beside what Terraform 1.11 planned for them: `fixtures/recorded/configurations`, recorded by
//! `tools/record_configurations.py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use aksnet::engine::{Evaluated, Options, evaluate_texts};
use aksnet::resource::Resource;
use aksnet::truth::Truth;
use aksnet::value::{Node, Tree};
use jiff::civil::date;
use serde_json::Value;

use crate::support::package;
use crate::support::recorded::{compare, compare_types, open, print};

/// Values that differ from Terraform's on purpose: configuration, place, and our value.
const DIFFERENT: &[(&str, &str, &str)] = &[
    // One side decides.
    (
        "unknown_conditions",
        "terraform_data.results.input.and_false",
        "false",
    ),
    (
        "unknown_conditions",
        "terraform_data.results.input.or_true",
        "true",
    ),
    (
        "unknown_elements",
        "terraform_data.results.input.equal",
        "false",
    ),
    // A set whose elements are not known may be smaller.
    (
        "unknown_elements",
        "terraform_data.results.input.set",
        "(unknown ComputedAtApply)",
    ),
    // The workspace is chosen when Terraform is run.
    (
        "words_of_terraform",
        "terraform_data.workspace.input",
        "(unknown Input)",
    ),
];

/// Returns the folders of all configurations, sorted.
fn configurations() -> Vec<PathBuf> {
    let folder = package().join("fixtures/recorded/configurations");
    let entries = fs::read_dir(folder).expect("the configurations are there");
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Returns the files of a configuration with their paths, those left out that only a flag names.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries.into_iter().filter_map(Result::ok);
    let path = |entry: &walkdir::DirEntry| {
        let below = entry.path().strip_prefix(folder).expect("below the folder");
        below.to_str().expect("a plain name").replace('\\', "/")
    };
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                path(&entry),
                fs::read_to_string(entry.path()).expect("a text"),
            )
        })
        .collect()
}

/// Returns what the file `arguments` of a configuration says.
fn options(folder: &Path) -> Options {
    let mut options = Options::new(date(2026, 11, 22));
    let arguments = fs::read_to_string(folder.join("arguments")).unwrap_or_default();
    for line in arguments.lines() {
        match line.split_once('=') {
            Some(("-var-file", file)) => options.var_files.push(folder.join(file)),
            Some(("-var", pair)) => {
                let (name, text) = pair.split_once('=').expect("a name and a text");
                options.vars.push((name.to_owned(), text.to_owned()));
            }
            _ => panic!("{line}: no argument that is understood"),
        }
    }
    options
}

/// Returns the root of a configuration as we understand it, `None` if we find none.
fn evaluate(folder: &Path) -> Option<Evaluated> {
    let files = texts(folder);
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let roots = evaluate_texts(&texts, &options(folder), &|kind| kind == "terraform_data");
    let roots = roots.expect("texts in memory can be evaluated");
    roots
        .into_iter()
        .find(|root| matches!(root.folder.as_str(), "" | "."))
}

/// Returns the record of a configuration.
fn record(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.with_extension("json")).expect("the record is there");
    serde_json::from_str(&text).expect("the record is JSON")
}

/// Returns where our understanding differs from the record.
fn differences(folder: &Path) -> Vec<String> {
    let record = record(folder);
    let Some(ours) = evaluate(folder) else {
        return vec!["no root is found".to_owned()];
    };
    let mut out = Vec::new();
    if record.get("refused").is_some() {
        refused(&ours, &mut out);
        return out;
    }
    for (name, recorded) in record["outputs"].as_object().expect("an object") {
        let place = format!("output.{name}");
        match ours.outputs.get(name.as_str()) {
            Some(value) => {
                compare(&place, &recorded["value"], value, &mut out);
                if let Some(of_value) = recorded.get("type") {
                    compare_types(&place, of_value, value, &mut out);
                }
            }
            None => out.push(format!("{place}\n  ours      is not there")),
        }
    }
    compare_resources(&record["resources"], &ours, &mut out);
    out
}

fn compare_resources(recorded: &Value, ours: &Evaluated, out: &mut Vec<String>) {
    let recorded = recorded.as_object().expect("an object");
    let mut by_address: BTreeMap<&str, &Resource> = BTreeMap::new();
    for resource in &ours.resources.all {
        by_address.insert(&resource.address, resource);
        let there = recorded.contains_key(&resource.address);
        if !there || resource.presence.truth != Truth::True {
            out.push(format!(
                "{}\n  ours      is {:?}",
                resource.address, resource.presence.truth
            ));
        }
    }
    for (address, recorded) in recorded {
        let Some(resource) = by_address.get(address.as_str()) else {
            out.push(format!("{address}\n  ours      is not there"));
            continue;
        };
        for (name, value) in recorded["attributes"].as_object().expect("an object") {
            let place = format!("{address}.{name}");
            let Some(ours) = attribute(resource, name) else {
                out.push(format!("{place}\n  ours      is not there"));
                continue;
            };
            compare(&place, value, ours, out);
            if let Some(marks) = recorded.get("sensitive").and_then(|marks| marks.get(name)) {
                compare_marks(&place, marks, ours, out);
            }
        }
    }
}

/// Adds to `out` what Terraform marks sensitive and we do not.
fn compare_marks(place: &str, marks: &Value, ours: &Tree, out: &mut Vec<String>) {
    if ours.sensitive {
        return;
    }
    match (marks, &ours.node) {
        (Value::Bool(true), _) => out.push(format!(
            "{place}\n  ours      is not sensitive: {}",
            print(ours)
        )),
        (Value::Array(marks), Node::List(list)) => {
            for (index, (marks, ours)) in marks.iter().zip(&list.items).enumerate() {
                compare_marks(&format!("{place}[{index}]"), marks, ours, out);
            }
        }
        (Value::Object(marks), Node::Object(object)) => {
            for (name, ours) in &object.entries {
                if let Some(marks) = marks.get(name.as_str()) {
                    compare_marks(&format!("{place}.{}", name.as_str()), marks, ours, out);
                }
            }
        }
        _ => {}
    }
}

/// Returns an attribute that the code sets.
fn attribute<'r>(resource: &'r Resource, name: &str) -> Option<&'r Tree> {
    resource.body.as_object()?.entries.get(name)
}

/// Adds to `out` what we say is certain of a value that Terraform refuses, the output or resource named `refused`. Of a
/// sensitive one we know more, and hide it.
fn refused(ours: &Evaluated, out: &mut Vec<String>) {
    let output = ours.outputs.get("refused");
    let resources = ours
        .resources
        .all
        .iter()
        .filter(|resource| resource.name.as_str() == "refused");
    let certain = resources.filter(|resource| resource.presence.truth.is_true());
    let inputs: Vec<&Tree> = output
        .into_iter()
        .chain(certain.filter_map(|r| attribute(r, "input")))
        .collect();
    for value in inputs {
        if !open(value) && !value.sensitive {
            out.push(format!("refused\n  ours      {}", print(value)));
        }
    }
}

#[test]
fn plans_are_terraforms() {
    let folders = configurations();
    assert!(folders.len() >= 40, "only {} configurations", folders.len());
    let mut differing = Vec::new();
    for folder in &folders {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a plain name");
        let mut found = differences(folder);
        let on_purpose = DIFFERENT.iter().filter(|(of, ..)| *of == name);
        for (_, place, ours) in on_purpose {
            found.retain(|text| {
                !(text.starts_with(&format!("{place}\n")) && text.ends_with(&format!(" {ours}")))
            });
        }
        differing.extend(found.iter().map(|text| format!("{name}: {text}")));
    }
    assert!(
        differing.is_empty(),
        "{}\n{}",
        differing.len(),
        differing.join("\n")
    );
}
