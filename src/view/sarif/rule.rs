//! A rule as SARIF has it, with its page as help.

use serde_json::{Value, json};

use crate::finding::{RuleId, Severity};
use crate::rules::{self, Kind, Rule, Stage};

use super::level;

/// Returns the description of a rule.
pub(super) fn rule(id: RuleId) -> Value {
    let Some(rule) = rules::by_id(id) else {
        return json!({"id": id.to_string()});
    };
    let summary = plain(rule.summary());
    json!({
        "id": id.to_string(),
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "helpUri": rule.url(),
        "help": {
            "text": format!("{summary} See {}", rule.url()),
            "markdown": rule.page,
        },
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": properties(rule),
    })
}

fn properties(rule: &Rule) -> Value {
    let mut tags = vec![
        "azure",
        "kubernetes",
        rule.category.word(),
        rule.kind.word(),
    ];
    tags.extend(rule.stage.map(Stage::word));
    // A category and a kind can have the same name; the standard wants each tag once.
    tags.sort_unstable();
    tags.dedup();
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "recommendation",
    };
    let mut properties = json!({
        "tags": tags,
        "precision": "high",
        "problem.severity": severity,
    });
    if rule.kind == Kind::Security {
        // GitHub's bounds: over 7.0 is high, over 4.0 medium.
        properties["security-severity"] = match rule.severity {
            Severity::Error => "8.0",
            Severity::Warning => "5.0",
            Severity::Advice => "2.0",
        }
        .into();
    }
    properties
}

/// Returns Markdown without the marks.
fn plain(markdown: &str) -> String {
    markdown.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_what_github_takes() {
        for one in rules::all() {
            let told = rule(one.id);
            for text in ["shortDescription", "fullDescription"] {
                let length = told[text]["text"].as_str().unwrap().chars().count();
                assert!((1..=1024).contains(&length), "{}", one.id);
            }
            assert!(told["name"].as_str().unwrap().len() <= 255);
            assert!(told["properties"]["tags"].as_array().unwrap().len() <= 10);
            let security = told["properties"].get("security-severity").is_some();
            assert_eq!(security, one.kind == Kind::Security);
        }
    }
}
