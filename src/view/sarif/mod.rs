//! SARIF 2.1.0, as code scanning of GitHub takes it
//! (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>,
//! read 2026-11-22). Nothing in it depends on the machine: paths are from the top of the repository.

mod result;
mod rule;

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::engine::Analysis;
use crate::finding::{Finding, RuleId, Severity};

use super::details::by_severity;
use super::harmless::write_json;

/// The schema that the report names.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// How many results GitHub takes of a run.
const MOST_RESULTS: usize = 25_000;

/// How many of them GitHub keeps, the worst first.
const KEPT_RESULTS: usize = 5_000;

/// Writes the report.
pub(super) fn write(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let findings = taken(&analysis.findings, MOST_RESULTS);
    let rules: Vec<RuleId> = findings
        .iter()
        .map(|finding| finding.rule)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result::result(finding, &rules, &analysis.sources))
        .collect();
    let run = json!({
        "tool": {"driver": {
            "name": "aksnet",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": rules.iter().map(|id| rule::rule(*id)).collect::<Vec<_>>(),
        }},
        "invocations": [invocation(analysis)],
        "originalUriBaseIds": {
            result::ROOT: {"description": {"text": "The top of the repository."}},
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    let report = json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]});
    write_json(&report, out)
}

/// Returns at most `most` findings in their order; what is left out is the least severe.
fn taken(findings: &[Finding], most: usize) -> Vec<&Finding> {
    if findings.len() <= most {
        return findings.iter().collect();
    }
    let mut room = most;
    let mut taken = Vec::new();
    for (_, of_severity) in by_severity(findings) {
        let some = of_severity.len().min(room);
        room -= some;
        taken.extend_from_slice(&of_severity[..some]);
    }
    taken
}

fn invocation(analysis: &Analysis) -> Value {
    let all = analysis.findings.len();
    let mut invocation = json!({"executionSuccessful": !analysis.stats.incomplete});
    if all > KEPT_RESULTS {
        let given = all.min(MOST_RESULTS);
        let text = format!(
            "{all} findings, of which this report holds the {given} worst; GitHub shows {KEPT_RESULTS}"
        );
        let notice = json!({"level": "warning", "message": {"text": text}});
        invocation["toolExecutionNotifications"] = json!([notice]);
    }
    invocation
}

/// Returns the level of a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn report(analysis: &Analysis) -> Value {
        let mut out = Vec::new();
        write(analysis, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn what_is_left_out_is_the_least_severe_and_told() {
        let mut analysis = sample::two_files();
        let [error, warning] = [0, 1].map(|index| analysis.findings[index].clone());
        let many = std::iter::repeat_n(warning, MOST_RESULTS);
        analysis.findings = many.chain([error]).collect();
        let run = &report(&analysis)["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), MOST_RESULTS);
        assert_eq!(run["results"][0]["ruleId"], "AKS104");
        let notice = &run["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!(
            notice["message"]["text"],
            "25001 findings, of which this report holds the 25000 worst; GitHub shows 5000"
        );
    }

    #[test]
    fn a_run_that_could_not_read_everything_did_not_succeed() {
        let mut analysis = sample::clean();
        let succeeded = |analysis: &Analysis| report(analysis)["runs"][0]["invocations"][0].clone();
        assert_eq!(succeeded(&analysis), json!({"executionSuccessful": true}));
        analysis.stats.incomplete = true;
        assert_eq!(succeeded(&analysis), json!({"executionSuccessful": false}));
    }
}
