//! Variables of a root that several var files may set: not known, but one of what they give.

use super::{Evaluator, Repeat, tree};
use crate::project::{Alternatives, Declared, InstanceId};
use crate::source::Symbol;
use crate::syntax::{Input, Unit};
use crate::value::{Cause, Node, ProvKind, ProvNode, Tree, Unknown};

/// How many files are looked at for one variable; of more, nothing is known but that they differ.
const MAX_FILES: usize = 16;

impl Evaluator<'_> {
    /// Returns what a variable may be when nobody knows which var files are used.
    pub(super) fn alternatives(
        &mut self,
        all: &Alternatives,
        unit: &Unit,
        declared: &Declared<Input>,
        symbol: &Symbol,
    ) -> Tree {
        let span = declared.item.name.span;
        let origin = self.node(ProvNode::new(ProvKind::Computed, Some(span)).named(symbol.clone()));
        let unknown = Unknown::new(Cause::VariantDependent, origin);
        if all.given.len() > MAX_FILES {
            return tree(unknown, origin);
        }
        let mut values: Vec<Tree> = Vec::new();
        for (file, binding) in &all.given {
            let scope = Self::scope_of(file, InstanceId::ROOT, &Repeat::None);
            let value = self.eval(binding.value, scope);
            let value = self.hop(ProvKind::VarFile, value, symbol);
            values.push(self.input(Some(value), unit, declared, InstanceId::ROOT, symbol));
        }
        if all.or_otherwise
            && let Some(value) = self.otherwise(unit, declared, symbol)
        {
            values.push(value);
        }
        self.one_of(values, &unknown, symbol)
    }

    /// Returns the value of a variable that no var file is used for; `None` if it has none then.
    fn otherwise(
        &mut self,
        unit: &Unit,
        declared: &Declared<Input>,
        symbol: &Symbol,
    ) -> Option<Tree> {
        let given = self.root_assignment(unit, declared, symbol);
        let has_one = given.is_some() || declared.item.default.is_some();
        has_one.then(|| self.input(given, unit, declared, InstanceId::ROOT, symbol))
    }

    /// Returns what several values share; of one alone nobody knows whether it is used.
    fn one_of(&mut self, values: Vec<Tree>, unknown: &Unknown<Tree>, symbol: &Symbol) -> Tree {
        let origin = unknown.origin;
        let mut values = values.into_iter();
        let Some(first) = values.next() else {
            return tree(unknown.clone(), origin);
        };
        let span = self.provenance.node(origin).span;
        let mut rest = values.peekable();
        if rest.peek().is_none() {
            return alone(&first, unknown);
        }
        let Some(span) = span else {
            return tree(unknown.clone(), origin);
        };
        let mut value = rest.fold(first, |all, next| self.either(unknown, &all, &next, span));
        if let Node::Unknown(content) = &value.node
            && content.origin == origin
        {
            let content = Unknown {
                term: Some(self.term(symbol.to_string())),
                ..Unknown::clone(content)
            };
            value = Tree {
                node: content.into(),
                ..value
            };
        }
        value
    }
}

/// Returns a value that may be another if it is not given by the one file that gives it.
fn alone(value: &Tree, unknown: &Unknown<Tree>) -> Tree {
    let scalar = matches!(value.node, Node::Bool(_) | Node::Number(_) | Node::Text(_));
    let node = Unknown {
        kind: value.kind(),
        null: value.null(),
        one_of: scalar.then(|| [value.clone()].into()),
        ..unknown.clone()
    };
    Tree {
        sensitive: value.sensitive,
        ..tree(node, unknown.origin)
    }
}
