//! Modules of Bicep and ARM: each file is one by itself, and so is each template that stands in another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::graph::{Missing, UnitFile, declare, not_there};
use super::{CallTarget, Declared, Module, ModuleId, ModuleKind, ProjectTrouble, Taken};
use crate::finding::Trouble;
use crate::source::FilePath;
use crate::syntax::{ArmDeclaration, Call, Declaration, Import, Imported, Unit};

/// How addresses begin that lead to registries and template specs.
const REMOTE: [&str; 4] = ["br:", "br/", "ts:", "ts/"];

/// What stands before the paths of templates that Bicep keeps.
const KEPT: &str = "(module cache)";

/// A template on its way to a module.
struct Part {
    file: FilePath,
    unit: Arc<Unit>,
    kind: ModuleKind,
    /// The templates that stand in it, in order.
    inner: Vec<ModuleId>,
}

/// All templates, and the numbers that they will have as modules.
pub(super) struct Templates {
    parts: Vec<Part>,
    /// The modules that are whole files.
    files: BTreeMap<FilePath, ModuleId>,
}

/// Returns the file that a local address means, `None` if it leads out of the project root.
fn local(from: &FilePath, address: &str) -> Option<FilePath> {
    from.parent().join(address)
}

/// Returns where Bicep keeps the template of a remote module, below its folder for them: `br:host/a/b:tag` in
/// `br/host/a$b/tag$/main.json`, `ts:subscription/group/name:version` in `ts/subscription/group/name/version/main.json`.
///
/// Source: <https://github.com/Azure/bicep>, `OciModuleRestorer` and `TemplateSpecModuleRegistry`, read 2026-11-22 in part: tags
/// and names with capitals are written otherwise and are not found.
fn kept(address: &str) -> Option<FilePath> {
    let (scheme, rest) = address.split_once(':')?;
    let (path, tag) = rest.rsplit_once(':')?;
    match scheme {
        "br/public" => {
            let path = path.replace('/', "$");
            let tag = format!("{tag}$");
            FilePath::of([
                "br",
                "mcr.microsoft.com",
                &format!("bicep${path}"),
                &tag,
                "main.json",
            ])
        }
        "br" => {
            let (host, path) = path.split_once('/')?;
            let (path, tag) = (path.replace('/', "$"), format!("{tag}$"));
            FilePath::of(["br", host, &path, &tag, "main.json"])
        }
        "ts" => {
            let parts = path.split('/').chain([tag, "main.json"]);
            FilePath::of(["ts"].into_iter().chain(parts))
        }
        _ => None,
    }
}

/// Returns the name under which a kept template stands among the files of a project, where no file can be.
fn name_of_kept(kept: &FilePath) -> Option<FilePath> {
    FilePath::of([KEPT].into_iter().chain(kept.as_str().split('/')))
}

fn is_remote(address: &str) -> bool {
    REMOTE.iter().any(|start| address.starts_with(start))
}

