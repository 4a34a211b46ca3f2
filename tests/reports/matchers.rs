//! The problem matchers that we publish, applied with their own patterns to what the program prints.

use regex::Regex;
use serde_json::Value;

use super::{json, list, text};
use crate::support::cli::Project;
use crate::support::package;

/// A problem that a matcher saw in a line.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Problem {
    file: String,
    line: String,
    column: String,
    severity: String,
    code: String,
    message: String,
}

/// Names with whatever a path may hold: spaces, brackets, Unicode, drive letters, colons and numbers.
const NAMES: [&str; 6] = [
    "main.tf",
    "a b (1) [x]/main [2].tf",
    "ümläut 日本 🦀.tf",
    "a:1:2.tf",
    "error[AKS104] x/main.tf",
    "C:\\Users\\me\\main.tf",
];

/// Errors, a warning and advice.
const FAULTY: &str = "resource \"azurerm_kubernetes_cluster\" \"main\" {\n  network_profile {\n    network_plugin = \"kubenet\"\n    \
                      service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = \"10.9.0.10\"\n    pod_cidr = \"10.0.0.0/33: error[AKS101] x\"\n  }\n  \
                      default_node_pool {\n    vm_size = \"Standard_D4s_v5\"\n    max_pods = 300\n  }\n}\n# aksnet: allow AKS202 -- why\n";

fn project() -> Project {
    let possible = |name: &&&str| cfg!(unix) || !name.contains([':', '\\']);
    let files: Vec<(&str, &str)> = NAMES
        .iter()
        .filter(possible)
        .map(|n| (*n, FAULTY))
        .collect();
    Project::new(&files)
}

/// Returns what the matchers see in a report; a line that two of them match is seen twice.
fn seen(matchers: &[Value], report: &str) -> Vec<Problem> {
    let mut seen = Vec::new();
    for matcher in matchers {
        let pattern = &matcher["pattern"];
        let pattern = pattern.get(0).unwrap_or(pattern);
        let regex = Regex::new(text(&pattern["regexp"])).expect("it is a pattern");
        for captures in report.lines().filter_map(|line| regex.captures(line)) {
            let group = |key: &str| {
                let number = pattern.get(key)?.as_u64()?;
                let number = usize::try_from(number).ok()?;
                captures.get(number).map(|group| group.as_str().to_owned())
            };
            let fixed = matcher["severity"].as_str().map(str::to_owned);
            let needed = |key| group(key).expect("the group is there");
            seen.push(Problem {
                file: needed("file"),
                line: needed("line"),
                column: needed("column"),
                severity: group("severity").or(fixed).expect("a severity"),
                code: needed("code"),
                message: needed("message"),
            });
        }
    }
    seen.sort();
    seen
}

/// Returns what they should see; `advice` is what they call it.
fn wanted(project: &Project, advice: &str) -> Vec<Problem> {
    let report = project.run(&["check", "--format", "json", "--as-of", "2026-11-22"]);
    let problem = |finding: &Value| {
        let place = &finding["location"];
        let severity = text(&finding["severity"]);
        Problem {
            file: text(&place["file"]).to_owned(),
            line: place["start"]["line"].to_string(),
            column: place["start"]["column"].to_string(),
            severity: if severity == "advice" {
                advice
            } else {
                severity
            }
            .to_owned(),
            code: text(&finding["code"]).to_owned(),
            message: text(&finding["message"]).to_owned(),
        }
    };
    let report = json(&report.out);
    let mut wanted: Vec<Problem> = list(&report, "findings").iter().map(problem).collect();
    wanted.sort();
    wanted
}

fn concise(project: &Project) -> String {
    let args = ["check", "--format", "concise", "--as-of", "2026-11-22"];
    let run = project.run(&args);
    // Tasks and steps show both.
    run.out + &run.err
}

/// Returns the matchers of the task in docs/editor.md.
fn of_vs_code() -> Vec<Value> {
    let page = std::fs::read_to_string(package().join("docs/editor.md")).expect("the page");
    let (_, rest) = page
        .split_once("<!-- tasks.json -->\n```json\n")
        .expect("the task");
    let (task, _) = rest.split_once("\n```\n").expect("its end");
    list(&json(task)["tasks"][0], "problemMatcher").to_vec()
}

/// Returns the matchers for GitHub Actions.
fn of_github() -> Vec<Value> {
    let path = package().join(".github/aksnet-matcher.json");
    let file = json(&std::fs::read_to_string(path).expect("the matchers"));
    list(&file, "problemMatcher").to_vec()
}

#[test]
fn every_line_is_seen_once_and_right() {
    let project = project();
    let report = concise(&project);
    let severities = ["error[", "warning[", "advice["];
    assert!(severities.iter().all(|s| report.contains(s)), "{report}");
    assert_eq!(seen(&of_github(), &report), wanted(&project, "warning"));
    assert_eq!(seen(&of_vs_code(), &report), wanted(&project, "info"));
}

#[test]
fn github_takes_the_file() {
    for matcher in of_github() {
        assert!(!text(&matcher["owner"]).is_empty());
        let severity = matcher.get("severity").map_or("error", text);
        assert!(["error", "warning"].contains(&severity));
        let keys = [
            "regexp", "file", "line", "column", "severity", "code", "message", "fromPath",
        ];
        for pattern in list(&matcher, "pattern") {
            let pattern = pattern.as_object().expect("a pattern is an object");
            assert!(pattern.keys().all(|key| keys.contains(&key.as_str())));
        }
    }
}

#[test]
fn the_task_runs_what_prints_these_lines() {
    let page = std::fs::read_to_string(package().join("docs/editor.md")).expect("the page");
    let args = r#""args": ["check", "--format", "concise", "--color", "never"]"#;
    assert!(page.contains(args));
    let project = project();
    let run = project.run(&["check", "--format", "concise", "--color", "never"]);
    assert!(!seen(&of_vs_code(), &run.out).is_empty());
}
