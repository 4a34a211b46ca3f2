//! The report for programs, version 1: `docs/check.schema.json`. Fields keep their names and order.

use std::io::{self, Write};

use serde::Serialize;

use crate::engine::Analysis;
use crate::finding::{Finding, Instance, Safety, Undecided};
use crate::rules;
use crate::source::Sources;

use super::Style;
use super::harmless::write_json;
use super::place::{Location, location, others};
use super::summary::counts;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    findings: Vec<FindingJson<'a>>,
    undecided: Vec<UndecidedJson<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    roots: usize,
    clusters: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    suppressed: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: String,
    name: &'static str,
    category: &'static str,
    kind: &'static str,
    stage: Option<&'static str>,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    url: String,
    subject: &'a str,
    variant: Option<&'a str>,
    instances: Vec<InstanceJson<'a>>,
    location: Location,
    labels: Vec<LabelJson<'a>>,
    rows: Vec<RowJson<'a>>,
    fix: Option<FixJson<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct InstanceJson<'a> {
    subject: &'a str,
    root: &'a str,
    variant: Option<&'a str>,
    message: &'a str,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    text: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct RowJson<'a> {
    text: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct FixJson<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    location: Location,
    replacement: &'a str,
}

#[derive(Serialize)]
struct UndecidedJson<'a> {
    code: String,
    subject: &'a str,
    because: &'a str,
    needs: Option<&'a str>,
    location: Location,
}

/// Writes the report.
pub(super) fn write(analysis: &Analysis, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let sources = &analysis.sources;
    let [errors, warnings, advice] = counts(analysis);
    let report = Report {
        version: 1,
        tool: Tool {
            name: "aksnet",
            version: env!("CARGO_PKG_VERSION"),
        },
        summary: Summary {
            files: analysis.stats.files,
            roots: analysis.stats.roots,
            clusters: analysis.stats.clusters,
            errors,
            warnings,
            advice,
            suppressed: analysis.stats.suppressed,
            undecided: analysis.undecided.len(),
        },
        findings: analysis
            .findings
            .iter()
            .map(|finding| finding_json(finding, sources))
            .collect(),
        undecided: analysis
            .undecided
            .iter()
            .map(|undecided| undecided_json(undecided, sources))
            .collect(),
    };
    write_json(&report, out)
}

fn finding_json<'a>(finding: &'a Finding, sources: &Sources) -> FindingJson<'a> {
    let rule = rules::by_id(finding.rule);
    let first = finding.instances.first();
    FindingJson {
        code: finding.rule.to_string(),
        name: rule.map_or("", |rule| rule.name),
        category: rule.map_or("input", |rule| rule.category.word()),
        kind: rule.map_or("input", |rule| rule.kind.word()),
        stage: rule.and_then(|rule| rule.stage).map(rules::Stage::word),
        severity: finding.severity.word(),
        message: &finding.message,
        help: finding.help.as_deref(),
        url: rule.map(rules::Rule::url).unwrap_or_default(),
        subject: first.map_or("", |instance| &instance.subject),
        variant: first.and_then(|instance| instance.variant.as_deref()),
        instances: finding.instances.iter().map(instance_json).collect(),
        location: location(sources, finding.primary.span),
        labels: labels_json(finding, sources),
        rows: finding
            .rows
            .iter()
            .map(|row| RowJson {
                text: &row.text,
                value: &row.value,
            })
            .collect(),
        fix: fix_json(finding, sources),
        fingerprint: &finding.fingerprint,
    }
}

fn instance_json(instance: &Instance) -> InstanceJson<'_> {
    InstanceJson {
        subject: &instance.subject,
        root: &instance.root,
        variant: instance.variant.as_deref(),
        message: &instance.message,
    }
}

fn labels_json<'a>(finding: &'a Finding, sources: &Sources) -> Vec<LabelJson<'a>> {
    let make = |(span, text)| LabelJson {
        text,
        location: location(sources, span),
    };
    others(finding).into_iter().map(make).collect()
}

fn fix_json<'a>(finding: &'a Finding, sources: &Sources) -> Option<FixJson<'a>> {
    let fix = finding.fix.as_ref()?;
    Some(FixJson {
        title: &fix.title,
        safety: match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        },
        edits: fix
            .edits
            .iter()
            .map(|edit| EditJson {
                location: location(sources, edit.span),
                replacement: &edit.replacement,
            })
            .collect(),
    })
}

fn undecided_json<'a>(undecided: &'a Undecided, sources: &Sources) -> UndecidedJson<'a> {
    UndecidedJson {
        code: undecided.rule.to_string(),
        subject: &undecided.address,
        because: &undecided.because,
        needs: undecided.needs.as_deref(),
        location: location(sources, undecided.span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the report is long")]
    fn a_clash_over_two_files() {
        let mut analysis = sample::two_files();
        analysis.findings.truncate(1);
        analysis.undecided.truncate(1);
        let mut out = Vec::new();
        write(&analysis, &Style::plain(), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        {
          "version": 1,
          "tool": {
            "name": "aksnet",
            "version": "0.1.0"
          },
          "summary": {
            "files": 2,
            "roots": 1,
            "clusters": 1,
            "errors": 1,
            "warnings": 0,
            "advice": 0,
            "suppressed": 1,
            "undecided": 1
          },
          "findings": [
            {
              "code": "AKS104",
              "name": "dns-service-ip-outside-service-cidr",
              "category": "addressing",
              "kind": "invalid",
              "stage": "validate",
              "severity": "error",
              "message": "DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16",
              "help": "use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10",
              "url": "https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md",
              "subject": "azurerm_kubernetes_cluster.main",
              "variant": null,
              "instances": [
                {
                  "subject": "azurerm_kubernetes_cluster.main",
                  "root": ".",
                  "variant": null,
                  "message": "DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16"
                }
              ],
              "location": {
                "file": "main.tf",
                "start": {
                  "line": 8,
                  "column": 22,
                  "offset": 202
                },
                "end": {
                  "line": 8,
                  "column": 33,
                  "offset": 213
                }
              },
              "labels": [
                {
                  "text": "the service range",
                  "location": {
                    "file": "main.tf",
                    "start": {
                      "line": 7,
                      "column": 22,
                      "offset": 164
                    },
                    "end": {
                      "line": 7,
                      "column": 38,
                      "offset": 180
                    }
                  }
                },
                {
                  "text": "default of var.service_cidr",
                  "location": {
                    "file": "variables.tf",
                    "start": {
                      "line": 3,
                      "column": 13,
                      "offset": 57
                    },
                    "end": {
                      "line": 3,
                      "column": 26,
                      "offset": 70
                    }
                  }
                }
              ],
              "rows": [],
              "fix": {
                "title": "replace it with 10.0.0.10",
                "safety": "safe",
                "edits": [
                  {
                    "location": {
                      "file": "main.tf",
                      "start": {
                        "line": 8,
                        "column": 22,
                        "offset": 202
                      },
                      "end": {
                        "line": 8,
                        "column": 33,
                        "offset": 213
                      }
                    },
                    "replacement": "\"10.0.0.10\""
                  }
                ]
              },
              "fingerprint": "0123456789abcdef"
            }
          ],
          "undecided": [
            {
              "code": "AKS301",
              "subject": "azurerm_kubernetes_cluster.main",
              "because": "variable \"location\" has no value",
              "needs": "var.location",
              "location": {
                "file": "main.tf",
                "start": {
                  "line": 3,
                  "column": 14,
                  "offset": 80
                },
                "end": {
                  "line": 3,
                  "column": 26,
                  "offset": 92
                }
              }
            }
          ]
        }
        "#);
    }
}
