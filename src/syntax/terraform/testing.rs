//! What the tests of this folder share.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use crate::expr::{Block, Entry, ExprId, ExprKind, Exprs, Part};
use crate::source::{Source, Sources};
use crate::syntax::{Declaration, Unit, terraform};

/// Returns a text as a source and its unit.
pub(in crate::syntax) fn unit_of(text: &str) -> (Arc<Source>, Unit) {
    let sources = Sources::default();
    let id = sources.add("main.tf", None, PathBuf::new(), text.to_owned());
    let source = sources.get(id);
    let unit = terraform(&source);
    (source, unit)
}

/// Returns the unit of a text.
pub(in crate::syntax) fn unit(text: &str) -> Unit {
    unit_of(text).1
}

/// Runs a test on a stack as large as the engine's.
pub(in crate::syntax) fn on_a_large_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(16 << 20).spawn(test);
    if let Err(panic) = thread.unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

/// Returns the value of the first local, in a notation of its own.
pub(super) fn local(value: &str) -> String {
    let unit = unit(&format!("locals {{\nx = {value}\n}}\n"));
    assert!(unit.troubles.is_empty(), "{:?}", unit.troubles);
    let Some(Declaration::Local(binding)) = unit.declarations.first() else {
        panic!("one local");
    };
    show(&unit.exprs, binding.value)
}

/// Returns the body of the first resource, in a notation of its own.
pub(super) fn resource(unit: &Unit) -> String {
    let body = unit.declarations.iter().find_map(|d| match d {
        Declaration::Resource(resource) => Some(resource.body),
        _ => None,
    });
    show(&unit.exprs, body.unwrap())
}

fn list(exprs: &Exprs, ids: &[ExprId]) -> String {
    let items: Vec<String> = ids.iter().map(|id| show(exprs, *id)).collect();
    items.join(" ")
}

fn entries(exprs: &Exprs, entries: &[Entry]) -> String {
    let items = entries.iter();
    let items = items.map(|e| format!("{}={}", show(exprs, e.key), show(exprs, e.value)));
    items.collect::<Vec<_>>().join(" ")
}

fn blocks(exprs: &Exprs, blocks: &[Block]) -> String {
    let items = blocks.iter().map(|block| match block {
        Block::Static(body) => show(exprs, *body),
        Block::Dynamic(d) => format!(
            "(dynamic {} {} {})",
            show(exprs, d.for_each),
            d.iterator,
            show(exprs, d.content)
        ),
    });
    items.collect::<Vec<_>>().join(" ")
}

/// Returns an expression with brackets around everything.
pub(in crate::syntax) fn show(exprs: &Exprs, id: ExprId) -> String {
    let of = |id: &ExprId| show(exprs, *id);
    match &exprs.get(id).kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(value) => value.to_string(),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Template(parts) => {
            let mut text = String::from("(template");
            for part in parts {
                let part = match part {
                    Part::Text(text) => format!("{text:?}"),
                    Part::Expr(id) => of(id),
                };
                write!(text, " {part}").unwrap();
            }
            text + ")"
        }
        ExprKind::List(items) => format!("[{}]", list(exprs, items)),
        ExprKind::Object(items) => format!("{{{}}}", entries(exprs, items)),
        ExprKind::Blocks(items) => format!("<{}>", blocks(exprs, items)),
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Attribute(inner, name) => format!("{}.{}", of(inner), name.text),
        ExprKind::Index(inner, index) => format!("{}[{}]", of(inner), of(index)),
        ExprKind::Splat { of: inner, each } => format!("(splat {} {})", of(inner), of(each)),
        ExprKind::Item => "item".to_owned(),
        ExprKind::Call {
            name,
            args,
            expand_last,
        } => {
            let dots = if *expand_last { " ..." } else { "" };
            format!("({} {}{dots})", name.text, list(exprs, args))
        }
        ExprKind::Unary(operator, inner) => format!("({operator:?} {})", of(inner)),
        ExprKind::Binary(operator, a, b) => format!("({operator:?} {} {})", of(a), of(b)),
        ExprKind::Conditional(c, a, b) => format!("(if {} {} {})", of(c), of(a), of(b)),
        ExprKind::For(f) => format!(
            "(for {} {} in {}: {} => {}{} if {})",
            f.key.as_deref().unwrap_or("_"),
            f.value,
            of(&f.over),
            f.result_key.as_ref().map_or("_".to_owned(), of),
            of(&f.result),
            if f.group { "..." } else { "" },
            f.condition.as_ref().map_or("_".to_owned(), of),
        ),
        ExprKind::Lambda { parameters, body } => {
            format!("({} => {})", parameters.join(" "), of(body))
        }
        ExprKind::NotSupported(what) => format!("(not supported {what})"),
    }
}
