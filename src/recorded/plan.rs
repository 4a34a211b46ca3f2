//! A plan: what is there, and what it makes of it. `resource_changes` says both, with what is known only after apply;
//! `planned_values` is read for the resources that no change is listed for.

use std::collections::HashSet;

use serde_json::value::RawValue;

use super::assembly::{Assembly, MOST, Parts};
use super::beside::Beside;
use super::configuration::{Configuration, azurerm};
use super::json::{Document, Fault};
use super::shape::{self, Changed, Index, Which};
use super::{Recorded, Replaced, state};
use crate::source::{Source, Span};
use crate::value::Step;

/// A change of a resource that matters.
struct Found<'a> {
    which: Which<'a>,
    changed: Changed<'a>,
    block: Span,
}

/// Reads a plan.
pub(super) fn read(
    source: &Source,
    wanted: &dyn Fn(&str) -> bool,
    beside: Option<&Beside<'_>>,
) -> Result<Recorded, Fault> {
    let document = Document::new(source);
    let plan: shape::Plan<'_> = document.whole()?;
    let provider = azurerm(&plan.configuration.provider_config, document);
    let mut code = Configuration::new(document, plan.configuration.root_module);
    let mut changes = Vec::new();
    let mut listed = HashSet::new();
    for change in plan.resource_changes {
        let which: Which<'_> = document.read(change.get())?;
        if which.deposed.is_some() {
            continue;
        }
        listed.insert(which.address.to_string());
        let matters = wanted(&which.kind);
        if matters || which.mode == "data" {
            code.know(&which);
        }
        if matters && changes.len() <= MOST {
            changes.push(found(document, which, change)?);
        }
    }
    let mut after = Assembly::new(document, Some(&code), beside, "the plan");
    let mut before = Assembly::new(document, None, beside, "the plan");
    let mut replaced = Vec::new();
    for found in &changes {
        split(found, document, (&mut before, &mut after));
        replaced.extend(replacement(found));
    }
    if let Some(root) = plan.planned_values.and_then(|values| values.root_module) {
        let rest = |which: &Which<'_>| wanted(&which.kind) && !listed.contains(&*which.address);
        state::enter(&root, document, &rest, &mut after)?;
    }
    if plan.complete == Some(false) {
        after.gap(Span::new(source.id, 0, 1), "what the plan leaves out");
    }
    super::veil(source, &[after.veil(), before.veil()]);
    Ok(Recorded {
        after: after.finish(provider),
        before: Some(before.finish(provider)),
        replaced,
    })
}

fn found<'a>(
    document: Document<'a>,
    which: Which<'a>,
    change: &'a RawValue,
) -> Result<Found<'a>, Fault> {
    Ok(Found {
        which,
        changed: document.read(change.get())?,
        block: document.span(change),
    })
}

/// Adds a resource to what is there and to what will be.
fn split<'a>(
    found: &Found<'a>,
    document: Document<'a>,
    (before, after): (&mut Assembly<'_, 'a>, &mut Assembly<'_, 'a>),
) {
    let change = &found.changed.change;
    let parts = |values, unknown, sensitive| Parts {
        values,
        unknown,
        sensitive,
        head: document.span(found.changed.address),
        block: found.block,
        partial: false,
    };
    if change.before.is_some() && found.which.mode != "data" {
        let was = parts(change.before, None, change.before_sensitive);
        before.add(&found.which, &was);
    }
    let goes = !change.actions.is_empty()
        && change
            .actions
            .iter()
            .all(|action| action == "delete" || action == "forget");
    if !goes {
        let will = parts(change.after, change.after_unknown, change.after_sensitive);
        after.add(&found.which, &will);
    }
}

/// Returns why Terraform would delete a resource and create it anew, if it would because of what the code says.
fn replacement(found: &Found<'_>) -> Option<Replaced> {
    let change = &found.changed.change;
    let has = |word: &str| change.actions.iter().any(|action| action == word);
    // Tainted, or asked for: not because of a value.
    let other = [
        "replace_because_tainted",
        "replace_by_request",
        "replace_by_triggers",
    ];
    let reason = found.changed.action_reason.as_deref().unwrap_or_default();
    if !has("delete") || !has("create") || other.contains(&reason) {
        return None;
    }
    let step = |step: &Index<'_>| match step {
        Index::Number(index) => Step::Index(*index),
        Index::Name(name) => Step::Name(name.as_ref().into()),
    };
    let paths = change.replace_paths.as_ref();
    let paths = paths.map(|all| {
        all.iter()
            .map(|path| path.iter().map(step).collect())
            .collect()
    });
    Some(Replaced {
        address: found.which.address.to_string(),
        because: paths,
    })
}
