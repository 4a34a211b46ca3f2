//! The walk over the expression tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dialect::{Dialect, terraform};
use super::failure::Failure;
use super::files::Files;
use super::functions::{self, Call, Pieces};
use super::scope::lookup;
use super::{Bound, Evaluator, MAX_DEPTH, Scope, tree};
use crate::expr::{Block, Dynamic, Entry, ExprId, ExprKind, Part, UnaryOperator};
use crate::source::{Name, Span, Symbol};
use crate::value::{
    Cause, Kind, Node, Object, ProvId, ProvKind, ProvNode, Tree, TreeList, Unknown,
};

impl Evaluator<'_> {
    /// Evaluates an expression. An error of the user's code is Unknown(Wrong).
    pub(super) fn eval(&mut self, id: ExprId, scope: Scope<'_>) -> Tree {
        let span = scope.unit.exprs.get(id).span;
        if self.depth >= MAX_DEPTH || self.budget.spend(1).is_err() {
            return self.give_up(Cause::Budget, span, "this expression");
        }
        self.depth += 1;
        let value = self.eval_kind(id, span, scope);
        self.depth -= 1;
        value
    }

    fn eval_kind(&mut self, id: ExprId, span: Span, scope: Scope<'_>) -> Tree {
        match &scope.unit.exprs.get(id).kind {
            ExprKind::Null => self.literal(Node::Null, span),
            ExprKind::Bool(value) => self.literal((*value).into(), span),
            ExprKind::Number(value) => self.literal((*value).into(), span),
            ExprKind::Text(text) => self.literal(Node::Text(Arc::clone(text)), span),
            ExprKind::Template(parts) => self.template(parts, span, scope),
            ExprKind::List(items) => {
                let items = items
                    .iter()
                    .map(|item| self.eval_in_place(*item, scope))
                    .collect();
                self.literal(TreeList::tuple(items).into(), span)
            }
            ExprKind::Object(entries) => self.object(entries, span, scope),
            ExprKind::Blocks(blocks) => self.blocks(blocks, span, scope),
            ExprKind::Name(name) => match lookup(scope, name) {
                Some(value) => value.clone(),
                None if self.dialect == Dialect::Arm => self.bare(name, span, scope),
                None => self.unbound(name, span, scope),
            },
            ExprKind::Attribute(of, name) => self.attribute_expression(*of, name, span, scope),
            ExprKind::Index(of, index) => self.index_expression(*of, *index, span, scope),
            ExprKind::Splat { of, each } => self.splat(*of, *each, span, scope),
            ExprKind::Item => match scope.item {
                Some(item) => item.clone(),
                None => self.wrong(span, "this splat"),
            },
            ExprKind::Call {
                name,
                args,
                expand_last,
            } => self.call(name, args, *expand_last, span, scope),
            ExprKind::Unary(UnaryOperator::Not, operand) => {
                let operand = self.eval(*operand, scope);
                self.not(&operand, span)
            }
            ExprKind::Unary(UnaryOperator::Negate, operand) => {
                let operand = self.eval(*operand, scope);
                self.negate(&operand, span)
            }
            ExprKind::Binary(operator, left, right) => {
                self.binary(*operator, *left, *right, span, scope)
            }
            ExprKind::Conditional(condition, yes, no) => {
                self.conditional(*condition, *yes, *no, span, scope)
            }
            ExprKind::For(each) => self.for_expression(each, span, scope),
            ExprKind::Lambda { .. } => self.wrong(span, "this lambda"),
            ExprKind::NotSupported(what) => self.give_up(Cause::NotSupported, span, *what),
        }
    }

    /// Returns what stands for a name that is not bound: of a template whose variables are not all known, one of them.
    fn unbound(&mut self, name: &Symbol, span: Span, scope: Scope<'_>) -> Tree {
        match scope.template.and_then(|variables| variables.rest.as_ref()) {
            Some(rest) => self.unknown_result(rest, span),
            None => self.wrong(span, name.clone()),
        }
    }

    /// Evaluates an expression whose place matters by itself: an attribute or element, wherever its value came from.
    fn eval_in_place(&mut self, id: ExprId, scope: Scope<'_>) -> Tree {
        let span = scope.unit.exprs.get(id).span;
        let value = self.eval(id, scope);
        if self.provenance.node(value.prov).span == Some(span) {
            return value;
        }
        let prov = self.computed(span, Some(value.prov));
        Tree { prov, ..value }
    }

    /// Returns a value that is written out at `span`.
    fn literal(&mut self, node: Node, span: Span) -> Tree {
        let prov = self.node(ProvNode::new(ProvKind::Literal, Some(span)));
        Tree {
            written_at: Some(span),
            ..Tree::new(node, prov)
        }
    }

    fn template(&mut self, parts: &[Part], span: Span, scope: Scope<'_>) -> Tree {
        if let ([Part::Expr(only)], Dialect::Terraform) = (parts, self.dialect) {
            let value = self.eval(*only, scope);
            return Tree {
                written_at: None,
                ..value
            };
        }
        let values: Vec<Tree> = parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => self.literal(Node::Text(Arc::clone(text)), span),
                Part::Expr(id) => self.eval(*id, scope),
            })
            .collect();
        let first = parts
            .iter()
            .zip(&values)
            .find(|(part, _)| matches!(part, Part::Expr(_)));
        let prov = self.computed(span, first.map(|(_, value)| value.prov));
        let sensitive = values.iter().any(|value| value.sensitive);
        self.join(&values, span, prov).mark(sensitive)
    }

    /// Returns the strings one behind the other; the parts that are unknown stay apart.
    pub(super) fn join(&mut self, values: &[Tree], span: Span, prov: ProvId) -> Tree {
        let mut pieces = Pieces::default();
        for value in values {
            match self.dialect.printed(value) {
                Ok(text) => {
                    if self.budget.create(text.len()).is_err() {
                        return self.give_up(Cause::Budget, span, "this template");
                    }
                    pieces.push(&text);
                }
                Err(Failure::Unknown(_)) => {
                    if pieces.push_unknown(value, &mut self.budget).is_err() {
                        return self.give_up(Cause::Budget, span, "this template");
                    }
                }
                Err(Failure::Wrong(_)) => return self.wrong(span, "this template"),
            }
        }
        pieces.finish(prov)
    }

    fn object(&mut self, entries: &[Entry], span: Span, scope: Scope<'_>) -> Tree {
        let exprs = &scope.unit.exprs;
        let mut object = Object::default();
        // Entries stand in leaves of eleven, about half of which are taken.
        let leaf = 11 * size_of::<(Symbol, Tree)>();
        self.keep(entries.len().div_ceil(6) * leaf);
        let mut sensitive = false;
        for entry in entries {
            let value = self.eval_in_place(entry.value, scope);
            let key = self.eval(entry.key, scope);
            sensitive |= key.sensitive;
            match terraform::text(&key) {
                Ok(name) => {
                    let value = if !scope.is_body && exprs.is_block_or_map(entry) {
                        self.block_or_map(value, &name)
                    } else {
                        value
                    };
                    object.entries.insert(Symbol::from(name), value);
                }
                Err(Failure::Unknown(unknown)) => object.rest = Some(unknown),
                Err(Failure::Wrong(_)) => return self.wrong(span, "this object"),
            }
        }
        self.literal(object.into(), span).mark(sensitive)
    }

    /// Returns the blocks of one type as a list of objects; unknown when a dynamic block's number is.
    fn blocks(&mut self, blocks: &[Block], span: Span, scope: Scope<'_>) -> Tree {
        let mut items = Vec::new();
        for block in blocks {
            match block {
                Block::Static(body) => items.push(self.eval(*body, scope)),
                Block::Dynamic(dynamic) => match self.dynamic(dynamic, scope) {
                    Ok(more) => items.extend(more),
                    Err(unknown) => {
                        let prov = self.computed(span, Some(unknown.origin));
                        return tree(Self::unknown_like(&unknown, Some(Kind::List)), prov);
                    }
                },
            }
        }
        let prov = self.node(ProvNode::new(ProvKind::Literal, Some(span)));
        tree(TreeList::tuple(items), prov)
    }

    fn dynamic(&mut self, dynamic: &Dynamic, scope: Scope<'_>) -> Result<Vec<Tree>, Unknown<Tree>> {
        let span = scope.unit.exprs.get(dynamic.for_each).span;
        let over = self.eval(dynamic.for_each, scope);
        let elements = self.elements(&over, span)?;
        let mut items = Vec::new();
        for (key, value) in elements {
            let prov = value.prov;
            let pair = [(Symbol::from("key"), key), (Symbol::from("value"), value)];
            let iterator = tree(Object::complete(BTreeMap::from(pair)), prov);
            let bound = Bound {
                name: &dynamic.iterator,
                value: iterator,
                outer: scope.names,
            };
            items.push(self.eval(
                dynamic.content,
                Scope {
                    names: Some(&bound),
                    ..scope
                },
            ));
        }
        Ok(items)
    }

    fn call(
        &mut self,
        name: &Name,
        args: &[ExprId],
        expand_last: bool,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        if self.dialect == Dialect::Arm {
            return self.deployment_call(name, args, span, scope);
        }
        let plain = functions::plain(&name.text);
        match plain {
            "try" => return self.try_each(args, span, scope),
            "can" => return self.can(args, span, scope),
            _ => {}
        }
        let mut values: Vec<Tree> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        if expand_last && let Some(last) = values.pop() {
            match self.elements(&last, span) {
                Ok(more) => values.extend(more.into_iter().map(|(_, value)| value)),
                Err(unknown) => return self.unknown_result(&unknown, span),
            }
        }
        if plain == "ephemeralasnull" {
            return self.ephemeral_as_null(args, &values, span, scope);
        }
        if let Some(value) = self.marked(plain, &values, span) {
            return value;
        }
        if let Some(value) = self.templated(plain, args, &values, span, scope) {
            return value;
        }
        let (pure, reading) = (functions::find(plain), functions::find_reading(plain));
        if pure.is_none() && reading.is_none() {
            return self.no_function(name, span);
        }
        let shallow = functions::is_shallow(plain);
        self.apply(&name.text, &values, shallow, span, |call, files| {
            match (pure, reading) {
                (Some(function), _) => function(call),
                (None, Some(function)) => function(call, files),
                (None, None) => Err(Failure::wrong("there is no such function")),
            }
        })
    }

    /// Returns what a function gives for values, marked sensitive as they are. A `shallow` function does not look at the
    /// elements of a collection, so that their marks do not matter.
    pub(super) fn apply(
        &mut self,
        name: &str,
        values: &[Tree],
        shallow: bool,
        span: Span,
        function: impl FnOnce(&mut Call<'_>, &mut Files<'_>) -> Result<Tree, Failure>,
    ) -> Tree {
        let sensitive = values.iter().any(|value| value.sensitive);
        let here = self.computed(span, values.first().map(|value| value.prov));
        if functions::read(values, &mut self.budget).is_err() {
            return self.give_up(Cause::Budget, span, format!("{name}()"));
        }
        let mut call = Call {
            args: values,
            here,
            budget: &mut self.budget,
        };
        match function(&mut call, &mut self.files) {
            // An element that is handed through has its own mark; a new value has those of all that went into it.
            Ok(value) if value.prov == here => {
                let inside = if shallow {
                    sensitive
                } else {
                    values
                        .iter()
                        .any(|value| functions::holds_sensitive(value, &mut self.budget))
                };
                value.mark(inside)
            }
            Ok(value) => Tree {
                written_at: None,
                ..value.mark(sensitive)
            },
            Err(Failure::Unknown(unknown)) => tree(unknown, here).mark(sensitive),
            Err(Failure::Wrong(_)) => self.wrong(span, format!("{name}()")),
        }
    }

    /// Returns the result of a function that is not evaluated.
    pub(super) fn no_function(&mut self, name: &Name, span: Span) -> Tree {
        let cause = if functions::is_impure(functions::plain(&name.text)) {
            Cause::Function
        } else {
            Cause::NotSupported
        };
        self.give_up(cause, span, format!("{}()", name.text))
    }

    /// Returns an unknown value for the reason of another.
    pub(super) fn unknown_result(&mut self, unknown: &Unknown<Tree>, span: Span) -> Tree {
        let prov = self.computed(span, Some(unknown.origin));
        tree(unknown.forget(), prov)
    }

    /// Evaluates `try`: the first argument that is not an error.
    fn try_each(&mut self, args: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        for arg in args {
            let value = self.eval(*arg, scope);
            match self.error_inside(&value) {
                Some(Slip::Caught) => {}
                Some(Slip::Fatal) | None => return value,
            }
        }
        self.wrong(span, "try()")
    }

    /// Returns whether the value or something inside it stands for an error in the user's code, and whether `try` catches it.
    fn error_inside(&mut self, value: &Tree) -> Option<Slip> {
        let mut found = None;
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            if self.budget.spend(1).is_err() {
                return found;
            }
            match &value.node {
                Node::List(list) => waiting.extend(&list.items),
                Node::Object(object) => waiting.extend(object.entries.values()),
                Node::Unknown(unknown) if unknown.cause == Cause::Wrong => {
                    if self.fatal.contains(&unknown.origin) {
                        return Some(Slip::Fatal);
                    }
                    found = Some(Slip::Caught);
                }
                _ => {}
            }
        }
        found
    }

    fn can(&mut self, args: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        let Some(arg) = args.first() else {
            return self.wrong(span, "can()");
        };
        let value = self.eval(*arg, scope);
        let prov = self.computed(span, Some(value.prov));
        match (self.error_inside(&value), value.as_unknown()) {
            (Some(Slip::Fatal), _) => self.fatal(span, "can()"),
            (Some(Slip::Caught), _) => tree(false, prov),
            (None, Some(unknown)) => tree(Self::unknown_like(unknown, Some(Kind::Bool)), prov),
            (None, None) => tree(true, prov),
        }
    }
}

/// An error in the user's code.
enum Slip {
    /// `try` goes on to its next argument.
    Caught,
    /// Terraform refuses the configuration whatever stands around it.
    Fatal,
}
