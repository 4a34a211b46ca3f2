//! What runs over collections: elements, `for`, splats.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::block_or_map;
use super::dialect::terraform;
use super::failure::Failure;
use super::{Bound, Evaluator, Scope, tree};
use crate::expr::{ExprId, For};
use crate::source::{Span, Symbol};
use crate::value::{Cause, Kind, ListKind, Node, Object, Tree, TreeList, Unknown};

impl Evaluator<'_> {
    /// Returns keys and values of a collection in the order in which Terraform runs over it; why not, if it is unknown.
    pub(super) fn elements(
        &mut self,
        over: &Tree,
        span: Span,
    ) -> Result<Vec<(Tree, Tree)>, Unknown<Tree>> {
        let count = match &over.node {
            Node::List(list) => list.items.len(),
            Node::Object(object) => object.entries.len(),
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Ref(_)
            | Node::Unknown(_) => 0,
        };
        self.keep(count.saturating_mul(size_of::<(Tree, Tree)>()));
        if self.budget.spend(count).is_err() {
            let origin = self.give_up(Cause::Budget, span, "this collection").prov;
            return Err(Unknown::new(Cause::Budget, origin));
        }
        match &over.node {
            Node::List(list) => Ok(list
                .items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    let item = self.element(over, item);
                    let index = tree(Decimal::from(index), item.prov);
                    (
                        if list.kind == ListKind::Set {
                            item.clone()
                        } else {
                            index
                        },
                        item,
                    )
                })
                .collect()),
            Node::Object(object) => {
                if let Some(rest) = &object.rest {
                    return Err(rest.clone());
                }
                let pairs = object.entries.iter();
                Ok(pairs
                    .map(|(key, value)| {
                        let value = self.element(over, value);
                        let key = tree(key.as_str(), value.prov).mark(over.sensitive);
                        (key, value)
                    })
                    .collect())
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Ref(_)
            | Node::Unknown(_) => {
                let mut wrong = || self.wrong(span, "this collection");
                let unknown = over.as_unknown().cloned();
                Err(unknown.unwrap_or_else(|| Unknown::new(Cause::Wrong, wrong().prov)))
            }
        }
    }

    pub(super) fn for_expression(&mut self, each: &For, span: Span, scope: Scope<'_>) -> Tree {
        let over = self.eval(each.over, scope);
        let kind = if each.result_key.is_some() {
            Kind::Object
        } else {
            Kind::List
        };
        let elements = match self.elements(&over, span) {
            Ok(elements) => elements,
            Err(unknown) => {
                let prov = self.computed(span, Some(unknown.origin));
                let unknown = if unknown.cause == Cause::Wrong {
                    unknown.forget()
                } else {
                    Self::unknown_like(&unknown, Some(kind))
                };
                return tree(unknown, prov);
            }
        };
        let prov = self.computed(span, Some(over.prov));
        let mut result = Collected::default();
        for (key, value) in elements {
            let outer = each.key.as_ref().map(|name| Bound {
                name,
                value: key,
                outer: scope.names,
            });
            let inner = Bound {
                name: &each.value,
                value,
                outer: outer.as_ref().or(scope.names),
            };
            if let Err(unknown) = self.for_element(
                each,
                Scope {
                    names: Some(&inner),
                    ..scope
                },
                &mut result,
            ) {
                result.open.get_or_insert(unknown);
            }
        }
        let sensitive = over.sensitive || result.sensitive;
        result.finish(kind, each.group, prov).mark(sensitive)
    }

    fn for_element(
        &mut self,
        each: &For,
        scope: Scope<'_>,
        result: &mut Collected,
    ) -> Result<(), Unknown<Tree>> {
        if let Some(condition) = each.condition {
            let condition = self.eval(condition, scope);
            result.sensitive |= condition.sensitive;
            match self.dialect.boolean(&condition) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(failure) => return Err(Self::failure_unknown(failure, &condition)),
            }
        }
        let value = self.eval(each.result, scope);
        self.keep(size_of::<(Symbol, Tree)>());
        let Some(key) = each.result_key else {
            result.items.push(value);
            return Ok(());
        };
        let key = self.eval(key, scope);
        result.sensitive |= key.sensitive;
        match terraform::text(&key) {
            Ok(text) => {
                let _ = self.budget.read(text.len());
                let values = result.entries.entry(Symbol::from(text)).or_default();
                if !each.group && !values.is_empty() {
                    return Err(Unknown::new(Cause::Wrong, value.prov));
                }
                values.push(value);
            }
            Err(failure) => return Err(Self::failure_unknown(failure, &key)),
        }
        Ok(())
    }

    /// Returns a failure as what is known about the value that failed.
    pub(super) fn failure_unknown(failure: Failure, of: &Tree) -> Unknown<Tree> {
        match failure {
            Failure::Unknown(unknown) => unknown,
            Failure::Wrong(_) => Unknown::new(Cause::Wrong, of.prov),
        }
    }

    pub(super) fn splat(&mut self, of: ExprId, each: ExprId, span: Span, scope: Scope<'_>) -> Tree {
        let of = self.eval(of, scope);
        // A map stands for a list of itself: that is what a block is.
        let of = block_or_map::inside(&of).unwrap_or(of);
        let items: Vec<Tree> = match &of.node {
            Node::Null => Vec::new(),
            Node::List(_) => match self.elements(&of, span) {
                Ok(elements) => elements.into_iter().map(|(_, value)| value).collect(),
                Err(unknown) => return self.unknown_result(&unknown, span),
            },
            Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Object(_)
            | Node::Ref(_)
            | Node::Unknown(_) => {
                if let Some(unknown) = of.as_unknown() {
                    let prov = self.computed(span, Some(unknown.origin));
                    let kind = if unknown.cause == Cause::Wrong {
                        None
                    } else {
                        Some(Kind::List)
                    };
                    let unknown = Unknown {
                        kind,
                        ..unknown.forget()
                    };
                    return tree(unknown, prov);
                }
                vec![of.clone()]
            }
        };
        let items = items
            .iter()
            .map(|item| {
                self.eval(
                    each,
                    Scope {
                        item: Some(item),
                        ..scope
                    },
                )
            })
            .collect();
        let prov = self.computed(span, Some(of.prov));
        let kind = match of.as_list().map(|list| list.kind) {
            Some(ListKind::List | ListKind::Set) => ListKind::List,
            Some(ListKind::Tuple) | None => ListKind::Tuple,
        };
        tree(TreeList { kind, items }, prov).mark(of.sensitive)
    }
}

