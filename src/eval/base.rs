//! What a traversal begins with when it is no value: a module call, a resource, and the key of one of its instances.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use super::scope::lookup;
use super::{Scope, Slotted};
use crate::expr::{ExprId, ExprKind};
use crate::project::{Mode, ResourceName};
use crate::source::{Name, Span, Symbol};
use crate::value::{Key, Node, Tree};

/// What a traversal leads to before its last step: things that are not values, so that one output or one instance can be
/// taken without evaluating the others.
pub(super) enum Base {
    /// `module.net`
    Module(Name),
    /// `azurerm_subnet.a`, `data.azurerm_subnet.a`
    Resource(ResourceName, Span),
}

impl Base {
    /// Returns what may be repeated.
    pub(super) fn slotted(&self) -> Slotted {
        match self {
            Base::Module(call) => Slotted::Call(call.text.clone()),
            Base::Resource(resource, _) => Slotted::Resource(resource.clone()),
        }
    }

    /// Returns the resource of a mode, type and name.
    fn resource(mode: Mode, kind: &Symbol, name: &Name) -> Self {
        let (kind, word) = (kind.clone(), name.text.clone());
        Base::Resource(
            ResourceName {
                mode,
                kind,
                name: word,
                duplicate: 0,
            },
            name.span,
        )
    }
}

/// Returns the key that an index names, `None` if it is not known or no key.
pub(super) fn key_of(index: &Tree) -> Option<Key> {
    match &index.node {
        Node::Number(number) => number.to_usize().map(Key::Index),
        Node::Text(text) => Some(Key::Name(Symbol::from(Arc::clone(text)))),
        Node::Null
        | Node::Bool(_)
        | Node::List(_)
        | Node::Object(_)
        | Node::Ref(_)
        | Node::Unknown(_) => None,
    }
}

/// Returns the module call or resource that `of.name` (or `of`, without a name) stands for as a whole.
pub(super) fn base_of(scope: Scope<'_>, of: ExprId, name: Option<&Name>) -> Option<Base> {
    if scope.template.is_some() {
        // A template knows the names that it is given and nothing of the module.
        return None;
    }
    let exprs = &scope.unit.exprs;
    let (of, name) = match name {
        Some(name) => (of, name),
        None => match &exprs.get(of).kind {
            ExprKind::Attribute(of, name) => (*of, name),
            _ => return None,
        },
    };
    match &exprs.get(of).kind {
        ExprKind::Name(word) if lookup(scope, word).is_some() => None,
        ExprKind::Name(word) => match &**word {
            "module" => Some(Base::Module(name.clone())),
            "var" | "local" | "each" | "count" | "path" | "terraform" | "tofu" | "self"
            | "data" | "resource" => None,
            _ => Some(Base::resource(Mode::Managed, word, name)),
        },
        ExprKind::Attribute(mode, kind) => {
            let mode = match &exprs.get(*mode).kind {
                ExprKind::Name(word) if lookup(scope, word).is_some() => return None,
                ExprKind::Name(word) if &**word == "data" => Mode::Data,
                // `resource.azurerm_subnet.a` is the long form of `azurerm_subnet.a`.
                ExprKind::Name(word) if &**word == "resource" => Mode::Managed,
                _ => return None,
            };
            Some(Base::resource(mode, &kind.text, name))
        }
        _ => None,
    }
}
