//! Types as far as values show them, and the one type that Terraform gives to two branches.

use std::collections::BTreeMap;

use super::as_text;
use crate::eval::budget::Budget;
use crate::eval::functions::{self, Call};
use crate::source::Symbol;
use crate::value::{Kind, ListKind, Node, Object, Tree, TreeList};

/// How deeply types are looked at.
const DEPTH: usize = 30;

/// The type of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Type {
    /// Not known, or that of null: fits anywhere.
    Any,
    Bool,
    Number,
    Text,
    /// A list or set.
    Sequence(ListKind, Box<Type>),
    Tuple(Vec<Type>),
    /// An object; of a value that may be a map too.
    Object(BTreeMap<Symbol, Type>),
    Map(Box<Type>),
}

impl Type {
    /// Returns the type of a value, looking at so many values as the budget allows.
    pub(crate) fn of(tree: &Tree, budget: &mut Budget) -> Type {
        Self::within(tree, budget, DEPTH)
    }

    fn within(tree: &Tree, budget: &mut Budget, depth: usize) -> Type {
        if depth == 0 || budget.spend(1).is_err() {
            return Type::Any;
        }
        let mut inner = |tree: &Tree| Self::within(tree, budget, depth - 1);
        match &tree.node {
            Node::List(list) if list.kind == ListKind::Tuple => {
                Type::Tuple(list.items.iter().map(inner).collect())
            }
            Node::List(list) => {
                let known = list.items.iter().map(inner).find(|of| *of != Type::Any);
                Type::Sequence(list.kind, Box::new(known.unwrap_or(Type::Any)))
            }
            Node::Object(object) if object.rest.is_none() => {
                let entries = object.entries.iter();
                Type::Object(
                    entries
                        .map(|(key, value)| (key.clone(), inner(value)))
                        .collect(),
                )
            }
            _ => match tree.kind() {
                Some(Kind::Bool) => Type::Bool,
                Some(Kind::Number) => Type::Number,
                Some(Kind::Text) => Type::Text,
                Some(Kind::List | Kind::Object) | None => Type::Any,
            },
        }
    }

    /// Returns the type to which values of both are converted, `None` if Terraform refuses to have them side by side.
    pub(crate) fn unify(&self, other: &Type) -> Option<Type> {
        use Type as T;
        match (self, other) {
            (a, b) if a == b => Some(a.clone()),
            (T::Any, of) | (of, T::Any) => Some(of.clone()),
            (T::Text, T::Number | T::Bool) | (T::Number | T::Bool, T::Text) => Some(T::Text),
            (T::Sequence(a, x), T::Sequence(b, y)) => {
                let kind = if a == b { *a } else { ListKind::List };
                Some(T::Sequence(kind, Box::new(x.unify(y)?)))
            }
            (T::Sequence(kind, element), T::Tuple(items))
            | (T::Tuple(items), T::Sequence(kind, element)) => {
                let element = all_of(&mut items.iter().chain([&**element]))?;
                Some(T::Sequence(*kind, Box::new(element)))
            }
            (T::Tuple(a), T::Tuple(b)) if a.len() == b.len() => {
                let items = a.iter().zip(b).map(|(a, b)| a.unify(b));
                items.collect::<Option<_>>().map(T::Tuple)
            }
            (T::Tuple(a), T::Tuple(b)) => {
                let element = all_of(&mut a.iter().chain(b))?;
                Some(T::Sequence(ListKind::List, Box::new(element)))
            }
            (T::Object(a), T::Object(b)) if a.keys().eq(b.keys()) => {
                let entries = a.iter().zip(b.values());
                let unified = entries.map(|((key, a), b)| Some((key.clone(), a.unify(b)?)));
                unified.collect::<Option<_>>().map(T::Object)
            }
            (T::Object(a), T::Object(b)) => match all_of(&mut a.values().chain(b.values())) {
                Some(element) => Some(T::Map(Box::new(element))),
                // An empty map, whose elements may be anything, looks like an empty object.
                None if a.is_empty() || b.is_empty() => Some(T::Any),
                None => a
                    .values()
                    .chain(b.values())
                    .any(|of| *of == T::Any)
                    .then_some(T::Any),
            },
            (T::Map(element), T::Object(entries)) | (T::Object(entries), T::Map(element)) => {
                let all = all_of(&mut std::iter::once(&**element).chain(entries.values()))?;
                Some(T::Map(Box::new(all)))
            }
            (T::Map(a), T::Map(b)) => Some(T::Map(Box::new(a.unify(b)?))),
            _ => None,
        }
    }

