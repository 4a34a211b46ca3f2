//! A state: what is there, all of it known.

use serde_json::value::RawValue;

use super::Recorded;
use super::assembly::{Assembly, Parts};
use super::beside::Beside;
use super::json::{Document, Fault};
use super::shape::{self, Valued, ValuesModule, Which};
use crate::project::ProviderVersion;
use crate::source::Source;

/// Reads a state.
pub(super) fn read(
    source: &Source,
    wanted: &dyn Fn(&str) -> bool,
    beside: Option<&Beside<'_>>,
) -> Result<Recorded, Fault> {
    let document = Document::new(source);
    let state: shape::State<'_> = document.whole()?;
    let mut there = Assembly::new(document, None, beside, "the state");
    if let Some(root) = state.values.and_then(|values| values.root_module) {
        enter_all(
            &root,
            document,
            &|which| wanted(&which.kind),
            false,
            &mut there,
        )?;
    }
    super::veil(source, &[there.veil()]);
    Ok(Recorded {
        after: there.finish(ProviderVersion::default()),
        before: None,
        replaced: Vec::new(),
    })
}

/// Adds the planned values of resources; what they lack may be known only after apply.
pub(super) fn enter<'a>(
    module: &ValuesModule<'a>,
    document: Document<'a>,
    wanted: &dyn Fn(&Which<'_>) -> bool,
    to: &mut Assembly<'_, 'a>,
) -> Result<(), Fault> {
    enter_all(module, document, wanted, true, to)
}

fn enter_all<'a>(
    module: &ValuesModule<'a>,
    document: Document<'a>,
    wanted: &dyn Fn(&Which<'_>) -> bool,
    partial: bool,
    to: &mut Assembly<'_, 'a>,
) -> Result<(), Fault> {
    for resource in &module.resources {
        add(module, resource, document, wanted, partial, to)?;
    }
    for child in &module.child_modules {
        enter_all(child, document, wanted, partial, to)?;
    }
    Ok(())
}

fn add<'a>(
    module: &ValuesModule<'a>,
    resource: &'a RawValue,
    document: Document<'a>,
    wanted: &dyn Fn(&Which<'_>) -> bool,
    partial: bool,
    to: &mut Assembly<'_, 'a>,
) -> Result<(), Fault> {
    let mut which: Which<'a> = document.read(resource.get())?;
    if !wanted(&which) || which.deposed.is_some() {
        return Ok(());
    }
    which.module_address.clone_from(&module.address);
    let valued: Valued<'a> = document.read(resource.get())?;
    let parts = Parts {
        values: valued.values,
        unknown: None,
        sensitive: valued.sensitive_values,
        head: document.span(valued.address),
        block: document.span(resource),
        partial,
    };
    to.add(&which, &parts);
    Ok(())
}
