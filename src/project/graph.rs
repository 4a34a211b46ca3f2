//! Modules and their calls: from units to a [`Project`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    CallTarget, Declared, Module, ModuleCall, ModuleId, Project, ProjectTrouble, ProviderVersion,
    ResourceName, cycles, installed::Installed, overrides, parameters, roots, templates::Templates,
};
use crate::finding::{RuleId, Trouble};
use crate::source::{FilePath, Name, Span, Symbol};
use crate::syntax::{Binding, Call, Declaration, Requirement, ResourceDeclaration, Unit};

/// The values that flags give to the variables of every root.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// `--var-file`, in the order of the flags.
    pub var_files: Vec<Arc<Unit>>,
    /// `--var`, in the order of the flags.
    pub vars: Vec<GivenVar>,
    /// `--parameters`, in the order of the flags.
    pub parameters: Vec<GivenParameters>,
    /// Folders that the configuration names as roots.
    pub roots: Vec<FilePath>,
}

/// One `--parameters FILE`.
#[derive(Clone, Debug)]
pub enum GivenParameters {
    /// A file of the project.
    Inside(FilePath),
    /// A JSON file from elsewhere; its path is its name.
    Outside(UnitFile),
}

/// One `--var NAME=VALUE`.
#[derive(Clone, Debug)]
pub struct GivenVar {
    /// The variable.
    pub name: Symbol,
    /// The text behind `=`.
    pub text: Arc<str>,
    /// The text read as an expression; `None` when it is none.
    pub parsed: Option<(Arc<Unit>, Binding)>,
    /// The place that stands for the flag.
    pub span: Span,
}

/// A parsed file and where it lies.
#[derive(Clone, Debug)]
pub struct UnitFile {
    /// The file's path below the project root.
    pub path: FilePath,
    /// What it declares.
    pub unit: Arc<Unit>,
}

