//! What other programs read is what their published schemas say.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json as object};

use super::{all_reports, json, list, text};
use crate::formats::MESS;
use crate::support::cli::Project;
use crate::support::package;

/// Returns a validator of a published schema.
fn validator(name: &str) -> jsonschema::Validator {
    let path = package().join("fixtures/schemas").join(name);
    let schema = json(&fs::read_to_string(path).expect("the schema is there"));
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema is one")
}

/// Returns what is wrong with a value.
fn faults(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn projects() -> [(&'static str, Project); 3] {
    [
        ("the example", Project::example()),
        ("the mess", Project::new(MESS)),
        ("nothing", Project::new(&[("main.tf", "")])),
    ]
}

#[test]
fn reports_are_what_published_schemas_say() {
    let (sarif, rdjson) = (validator("sarif-2.1.0.json"), validator("rdjson.json"));
    let issue = validator("gitlab-code-quality.json");
    for (name, project) in projects() {
        let reports = all_reports(&project);
        assert_eq!(faults(&sarif, &json(&reports["sarif"])), [""; 0], "{name}");
        assert_eq!(
            faults(&rdjson, &json(&reports["rdjson"])),
            [""; 0],
            "{name}"
        );
        let issues = json(&reports["gitlab"]);
        for one in issues.as_array().expect("it is a list") {
            assert_eq!(faults(&issue, one), [""; 0], "{name}");
        }
    }
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let refuses = |schema, value| !validator(schema).is_valid(&value);
    assert!(refuses("sarif-2.1.0.json", object!({"version": "2.1.0"})));
    let severity = object!({"diagnostics": [{"severity": "BAD"}]});
    assert!(refuses("rdjson.json", severity));
    let issue = object!({"description": "a", "severity": "info", "location": {}});
    assert!(refuses("gitlab-code-quality.json", issue));
}

#[test]
fn every_format_tells_every_finding() {
    for (name, project) in projects() {
        let reports = all_reports(&project);
        let findings = json(&reports["json"]);
        let findings = list(&findings, "findings");
        let sarif = json(&reports["sarif"]);
        let run = &sarif["runs"][0];
        let told = [
            reports["concise"].lines().count(),
            list(run, "results").len(),
            list(&json(&reports["rdjson"]), "diagnostics").len(),
            json(&reports["gitlab"]).as_array().map_or(0, Vec::len),
            reports["junit"].matches("<failure ").count(),
            reports["markdown"].matches("\n| [AKS").count(),
        ];
        assert_eq!(told, [findings.len(); 6], "{name}");
    }
}

/// GitHub asks for more than the schema.
#[test]
fn sarif_is_what_github_asks_for() {
    let reports = all_reports(&Project::example());
    let sarif = json(&reports["sarif"]);
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = list(&run["tool"]["driver"], "rules");
    assert!(rules.len() >= 6);
    for result in list(run, "results") {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rule = &rules[usize::try_from(index).expect("a small number")];
        assert_eq!(rule["id"], result["ruleId"]);
        let page = text(&rule["help"]["markdown"]);
        assert!(
            page.starts_with(&format!("# {}: ", text(&rule["id"]))),
            "{page}"
        );
        assert!(!text(&result["partialFingerprints"]["aksnet/v1"]).is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let uri = text(&place["artifactLocation"]["uri"]);
        assert!(!uri.starts_with(['/', '.']) && !uri.contains(':'), "{uri}");
        for (index, other) in list(result, "relatedLocations").iter().enumerate() {
            assert_eq!(other["id"], index + 1);
            let link = format!("]({})", index + 1);
            assert!(text(&result["message"]["text"]).contains(&link));
        }
    }
}

/// GitLab asks for more than its schema, too.
#[test]
fn gitlab_tells_issues_apart() {
    let project = Project::example();
    let prints = |report: &str| -> BTreeSet<String> {
        let issues = json(report);
        let issues = issues.as_array().expect("it is a list");
        let print = |issue: &Value| {
            let severity = text(&issue["severity"]);
            assert!(["info", "minor", "critical"].contains(&severity));
            let path = text(&issue["location"]["path"]);
            assert!(!path.starts_with(['/', '.']), "{path}");
            assert!(issue["location"]["lines"]["begin"].as_u64() > Some(0));
            text(&issue["fingerprint"]).to_owned()
        };
        let all: BTreeSet<String> = issues.iter().map(print).collect();
        assert_eq!(all.len(), issues.len());
        all
    };
    let before = prints(&all_reports(&project)["gitlab"]);
    let moved = format!("# new\n\n{}", project.read("main.tf"));
    project.write("main.tf", &moved);
    assert_eq!(before, prints(&all_reports(&project)["gitlab"]));
}

#[test]
fn junit_is_read_back() {
    for (name, project) in projects() {
        let reports = all_reports(&project);
        let document = roxmltree::Document::parse(&reports["junit"]).expect("it is XML");
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "testsuites");
        let cases = |failed: bool| {
            let cases = root.descendants().filter(|n| n.has_tag_name("testcase"));
            let fails = |node: &roxmltree::Node<'_, '_>| {
                node.children().any(|n| n.has_tag_name("failure")) == failed
            };
            cases.filter(fails).count()
        };
        let findings = list(&json(&reports["json"]), "findings").len();
        assert_eq!(cases(true), findings, "{name}");
        assert_eq!(cases(false), usize::from(findings == 0), "{name}");
        let count = |name| root.attribute(name).and_then(|n| n.parse().ok());
        assert_eq!(count("failures"), Some(findings), "{name}");
        assert_eq!(count("tests"), Some(findings.max(1)), "{name}");
    }
}

/// Columns of rdjson count bytes: a range cuts the same characters out of the file.
#[test]
fn rdjson_counts_bytes() {
    let main = "resource \"azurerm_kubernetes_cluster\" \"main\" {\n  network_profile {\n    service_cidr   = \"10.0.0.0/16\"\n    \
                /* ü日🦀 */ dns_service_ip = \"10.9.0.10\"\n  }\n}\n";
    let project = Project::new(&[("main.tf", main)]);
    let run = project.run(&["check", "--format", "rdjson", "--select", "AKS104"]);
    let report = json(&run.out);
    let range = &report["diagnostics"][0]["location"]["range"];
    let column = |end: &str| {
        let column = range[end]["column"].as_u64().expect("a column");
        usize::try_from(column).expect("a small number") - 1
    };
    let line = main.lines().nth(3).expect("there is a fourth line");
    assert_eq!(range["start"]["line"], 4);
    assert_eq!(&line[column("start")..column("end")], "\"10.9.0.10\"");
    assert_eq!(
        report["diagnostics"][0]["suggestions"][0]["text"],
        "\"10.0.0.10\""
    );
}
