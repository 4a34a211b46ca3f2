//! The roots of a project, and the values that are given to their variables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cycles::{edges, reaches};
use super::graph::{Files, Given, GivenVar, UnitFile};
use super::{Assignment, ModuleId, ModuleKind, Project, ProviderVersion, Root};
use crate::syntax::{Declaration, Unit};

/// Returns the modules that nobody calls, and those that the configuration names. Of modules that only call each other,
/// the first is one.
pub(super) fn roots(project: &Project, found: &Files, given: &Given) -> Vec<Root> {
    let mut called = BTreeSet::new();
    for module in &project.modules {
        called.extend(edges(module).into_iter().map(|(_, target)| target));
    }
    let flags = given.var_files.iter().flat_map(assignments_of);
    let flags: Vec<Assignment> = flags.chain(given.vars.iter().map(flag)).collect();
    let uncalled = (0..project.modules.len()).filter(|index| {
        let module = &project.modules[*index];
        let own = !called.contains(index) && !module.third_party && module.is_whole();
        let named = module.kind == ModuleKind::Folder && given.roots.contains(&module.folder);
        own || named
    });
    uncalled
        .map(|index| {
            if project.modules[index].kind == ModuleKind::Template {
                return template(project, index, given);
            }
            let folder = &project.modules[index].folder;
            let mut files: Vec<&UnitFile> = found
                .automatic
                .iter()
                .filter(|file| file.path.parent() == *folder)
                .collect();
            // terraform.tfvars first, then *.auto.tfvars by name; a later one wins.
            files.sort_by_key(|file| (precedence(file.path.file_name()), file.path.clone()));
            let units = files.iter().map(|file| &file.unit);
            let var_files = units.chain(&given.var_files).cloned().collect();
            let beside = |lock: &&UnitFile| lock.path.parent() == *folder;
            let lock = found.locks.iter().find(beside);
            let mut assignments: Vec<Assignment> = files
                .iter()
                .flat_map(|file| assignments_of(&file.unit))
                .collect();
            assignments.extend(flags.iter().cloned());
            Root {
                module: ModuleId::at(index),
                variant: None,
                assignments,
                alternatives: BTreeMap::new(),
                settled: !given.var_files.is_empty(),
                var_files,
                reaches: reaches(project, index),
                locked: lock.and_then(locked),
            }
        })
        .collect()
}

/// Returns the root that a Bicep file or ARM template is.
fn template(project: &Project, index: usize, given: &Given) -> Root {
    Root {
        module: ModuleId::at(index),
        variant: None,
        assignments: given.vars.iter().map(flag).collect(),
        alternatives: BTreeMap::new(),
        settled: false,
        var_files: Vec::new(),
        reaches: reaches(project, index),
        locked: None,
    }
}

/// Returns the azurerm version in a lock file.
fn locked(lock: &UnitFile) -> Option<ProviderVersion> {
    let declarations = lock.unit.declarations.iter();
    let mut versions = declarations.filter_map(|declaration| match declaration {
        Declaration::Requirement(requirement) => ProviderVersion::of_azurerm(requirement),
        _ => None,
    });
    versions.next()
}

/// Returns how early Terraform reads a var file that it reads by itself.
fn precedence(name: &str) -> u8 {
    match name {
        "terraform.tfvars" => 0,
        "terraform.tfvars.json" => 1,
        _ => 2,
    }
}

/// Returns what a var file gives.
pub(super) fn assignments_of(unit: &Arc<Unit>) -> impl Iterator<Item = Assignment> {
    unit.declarations
        .iter()
        .filter_map(move |declaration| match declaration {
            Declaration::Assignment(binding) => Some(Assignment::File {
                unit: Arc::clone(unit),
                binding: binding.clone(),
            }),
            _ => None,
        })
}

fn flag(var: &GivenVar) -> Assignment {
    Assignment::Flag {
        name: var.name.clone(),
        text: Arc::clone(&var.text),
        parsed: var.parsed.clone(),
        span: var.span,
    }
}