/// What a `for` or a lambda has collected so far.
#[derive(Default)]
pub(super) struct Collected {
    /// The elements of a list.
    pub items: Vec<Tree>,
    /// Those of an object, by their keys.
    pub entries: BTreeMap<Symbol, Vec<Tree>>,
    /// Why it is not known which elements there are.
    pub open: Option<Unknown<Tree>>,
    /// Whether a key or condition was sensitive: which elements there are says what they are.
    pub sensitive: bool,
}

impl Collected {
    /// Returns it as a list or object; `group` if the values of one key make a list.
    pub(super) fn finish(self, kind: Kind, group: bool, prov: crate::value::ProvId) -> Tree {
        if let Some(wrong) = self.open.as_ref().filter(|open| open.cause == Cause::Wrong) {
            return tree(wrong.forget::<Tree>(), prov);
        }
        if kind == Kind::List {
            return match self.open {
                Some(open) => tree(
                    Unknown {
                        kind: Some(Kind::List),
                        ..open.forget()
                    },
                    prov,
                ),
                None => tree(TreeList::tuple(self.items), prov),
            };
        }
        let entries = self.entries.into_iter().filter_map(|(key, mut values)| {
            let value = if group {
                Some(tree(TreeList::tuple(values), prov))
            } else {
                values.pop()
            };
            value.map(|value| (key, value))
        });
        // A group may still gain members while elements are open: none of them is certain then.
        let entries = if group && self.open.is_some() {
            BTreeMap::new()
        } else {
            entries.collect()
        };
        tree(
            Object {
                entries,
                rest: self.open,
            },
            prov,
        )
    }
}
