//! The types of variables: conversion of what is given, and the defaults of `optional()`.

use std::collections::BTreeMap;

use super::dialect::terraform::{self, Type};
use super::failure::Failure;
use super::functions::{self, Call};
use super::{Evaluator, Scope, tree};
use crate::expr::{ExprId, ExprKind};
use crate::project::InstanceId;
use crate::source::Symbol;
use crate::syntax::Unit;
use crate::value::{Cause, Kind, Node, Object, Tree, TreeList, Unknown};

impl Evaluator<'_> {
    /// Returns the value in the type that a constraint names. What does not convert is an error; an unknown value learns
    /// its kind.
    pub(super) fn convert(&mut self, value: Tree, constraint: ExprId, unit: &Unit) -> Tree {
        if matches!(value.node, Node::Null) || self.budget.spend(1).is_err() {
            return value;
        }
        self.keep(size_of::<Tree>());
        match &unit.exprs.get(constraint).kind {
            ExprKind::Name(word) => Self::convert_word(value, word),
            // The quoted types of Terraform 0.11.
            ExprKind::Text(word) => Self::convert_word(value, word),
            ExprKind::Call { name, args, .. } => match (&*name.text, args.first()) {
                ("list" | "set", Some(element)) => {
                    self.convert_list(value, *element, unit, &name.text)
                }
                ("map", Some(element)) => self.convert_map(value, *element, unit),
                ("tuple", Some(elements)) => self.convert_tuple(value, *elements, unit),
                ("object", Some(attributes)) => self.convert_object(value, *attributes, unit),
                ("optional", Some(inner)) => self.convert(value, *inner, unit),
                _ => value,
            },
            _ => value,
        }
    }

    fn convert_word(value: Tree, word: &str) -> Tree {
        let kind = match word {
            "string" => Kind::Text,
            "number" => Kind::Number,
            "bool" => Kind::Bool,
            "list" | "set" => return learn(value, Kind::List),
            "map" | "object" => return learn(value, Kind::Object),
            _ => return value,
        };
        if value.as_unknown().is_some() {
            return learn(value, kind);
        }
        let node = match kind {
            Kind::Text => terraform::text(&value).map(Node::Text),
            Kind::Number => terraform::number(&value).map(Node::Number),
            Kind::Bool | Kind::List | Kind::Object => terraform::boolean(&value).map(Node::Bool),
        };
        match node {
            Ok(node) => Tree { node, ..value },
            // Terraform refuses the value.
            Err(Failure::Unknown(_) | Failure::Wrong(_)) => Tree {
                node: Unknown::new(Cause::Wrong, value.prov).into(),
                ..value
            },
        }
    }

    fn convert_list(&mut self, value: Tree, element: ExprId, unit: &Unit, kind: &str) -> Tree {
        let Some(list) = value.as_list() else {
            return learn(value, Kind::List);
        };
        let items = list
            .items
            .iter()
            .map(|item| self.convert(item.clone(), element, unit))
            .collect();
        let converted = Tree {
            node: TreeList {
                kind: list.kind,
                items,
            }
            .into(),
            ..value
        };
        let function = functions::find(if kind == "set" { "toset" } else { "tolist" });
        let here = converted.prov;
        let result = function.map(|function| {
            function(&mut Call {
                args: std::slice::from_ref(&converted),
                here,
                budget: &mut self.budget,
            })
        });
        match result {
            Some(Ok(list)) => Tree {
                node: list.node,
                ..converted
            },
            Some(Err(_)) | None => converted,
        }
    }

    fn convert_map(&mut self, value: Tree, element: ExprId, unit: &Unit) -> Tree {
        let Some(object) = value.as_object() else {
            return learn(value, Kind::Object);
        };
        let convert = |(name, item): (&Symbol, &Tree)| {
            (name.clone(), self.convert(item.clone(), element, unit))
        };
        let entries: BTreeMap<Symbol, Tree> = object.entries.iter().map(convert).collect();
        let types: Vec<Type> = entries
            .values()
            .map(|item| Type::of(item, &mut self.budget))
            .collect();
        let element = terraform::all_of(&mut types.iter()).unwrap_or(Type::Any);
        let entries = entries.into_iter();
        let entries = entries.map(|(name, item)| (name, element.convert(item, &mut self.budget)));
        Tree {
            node: Object {
                entries: entries.collect(),
                rest: object.rest.clone(),
            }
            .into(),
            ..value
        }
    }

    fn convert_tuple(&mut self, value: Tree, elements: ExprId, unit: &Unit) -> Tree {
        let (Some(list), ExprKind::List(types)) = (value.as_list(), &unit.exprs.get(elements).kind)
        else {
            return learn(value, Kind::List);
        };
        let items = list.items.iter().zip(types);
        let items = items.map(|(item, of)| self.convert(item.clone(), *of, unit));
        let items = items.collect();
        Tree {
            node: TreeList::tuple(items).into(),
            ..value
        }
    }

    /// Keeps the attributes that the type names; those that are missing or null get their `optional()` default, or null.
    fn convert_object(&mut self, value: Tree, attributes: ExprId, unit: &Unit) -> Tree {
        let Some(object) = value.as_object() else {
            return learn(value, Kind::Object);
        };
        let ExprKind::Object(wanted) = &unit.exprs.get(attributes).kind else {
            return value;
        };
        let mut result = Object::default();
        for entry in wanted {
            let Some(name) = unit.exprs.text(entry.key) else {
                continue;
            };
            let have = object.entries.get(&**name).cloned();
            let item = match (have, &object.rest) {
                (Some(item), _) if !item.null().is_true() || !is_optional(entry.value, unit) => {
                    item
                }
                (None, Some(rest)) => tree(rest.forget(), value.prov),
                (_, _) => self.optional_default(entry.value, unit, value.prov),
            };
            let item = self.convert(item, entry.value, unit);
            result.entries.insert(name.clone().into(), item);
        }
        Tree {
            node: result.into(),
            ..value
        }
    }

    /// Returns the default of `optional(type, default)`, null if there is none; an error if the attribute must be given.
    fn optional_default(
        &mut self,
        constraint: ExprId,
        unit: &Unit,
        prov: crate::value::ProvId,
    ) -> Tree {
        if let ExprKind::Call { name, args, .. } = &unit.exprs.get(constraint).kind
            && let ("optional", [_, default]) = (&*name.text, args.as_slice())
        {
            let scope = Scope {
                unit,
                instance: InstanceId::ROOT,
                repeat: &super::Repeat::None,
                names: None,
                item: None,
                template: None,
                is_body: false,
            };
            return self.eval(*default, scope);
        }
        if is_optional(constraint, unit) {
            tree(Node::Null, prov)
        } else {
            Tree::unknown(Cause::Wrong, prov)
        }
    }
}

/// Tells whether an attribute of an object type may be left out.
fn is_optional(constraint: ExprId, unit: &Unit) -> bool {
    matches!(&unit.exprs.get(constraint).kind, ExprKind::Call { name, .. } if &*name.text == "optional")
}

/// Returns an unknown value with its kind, if that is new.
fn learn(value: Tree, kind: Kind) -> Tree {
    match &value.node {
        Node::Unknown(unknown) if unknown.kind.is_none() => {
            let unknown = Unknown {
                kind: Some(kind),
                ..Unknown::clone(unknown)
            };
            Tree {
                node: unknown.into(),
                ..value
            }
        }
        _ => value,
    }
}
