//! Var files that nobody named: a file that completes a root by itself makes a variant of it; of other files nobody knows
//! whether they are used.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::roots::assignments_of;
use super::{Assignment, Given, Module, Project, Root};
use crate::source::{FilePath, Symbol};
use crate::syntax::{Binding, Declaration, Unit};

/// The most variants of a root that are judged; of more files, nobody knows which is used.
const MAX_VARIANTS: usize = 32;

/// The values that a variable of a root may have, where nobody knows which var file is used.
#[derive(Clone, Debug, Default)]
pub struct Alternatives {
    /// What each file gives, in the order of their paths.
    pub given: Vec<(Arc<Unit>, Binding)>,
    /// Whether a file leaves it alone, so that it may keep the value that it has otherwise.
    pub or_otherwise: bool,
}

/// The var files that may belong to roots, by path, beside those that Terraform reads by itself.
#[derive(Debug, Default)]
pub struct Candidates {
    folders: BTreeMap<FilePath, Vec<FilePath>>,
}

impl Candidates {
    /// Finds the module that each of some var files belongs to: that of the nearest folder around it that is one. A file
    /// that Terraform reads by itself in its own folder is none of them.
    pub fn new(project: &Project, files: &[(FilePath, bool)]) -> Self {
        let modules: BTreeSet<&FilePath> = project.modules.iter().map(Module::path).collect();
        let mut folders: BTreeMap<FilePath, Vec<FilePath>> = BTreeMap::new();
        for (path, automatic) in files {
            let around = std::iter::successors(Some(path.parent()), |folder| {
                (!folder.as_str().is_empty()).then(|| folder.parent())
            });
            let nearest = around.into_iter().find(|folder| modules.contains(folder));
            if let Some(folder) = nearest.filter(|folder| !automatic || *folder != path.parent()) {
                folders.entry(folder).or_default().push(path.clone());
            }
        }
        Candidates { folders }
    }

    /// Returns the files that belong to a root.
    pub fn of(&self, project: &Project, root: &Root) -> &[FilePath] {
        let folder = project.module(root.module).path();
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }
}

/// A parsed candidate.
type File<'a> = (&'a FilePath, &'a Arc<Unit>);

/// Makes variants of the roots that have candidates among the parsed files.
pub fn split(
    project: &mut Project,
    candidates: &Candidates,
    units: &BTreeMap<FilePath, Arc<Unit>>,
    given: &Given,
) {
    let mut roots = Vec::new();
    for root in std::mem::take(&mut project.roots) {
        let module = project.module(root.module);
        let paths = candidates.of(project, &root).iter();
        let files = paths.filter_map(|path| Some((path, units.get(path)?)));
        let files: Vec<File<'_>> = files.filter(|(_, unit)| matters(unit, module)).collect();
        if files.is_empty() || root.settled {
            roots.push(root);
        } else {
            roots.extend(split_root(root, module, &files, given));
        }
    }
    project.roots = roots;
}

/// Tells whether a file says something about a module: it gives a value to one of its variables, or it does not parse.
fn matters(unit: &Unit, module: &Module) -> bool {
    let mut names = bindings(unit).map(|binding| &binding.name.text);
    unit.broken || names.any(|name| module.inputs.contains_key(name))
}

pub(super) fn bindings(unit: &Unit) -> impl Iterator<Item = &Binding> {
    unit.declarations
        .iter()
        .filter_map(|declaration| match declaration {
            Declaration::Assignment(binding) => Some(binding),
            _ => None,
        })
}

fn split_root(root: Root, module: &Module, files: &[File<'_>], given: &Given) -> Vec<Root> {
    let missing = missing(&root, module);
    let completes = |unit: &Unit| {
        let sets: BTreeSet<&Symbol> = bindings(unit).map(|binding| &binding.name.text).collect();
        missing.iter().all(|name| sets.contains(name))
    };
    let complete: Vec<File<'_>> = files
        .iter()
        .copied()
        .filter(|(_, unit)| !unit.broken && completes(unit))
        .collect();
    if complete.is_empty() || complete.len() > MAX_VARIANTS {
        return vec![open(root, files, given)];
    }
    let needs_none = missing.is_empty();
    let variants: Vec<Root> = complete
        .into_iter()
        .map(|file| variant(&root, file, given))
        .collect();
    let plain = needs_none.then_some(root);
    let mut all: Vec<Root> = plain.into_iter().chain(variants).collect();
    if let Some(first) = all.first_mut() {
        // What does not parse may have been meant as one more.
        let broken = files.iter().filter(|(_, unit)| unit.broken);
        first
            .var_files
            .extend(broken.map(|(_, unit)| Arc::clone(unit)));
    }
    all
}

/// Returns the variables of a root that have no value.
fn missing<'m>(root: &Root, module: &'m Module) -> Vec<&'m Symbol> {
    let has_value = |name: &Symbol| root.assignments.iter().any(|one| one.name() == name);
    let inputs = module.inputs.iter();
    inputs
        .filter(|(name, input)| input.item.default.is_none() && !has_value(name))
        .map(|(name, _)| name)
        .collect()
}

/// Returns the root with the values of a file; flags go before it.
fn variant(root: &Root, (path, unit): File<'_>, given: &Given) -> Root {
    let flags = root.assignments.len() - given.vars.len().min(root.assignments.len());
    let mut assignments: Vec<Assignment> = root.assignments[..flags].to_vec();
    assignments.extend(assignments_of(unit));
    assignments.extend_from_slice(&root.assignments[flags..]);
    let mut var_files = root.var_files.clone();
    var_files.push(Arc::clone(unit));
    Root {
        variant: Some(path.as_str().to_owned()),
        assignments,
        var_files,
        ..root.clone()
    }
}

/// Returns the root with all that the files may give to its variables; what a flag sets is known.
fn open(mut root: Root, files: &[File<'_>], given: &Given) -> Root {
    for (_, unit) in files {
        for binding in bindings(unit) {
            let name = &binding.name.text;
            if given.vars.iter().all(|flag| flag.name != *name) {
                let all = root.alternatives.entry(name.clone()).or_default();
                let again = all.given.last();
                if again.is_some_and(|(last, _)| Arc::ptr_eq(last, unit)) {
                    all.given.pop();
                }
                all.given.push((Arc::clone(unit), binding.clone()));
            }
        }
        root.var_files.push(Arc::clone(unit));
    }
    for alternatives in root.alternatives.values_mut() {
        alternatives.or_otherwise = alternatives.given.len() < files.len();
    }
    root
}
