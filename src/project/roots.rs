//! The roots of a project, and the values that are given to their variables.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cycles::{edges, reaches};
use super::graph::{Given, GivenVar, UnitFile};
use super::{Assignment, ModuleId, Project, Root};
use crate::syntax::{Declaration, Unit};

/// Returns the modules that nobody calls. Of modules that only call each other, the first is one.
pub(super) fn roots(project: &Project, automatic: &[UnitFile], given: &Given) -> Vec<Root> {
    let mut called = BTreeSet::new();
    for module in &project.modules {
        called.extend(edges(module).into_iter().map(|(_, target)| target));
    }
    let flags = given.var_files.iter().flat_map(assignments_of);
    let flags: Vec<Assignment> = flags.chain(given.vars.iter().map(flag)).collect();
    let uncalled = (0..project.modules.len())
        .filter(|index| !called.contains(index) && !project.modules[*index].third_party);
    uncalled
        .map(|index| {
            let folder = &project.modules[index].folder;
            let mut files: Vec<&UnitFile> = automatic
                .iter()
                .filter(|file| file.path.parent() == *folder)
                .collect();
            // terraform.tfvars first, then *.auto.tfvars by name; a later one wins.
            files.sort_by_key(|file| {
                (
                    file.path.file_name() != "terraform.tfvars",
                    file.path.clone(),
                )
            });
            let mut assignments: Vec<Assignment> = files
                .iter()
                .flat_map(|file| assignments_of(&file.unit))
                .collect();
            assignments.extend(flags.iter().cloned());
            Root {
                module: ModuleId::at(index),
                variant: None,
                assignments,
                reaches: reaches(project, index),
            }
        })
        .collect()
}

fn assignments_of(unit: &Arc<Unit>) -> impl Iterator<Item = Assignment> {
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
