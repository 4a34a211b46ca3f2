//! What tools have evaluated already, to resources as `eval` gives them: `terraform show -json` of a plan and of a state, and what
//! `az … show` and `az … list` print of what is there (`export`).
//! Evaluates nothing and knows no provider.
//!
//! `shape` says what matters of the text; the rest is skipped without being parsed. `json` parses the resources that matter
//! with the place of every value, `body` lays over each other what is known, unknown and sensitive, `configuration` tells
//! what the code writes and where an unknown id comes from, `beside` where the code stands in whose folder the file lies.
//!
//! A value's place is in the file. Where the code stands beside it, its place is the one in the code, and the one in the file
//! is a step on its way, so that the same fault in both is one finding.

mod address;
mod assembly;
mod beside;
mod body;
mod configuration;
mod export;
mod json;
mod plan;
mod shape;
mod state;

use crate::finding::{RuleId, Trouble};
use crate::resource::Resources;
use crate::source::{Source, Span};
use crate::value::Step;

use beside::Beside;
use json::{Document, Fault};

/// What a JSON text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// `terraform show -json` of a plan.
    Plan,
    /// `terraform show -json` of a state.
    State,
    /// What `az … show` or `az … list` prints.
    Export,
}

/// What a plan or state says.
#[derive(Debug)]
pub struct Recorded {
    /// What will be, or what is there if nothing is planned.
    pub after: Resources,
    /// What a plan starts from.
    pub before: Option<Resources>,
    /// What a plan deletes and creates anew.
    pub replaced: Vec<Replaced>,
}

/// A resource that a plan deletes and creates anew because of what the code says.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Its address.
    pub address: String,
    /// The ways to the attributes that force it; `None` from a Terraform that does not say.
    pub because: Option<Vec<Vec<Step>>>,
}

/// Tells what a JSON text is by its shape; `None` for what is none of them. `Err` for what looks like one and is no
/// JSON.
pub fn classify(source: &Source) -> Result<Option<Format>, Box<Trouble>> {
    let marks: shape::Marks<'_> = match Document::new(source).whole() {
        Ok(marks) => marks,
        Err(fault) if fault.is_json => return export(source),
        Err(fault) => return Err(Box::new(refused(source, &fault))),
    };
    if marks.format_version.is_none() || marks.terraform_version.is_none() {
        return export(source);
    }
    let plan = marks.planned_values.map(|_| Format::Plan);
    Ok(plan.or(marks.values.map(|_| Format::State)))
}

fn export(source: &Source) -> Result<Option<Format>, Box<Trouble>> {
    match export::is_one(source) {
        Ok(is_one) => Ok(is_one.then_some(Format::Export)),
        Err(fault) => Err(Box::new(refused(source, &fault))),
    }
}

fn refused(source: &Source, fault: &Fault) -> Trouble {
    veil(source, &[]);
    let terraform = source.text.contains("\"terraform_version\"");
    let what = if terraform { "plan or state" } else { "export" };
    trouble(fault, what)
}

/// Reads exports as what is there together; `wanted` names the resource types that matter.
pub fn read_exports(sources: &[&Source], wanted: &dyn Fn(&str) -> bool) -> Resources {
    export::read(sources, wanted)
}

/// Reads a plan or state; `wanted` names the resource types that matter, `beside` is the root in whose folder it lies.
pub fn read(
    source: &Source,
    format: Format,
    wanted: &dyn Fn(&str) -> bool,
    beside: Option<&Resources>,
) -> Result<Recorded, Box<Trouble>> {
    let beside = beside.map(Beside::new);
    let (read, what) = match format {
        Format::Plan => (plan::read(source, wanted, beside.as_ref()), "plan"),
        Format::State => (state::read(source, wanted, beside.as_ref()), "state"),
        Format::Export => {
            let after = export::read(&[source], wanted);
            return Ok(Recorded {
                after,
                before: None,
                replaced: Vec::new(),
            });
        }
    };
    read.map_err(|fault| {
        veil(source, &[]);
        Box::new(trouble(&fault, what))
    })
}

/// Hides what must not be shown: what is sensitive, and everything outside the resources that matter, of which nobody asked
/// whether it is.
fn veil(source: &Source, parts: &[(&[Span], &[Span])]) {
    let mut shown: Vec<Span> = parts
        .iter()
        .flat_map(|(shown, _)| *shown)
        .copied()
        .collect();
    shown.sort_unstable();
    let mut hidden: Vec<Span> = parts
        .iter()
        .flat_map(|(_, hidden)| *hidden)
        .copied()
        .collect();
    let mut from = 0;
    for block in shown {
        hidden.push(Span::new(source.id, from, block.start as usize));
        from = from.max(block.end as usize);
    }
    hidden.push(Span::new(source.id, from, source.text.len()));
    hidden.retain(|part| part.start < part.end);
    source.hide(hidden);
}

fn trouble(fault: &Fault, what: &str) -> Trouble {
    let message = format!("this {what} does not parse: {}", fault.message);
    let tool = if what == "export" {
        "az … show -o json"
    } else {
        "terraform show -json"
    };
    Trouble::new(RuleId::SYNTAX_ERROR, fault.span, "here", message)
        .help(format!("write it anew with {tool}"))
}
