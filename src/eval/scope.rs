//! Where expressions are evaluated, and what they refer to there. Evaluates nothing.

use std::sync::Arc;

use crate::project::{InstanceId, ResourceName};
use crate::source::Symbol;
use crate::syntax::Unit;
use crate::value::{Key, Object, ResourceId, Tree};

/// Something that is evaluated once.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Slot {
    Variable(InstanceId, Symbol),
    Local(InstanceId, Symbol),
    Output(InstanceId, Symbol),
    Attribute(ResourceId, Symbol),
}

/// Something that `count` or `for_each` may repeat.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Slotted {
    Call(Symbol),
    Resource(ResourceName),
}

/// The state of a slot; `Busy` finds cycles.
pub(super) enum Memo {
    Busy,
    Done(Tree),
}

/// A resource instance that something refers to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Target {
    pub(super) instance: InstanceId,
    pub(super) resource: ResourceName,
    pub(super) key: Key,
}

impl Target {
    /// Tells whether it is a resource that stands for a module call.
    pub(super) fn is_call(&self) -> bool {
        self.resource.kind.starts_with("module:")
    }
}

/// The resources of one type in a module instance, each with its name and those of the resources around it.
pub(super) type NamedResources = Arc<[(Tree, Target)]>;

/// What `count.index` and `each` mean.
#[derive(Clone, Debug)]
pub(super) enum Repeat {
    None,
    Count(Tree),
    Each {
        key: Tree,
        value: Tree,
    },
    /// What the names of a loop around a resource or module mean.
    Loop(Arc<[(Symbol, Tree)]>),
}

impl Repeat {
    /// Tells whether the key is sensitive.
    pub(super) fn is_secret(&self) -> bool {
        matches!(self, Repeat::Each { key, .. } if key.sensitive)
    }
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) unit: &'s Unit,
    pub(super) instance: InstanceId,
    pub(super) repeat: &'s Repeat,
    pub(super) names: Option<&'s Bound<'s>>,
    pub(super) item: Option<&'s Tree>,
    pub(super) template: Option<&'s Object>,
    /// Whether a resource's body is read: an object that may be a block stands for itself then.
    pub(super) is_body: bool,
}

/// A name bound by `for` or `dynamic`, and those bound around it.
pub(super) struct Bound<'s> {
    pub(super) name: &'s str,
    pub(super) value: Tree,
    pub(super) outer: Option<&'s Bound<'s>>,
}

/// Returns the value bound to a name by `for` or `dynamic`.
pub(super) fn lookup<'s>(scope: Scope<'s>, name: &str) -> Option<&'s Tree> {
    let mut bound = scope.names;
    while let Some(here) = bound {
        if here.name == name {
            return Some(&here.value);
        }
        bound = here.outer;
    }
    if let Repeat::Loop(names) = scope.repeat
        && let Some((_, value)) = names.iter().find(|(have, _)| **have == *name)
    {
        return Some(value);
    }
    scope.template?.entries.get(name)
}
