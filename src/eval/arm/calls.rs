//! Calls in Bicep and ARM templates: functions that leave an argument alone, those that go into a value, and the pure ones.
//! Lambdas are in `lambdas`, operators in `operators`.

use rust_decimal::prelude::ToPrimitive;

use crate::eval::dialect::arm;
use crate::eval::functions::arm as functions;
use crate::eval::{Evaluator, Scope, tree};
use crate::expr::{BinaryOperator, ExprId, ExprKind};
use crate::source::{FilePath, Name, Span, Symbol};
use crate::truth::Truth;
use crate::value::{Cause, Kind, Node, Piece, Tree, Unknown};

/// Longer strings name no quantity of their own.
const LONGEST_TERM: usize = 1000;

impl Evaluator<'_> {
    /// Evaluates a call of a function whose result depends on its arguments alone, of one that reads a file, or of one whose
    /// result nobody can know. `None` for any other name.
    pub(in crate::eval) fn arm_call(
        &mut self,
        name: &Name,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let plain = functions::plain(&name.text).to_ascii_lowercase();
        match (plain.as_str(), args) {
            ("coalesce", [_, ..]) => return Some(self.arm_coalesce(args, span, scope)),
            ("tryget", [of, steps @ ..]) => return Some(self.try_get(*of, steps, span, scope)),
            ("if", [condition, yes, no]) => {
                return Some(self.conditional(*condition, *yes, *no, span, scope));
            }
            ("and", [_, ..]) => return Some(self.logic_of(BinaryOperator::And, args, span, scope)),
            ("or", [_, ..]) => return Some(self.logic_of(BinaryOperator::Or, args, span, scope)),
            ("nameof", [of]) => return Some(self.name_of(*of, span, scope)),
            ("true" | "false", []) => {
                let prov = self.computed(span, None);
                return Some(tree(plain == "true", prov));
            }
            _ => {}
        }
        if let Some(value) = self.lambda_call(&name.text, args, span, scope) {
            return Some(value);
        }
        let (pure, loading) = (functions::find(&plain), functions::find_loading(&plain));
        if pure.is_none() && loading.is_none() {
            let outside = functions::outside(&name.text)?;
            return Some(self.outside(outside, name, span));
        }
        let values: Vec<Tree> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        if plain == "split"
            && let Some(segments) = self.split_id(&values, span)
        {
            return Some(segments);
        }
        let folder = self.folder_of(scope);
        let shallow = functions::is_shallow(&plain);
        let value = self.apply(&name.text, &values, shallow, span, |call, files| {
            match (pure, loading) {
                (Some(function), _) => function(call),
                (None, Some(function)) => function(call, files, &folder),
                (None, None) => Err(crate::eval::failure::Failure::wrong(
                    "there is no such function",
                )),
            }
        });
        Some(self.of_the_same(&plain, &values, value))
    }

    /// Returns the folder from which a file names others.
    fn folder_of(&self, scope: Scope<'_>) -> FilePath {
        let module = self.module(scope.instance);
        let root = || self.project.module(self.root.module);
        module.unwrap_or_else(root).folder.clone()
    }

    /// Returns the result of a function that asks what is not in the code.
    fn outside(&mut self, outside: functions::Outside, name: &Name, span: Span) -> Tree {
        let value = self.give_up(Cause::Function, span, format!("{}()", name.text));
        let unknown = value.as_unknown().cloned();
        let (Some(unknown), Some(kind)) = (unknown, outside.kind) else {
            return value.mark(outside.secret);
        };
        let unknown = unknown.of_kind(kind).not_null();
        tree(unknown, value.prov).mark(outside.secret)
    }

    /// Returns a string that is not known as the quantity that the same arguments always give.
    fn of_the_same(&mut self, name: &str, values: &[Tree], result: Tree) -> Tree {
        let Node::Unknown(unknown) = &result.node else {
            return result;
        };
        let told = unknown.term.is_some() || unknown.pieces.is_some();
        if told || unknown.kind != Some(Kind::Text) {
            return result;
        }
        let words: Option<Vec<String>> = values.iter().map(words).collect();
        let Some(words) = words else {
            return result;
        };
        let term = Some(self.term(format!("{name}({})", words.join(","))));
        let unknown = Unknown {
            term,
            ..Unknown::clone(unknown)
        };
        Tree {
            node: unknown.into(),
            ..result
        }
    }

    /// Evaluates `a ?? b`: the first value that is not null, and none behind it.
    fn arm_coalesce(&mut self, args: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        let mut open: Vec<Tree> = Vec::new();
        let mut last = None;
        for arg in args {
            let value = self.eval(*arg, scope);
            match value.null() {
                Truth::True => {
                    last.get_or_insert(value);
                }
                Truth::False => {
                    last = Some(value);
                    break;
                }
                Truth::Unknown => open.push(value),
            }
        }
        let last = last.filter(|last| open.is_empty() || !last.null().is_true());
        let mut result = match (last, open.pop()) {
            (Some(last), Some(value)) => {
                open.push(value);
                last
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => self.wrong(span, "coalesce()"),
        };
        while let Some(value) = open.pop() {
            let sensitive = value.sensitive || result.sensitive;
            result = match value.as_unknown().cloned() {
                Some(unknown) => {
                    let value = never_null(value);
                    self.either(&unknown, &value, &result, span)
                }
                None => value,
            }
            .mark(sensitive);
        }
        result
    }

    /// Evaluates `nameof`: the last name in an expression, which is not evaluated.
    fn name_of(&mut self, of: ExprId, span: Span, scope: Scope<'_>) -> Tree {
        let name = match &scope.unit.exprs.get(of).kind {
            ExprKind::Name(name) => name.clone(),
            ExprKind::Attribute(_, name) => name.text.clone(),
            _ => return self.give_up(Cause::NotSupported, span, "nameof()"),
        };
        let prov = self.computed(span, None);
        tree(name.as_str(), prov)
    }

    /// Evaluates `and` or `or` of any number of arguments.
    fn logic_of(
        &mut self,
        operator: BinaryOperator,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let or = operator == BinaryOperator::Or;
        let start = self.computed(span, None);
        let mut result = tree(!or, start);
        for arg in args {
            let value = self.eval(*arg, scope);
            let sensitive = result.sensitive || value.sensitive;
            result = self.logic(or, &result, &value, span).mark(sensitive);
            if self.dialect.boolean(&result).ok() == Some(or) {
                break;
            }
        }
        result
    }

    /// Evaluates `a.?b`: null where there is nothing to go into.
    fn try_get(&mut self, of: ExprId, steps: &[ExprId], span: Span, scope: Scope<'_>) -> Tree {
        let mut value = self.eval(of, scope);
        for step in steps {
            if value.null().is_true() {
                break;
            }
            let step = self.eval(*step, scope);
            let sensitive = value.sensitive || step.sensitive;
            value = self.step_into(&value, &step, span).mark(sensitive);
        }
        Tree {
            written_at: None,
            ..value
        }
    }

    fn step_into(&mut self, value: &Tree, step: &Tree, span: Span) -> Tree {
        if let Some(unknown) = step.as_unknown() {
            return self.unknown_result(unknown, span);
        }
        let nothing = |evaluator: &mut Self| {
            let prov = evaluator.computed(span, Some(value.prov));
            tree(Node::Null, prov)
        };
        match (&value.node, &step.node) {
            (Node::Object(object), Node::Text(name)) => {
                if self.budget.spend(object.entries.len() / 8).is_err() {
                    return self.give_up(Cause::Budget, span, "this access");
                }
                match (arm::entry(object, name), &object.rest) {
                    (Some((_, child)), _) => self.element(value, child),
                    (None, Some(rest)) => self.unknown_result(rest, span),
                    (None, None) => nothing(self),
                }
            }
            (Node::List(list), Node::Number(index)) => {
                let item = index.to_usize().and_then(|index| list.items.get(index));
                match item {
                    Some(item) => self.element(value, item),
                    None => nothing(self),
                }
            }
            (Node::Ref(_), Node::Text(name)) => {
                let text = Symbol::from(name.clone());
                self.attribute(value, &Name { text, span }, span)
            }
            (Node::Ref(_), _) => self.index(value, step, span),
            (Node::Unknown(unknown), _) => self.unknown_result(unknown, span),
            _ => self.wrong(span, "tryGet()"),
        }
    }
}

