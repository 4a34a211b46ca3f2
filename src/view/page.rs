//! The pages of rules and the list of all rules, for a terminal and for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::rules::{Rule, Stage};

use super::Style;
use super::harmless::write_json;
use super::paint::Paint;
use super::plain::clean;

/// How a page or the list of rules is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// For a reader in a terminal.
    Human,
    /// As it is written.
    Markdown,
    /// For programs.
    Json,
}

#[derive(Serialize)]
struct RuleJson {
    code: String,
    name: &'static str,
    category: &'static str,
    kind: &'static str,
    stage: Option<&'static str>,
    severity: &'static str,
    dialects: Vec<String>,
    fixable: bool,
    since: &'static str,
    summary: &'static str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

fn rule_json(rule: &Rule, page: Option<&'static str>) -> RuleJson {
    RuleJson {
        code: rule.id.to_string(),
        name: rule.name,
        category: rule.category.word(),
        kind: rule.kind.word(),
        stage: rule.stage.map(Stage::word),
        severity: rule.severity.word(),
        dialects: rule
            .dialects
            .all()
            .iter()
            .map(ToString::to_string)
            .collect(),
        fixable: rule.fix.is_some(),
        since: rule.since,
        summary: rule.summary(),
        url: rule.url(),
        page,
    }
}

/// Writes the page of a rule.
pub fn write_page(rule: &Rule, shape: Shape, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match shape {
        Shape::Markdown => out.write_all(rule.page.as_bytes()),
        Shape::Json => write_json(&rule_json(rule, Some(rule.page)), out),
        Shape::Human => write_for_terminal(rule.page, style, out),
    }
}

/// Writes Markdown with its headings bold and its code dim and indented, without the marks.
pub(super) fn write_for_terminal(page: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint {
        colour: style.colour,
        links: false,
    };
    let mut in_code = false;
    for line in page.lines() {
        let line = &*clean(line);
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            writeln!(out, "{}", paint.dim(format!("    {line}").trim_end()))?;
        } else if line.starts_with('#') {
            writeln!(out, "{}", paint.bold(line.trim_start_matches('#').trim()))?;
        } else {
            writeln!(out, "{}", line.replace("**", "").replace('`', ""))?;
        }
    }
    Ok(())
}

/// Writes the list of rules.
pub fn write_catalogue(
    rules: &[&Rule],
    shape: Shape,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint {
        colour: style.colour,
        links: style.links,
    };
    match shape {
        Shape::Json => {
            let all: Vec<RuleJson> = rules.iter().map(|rule| rule_json(rule, None)).collect();
            write_json(&all, out)
        }
        Shape::Markdown => {
            writeln!(out, "| Id | Name | Severity | Kind | Stage | Fix |")?;
            writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
            for rule in rules {
                let [name, severity, kind, stage, fix] = cells(rule);
                let url = rule.url();
                let id = rule.id;
                writeln!(
                    out,
                    "| [{id}]({url}) | {name} | {severity} | {kind} | {stage} | {fix} |"
                )?;
            }
            Ok(())
        }
        Shape::Human => write_table(rules, paint, out),
    }
}

fn cells(rule: &Rule) -> [&'static str; 5] {
    [
        rule.name,
        rule.severity.word(),
        rule.kind.word(),
        rule.stage.map_or("-", Stage::word),
        rule.fix.map_or("-", |_| "fix"),
    ]
}

/// Writes the rules as columns, a heading above each category.
fn write_table(rules: &[&Rule], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let name_width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut category = None;
    for rule in rules {
        if category != Some(rule.category) {
            if category.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", paint.bold(rule.category.word()))?;
            category = Some(rule.category);
        }
        let [name, severity, kind, stage, fix] = cells(rule);
        let id = paint.link(&rule.url(), &rule.id.to_string());
        let severity = paint.severity(rule.severity, &format!("{severity:8}"));
        let line = format!("  {id}  {name:name_width$}  {severity} {kind:13} {stage:9} {fix}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
