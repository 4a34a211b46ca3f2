//! ARM templates and parameters files to declarations. `value` lowers JSON, `expression` the expressions in its strings,
//! `template` says what a template's members declare. Keys count in any letter case. Follows no link.

mod expression;
mod resource;
mod template;
#[cfg(test)]
mod tests;
mod value;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;

use crate::expr::{ExprKind, Exprs};
use crate::finding::Trouble;
use crate::source::Source;
use crate::syntax::{Binding, Declaration, Unit, json};
use expression::Surroundings;
use value::{Lowering, properties, property};

/// What a JSON file of Azure Resource Manager is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Document {
    /// A deployment template.
    Template,
    /// A file of parameters for one.
    Parameters,
}

/// Parses a template or parameters file; `None` for JSON that is neither. A file that does not parse counts as what its
/// `$schema` says.
pub(super) fn file(source: &Source) -> Option<(Document, Unit)> {
    if !may_be(&source.text) {
        return None;
    }
    let root = match json::read(source, json::Dialect::Arm) {
        Ok(root) => root,
        Err(trouble) => return told(&source.text).map(|kind| (kind, broken(source, trouble))),
    };
    let Value::Object(root) = &root else {
        return None;
    };
    let schema = match property(root, "$schema") {
        Some(Value::StringLit(schema)) => told(&schema.value),
        Some(_) => None,
        None => {
            let versioned = property(root, "contentVersion").is_some();
            (versioned && property(root, "resources").is_some()).then_some(Document::Template)
        }
    };
    let unit = match schema? {
        Document::Template => template::unit(source, root),
        Document::Parameters => parameters(source, root),
    };
    schema.map(|kind| (kind, unit))
}

/// Tells whether a text may be a template or parameters file: one of the two words that say so is there.
fn may_be(text: &str) -> bool {
    ["$schema", "contentversion"].iter().any(|word| {
        let first = word.as_bytes()[0];
        let (lower, upper) = (first, first.to_ascii_uppercase());
        memchr::memchr2_iter(lower, upper, text.as_bytes()).any(|at| {
            let found = text.as_bytes().get(at..at + word.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
        })
    })
}

/// Tells what a `$schema`, or a text that may hold one, is about.
fn told(text: &str) -> Option<Document> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("deploymentparameters.json") {
        Some(Document::Parameters)
    } else if lower.contains("deploymenttemplate.json") {
        Some(Document::Template)
    } else {
        None
    }
}

fn broken(source: &Source, trouble: Trouble) -> Unit {
    Unit {
        source: source.id,
        exprs: Exprs::default(),
        declarations: Vec::new(),
        comments: Vec::new(),
        troubles: vec![trouble],
        broken: true,
    }
}

/// Reads a parameters file: each parameter's value is an assignment. References to secrets are not known.
fn parameters(source: &Source, root: &jsonc_parser::ast::Object<'_>) -> Unit {
    let mut lowering = Lowering {
        source,
        exprs: Exprs::default(),
        troubles: Vec::new(),
    };
    let mut declarations = Vec::new();
    for prop in properties(root, "parameters") {
        let value = match &prop.value {
            Value::Object(inner) => property(inner, "value"),
            _ => None,
        };
        let value = if let Some(value) = value {
            match value {
                Value::StringLit(text) if is_placeholder(&text.value) => {
                    lowering.add(ExprKind::NotSupported("placeholder"), value.range())
                }
                value => lowering.value(value, &Surroundings::default()),
            }
        } else {
            let range = prop.value.range();
            lowering.add(ExprKind::NotSupported("reference to a secret"), range)
        };
        declarations.push(Declaration::Assignment(Binding {
            name: lowering.name(prop),
            value,
            sensitive: false,
        }));
    }
    Unit {
        source: source.id,
        broken: !lowering.troubles.is_empty(),
        exprs: lowering.exprs,
        declarations,
        comments: Vec::new(),
        troubles: lowering.troubles,
    }
}

/// Tells whether a text stands for one that another tool puts in its place before the deployment: azd's `${NAME}`, `#{NAME}#`,
/// `__NAME__`, `<name>`.
fn is_placeholder(text: &str) -> bool {
    let between = |start: &str, end: &str| {
        text.len() > start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
    };
    text.contains("${") || text.contains("#{") || between("__", "__") || between("<", ">")
}