/// Returns an unknown value as one that is not null.
fn never_null(value: Tree) -> Tree {
    match &value.node {
        Node::Unknown(unknown) => Tree {
            node: Unknown::clone(unknown).not_null().into(),
            ..value
        },
        _ => value,
    }
}

/// Returns words that are the same for equal values alone; `None` where there are none, or too many.
fn words(value: &Tree) -> Option<String> {
    match (&value.node, value.as_unknown()) {
        (Node::Text(text), _) if text.len() <= LONGEST_TERM => Some(format!("{text:?}")),
        (Node::Number(number), _) => Some(number.to_string()),
        (Node::Bool(value), _) => Some(value.to_string()),
        (_, Some(unknown)) => match (unknown.term, unknown.pieces.as_deref()) {
            (Some(term), _) => Some(format!("#{}", term.id.0)),
            (None, Some(pieces)) => pieces_in_words(pieces),
            (None, None) => None,
        },
        _ => None,
    }
}

fn pieces_in_words(pieces: &[Piece]) -> Option<String> {
    let mut all = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => all.extend([format!("{text:?}")]),
            Piece::Hole(hole) => {
                let term = hole.as_unknown()?.term?;
                all.extend([format!("#{}", term.id.0)]);
            }
        }
        if all.len() > LONGEST_TERM {
            return None;
        }
    }
    Some(all)
}