/// Files that were not read and are needed.
#[derive(Clone, Copy, Debug)]
pub enum Missing<'a> {
    /// The Terraform files of a folder.
    Folder(&'a FilePath),
    /// A Bicep file or ARM template.
    File(&'a FilePath),
    /// What Bicep keeps of a module of a registry, by its path in the folder where Bicep keeps them.
    Kept(&'a FilePath),
}

/// What a project is built from.
#[derive(Debug, Default)]
pub struct Files {
    /// The files of Terraform modules.
    pub modules: Vec<UnitFile>,
    /// Bicep files and ARM templates.
    pub templates: Vec<UnitFile>,
    /// Bicep parameter files.
    pub parameters: Vec<UnitFile>,
    /// ARM's files of parameters in JSON.
    pub parameters_json: Vec<UnitFile>,
    /// The var files that Terraform reads by itself: `terraform.tfvars`, `*.auto.tfvars`, and the same in JSON.
    pub automatic: Vec<UnitFile>,
    /// The lock files.
    pub locks: Vec<UnitFile>,
    /// The lists of installed modules: folder of a root, and text of its `.terraform/modules/modules.json`.
    pub installed: Vec<(FilePath, String)>,
}

/// Builds the modules, follows their calls and finds the roots. `load` gives files that were not among `files`; none if they
/// are not there.
pub fn build(
    mut files: Files,
    given: &Given,
    load: &mut dyn FnMut(Missing<'_>) -> Vec<UnitFile>,
) -> Project {
    let mut folders = group(std::mem::take(&mut files.modules));
    let installed = Installed::read(&files.installed);
    load_missing(&mut folders, &installed, load);
    let ids: BTreeMap<FilePath, ModuleId> = folders
        .keys()
        .enumerate()
        .map(|(index, folder)| (folder.clone(), ModuleId::at(index)))
        .collect();
    let known = Known {
        ids: &ids,
        installed: &installed,
    };
    let mut project = Project::default();
    for (folder, units) in folders {
        let module = module(
            folder,
            units,
            &known,
            &mut project.troubles,
            ModuleId::at(project.modules.len()),
        );
        project.modules.push(module);
    }
    let first = project.modules.len();
    let (templates, parameters) = (
        std::mem::take(&mut files.templates),
        std::mem::take(&mut files.parameters),
    );
    let templates = Templates::new(templates, parameters, first, load);
    let templates = templates.modules(first, &mut project.troubles);
    project.modules.extend(templates);
    cycles::cut_cycles(&mut project);
    project.roots = roots::roots(&project, &files, given);
    parameters::split(&mut project, &files.parameters_json, given);
    project
}

/// Groups files by folder; the files of a folder are sorted by name.
fn group(files: Vec<UnitFile>) -> BTreeMap<FilePath, Vec<UnitFile>> {
    let mut folders: BTreeMap<FilePath, Vec<UnitFile>> = BTreeMap::new();
    for file in files {
        folders.entry(file.path.parent()).or_default().push(file);
    }
    for units in folders.values_mut() {
        units.sort_by(|a, b| a.path.cmp(&b.path));
    }
    folders
}

/// Loads the folders that calls lead to and that the walk left out.
fn load_missing(
    folders: &mut BTreeMap<FilePath, Vec<UnitFile>>,
    installed: &Installed,
    load: &mut dyn FnMut(Missing<'_>) -> Vec<UnitFile>,
) {
    let mut todo: BTreeSet<FilePath> = folders
        .iter()
        .flat_map(|(folder, units)| called(folder, units, installed))
        .collect();
    let mut tried = BTreeSet::new();
    while let Some(folder) = todo.pop_first() {
        if folders.contains_key(&folder) || !tried.insert(folder.clone()) {
            continue;
        }
        let found = load(Missing::Folder(&folder));
        if !found.is_empty() {
            todo.extend(called(&folder, &found, installed));
            folders.extend(group(found));
        }
    }
}

/// Returns the folders that the calls of a module lead to.
fn called(folder: &FilePath, units: &[UnitFile], installed: &Installed) -> Vec<FilePath> {
    let calls = units
        .iter()
        .flat_map(|file| &file.unit.declarations)
        .flat_map(|declaration| match declaration {
            Declaration::Call(call) => match local_target(folder, call) {
                Local::Folder(folder) => vec![folder],
                Local::Outside => Vec::new(),
                Local::Elsewhere => installed.folders(folder, call),
            },
            _ => Vec::new(),
        });
    calls.collect()
}

/// Where the address of a call leads.
enum Local {
    /// To a folder below the project root.
    Folder(FilePath),
    /// Out of the project root.
    Outside,
    /// To a registry, to git: no local address.
    Elsewhere,
}

/// Returns where a call of the module in `folder` leads.
fn local_target(folder: &FilePath, call: &Call) -> Local {
    let address = call.address.as_ref().map_or("", |address| &*address.text);
    let local = ["./", "../"].iter().any(|start| address.starts_with(start));
    if !local && address != "." && address != ".." {
        return Local::Elsewhere;
    }
    folder.join(address).map_or(Local::Outside, Local::Folder)
}

/// What calls can lead to.
struct Known<'k> {
    ids: &'k BTreeMap<FilePath, ModuleId>,
    installed: &'k Installed,
}

fn module(
    folder: FilePath,
    files: Vec<UnitFile>,
    known: &Known<'_>,
    troubles: &mut Vec<ProjectTrouble>,
    own: ModuleId,
) -> Module {
    let third_party = folder
        .as_str()
        .split('/')
        .any(|segment| segment == ".terraform");
    let overrides: Vec<bool> = files
        .iter()
        .map(|file| overrides::is_override(&file.path))
        .collect();
    let mut module = Module {
        units: files.into_iter().map(|file| file.unit).collect(),
        third_party,
        folder,
        ..Module::default()
    };
    let mut tell = |trouble| {
        troubles.push(ProjectTrouble {
            module: Some(own),
            trouble,
        });
    };
    module.broken = module.units.iter().any(|unit| unit.broken);
    let units = module.units.clone();
    let merged = overrides::merge(&units, &overrides, &mut tell);
    module.units.extend(merged.unit.map(Arc::new));
    let folder = module.folder.clone();
    let mut target = |call: &Call| target(&folder, call, known, &mut tell);
    for (unit, declaration) in merged.declarations {
        declare(&mut module, unit, &declaration, &mut target);
    }
    module
}

/// Enters one declaration; of two with the same name the first counts.
pub(super) fn declare(
    module: &mut Module,
    unit: usize,
    declaration: &Declaration,
    target: &mut dyn FnMut(&Call) -> CallTarget,
) {
    match declaration {
        Declaration::Input(input) => enter(&mut module.inputs, &input.name, unit, input.clone()),
        Declaration::Local(local) => enter(&mut module.locals, &local.name, unit, local.clone()),
        Declaration::Output(out) => enter(&mut module.outputs, &out.name, unit, out.clone()),
        Declaration::Call(call) => {
            let target = target(call);
            let item = ModuleCall {
                call: Arc::new(call.clone()),
                target,
            };
            enter(&mut module.calls, &call.name, unit, item);
        }
        Declaration::Resource(resource) => declare_resource(module, unit, resource),
        Declaration::Requirement(requirement) => require(module, requirement),
        Declaration::Assignment(_) | Declaration::Arm(_) => {}
    }
}

fn enter<T>(declared: &mut BTreeMap<Symbol, Declared<T>>, name: &Name, unit: usize, item: T) {
    declared
        .entry(name.text.clone())
        .or_insert(Declared { unit, item });
}

fn declare_resource(module: &mut Module, unit: usize, resource: &ResourceDeclaration) {
    let named = |duplicate| ResourceName {
        mode: resource.mode,
        kind: resource.kind.text.clone(),
        name: resource.name.text.clone(),
        duplicate,
    };
    let mut same = module.resources.range(named(0)..=named(usize::MAX));
    let next = same.next_back().map_or(0, |(last, _)| last.duplicate + 1);
    let item = Arc::new(resource.clone());
    module
        .resources
        .insert(named(next), Declared { unit, item });
}

fn require(module: &mut Module, requirement: &Requirement) {
    if let Some(asked) = ProviderVersion::of_azurerm(requirement) {
        module.azurerm = module.azurerm.and(asked);
    }
}

fn target(
    folder: &FilePath,
    call: &Call,
    known: &Known<'_>,
    tell: &mut impl FnMut(Trouble),
) -> CallTarget {
    let path = match local_target(folder, call) {
        Local::Elsewhere => {
            return CallTarget::Remote(known.installed.copies(folder, call, known.ids));
        }
        Local::Outside => None,
        Local::Folder(path) => match known.ids.get(&path) {
            Some(id) => return CallTarget::Module(*id),
            None => Some(path),
        },
    };
    tell(not_there(call, path.as_ref(), "no Terraform file"));
    CallTarget::Missing
}

/// Returns the words for a call whose module cannot be read: it is `path` and holds `nothing`, or lies outside.
pub(super) fn not_there(call: &Call, path: Option<&FilePath>, nothing: &str) -> Trouble {
    let name = &call.name.text;
    let (label, message) = match path {
        None => (
            "outside the project root".to_owned(),
            format!("module {name:?} lies outside the project root and is not read"),
        ),
        Some(path) => (
            format!("{nothing} here"),
            format!("module {name:?} is not there: {path} holds {nothing}"),
        ),
    };
    let place = call
        .address
        .as_ref()
        .map_or(call.head, |address| address.span);
    let trouble = Trouble::new(RuleId::MODULE_NOT_FOUND, place, &label, message);
    trouble
        .help("correct the source, or check the module out; what it declares is unknown until then")
}
