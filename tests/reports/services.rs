//! What GitHub Actions and Azure Pipelines read from the log, unescaped as their own programs do it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{json, list, text};
use crate::support::cli::{Project, Run, aksnet_with};

/// A command that a service read from a line.
struct Command {
    kind: String,
    properties: BTreeMap<String, String>,
    message: String,
}

fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    let replace = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    pairs.iter().fold(text.to_owned(), replace)
}

/// Reads a line as actions/runner does.
fn github(line: &str) -> Option<Command> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (kind, properties) = head.split_once(' ')?;
    let data = [("%0D", "\r"), ("%0A", "\n")];
    let more = [("%3A", ":"), ("%2C", ",")];
    let property = |one: &str| {
        let (name, value) = one.split_once('=')?;
        let value = replaced(&replaced(&replaced(value, &data), &more), &[("%25", "%")]);
        Some((name.to_owned(), value))
    };
    Some(Command {
        kind: kind.to_owned(),
        properties: properties.split(',').filter_map(property).collect(),
        message: replaced(&replaced(message, &data), &[("%25", "%")]),
    })
}

/// Reads a line as azure-pipelines-agent does.
fn azure_pipelines(line: &str) -> Option<Command> {
    let (head, message) = line.strip_prefix("##vso[")?.split_once(']')?;
    let (kind, properties) = head.split_once(' ')?;
    let marks = [
        ("%3B", ";"),
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%5D", "]"),
        ("%AZP25", "%"),
    ];
    let property = |one: &str| {
        let (name, value) = one.split_once('=')?;
        Some((name.to_owned(), replaced(value, &marks)))
    };
    Some(Command {
        kind: kind.to_owned(),
        properties: properties.split(';').filter_map(property).collect(),
        message: replaced(message, &marks),
    })
}

fn run(project: &Project, args: &[&str], variable: &str) -> Run {
    let args = [&["check", "--as-of", "2026-11-22"], args].concat();
    aksnet_with(project.as_ref(), &args, &[(variable, "true")])
}

fn plain(project: &Project, format: &str) -> Run {
    run(project, &["--format", format], "NOTHING")
}

/// Two errors, a warning and advice, with everything in their paths that is escaped.
fn project() -> Project {
    let main = "resource \"azurerm_kubernetes_cluster\" \"main\" {\n  network_profile {\n    network_plugin = \"kubenet\"\n    \
                service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = \"10.9%0A,:;].0.10\"\n    pod_cidr = \"10.0.0.0/16\"\n  }\n}\n# aksnet: allow AKS202 -- why\n";
    Project::new(&[("a, b%25;[c] ü/main.tf", main)])
}

fn findings(project: &Project) -> Vec<Value> {
    list(&json(&plain(project, "json").out), "findings").to_vec()
}

#[test]
fn github_reads_what_was_written() {
    let project = project();
    let findings = findings(&project);
    let report = plain(&project, "github").out;
    let commands: Vec<Command> = report.lines().filter_map(github).collect();
    assert_eq!(commands.len(), findings.len(), "{report}");
    for (severity, kind) in [
        ("error", "error"),
        ("warning", "warning"),
        ("advice", "notice"),
    ] {
        let wanted = findings.iter().filter(|f| f["severity"] == severity);
        let found = commands.iter().filter(|c| c.kind == kind);
        for (finding, command) in wanted.zip(found) {
            let (place, read) = (&finding["location"], &command.properties);
            assert_eq!(read["file"], text(&place["file"]));
            assert_eq!(read["line"], place["start"]["line"].to_string());
            if place["start"]["line"] == place["end"]["line"] {
                assert_eq!(read["col"], place["start"]["column"].to_string());
                assert_eq!(read["endColumn"], place["end"]["column"].to_string());
            } else {
                assert_eq!(read.get("col"), None);
            }
            let title = format!("{} {}", text(&finding["code"]), text(&finding["name"]));
            assert_eq!(read["title"], title);
            let message = text(&finding["message"]);
            assert!(command.message.contains(message), "{}", command.message);
        }
    }
    assert!(
        report
            .lines()
            .next()
            .is_some_and(|l| l.starts_with("::error "))
    );
}

