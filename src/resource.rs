//! One evaluated resource of any provider, before anyone knows what it means.

use crate::project::{InstanceId, Instances, ProviderVersion};
use crate::source::{Span, Symbol};
use crate::truth::Presence;
use crate::value::{Key, ProvId, Provenance, ResourceId, Tree, Unknown};

pub use crate::project::{IgnoredChanges, Mode};

/// A resource instance with its evaluated body.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its number, to which references point.
    pub id: ResourceId,
    /// Made by the code or looked up.
    pub mode: Mode,
    /// Of something looked up: whether the configuration says what it is like.
    pub said: bool,
    /// Its type: `azurerm_subnet`.
    pub kind: Symbol,
    /// The name in the code.
    pub name: Symbol,
    /// Which instance of the resource.
    pub key: Key,
    /// The address as Terraform writes it: `module.net["a"].azurerm_subnet.nodes[0]`.
    pub address: String,
    /// The head of its block.
    pub head: Span,
    /// Its whole block.
    pub block: Span,
    /// The module instance that it is in.
    pub instance: InstanceId,
    /// Whether it exists, the module instance that it is in included.
    pub presence: Presence,
    /// What would have to be known to tell whether it exists; `None` when that is known.
    pub doubt: Option<ProvId>,
    /// The attributes and blocks that the code sets.
    pub body: Tree,
    /// What it waits for: `azurerm_subnet.nodes`, `module.net`, in its own module.
    pub depends_on: Vec<Symbol>,
    /// Which attributes keep their value of creation.
    pub ignored_changes: IgnoredChanges,
}

/// The language that resources were written in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Language {
    /// Terraform configuration, whatever the provider.
    #[default]
    Terraform,
    /// Terraform plan or state JSON.
    Plan,
    /// Bicep source.
    Bicep,
    /// ARM template JSON.
    Arm,
    /// What `az … show` prints: what is there, and all of it.
    Export,
}

/// All resources of one root and variant, evaluated.
#[derive(Clone, Debug)]
pub struct Resources {
    /// The language that they were written in.
    pub language: Language,
    /// The resources of the kinds that were asked for, in the order of modules, files and keys.
    pub all: Vec<Resource>,
    /// Where their values came from.
    pub provenance: Provenance,
    /// The module instances that they are in.
    pub instances: Instances,
    /// Why there may be more resources than these.
    pub gaps: Vec<Gap>,
    /// The azurerm version that the root and its modules ask for.
    pub azurerm: ProviderVersion,
}

/// A reason why there may be more resources.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The type of the resources that may be missing; `None` for any type.
    pub kind: Option<Symbol>,
    /// Why they are not known.
    pub unknown: Unknown<()>,
}
