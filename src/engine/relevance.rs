//! What a run is about: which modules and roots matter, and which trouble with files does.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::discover::Discovery;
use crate::finding::{RuleId, Trouble};
use crate::project::{self, ModuleId, Project, ProjectTrouble, Root};
use crate::schema;
use crate::source::{FilePath, Sources, Span};
use crate::syntax::Unit;

/// Returns the modules that hold or call AKS or network resources, or may: a file that does not parse counts if it speaks of
/// them.
pub(super) fn holders(project: &Project, sources: &Sources) -> BTreeSet<ModuleId> {
    let speaks = |unit: &Unit| unit.broken && schema::mentions(&sources.get(unit.source).text);
    let known = |call: &project::ModuleCall| {
        let kind = call.stands_for();
        kind.is_some_and(|kind| schema::wanted(&kind))
    };
    let holds = |module: &project::Module| {
        module
            .resources
            .keys()
            .any(|name| name.mode == project::Mode::Managed && schema::wanted(&name.kind))
            || module.calls.values().any(|call| known(&call.item))
            || module.units.iter().any(|unit| speaks(unit))
    };
    let mut holders: BTreeSet<ModuleId> = project
        .ids()
        .filter(|id| holds(project.module(*id)))
        .collect();
    let mut todo: Vec<ModuleId> = holders.iter().copied().collect();
    let callers = project.callers();
    while let Some(module) = todo.pop() {
        for caller in callers.get(&module).into_iter().flatten() {
            if holders.insert(*caller) {
                todo.push(*caller);
            }
        }
    }
    let gives = |id: &ModuleId| {
        let template = project.module(*id).template;
        template.is_some_and(|template| holders.contains(&template))
    };
    let parameters: Vec<ModuleId> = project.ids().filter(gives).collect();
    holders.extend(parameters);
    holders
}

/// Returns the modules of the roots that are to be judged, with all their variants: they hold or call AKS or network
/// resources, and use a file that was named.
pub(super) fn concerned(
    project: &Project,
    holders: &BTreeSet<ModuleId>,
    discovery: &Discovery,
    sources: &Sources,
) -> BTreeSet<ModuleId> {
    let named_in = |id: &ModuleId| match &project.module(*id).file {
        Some(file) => discovery.named.contains(file),
        None => discovery.names_in(&project.module(*id).folder),
    };
    let named = |unit: &Arc<Unit>| discovery.named.holds(&sources.get(unit.source));
    let concerns = |root: &&Root| {
        let by_files = root.reaches.iter().any(named_in) || root.var_files.iter().any(named);
        holders.contains(&root.module) && by_files
    };
    let roots = project.roots.iter().filter(concerns);
    roots.map(|root| root.module).collect()
}

/// Returns the trouble with files and modules that matters: in modules that hold or call AKS or network resources, and in
/// files that were named by their own name.
pub(super) fn troubles(
    project: &Project,
    modules: &BTreeSet<ModuleId>,
    holders: &BTreeSet<ModuleId>,
    discovery: &Discovery,
    sources: &Sources,
) -> Vec<Trouble> {
    let matters = |id: &ModuleId| modules.contains(id) && holders.contains(id);
    // A cycle leaves the outputs of its modules unknown, whatever they hold.
    let heard = |told: &&ProjectTrouble| match &told.module {
        Some(id) if told.trouble.rule == RuleId::MODULE_CYCLE => modules.contains(id),
        Some(id) => matters(id),
        None => true,
    };
    let in_module = project.troubles.iter().filter(heard);
    let mut all: Vec<Trouble> = in_module.map(|trouble| trouble.trouble.clone()).collect();
    let by_name = |span: Span| {
        sources
            .get(span.source)
            .path
            .as_ref()
            .is_some_and(|path| discovery.named.by_name(path))
    };
    for id in project.ids() {
        for unit in &project.module(id).units {
            let here = unit
                .troubles
                .iter()
                .filter(|trouble| matters(&id) || by_name(trouble.primary.span));
            all.extend(here.cloned());
        }
    }
    let matter: BTreeSet<_> = project
        .ids()
        .filter(matters)
        .map(|id| project.module(id).folder.clone())
        .collect();
    for trouble in &discovery.troubles {
        let folder = sources
            .get(trouble.primary.span.source)
            .path
            .as_ref()
            .map(FilePath::parent);
        if by_name(trouble.primary.span) || folder.is_some_and(|folder| matter.contains(&folder)) {
            all.push(trouble.clone());
        }
    }
    all
}
