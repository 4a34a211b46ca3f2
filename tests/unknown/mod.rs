//! Hides one literal after the other of every example behind an input without a value: findings may only disappear, and a
//! finding that disappears leaves an undecided that names the input.

mod bicep;

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;
use aksnet::rules::{self, Category, Rule};
use hcl::edit::Span;
use hcl::edit::expr::{Expression, ObjectKey, TraversalOperator};
use hcl::edit::parser::parse_body;
use hcl::edit::structure::{Attribute, Block, BlockLabel};
use hcl::edit::visit::{Visit, visit_attr, visit_block, visit_expr};

use crate::support::package;
use crate::support::page::{Example, ExampleFile, Page};
use crate::support::run::{analyse, place};

/// Blocks that Terraform reads before it knows any input.
const CONSTANT_BLOCKS: [&str; 5] = [
    "terraform",
    "lifecycle",
    "provisioner",
    "connection",
    "provider",
];

/// Arguments of a module call that must be constants.
const CONSTANT_ARGUMENTS: [&str; 3] = ["source", "version", "providers"];

/// The argument of an azapi resource that says what it is, and so which body it may have.
const AZAPI_CONSTANT: &str = "type";

/// A literal, and what to write in its place.
struct Hiding {
    span: Range<usize>,
    replacement: &'static str,
    /// What declares the input: a file beside this one, or an end of it if that has no name.
    declaration: Option<(&'static str, String)>,
    /// What is needed then, as the end of its name.
    needs: String,
}

/// Finds what can be hidden.
#[derive(Default)]
struct Literals {
    found: Vec<Hiding>,
    in_module: bool,
    in_azapi: bool,
    in_variable: Option<String>,
}

impl Visit for Literals {
    fn visit_block(&mut self, block: &Block) {
        let kind = block.ident.as_str();
        if CONSTANT_BLOCKS.contains(&kind) {
            return;
        }
        let outside = (self.in_module, self.in_azapi, self.in_variable.take());
        let first = block.labels.first().map(BlockLabel::as_str);
        self.in_module |= kind == "module";
        self.in_azapi |= kind == "resource" && first.is_some_and(|l| l.starts_with("azapi_"));
        if kind == "variable" {
            self.in_variable = first.map(str::to_owned);
        }
        visit_block(self, block);
        (self.in_module, self.in_azapi, self.in_variable) = outside;
    }

    fn visit_attr(&mut self, attribute: &Attribute) {
        let name = attribute.key.as_str();
        let constant = self.in_module && CONSTANT_ARGUMENTS.contains(&name);
        if constant || (self.in_azapi && name == AZAPI_CONSTANT) {
            return;
        }
        let Some(variable) = &self.in_variable else {
            return visit_attr(self, attribute);
        };
        let is_null = matches!(attribute.value, Expression::Null(_));
        if let (true, Some(span)) = (name == "default" && !is_null, attribute.span()) {
            // A default cannot refer to a variable: without it the variable itself has no value.
            self.found.push(Hiding {
                span,
                replacement: "",
                declaration: None,
                needs: format!("var.{variable}"),
            });
        }
    }

    fn visit_expr(&mut self, expression: &Expression) {
        let literal = matches!(
            expression,
            Expression::String(_) | Expression::Number(_) | Expression::Bool(_)
        );
        match expression.span() {
            Some(span) if literal => self.found.push(Hiding {
                span,
                replacement: "var.hidden",
                declaration: Some(("hidden.tf", "variable \"hidden\" {}\n".to_owned())),
                needs: "var.hidden".to_owned(),
            }),
            _ => visit_expr(self, expression),
        }
    }

    fn visit_object_key(&mut self, _: &ObjectKey) {}