    /// Returns the value converted to this type, which it unifies with.
    pub(crate) fn convert(&self, tree: Tree, budget: &mut Budget) -> Tree {
        if *self == Type::Any || budget.spend(1).is_err() {
            return tree;
        }
        match (self, &tree.node) {
            (Type::Text, _) if tree.kind() != Some(Kind::Text) && !tree.null().is_true() => {
                as_text(tree)
            }
            (Type::Sequence(kind, element), Node::List(list)) => {
                let items = list.items.iter();
                let items = items
                    .map(|item| element.convert(item.clone(), budget))
                    .collect();
                sequence(
                    *kind,
                    TreeList {
                        kind: list.kind,
                        items,
                    },
                    &tree,
                    budget,
                )
            }
            (Type::Tuple(types), Node::List(list)) => {
                let items = list.items.iter().zip(types);
                let items = items
                    .map(|(item, of)| of.convert(item.clone(), budget))
                    .collect();
                let kind = list.kind;
                Tree {
                    node: TreeList { kind, items }.into(),
                    ..tree
                }
            }
            (Type::Object(_) | Type::Map(_), Node::Object(object)) => {
                let entries = object.entries.iter().map(|(key, value)| {
                    let of = self.below(key);
                    (key.clone(), of.convert(value.clone(), budget))
                });
                let (entries, rest) = (entries.collect(), object.rest.clone());
                Tree {
                    node: Object { entries, rest }.into(),
                    ..tree
                }
            }
            _ => tree,
        }
    }

    /// Returns the type of an attribute or element.
    fn below(&self, key: &Symbol) -> &Type {
        match self {
            Type::Object(types) => types.get(key).unwrap_or(&Type::Any),
            Type::Map(element) => element,
            _ => &Type::Any,
        }
    }
}

/// Returns the one type of all elements of a list or map.
pub(crate) fn all_of(types: &mut dyn Iterator<Item = &Type>) -> Option<Type> {
    let types: Vec<&Type> = types.collect();
    // A number and a truth become strings beside a string, wherever it stands.
    let text = types.contains(&&Type::Text);
    let mut all = if text { Type::Text } else { Type::Any };
    for of in types {
        all = all.unify(of)?;
    }
    Some(all)
}

/// Returns a list of another kind in the place of a value.
fn sequence(kind: ListKind, list: TreeList, old: &Tree, budget: &mut Budget) -> Tree {
    if kind != ListKind::Set || list.kind == ListKind::Set {
        let items = list.items;
        return Tree {
            node: TreeList { kind, items }.into(),
            ..old.clone()
        };
    }
    let here = old.prov;
    let converted = Tree {
        node: list.into(),
        ..old.clone()
    };
    let args = std::slice::from_ref(&converted);
    let result = functions::find("toset").map(|to_set| to_set(&mut Call { args, here, budget }));
    match result {
        Some(Ok(set)) => Tree {
            node: set.node,
            ..converted
        },
        Some(Err(_)) | None => converted,
    }
}

/// Returns two values converted to the type that Terraform gives to both, `None` if there is no such type.
pub(crate) fn unify(a: Tree, b: Tree, budget: &mut Budget) -> Option<(Tree, Tree)> {
    let (of_a, of_b) = (Type::of(&a, budget), Type::of(&b, budget));
    if of_a == of_b {
        return Some((a, b));
    }
    let both = of_a.unify(&of_b)?;
    Some((both.convert(a, budget), both.convert(b, budget)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(kind: ListKind, element: Type) -> Type {
        Type::Sequence(kind, Box::new(element))
    }

    #[test]
    fn two_types_become_one() {
        let tuple = |types: &[Type]| Type::Tuple(types.to_vec());
        assert_eq!(Type::Number.unify(&Type::Text), Some(Type::Text));
        assert_eq!(Type::Number.unify(&Type::Bool), None);
        assert_eq!(
            tuple(&[Type::Number]).unify(&tuple(&[Type::Text])),
            Some(tuple(&[Type::Text]))
        );
        assert_eq!(
            tuple(&[Type::Number]).unify(&tuple(&[])),
            Some(list(ListKind::List, Type::Number))
        );
        assert_eq!(
            list(ListKind::Set, Type::Text).unify(&tuple(&[Type::Bool])),
            Some(list(ListKind::Set, Type::Text))
        );
        assert_eq!(tuple(&[Type::Number]).unify(&Type::Number), None);
        let mixed = tuple(&[Type::Number, Type::Bool, Type::Text]);
        assert_eq!(
            mixed.unify(&tuple(&[])),
            Some(list(ListKind::List, Type::Text))
        );
    }
}
