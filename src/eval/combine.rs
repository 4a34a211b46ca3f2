//! What is certain when one of two values is meant and nobody knows which.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use super::dialect::terraform;
use super::{Evaluator, tree};
use crate::source::Span;
use crate::truth::Truth;
use crate::value::{Cause, Interval, Node, Object, Tree, TreeList, Unknown};

/// How many alternatives a value keeps; more help no rule.
const MAX_ALTERNATIVES: usize = 8;

impl Evaluator<'_> {
    /// Returns what two branches share under a condition that is not known.
    pub(super) fn either(
        &mut self,
        condition: &Unknown<Tree>,
        yes: &Tree,
        no: &Tree,
        span: Span,
    ) -> Tree {
        if self.budget.spend(1).is_err() {
            return self.give_up(Cause::Budget, span, "this condition");
        }
        if terraform::equal(yes, no, &mut self.budget).is_true() {
            return yes.clone();
        }
        self.keep(size_of::<Tree>());
        let prov = self.computed(span, Some(condition.origin));
        match (&yes.node, &no.node) {
            (Node::Object(a), Node::Object(b)) => {
                let object = self.either_object(condition, a, b, span);
                return tree(object, prov);
            }
            (Node::List(a), Node::List(b))
                if a.items.len() == b.items.len() && a.kind == b.kind =>
            {
                let pairs = a.items.iter().zip(&b.items);
                let items = pairs
                    .map(|(a, b)| self.either(condition, a, b, span))
                    .collect();
                return tree(
                    TreeList {
                        kind: a.kind,
                        items,
                    },
                    prov,
                );
            }
            _ => {}
        }
        let one_of = alternatives(yes)
            .zip(alternatives(no))
            .map(|(a, b)| self.merge(a, b));
        let null = match (yes.null(), no.null()) {
            (a, b) if a == b => a,
            _ => Truth::Unknown,
        };
        let kind = match (yes.kind(), no.kind()) {
            (a, b) if a == b => a,
            (a, None) if no.null().is_true() => a,
            (None, b) if yes.null().is_true() => b,
            _ => None,
        };
        let bounds = bounds(yes).zip(bounds(no)).map(|(a, b)| a.hull(b));
        let one_of = one_of
            .filter(|all| !all.is_empty() && all.len() <= MAX_ALTERNATIVES)
            .map(Arc::from);
        tree(
            Unknown {
                kind,
                null,
                bounds,
                one_of,
                ..condition.forget()
            },
            prov,
        )
    }

    /// Attributes that only one side has are open: nobody knows whether they are there.
    fn either_object(
        &mut self,
        condition: &Unknown<Tree>,
        a: &Object,
        b: &Object,
        span: Span,
    ) -> Object {
        let mut object = Object {
            rest: a.rest.clone().or_else(|| b.rest.clone()),
            ..Object::default()
        };
        for (name, value) in &a.entries {
            if let Some(other) = b.entries.get(name) {
                let value = self.either(condition, value, other, span);
                object.entries.insert(name.clone(), value);
            }
        }
        if object.entries.len() < a.entries.len().max(b.entries.len()) {
            object.rest.get_or_insert_with(|| condition.forget());
        }
        object
    }

    fn merge(&mut self, mut all: Vec<Tree>, more: Vec<Tree>) -> Vec<Tree> {
        for value in more {
            let mut have = all.iter();
            if !have.any(|have| terraform::equal(have, &value, &mut self.budget).is_true()) {
                all.push(value);
            }
        }
        all
    }
}

/// Returns all values that a scalar can be, null left out; `None` if they cannot be listed.
fn alternatives(value: &Tree) -> Option<Vec<Tree>> {
    match &value.node {
        Node::Null => Some(Vec::new()),
        Node::Bool(_) | Node::Number(_) | Node::Text(_) => Some(vec![value.clone()]),
        Node::Unknown(unknown) => unknown.one_of.as_ref().map(|all| all.to_vec()),
        Node::List(_) | Node::Object(_) | Node::Ref(_) => None,
    }
}

fn bounds(value: &Tree) -> Option<Interval> {
    match &value.node {
        Node::Number(number) => number.to_i64().map(Interval::exactly),
        Node::Unknown(unknown) => unknown.bounds,
        Node::Null
        | Node::Bool(_)
        | Node::Text(_)
        | Node::List(_)
        | Node::Object(_)
        | Node::Ref(_) => None,
    }
}
