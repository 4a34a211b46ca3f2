//! GitLab's code quality report
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>, read 2026-11-22).

use std::io::{self, Write};

use serde::Serialize;

use crate::engine::Analysis;
use crate::finding::{Finding, Severity};
use crate::source::Sources;

use super::harmless::write_json;
use super::place::{ends, repository_path};
use super::plain::clean;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: String,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the report.
pub(super) fn write(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let findings = analysis.findings.iter();
    let issues: Vec<Issue> = findings.map(|f| issue(f, &analysis.sources)).collect();
    write_json(&issues, out)
}

fn issue<'a>(finding: &'a Finding, sources: &Sources) -> Issue<'a> {
    let span = finding.primary.span;
    let source = sources.get(span.source);
    let [start, end] = ends(&source, span);
    Issue {
        // The widget does not show `check_name`.
        description: format!("{}: {}", finding.rule, clean(&finding.message)),
        check_name: finding.rule.to_string(),
        fingerprint: &finding.fingerprint,
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Advice => "info",
        },
        location: Location {
            path: repository_path(&source).to_owned(),
            lines: Lines {
                begin: start.line,
                end: end.line,
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn render(analysis: &Analysis) -> String {
        let mut out = Vec::new();
        write(analysis, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_issue_each() {
        let mut analysis = sample::two_files();
        analysis.findings.truncate(1);
        insta::assert_snapshot!(render(&analysis), @r#"
        [
          {
            "description": "AKS104: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16",
            "check_name": "AKS104",
            "fingerprint": "0123456789abcdef",
            "severity": "critical",
            "location": {
              "path": "main.tf",
              "lines": {
                "begin": 8,
                "end": 8
              }
            }
          }
        ]
        "#);
        assert_eq!(render(&sample::clean()), "[]\n");
    }

    #[test]
    fn paths_are_as_on_disk_and_words_are_harmless() {
        let report = render(&sample::hostile());
        let read: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(read[0]["location"]["path"], "a\u{1b}[31m.tf");
        assert_eq!(
            read[0]["description"],
            r"AKS105: name a\u{1b}]0;owned\u{7}\nsecond line"
        );
    }
}