#[test]
fn azure_pipelines_reads_what_was_written() {
    let project = project();
    let findings = findings(&project);
    let report = plain(&project, "azure-pipelines").out;
    assert!(report.contains(": advice[AKS006] "), "{report}");
    let commands: Vec<Command> = report.lines().filter_map(azure_pipelines).collect();
    let folder = std::fs::canonicalize(&project).expect("the project is there");
    for kind in ["error", "warning"] {
        let wanted: Vec<_> = findings.iter().filter(|f| f["severity"] == kind).collect();
        let found = commands.iter().filter(|c| c.properties["type"] == kind);
        let found: Vec<_> = found.collect();
        assert_eq!(wanted.len(), found.len(), "{report}");
        for (finding, command) in wanted.into_iter().zip(found) {
            let (place, read) = (&finding["location"], &command.properties);
            assert_eq!(command.kind, "task.logissue");
            let path = folder.join(text(&place["file"]));
            let read_path = std::fs::canonicalize(&read["sourcepath"]);
            assert_eq!(read_path.ok(), std::fs::canonicalize(path).ok());
            assert_eq!(read["linenumber"], place["start"]["line"].to_string());
            assert_eq!(read["columnnumber"], place["start"]["column"].to_string());
            assert_eq!(read["code"], text(&finding["code"]));
            let message = text(&finding["message"]);
            assert!(command.message.contains(message), "{}", command.message);
        }
    }
}

#[test]
fn on_a_service_the_human_report_has_annotations_beside_it() {
    let project = Project::example();
    let human = run(&project, &["--format", "human"], "GITHUB_ACTIONS");
    assert!(!human.out.contains("::error"), "{}", human.out);
    for (variable, format) in [
        ("GITHUB_ACTIONS", "github"),
        ("TF_BUILD", "azure-pipelines"),
    ] {
        let both = run(&project, &[], variable);
        let commands = plain(&project, format).out;
        assert_eq!(both.out, human.out.clone() + &commands, "{variable}");
        assert_eq!((both.code, both.err.as_str()), (1, ""), "{variable}");
    }
    let gitlab = run(&project, &[], "GITLAB_CI");
    assert_eq!(gitlab.out, human.out);
}

#[test]
fn formats_that_were_asked_for_are_not_touched() {
    let project = Project::example();
    for format in super::FORMATS {
        let wanted = plain(&project, format).out;
        for variable in ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"] {
            // What a log shows has the addresses of pages in any case.
            let run = run(&project, &["--format", format], variable);
            assert_eq!(run.out, wanted, "{format} {variable}");
        }
    }
}

#[test]
fn a_report_to_a_file_does_not_take_the_annotations_away() {
    let project = Project::example();
    let args = ["--format", "sarif", "--output", ".git/a.sarif"];
    let alone = run(&project, &args, "GITHUB_ACTIONS");
    assert_eq!((alone.code, alone.out.as_str()), (1, ""));
    let args = [&args[..], &["--format", "github"]].concat();
    let both = run(&project, &args, "GITHUB_ACTIONS");
    assert!(both.out.starts_with("::error "), "{}", both.out);
    assert!(project.read(".git/a.sarif").starts_with("{\n  \"$schema\""));
}

#[test]
fn a_task_completes_with_issues_only_where_it_only_warns() {
    let complete = "##vso[task.complete result=SucceededWithIssues;]\n";
    let project = Project::example();
    let warns = ["--select", "kubenet-retired"];
    let run = |args: &[&str]| run(&project, &[&warns, args].concat(), "TF_BUILD");
    let warned = run(&[]);
    assert_eq!(warned.code, 0, "{}", warned.out);
    assert!(warned.out.ends_with(complete), "{}", warned.out);
    let failed = run(&["--fail-on", "warning"]);
    assert_eq!(failed.code, 1);
    assert!(!failed.out.contains(complete), "{}", failed.out);
    assert!(!plain(&project, "azure-pipelines").out.contains(complete));
}
