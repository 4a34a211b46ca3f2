//! Reports for other programs: what their readers and schemas accept, whatever stands in the files.

mod hostile;
mod matchers;
mod published;
mod services;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::cli::{Project, aksnet};

/// Every format of `check`.
pub(crate) const FORMATS: [&str; 10] = [
    "human",
    "concise",
    "json",
    "sarif",
    "github",
    "gitlab",
    "azure-pipelines",
    "junit",
    "rdjson",
    "markdown",
];

/// Returns the report of each format, all from one run. Files are written beside the project, so that it stays as it is.
fn all_reports(project: &Project) -> BTreeMap<&'static str, String> {
    let folder = AsRef::<Path>::as_ref(project).join(".git/reports");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let mut args = vec!["check", "--as-of", "2026-11-22"];
    let files = FORMATS.map(|format| folder.join(format).display().to_string());
    for (format, file) in FORMATS.iter().zip(&files) {
        args.extend(["--format", format, "--output", file]);
    }
    let run = aksnet(project.as_ref(), &args);
    assert_eq!(run.out, "", "everything goes to files");
    let read = |file: &String| std::fs::read_to_string(file).expect("a report is UTF-8");
    FORMATS.into_iter().zip(files.iter().map(read)).collect()
}

/// Reads a report as JSON.
fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// Returns the list under a key.
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect("there is a list")
}

/// Returns a text.
fn text(value: &Value) -> &str {
    value.as_str().expect("there is a text")
}