    fn visit_traversal_operator(&mut self, _: &TraversalOperator) {}
}

fn hidings(text: &str) -> Vec<Hiding> {
    let mut literals = Literals::default();
    let body = parse_body(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    literals.visit_body(&body);
    literals.found
}

/// Returns the text with one literal hidden; lines stay where they are.
fn hide(text: &str, hiding: &Hiding) -> String {
    let lines = text[hiding.span.clone()].matches('\n').count();
    let replacement = hiding.replacement.to_owned() + &"\n".repeat(lines);
    let mut text = text.to_owned();
    text.replace_range(hiding.span.clone(), &replacement);
    text
}

/// Returns rule, file and line of each finding.
fn found(analysis: &Analysis) -> BTreeSet<(RuleId, String, u32)> {
    let findings = analysis.findings.iter();
    findings
        .map(|finding| {
            let (file, line) = place(analysis, finding.primary.span);
            (finding.rule, file, line)
        })
        .collect()
}

/// Returns what goes wrong when one literal of one file is hidden.
fn faults_of(rule: &Rule, example: &Example, index: usize, hiding: &Hiding) -> Vec<String> {
    let file = &example.files[index];
    let mut hidden = hide(&file.text, hiding);
    let folder = file
        .name
        .rsplit_once('/')
        .map_or(String::new(), |(dir, _)| format!("{dir}/"));
    let mut texts = example.texts();
    let before = found(&analyse(&texts));
    let mut beside = None;
    match &hiding.declaration {
        Some(("", declaration)) => hidden.push_str(declaration),
        Some((name, declaration)) => beside = Some((format!("{folder}{name}"), declaration)),
        None => {}
    }
    texts[index].1 = &hidden;
    texts.extend(
        beside
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    );
    let analysis = analyse(&texts);
    let after = found(&analysis);
    let mut faults: Vec<String> = after
        .difference(&before)
        .map(|(rule, file, line)| format!("{rule} appears at {file}:{line}"))
        .collect();
    let gone = before.difference(&after).any(|(id, ..)| *id == rule.id);
    let told = analysis.undecided.iter().any(|undecided| {
        let needs = undecided.needs.as_deref().unwrap_or_default();
        undecided.rule == rule.id && needs.ends_with(&hiding.needs)
    });
    let literal = &file.text[hiding.span.clone()];
    let excused = hiding.needs == "hidden" && NOT_TOLD.contains(&(rule.id.0, literal));
    if gone && !told && !excused {
        faults.push(format!(
            "{} is gone and does not say that it needs {}",
            rule.id, hiding.needs
        ));
    }
    let line = file.line + file.text[..hiding.span.start].matches('\n').count();
    let at = |fault| format!("{} line {line}, {literal} hidden: {fault}", rule.id);
    faults.into_iter().map(at).collect()
}

/// Hides every literal of every example in a language; returns how many there were.
fn hide_all(language: &str, hidings: fn(&str) -> Vec<Hiding>) -> usize {
    let mut faults = Vec::new();
    let mut hidden = 0;
    for rule in rules::all()
        .iter()
        .filter(|rule| rule.category != Category::Input)
    {
        let page = Page::of(rule);
        for example in ["Fails", "Passes"]
            .iter()
            .flat_map(|h| page.examples(h, language))
        {
            for (index, file) in example.files.iter().enumerate() {
                for hiding in hidings(&file.text) {
                    hidden += 1;
                    faults.extend(faults_of(rule, &example, index, &hiding));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    hidden
}

#[test]
fn hiding_a_literal_only_takes_findings_away() {
    let hidden = hide_all("terraform", hidings);
    assert!(hidden > 100, "only {hidden} literals were found");
}

/// Literals of Bicep examples that are needed without being told, by rule: TODO(#4).
const NOT_TOLD: [(u16, &str); 4] = [(221, "0"), (221, "6"), (235, "0"), (350, "'nodes'")];

/// Returns a design of `fixtures/same` as an example, of which one rule is to be judged.
fn design(name: &str, file: &str) -> Example {
    let path = package().join("fixtures/same").join(name).join(file);
    let text = fs::read_to_string(path).expect("a file of the fixture");
    Example {
        files: vec![ExampleFile {
            name: file.to_owned(),
            text,
            markers: Vec::new(),
            line: 1,
        }],
    }
}

#[test]
fn hiding_a_literal_of_a_design_in_bicep_only_takes_findings_away() {
    let mut faults = Vec::new();
    for (name, rule) in [
        ("service_overlaps_subnet", 121),
        ("subnet_too_small", 203),
        ("dual_stack", 328),
        ("nat_gateway_missing", 515),
    ] {
        let example = design(name, "main.bicep");
        let rule = rules::by_id(RuleId(rule)).expect("a rule");
        let hidings = bicep::hidings(&example.files[0].text);
        assert!(
            hidings.len() > 10,
            "{name}: only {} literals",
            hidings.len()
        );
        for hiding in hidings {
            faults.extend(faults_of(rule, &example, 0, &hiding));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn hiding_a_literal_of_bicep_only_takes_findings_away() {
    hide_all("bicep", bicep::hidings);
}

#[test]
fn literals_that_must_be_constant_stay() {
    let text = "variable \"a\" {\n  type = string\n  default = \"x\"\n}\nmodule \"m\" {\n  source = \"./m\"\n  b = [1, \"${c}-d\"]\n}\n";
    let found: Vec<&str> = hidings(text)
        .iter()
        .map(|h| &text[h.span.clone()])
        .collect();
    assert_eq!(found, ["default = \"x\"", "1"]);
}
