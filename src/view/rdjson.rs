//! The report that reviewdog reads, with suggestions
//! (<https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>, read 2026-11-22).

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::engine::Analysis;
use crate::finding::{Finding, Severity};
use crate::source::{Source, Sources, Span};

use super::details::{details, url};
use super::harmless::write_json;
use super::place::{others, short};
use super::plain::clean;

/// Writes the report.
pub(super) fn write(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let findings = analysis.findings.iter();
    let diagnostics: Vec<Value> = findings.map(|f| diagnostic(f, &analysis.sources)).collect();
    let source = json!({"name": "aksnet", "url": env!("CARGO_PKG_REPOSITORY")});
    write_json(&json!({"source": source, "diagnostics": diagnostics}), out)
}

fn diagnostic(finding: &Finding, sources: &Sources) -> Value {
    let span = finding.primary.span;
    let message = clean(&finding.message).into_owned();
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Advice => "INFO",
    };
    let code = format!("{}[{}]", finding.severity, finding.rule);
    let line = format!("{}: {code} {message}", short(sources, span));
    let lines = [vec![message], details(finding)].concat();
    let mut diagnostic = json!({
        "message": lines.join("\n"),
        "location": location(sources, span),
        "severity": severity,
        "code": {"value": finding.rule.to_string(), "url": url(finding).unwrap_or_default()},
        "original_output": line,
    });
    let suggestions = suggestions(finding, sources);
    if !suggestions.is_empty() {
        diagnostic["suggestions"] = suggestions.into();
    }
    let others: Vec<Value> = others(finding)
        .into_iter()
        .map(|(span, text)| json!({"message": clean(text), "location": location(sources, span)}))
        .collect();
    if !others.is_empty() {
        diagnostic["related_locations"] = others.into();
    }
    diagnostic
}

/// Returns the edits of a fix. A suggestion names no file, so that all must be in the file of the finding.
fn suggestions(finding: &Finding, sources: &Sources) -> Vec<Value> {
    let file = finding.primary.span.source;
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    if edits.clone().any(|edit| edit.span.source != file) {
        return Vec::new();
    }
    let source = sources.get(file);
    edits
        .map(|edit| json!({"range": range(&source, edit.span), "text": edit.replacement}))
        .collect()
}

fn location(sources: &Sources, span: Span) -> Value {
    let source = sources.get(span.source);
    json!({"path": source.name, "range": range(&source, span)})
}

fn range(source: &Source, span: Span) -> Value {
    json!({"start": position(source, span.start), "end": position(source, span.end)})
}

/// Returns line and column; a column counts bytes here.
fn position(source: &Source, byte: u32) -> Value {
    let place = source.position(byte);
    let index = usize::try_from(place.line).unwrap_or(usize::MAX) - 1;
    let start = source.line_starts().get(index).copied().unwrap_or(0);
    let mark = if source.byte_order_mark { 3 } else { 0 };
    let start = if start == 0 { 0 } else { start + mark };
    json!({"line": place.line, "column": place.offset - start + 1})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::view::sample;

    fn render(analysis: &Analysis) -> String {
        let mut out = Vec::new();
        write(analysis, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "the report is long")]
    fn a_clash_over_two_files() {
        let mut analysis = sample::two_files();
        analysis.findings.truncate(1);
        insta::assert_snapshot!(render(&analysis), @r#"
        {
          "source": {
            "name": "aksnet",
            "url": "https://github.com/aksnet/aksnet"
          },
          "diagnostics": [
            {
              "message": "DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16\nhelp: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10\nfix: replace it with 10.0.0.10\nsee: https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md",
              "location": {
                "path": "main.tf",
                "range": {
                  "start": {
                    "line": 8,
                    "column": 22
                  },
                  "end": {
                    "line": 8,
                    "column": 33
                  }
                }
              },
              "severity": "ERROR",
              "code": {
                "value": "AKS104",
                "url": "https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md"
              },
              "original_output": "main.tf:8:22: error[AKS104] DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16",
              "suggestions": [
                {
                  "range": {
                    "start": {
                      "line": 8,
                      "column": 22
                    },
                    "end": {
                      "line": 8,
                      "column": 33
                    }
                  },
                  "text": "\"10.0.0.10\""
                }
              ],
              "related_locations": [
                {
                  "message": "the service range",
                  "location": {
                    "path": "main.tf",
                    "range": {
                      "start": {
                        "line": 7,
                        "column": 22
                      },
                      "end": {
                        "line": 7,
                        "column": 38
                      }
                    }
                  }
                },
                {
                  "message": "default of var.service_cidr",
                  "location": {
                    "path": "variables.tf",
                    "range": {
                      "start": {
                        "line": 3,
                        "column": 13
                      },
                      "end": {
                        "line": 3,
                        "column": 26
                      }
                    }
                  }
                }
              ]
            }
          ]
        }
        "#);
    }

    #[test]
    fn columns_are_bytes() {
        let sources = Sources::default();
        sources.add("a", None, "".into(), "\u{feff}ä = 1\nüb = 2\n".into());
        let source = sources.get(SourceId(0));
        let at = |byte| position(&source, byte);
        assert_eq!(at(0), json!({"line": 1, "column": 4}));
        assert_eq!(at(5), json!({"line": 1, "column": 9}));
        assert_eq!(at(7), json!({"line": 2, "column": 1}));
        assert_eq!(at(9), json!({"line": 2, "column": 3}));
    }

    #[test]
    fn a_fix_in_another_file_is_no_suggestion() {
        let mut analysis = sample::two_files();
        let elsewhere = analysis.findings[0].labels[1].span;
        let fix = analysis.findings[0].fix.as_mut().unwrap();
        fix.edits[0].span = elsewhere;
        let found = suggestions(&analysis.findings[0], &analysis.sources);
        assert_eq!(found, [Value::Null; 0]);
    }
}
