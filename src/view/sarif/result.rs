//! A finding as SARIF has it.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::finding::{Finding, Fix, RuleId};
use crate::source::{Source, SourceId, Sources, Span};

use super::super::details::details;
use super::super::place::{ends, others, repository_path, short};
use super::super::plain::clean;
use super::level;

/// The name of the top of the repository.
pub(super) const ROOT: &str = "%SRCROOT%";

/// How many locations GitHub keeps of a result.
const MOST_PLACES: usize = 100;

/// Returns the result of a finding; `rules` are those of the run.
pub(super) fn result(finding: &Finding, rules: &[RuleId], sources: &Sources) -> Value {
    let others: Vec<(Span, &str)> = others(finding).into_iter().take(MOST_PLACES).collect();
    let related: Vec<Value> = others
        .iter()
        .enumerate()
        .map(|(index, (span, text))| {
            let place = physical_location(sources, *span);
            let text = guard(&clean(text));
            json!({"id": index + 1, "physicalLocation": place, "message": {"text": text}})
        })
        .collect();
    let names: Vec<Value> = finding
        .instances
        .iter()
        .take(MOST_PLACES)
        .map(|one| json!({"fullyQualifiedName": clean(&one.subject), "kind": "resource"}))
        .collect();
    let place = physical_location(sources, finding.primary.span);
    let mut result = json!({
        "ruleId": finding.rule.to_string(),
        "level": level(finding.severity),
        "message": {"text": message(finding, &others, sources)},
        "locations": [{"physicalLocation": place, "logicalLocations": names}],
        "relatedLocations": related,
        "partialFingerprints": {"aksnet/v1": finding.fingerprint},
    });
    if let Ok(index) = rules.binary_search(&finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fix_of(fix, sources)]);
    }
    result
}

/// Returns the message, the details, and a link to each of the other places.
fn message(finding: &Finding, others: &[(Span, &str)], sources: &Sources) -> String {
    let mut text = guard(&clean(&finding.message));
    for line in details(finding) {
        text.push('\n');
        text += &guard(&line);
    }
    for (index, (span, words)) in others.iter().enumerate() {
        let place = short(sources, *span);
        let place = place.replace('\\', "\\\\");
        let place = place.replace('[', "\\[").replace(']', "\\]");
        let words = clean(words);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n{}: [{}]({})",
            guard(&words),
            guard(&place),
            index + 1
        );
    }
    text
}

/// Returns text that no reader takes for a link or a placeholder (sections 3.11.5 and 3.11.6 of the standard). Other brackets
/// and braces stay, for most readers show an escape as it is written.
fn guard(text: &str) -> String {
    let mut text = text.to_owned();
    if text.contains("](") {
        text = text.replace("](", "]\u{200b}(");
    }
    let placeholder = |at: usize| {
        let rest = text[at + 1..].trim_start_matches(|c: char| c.is_ascii_digit());
        rest.starts_with('}') && !text[at + 1..].starts_with('}')
    };
    if text.match_indices('{').any(|(at, _)| placeholder(at)) {
        text = text.replace('{', "{{").replace('}', "}}");
    }
    text
}

fn physical_location(sources: &Sources, span: Span) -> Value {
    let source = sources.get(span.source);
    json!({"artifactLocation": artifact(&source), "region": region(&source, span)})
}

fn artifact(source: &Source) -> Value {
    let uri = uri(repository_path(source));
    if source.path.is_some() {
        json!({"uri": uri, "uriBaseId": ROOT})
    } else {
        json!({"uri": uri})
    }
}

fn region(source: &Source, span: Span) -> Value {
    let [start, end] = ends(source, span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn fix_of(fix: &Fix, sources: &Sources) -> Value {
    let mut files: Vec<SourceId> = fix.edits.iter().map(|edit| edit.span.source).collect();
    files.sort();
    files.dedup();
    let change = |file: SourceId| {
        let source = sources.get(file);
        let edits = fix.edits.iter().filter(|edit| edit.span.source == file);
        let replacements: Vec<Value> = edits
            .map(|edit| {
                json!({
                    "deletedRegion": region(&source, edit.span),
                    "insertedContent": {"text": edit.replacement},
                })
            })
            .collect();
        json!({"artifactLocation": artifact(&source), "replacements": replacements})
    };
    let changes: Vec<Value> = files.into_iter().map(change).collect();
    let title = guard(&clean(&fix.title));
    json!({"description": {"text": title}, "artifactChanges": changes})
}

/// Returns a relative path as a relative reference (RFC 3986, section 4.2): what may stand in a segment stays, all else is
/// percent-encoded, the colon too.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the report is long")]
    fn a_clash_over_two_files() {
        let analysis = sample::two_files();
        let finding = &analysis.findings[0];
        let told = result(finding, &[finding.rule], &analysis.sources);
        insta::assert_snapshot!(serde_json::to_string_pretty(&told).unwrap(), @r#"
        {
          "ruleId": "AKS104",
          "level": "error",
          "message": {
            "text": "DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16\nhelp: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10\nfix: replace it with 10.0.0.10\nsee: https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md\nthe service range: [main.tf:7:22](1)\ndefault of var.service_cidr: [variables.tf:3:13](2)"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "main.tf"
                },
                "region": {
                  "startLine": 8,
                  "startColumn": 22,
                  "endLine": 8,
                  "endColumn": 33
                }
              },
              "logicalLocations": [
                {
                  "fullyQualifiedName": "azurerm_kubernetes_cluster.main",
                  "kind": "resource"
                }
              ]
            }
          ],
          "relatedLocations": [
            {
              "id": 1,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "main.tf"
                },
                "region": {
                  "startLine": 7,
                  "startColumn": 22,
                  "endLine": 7,
                  "endColumn": 38
                }
              },
              "message": {
                "text": "the service range"
              }
            },
            {
              "id": 2,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "variables.tf"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 13,
                  "endLine": 3,
                  "endColumn": 26
                }
              },
              "message": {
                "text": "default of var.service_cidr"
              }
            }
          ],
          "partialFingerprints": {
            "aksnet/v1": "0123456789abcdef"
          },
          "ruleIndex": 0,
          "fixes": [
            {
              "description": {
                "text": "replace it with 10.0.0.10"
              },
              "artifactChanges": [
                {
                  "artifactLocation": {
                    "uri": "main.tf"
                  },
                  "replacements": [
                    {
                      "deletedRegion": {
                        "startLine": 8,
                        "startColumn": 22,
                        "endLine": 8,
                        "endColumn": 33
                      },
                      "insertedContent": {
                        "text": "\"10.0.0.10\""
                      }
                    }
                  ]
                }
              ]
            }
          ]
        }
        "#);
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            guard("[a](1) {0} ${var.x}"),
            "[a]\u{200b}(1) {{0}} ${{var.x}}"
        );
        assert_eq!(guard("a[\"b\"] {} ${x}"), "a[\"b\"] {} ${x}");
        assert_eq!(uri("a b/ü#?%:\\.tf"), "a%20b/%C3%BC%23%3F%25%3A%5C.tf");
    }
}
