//! Parameter files of Bicep and ARM: each makes a variant of its template. A `.bicepparam` says which template is its own; a
//! JSON file whose name follows Azure's convention (`main.parameters.json`, `main.params.json`, `parameters.json`)
//! belongs to the one beside it that has its name, or its parameters. Of other JSON files with parameters nobody knows whether
//! they are used, as of examples.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Given, GivenParameters, UnitFile};
use super::roots::assignments_of;
use super::variants::bindings;
use super::{Assignment, Module, ModuleId, ModuleKind, Project, Root};
use crate::source::FilePath;

/// The most parameter files of a template that are judged.
const MAX_VARIANTS: usize = 32;

/// What a parameter file gives.
#[derive(Clone)]
struct Values {
    /// The path of the file.
    file: FilePath,
    assignments: Vec<Assignment>,
    /// The file itself and those that it adds to, as modules.
    modules: Vec<ModuleId>,
    /// The file, if it is no module.
    json: Option<UnitFile>,
}

/// Makes variants of the templates that have parameter files. Where flags name files that fit a template, those alone are its.
pub(super) fn split(project: &mut Project, json: &[UnitFile], given: &Given) {
    let flags = given.vars.len();
    let mut of = values(project, json);
    let mut roots = Vec::new();
    for root in std::mem::take(&mut project.roots) {
        let module = project.module(root.module);
        let all = of.remove(&root.module);
        let named = named(module, all.as_deref().unwrap_or_default(), json, given);
        if !named.is_empty() {
            roots.extend(named.into_iter().map(|values| Root {
                settled: true,
                ..variant(&root, values, flags)
            }));
            continue;
        }
        let Some(mut all) = all else {
            roots.push(root);
            continue;
        };
        all.sort_by(|a, b| a.file.cmp(&b.file));
        let complete = module
            .inputs
            .values()
            .all(|input| input.item.default.is_some());
        if complete {
            roots.push(root.clone());
        }
        roots.extend(
            all.into_iter()
                .take(MAX_VARIANTS)
                .map(|values| variant(&root, values, flags)),
        );
    }
    project.roots = roots;
}

/// Returns what the files give that flags name for a template.
fn named(module: &Module, own: &[Values], json: &[UnitFile], given: &Given) -> Vec<Values> {
    if module.kind != ModuleKind::Template {
        return Vec::new();
    }
    let values = |parameters: &GivenParameters| match parameters {
        GivenParameters::Inside(path) => {
            let own = own.iter().find(|values| values.file == *path).cloned();
            own.or_else(|| {
                let file = json.iter().find(|file| file.path == *path)?;
                declares_all(module, file).then(|| values_of(file))
            })
        }
        GivenParameters::Outside(file) => declares_all(module, file).then(|| values_of(file)),
    };
    given.parameters.iter().filter_map(values).collect()
}

/// Returns what a JSON file gives.
fn values_of(file: &UnitFile) -> Values {
    Values {
        file: file.path.clone(),
        assignments: assignments_of(&file.unit).collect(),
        modules: Vec::new(),
        json: Some(file.clone()),
    }
}

/// Returns the root with the values of a file; flags go before them.
fn variant(root: &Root, values: Values, flags: usize) -> Root {
    let flags = root.assignments.len().saturating_sub(flags);
    let mut assignments = root.assignments[..flags].to_vec();
    assignments.extend(values.assignments);
    assignments.extend_from_slice(&root.assignments[flags..]);
    let mut reaches: BTreeSet<ModuleId> = root.reaches.iter().copied().collect();
    reaches.extend(values.modules);
    let var_files = values.json.map(|file| file.unit);
    Root {
        variant: Some(values.file.as_str().to_owned()),
        assignments,
        reaches: reaches.into_iter().collect(),
        var_files: var_files.into_iter().collect(),
        ..root.clone()
    }
}

/// Returns what the parameter files of each template give.
fn values(project: &Project, json: &[UnitFile]) -> BTreeMap<ModuleId, Vec<Values>> {
    let mut of: BTreeMap<ModuleId, Vec<Values>> = BTreeMap::new();
    for id in project.ids() {
        if let Some(template) = project.module(id).template {
            of.entry(template)
                .or_default()
                .extend(values_in(project, id));
        }
    }
    if json.is_empty() {
        return of;
    }
    let folders = templates(project);
    for file in json {
        if let Some(template) = template_of(project, &folders, file) {
            of.entry(template).or_default().push(values_of(file));
        }
    }
    of
}

/// Returns the templates by their folders.
fn templates(project: &Project) -> BTreeMap<&FilePath, Vec<ModuleId>> {
    let mut folders: BTreeMap<&FilePath, Vec<ModuleId>> = BTreeMap::new();
    for id in project.ids() {
        let module = project.module(id);
        if module.kind == ModuleKind::Template {
            folders.entry(&module.folder).or_default().push(id);
        }
    }
    folders
}

/// Returns what a `.bicepparam` gives, that of the files that it adds to first.
fn values_in(project: &Project, id: ModuleId) -> Option<Values> {
    let mut chain = vec![id];
    while let Some(base) = chain.last().and_then(|last| project.module(*last).base) {
        if chain.contains(&base) {
            break;
        }
        chain.push(base);
    }
    let given = |id: &ModuleId| {
        let all = project.module(*id).given.values();
        let id = *id;
        all.map(move |given| Assignment::Parameters {
            module: id,
            binding: given.item.clone(),
        })
    };
    Some(Values {
        file: project.module(id).file.clone()?,
        assignments: chain.iter().rev().flat_map(given).collect(),
        modules: chain,
        json: None,
    })
}

/// Returns the template that a JSON file of parameters is for: in the nearest folder around it that has templates the one of
/// its name, else the only one that has all its parameters.
fn template_of(
    project: &Project,
    folders: &BTreeMap<&FilePath, Vec<ModuleId>>,
    file: &UnitFile,
) -> Option<ModuleId> {
    let name = file.path.file_name();
    let by_convention = name.split('.').rev().skip(1);
    if !by_convention
        .into_iter()
        .any(|word| matches!(word, "parameters" | "params" | "param"))
    {
        return None;
    }
    let mut folder = file.path.parent();
    loop {
        if let Some(beside) = folders.get(&folder) {
            return among(project, beside, file);
        }
        if folder.as_str().is_empty() {
            return None;
        }
        folder = folder.parent();
    }
}

fn among(project: &Project, beside: &[ModuleId], file: &UnitFile) -> Option<ModuleId> {
    let fits: Vec<ModuleId> = beside
        .iter()
        .copied()
        .filter(|id| declares_all(project.module(*id), file))
        .collect();
    let stem = stem(&file.path);
    let same_name = |id: &&ModuleId| self::stem(project.module(**id).path()) == stem;
    let mut named = fits.iter().filter(same_name);
    match (named.next(), fits.as_slice()) {
        (Some(named), _) => Some(*named),
        (None, [only]) => Some(*only),
        (None, _) => None,
    }
}

/// Tells whether a template has all parameters that a file gives, and there is one.
fn declares_all(module: &Module, file: &UnitFile) -> bool {
    let declares = |name: &str| {
        let mut names = module.inputs.keys();
        names.any(|have| have.eq_ignore_ascii_case(name))
    };
    let mut names = bindings(&file.unit)
        .map(|binding| &binding.name.text)
        .peekable();
    names.peek().is_some() && names.all(|name| declares(name))
}

/// Returns a file's name without its extensions and without `parameters`: `main` of `main.parameters.prod.json`.
fn stem(path: &FilePath) -> &str {
    path.file_name().split('.').next().unwrap_or_default()
}
