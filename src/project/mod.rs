//! Units and inputs to roots and instances: who calls whom, which var files count, which provider version is meant.
//! Evaluates nothing.

mod configured;
mod cycles;
mod graph;
mod installed;
mod instance;
mod overrides;
mod parameters;
mod provider;
mod remote;
mod roots;
mod said;
mod templates;
mod variants;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::Trouble;
use crate::source::{FilePath, SourceId, Span, Symbol};
use crate::syntax::{Binding, Call, Function, Input, ResourceDeclaration, Unit};

pub use crate::syntax::{IgnoredChanges, Mode};
pub use configured::{Configured, configure, is_about_something, module_of};
pub use graph::{Files, Given, GivenParameters, GivenVar, Missing, UnitFile, build};
pub use instance::{InstanceData, InstanceId, Instances};
pub use provider::ProviderVersion;
pub use remote::{ModuleSource, allows as version_allows};
pub use said::{Address, Constant, ConstantKind, Fact, Facts, RootSettings, What, without_keys};
pub use variants::{Alternatives, Candidates, split};

/// The number of a module in its [`Project`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ModuleId(pub u32);

/// All modules of a run and the roots among them.
#[derive(Debug, Default)]
pub struct Project {
    /// The modules, sorted by folder.
    pub modules: Vec<Module>,
    /// What is judged: modules that nobody calls, in the order of their folders.
    pub roots: Vec<Root>,
    /// Modules that are not there, cycles, var files that cannot be used.
    pub troubles: Vec<ProjectTrouble>,
    /// What the configuration says about things that are not in the code.
    pub facts: Option<Facts>,
}

/// Trouble, and the module in which it matters.
#[derive(Debug, Clone)]
pub struct ProjectTrouble {
    /// The module; `None` for what a flag names.
    pub module: Option<ModuleId>,
    /// The trouble.
    pub trouble: Trouble,
}

/// A declaration and the unit that holds its expressions.
#[derive(Clone, Debug)]
pub struct Declared<T> {
    /// The index in [`Module::units`].
    pub unit: usize,
    /// The declaration.
    pub item: T,
}

/// What a module calls a resource.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ResourceName {
    /// Made or looked up.
    pub mode: Mode,
    /// Its type.
    pub kind: Symbol,
    /// Its name in the code.
    pub name: Symbol,
    /// Which of the declarations with this name, from 0: Terraform refuses a second one, but people keep alternatives side
    /// by side, and each deserves to be judged. References mean the first.
    pub duplicate: usize,
}

/// What a module is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ModuleKind {
    /// All Terraform files of one folder.
    #[default]
    Folder,
    /// A Bicep file or ARM template.
    Template,
    /// A template that stands in another and has parameters and variables of its own.
    Inner,
    /// A template that stands in another and in which names mean what they mean there.
    InnerOfNames,
    /// A Bicep parameter file.
    Parameters,
}

/// A type, variable or function that a Bicep file takes from another.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The other file; `None` if it is not there.
    pub from: Option<ModuleId>,
    /// Its name there.
    pub name: Symbol,
}

/// All Terraform files of one folder, or one file of Bicep or ARM.
#[derive(Debug, Default)]
pub struct Module {
    /// What it is made of.
    pub kind: ModuleKind,
    /// The folder that it lies in.
    pub folder: FilePath,
    /// The file that it is, or stands in; `None` for a Terraform module.
    pub file: Option<FilePath>,
    /// Its files, sorted by name; if there are override files, one more that holds the expressions of what they change.
    pub units: Vec<Arc<Unit>>,
    /// Its variables.
    pub inputs: BTreeMap<Symbol, Declared<Input>>,
    /// Its local values.
    pub locals: BTreeMap<Symbol, Declared<Binding>>,
    /// Its outputs.
    pub outputs: BTreeMap<Symbol, Declared<Binding>>,
    /// Its module calls.
    pub calls: BTreeMap<Symbol, Declared<ModuleCall>>,
    /// Its resources and data sources.
    pub resources: BTreeMap<ResourceName, Declared<Arc<ResourceDeclaration>>>,
    /// The azurerm version that it asks for.
    pub azurerm: ProviderVersion,
    /// Whether a file of it does not parse, so that a name that is not found may still be declared.
    pub broken: bool,
    /// Whether it is code that the user did not write (`.terraform/modules`).
    pub third_party: bool,
    /// Bicep and ARM: the resources by the names that expressions have for them.
    pub symbols: BTreeMap<Symbol, ResourceName>,
    /// Bicep and ARM: its functions.
    pub functions: BTreeMap<Symbol, Declared<Arc<Function>>>,
    /// Bicep: its types.
    pub types: BTreeMap<Symbol, Declared<Binding>>,
    /// Bicep: what it takes from other files.
    pub imports: BTreeMap<Symbol, Taken>,
    /// Bicep: other files by the word that stands for them.
    pub spaces: BTreeMap<Symbol, Option<ModuleId>>,
    /// Bicep parameter files: what they give to parameters.
    pub given: BTreeMap<Symbol, Declared<Binding>>,
    /// Bicep parameter files: the template that they are for.
    pub template: Option<ModuleId>,
    /// Bicep parameter files: the one that they add to.
    pub base: Option<ModuleId>,
}

/// A module call and what it calls.
#[derive(Clone, Debug)]
pub struct ModuleCall {
    /// The call as written.
    pub call: Arc<Call>,
    /// What it leads to.
    pub target: CallTarget,
}