impl Templates {
    /// Collects the templates of files; the first module gets the number `first`.
    pub(super) fn new(
        templates: Vec<UnitFile>,
        parameters: Vec<UnitFile>,
        first: usize,
        load: &mut dyn FnMut(Missing<'_>) -> Vec<UnitFile>,
    ) -> Self {
        let as_kind = |kind: ModuleKind| move |file: UnitFile| (file.path, (file.unit, kind));
        let mut files: BTreeMap<FilePath, (Arc<Unit>, ModuleKind)> = templates
            .into_iter()
            .map(as_kind(ModuleKind::Template))
            .chain(parameters.into_iter().map(as_kind(ModuleKind::Parameters)))
            .collect();
        load_missing(&mut files, load);
        let mut all = Templates {
            parts: Vec::new(),
            files: BTreeMap::new(),
        };
        for (file, (unit, kind)) in files {
            let id = ModuleId::at(first + all.parts.len());
            all.files.insert(file.clone(), id);
            all.add(file, unit, kind, first);
        }
        all
    }

    /// Adds a file and the templates that stand in it, at any depth.
    fn add(&mut self, file: FilePath, unit: Arc<Unit>, kind: ModuleKind, first: usize) {
        let mut next = self.parts.len();
        self.parts.push(Part {
            file,
            unit,
            kind,
            inner: Vec::new(),
        });
        while next < self.parts.len() {
            let unit = Arc::clone(&self.parts[next].unit);
            for declaration in &unit.declarations {
                let Declaration::Arm(ArmDeclaration::Template(template)) = declaration else {
                    continue;
                };
                let id = ModuleId::at(first + self.parts.len());
                self.parts[next].inner.push(id);
                let kind = if template.own_scope {
                    ModuleKind::Inner
                } else {
                    ModuleKind::InnerOfNames
                };
                self.parts.push(Part {
                    file: self.parts[next].file.clone(),
                    unit: Arc::clone(&template.unit),
                    kind,
                    inner: Vec::new(),
                });
            }
            next += 1;
        }
    }

    /// Returns the modules in the order of their numbers.
    pub(super) fn modules(self, first: usize, troubles: &mut Vec<ProjectTrouble>) -> Vec<Module> {
        let numbered = self.parts.iter().enumerate();
        let modules = numbered.map(|(index, part)| {
            let own = ModuleId::at(first + index);
            self.module(part, &mut |trouble| {
                troubles.push(ProjectTrouble {
                    module: Some(own),
                    trouble,
                });
            })
        });
        modules.collect()
    }

    fn module(&self, part: &Part, tell: &mut dyn FnMut(Trouble)) -> Module {
        let mut module = Module {
            folder: part.file.parent(),
            file: Some(part.file.clone()),
            kind: part.kind,
            broken: part.unit.broken,
            third_party: part.file.as_str().starts_with(KEPT),
            units: vec![Arc::clone(&part.unit)],
            ..Module::default()
        };
        for declaration in &part.unit.declarations {
            if let Declaration::Arm(declaration) = declaration {
                self.declare(&mut module, part, declaration);
            } else if let Declaration::Assignment(binding) = declaration {
                let item = binding.clone();
                let declared = Declared { unit: 0, item };
                module
                    .given
                    .entry(binding.name.text.clone())
                    .or_insert(declared);
            } else {
                let mut target = |call: &Call| self.target(part, call, tell);
                declare(&mut module, 0, declaration, &mut target);
            }
        }
        let symbols = module.resources.keys();
        module.symbols = symbols
            .map(|name| (name.name.clone(), name.clone()))
            .collect();
        module
    }

    fn declare(&self, module: &mut Module, part: &Part, declaration: &ArmDeclaration) {
        match declaration {
            ArmDeclaration::Type(binding) => {
                let item = binding.clone();
                let name = binding.name.text.clone();
                module.types.insert(name, Declared { unit: 0, item });
            }
            ArmDeclaration::Function(function) => {
                let item = Arc::new(function.clone());
                let name = function.name.text.clone();
                module.functions.insert(name, Declared { unit: 0, item });
            }
            ArmDeclaration::Import(import) => self.import(module, part, import),
            ArmDeclaration::Using(template) => {
                module.template = template
                    .as_ref()
                    .and_then(|name| self.file(part, &name.text));
            }
            ArmDeclaration::Extends(name) => module.base = self.file(part, &name.text),
            ArmDeclaration::Template(_) => {}
        }
    }

    fn import(&self, module: &mut Module, part: &Part, import: &Import) {
        let from = self.file(part, &import.from.text);
        match &import.imported {
            Imported::All(space) => {
                module.spaces.insert(space.clone(), from);
            }
            Imported::Names(names) => {
                for (theirs, ours) in names {
                    let name = theirs.clone();
                    module.imports.insert(ours.clone(), Taken { from, name });
                }
            }
        }
    }

    /// Returns the module of a file by its address, `None` if it is remote or not there.
    fn file(&self, part: &Part, address: &str) -> Option<ModuleId> {
        let path = local(&part.file, address).filter(|_| !is_remote(address))?;
        self.files.get(&path).copied()
    }

    fn target(&self, part: &Part, call: &Call, tell: &mut dyn FnMut(Trouble)) -> CallTarget {
        let Some(address) = call.address.as_ref() else {
            return CallTarget::Remote(BTreeMap::new());
        };
        if let Some(number) = address.text.strip_prefix('#') {
            let inner = number.parse().ok().and_then(|n: usize| part.inner.get(n));
            return inner.map_or(CallTarget::Missing, |id| CallTarget::Module(*id));
        }
        if is_remote(&address.text) {
            let kept = kept(&address.text).and_then(|kept| name_of_kept(&kept));
            let kept = kept.and_then(|kept| self.files.get(&kept));
            let remote = || CallTarget::Remote(BTreeMap::new());
            return kept.map_or_else(remote, |id| CallTarget::Module(*id));
        }
        if let Some(id) = self.file(part, &address.text) {
            return CallTarget::Module(id);
        }
        let path = local(&part.file, &address.text);
        tell(not_there(call, path.as_ref(), "no Bicep or ARM template"));
        CallTarget::Missing
    }
}

/// A file that another names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Needed {
    /// A file of the project.
    File(FilePath),
    /// A template that Bicep keeps.
    Kept(FilePath),
}

/// Loads the files that others call or take from and that the walk left out.
fn load_missing(
    files: &mut BTreeMap<FilePath, (Arc<Unit>, ModuleKind)>,
    load: &mut dyn FnMut(Missing<'_>) -> Vec<UnitFile>,
) {
    let mut todo: BTreeSet<Needed> = BTreeSet::new();
    for (file, (unit, _)) in &*files {
        named(file, unit, &mut todo);
    }
    let mut tried = BTreeSet::new();
    while let Some(needed) = todo.pop_first() {
        let known = matches!(&needed, Needed::File(path) if files.contains_key(path));
        if known || !tried.insert(needed.clone()) {
            continue;
        }
        let found = match &needed {
            Needed::File(path) => load(Missing::File(path)),
            Needed::Kept(path) => {
                let name = name_of_kept(path);
                let found = load(Missing::Kept(path)).into_iter();
                let named = found
                    .zip(name)
                    .map(|(file, path)| UnitFile { path, ..file });
                named.collect()
            }
        };
        for found in found {
            named(&found.path, &found.unit, &mut todo);
            files.insert(found.path, (found.unit, ModuleKind::Template));
        }
    }
}

/// Collects the files that a template, and those in it, name.
fn named(file: &FilePath, unit: &Unit, into: &mut BTreeSet<Needed>) {
    let mut waiting = vec![unit];
    while let Some(unit) = waiting.pop() {
        for declaration in &unit.declarations {
            let address = match declaration {
                Declaration::Call(call) => call.address.as_ref().map(|name| &*name.text),
                Declaration::Arm(ArmDeclaration::Import(import)) => Some(&*import.from.text),
                Declaration::Arm(ArmDeclaration::Using(name)) => {
                    name.as_ref().map(|name| &*name.text)
                }
                Declaration::Arm(ArmDeclaration::Extends(name)) => Some(&*name.text),
                Declaration::Arm(ArmDeclaration::Template(template)) => {
                    waiting.push(&template.unit);
                    None
                }
                _ => None,
            };
            let needed = address.and_then(|address| match address {
                inner if inner.starts_with('#') => None,
                remote if is_remote(remote) => kept(remote).map(Needed::Kept),
                path => local(file, path).map(Needed::File),
            });
            into.extend(needed);
        }
    }
}
