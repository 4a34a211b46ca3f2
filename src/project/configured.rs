//! Roots whose values the configuration names: one variant for each of its entries.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::roots::assignments_of;
use super::{
    Address, Assignment, Callee, Fact, Given, Mode, Module, ModuleId, Project, ResourceName, Root,
    RootSettings, What,
};
use crate::source::{FilePath, SourceId};
use crate::syntax::Unit;

/// An entry of the configuration with its parsed var files.
#[derive(Debug)]
pub struct Configured<'a> {
    /// The entry.
    pub settings: &'a RootSettings,
    /// Its var files, in order.
    pub var_files: Vec<Arc<Unit>>,
}

/// Makes the variants that the configuration names. A `--var-file` says which file is used instead of it; a `--var` goes
/// before its values.
pub fn configure(
    project: &mut Project,
    entries: &[Configured<'_>],
    source: SourceId,
    given: &Given,
) {
    if !given.var_files.is_empty() {
        return;
    }
    let mut of: BTreeMap<&FilePath, Vec<&Configured<'_>>> = BTreeMap::new();
    for entry in entries {
        of.entry(&entry.settings.path).or_default().push(entry);
    }
    let mut roots = Vec::new();
    for root in std::mem::take(&mut project.roots) {
        match of.get(project.module(root.module).path()) {
            Some(entries) => {
                let variants = entries.iter();
                roots.extend(variants.map(|entry| variant(&root, entry, source, given)));
            }
            None => roots.push(root),
        }
    }
    project.roots = roots;
}

fn variant(root: &Root, entry: &Configured<'_>, source: SourceId, given: &Given) -> Root {
    let flags = root.assignments.len().saturating_sub(given.vars.len());
    let mut assignments: Vec<Assignment> = root.assignments[..flags].to_vec();
    assignments.extend(entry.var_files.iter().flat_map(assignments_of));
    let vars = entry.settings.vars.iter();
    assignments.extend(vars.map(|(name, _, value)| Assignment::Config {
        name: name.clone(),
        value: value.clone(),
        source,
    }));
    assignments.extend_from_slice(&root.assignments[flags..]);
    Root {
        variant: entry.settings.variant(),
        assignments,
        var_files: [&root.var_files[..], &entry.var_files[..]].concat(),
        settled: true,
        ..root.clone()
    }
}

/// Returns the module of a folder.
pub fn module_of<'p>(project: &'p Project, folder: &FilePath) -> Option<&'p Module> {
    project
        .modules
        .iter()
        .find(|module| *module.path() == *folder)
}

/// Tells whether some root has something at the address of a fact, as far as the code is there.
pub fn is_about_something(project: &Project, fact: &Fact) -> bool {
    let mut roots = project.roots.iter().map(|root| root.module).filter(|id| {
        let folder = project.module(*id).path();
        fact.root.as_ref().is_none_or(|root| root == folder)
    });
    roots.any(|root| has(project, root, &fact.about))
}

fn has(project: &Project, root: ModuleId, address: &Address) -> bool {
    let mut module = project.module(root);
    for (index, name) in address.calls.iter().enumerate() {
        let Some(call) = module.calls.get(name) else {
            return module.broken;
        };
        match call.item.target.within(root) {
            Callee::Module(id) => module = project.module(id),
            // Of a module whose code is elsewhere, the outputs may be said.
            Callee::Remote | Callee::Missing => {
                let last = index + 1 == address.calls.len();
                return last && matches!(address.what, What::Output(_));
            }
            Callee::Cycle => return false,
        }
    }
    let found = match &address.what {
        What::Variable(name) => module.inputs.contains_key(name),
        What::Output(name) => module.outputs.contains_key(name),
        What::Data(kind, name) => module.resources.contains_key(&ResourceName {
            mode: Mode::Data,
            kind: kind.clone(),
            name: name.clone(),
            duplicate: 0,
        }),
    };
    found || module.broken
}