/// What a module call leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallTarget {
    /// A module whose code was read.
    Module(ModuleId),
    /// A module whose code is elsewhere: a registry, git. By root, the copy of it that Terraform keeps.
    Remote(BTreeMap<ModuleId, ModuleId>),
    /// A local folder that is not there, or leads out of the project root; told as AKS003.
    Missing,
    /// The call closes a cycle; told as AKS010.
    Cycle,
}

/// What a module call leads to in one root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee {
    /// A module whose code was read.
    Module(ModuleId),
    /// A module whose code is not on disk.
    Remote,
    /// A local folder that is not there, or leads out of the project root.
    Missing,
    /// The call closes a cycle.
    Cycle,
}

/// A module that is judged as a whole, with its inputs.
#[derive(Clone, Debug)]
pub struct Root {
    /// The module.
    pub module: ModuleId,
    /// The var file that makes it one of several variants.
    pub variant: Option<String>,
    /// The values given to its variables; a later one wins.
    pub assignments: Vec<Assignment>,
    /// What variables may be, where nobody knows which var file is used.
    pub alternatives: BTreeMap<Symbol, Alternatives>,
    /// Whether flags or the configuration say which var files are used.
    pub settled: bool,
    /// The var files that these values come from.
    pub var_files: Vec<Arc<Unit>>,
    /// Every module that it reaches, itself included; sorted.
    pub reaches: Vec<ModuleId>,
    /// The azurerm version that the lock file beside it says.
    pub locked: Option<ProviderVersion>,
}

impl Root {
    /// Returns the azurerm version that is used: the locked one, else what all modules together ask for.
    pub fn azurerm(&self, project: &Project) -> ProviderVersion {
        let asked = self.reaches.iter().map(|id| project.module(*id).azurerm);
        self.locked
            .or_else(|| asked.reduce(ProviderVersion::and))
            .unwrap_or_default()
    }
}

/// A value given to a variable of a root.
#[derive(Clone, Debug)]
pub enum Assignment {
    /// By a var file.
    File {
        /// The var file.
        unit: Arc<Unit>,
        /// The variable and its value.
        binding: Binding,
    },
    /// By a Bicep parameter file.
    Parameters {
        /// The file, as a module: its variables and functions.
        module: ModuleId,
        /// The parameter and its value.
        binding: Binding,
    },
    /// By the configuration.
    Config {
        /// The variable.
        name: Symbol,
        /// Its value.
        value: Constant,
        /// The configuration.
        source: SourceId,
    },
    /// By `--var`.
    Flag {
        /// The variable.
        name: Symbol,
        /// The text behind `=`.
        text: Arc<str>,
        /// The text read as an expression, for a variable whose type is no plain word; `None` when it is none.
        parsed: Option<(Arc<Unit>, Binding)>,
        /// The source that holds it, so that it has a place.
        span: Span,
    },
}

impl ModuleCall {
    /// Returns the type of the resource that stands for the call where its code is not on disk: `module:` and the name that
    /// the module has in the registry.
    pub fn stands_for(&self) -> Option<String> {
        let address = self.call.address.as_ref()?;
        let name = ModuleSource::read(&address.text).registry?;
        matches!(self.target, CallTarget::Remote(_)).then(|| format!("module:{name}"))
    }
}

impl CallTarget {
    /// Returns what the call leads to in a root, by the root's module.
    pub fn within(&self, root: ModuleId) -> Callee {
        match self {
            CallTarget::Module(id) => Callee::Module(*id),
            CallTarget::Remote(copies) => copies
                .get(&root)
                .map_or(Callee::Remote, |copy| Callee::Module(*copy)),
            CallTarget::Missing => Callee::Missing,
            CallTarget::Cycle => Callee::Cycle,
        }
    }

    /// Returns the modules that the call leads to in any root.
    pub fn modules(&self) -> Vec<ModuleId> {
        match self {
            CallTarget::Module(id) => vec![*id],
            CallTarget::Remote(copies) => copies.values().copied().collect(),
            CallTarget::Missing | CallTarget::Cycle => Vec::new(),
        }
    }
}

impl Assignment {
    /// Returns the variable.
    pub fn name(&self) -> &Symbol {
        match self {
            Assignment::File { binding, .. } | Assignment::Parameters { binding, .. } => {
                &binding.name.text
            }
            Assignment::Config { name, .. } | Assignment::Flag { name, .. } => name,
        }
    }
}

impl Module {
    /// Returns the path that stands for it: its file, or its folder.
    pub fn path(&self) -> &FilePath {
        self.file.as_ref().unwrap_or(&self.folder)
    }

    /// Tells whether it can be deployed by itself.
    fn is_whole(&self) -> bool {
        matches!(self.kind, ModuleKind::Folder | ModuleKind::Template)
    }
}

impl ModuleId {
    /// Returns the number of the module at `index`.
    fn at(index: usize) -> Self {
        ModuleId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl Project {
    /// Returns a module.
    ///
    /// # Panics
    /// When the id is of another project.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// Returns the numbers of all modules.
    pub fn ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        (0..u32::try_from(self.modules.len()).unwrap_or(u32::MAX)).map(ModuleId)
    }

    /// Returns for each module that is called the modules that call it.
    pub fn callers(&self) -> BTreeMap<ModuleId, Vec<ModuleId>> {
        let mut callers: BTreeMap<ModuleId, Vec<ModuleId>> = BTreeMap::new();
        for id in self.ids() {
            for call in self.module(id).calls.values() {
                for target in call.item.target.modules() {
                    callers.entry(target).or_default().push(id);
                }
            }
        }
        callers
    }
}
