//! Operators and conditionals over values that may be unknown.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::budget::Budget;
use super::dialect::{Dialect, terraform};
use super::failure::Failure;
use super::{Evaluator, Scope, tree};
use crate::expr::{BinaryOperator, ExprId};
use crate::source::Span;
use crate::truth::Truth;
use crate::value::{Cause, Kind, Node, ProvId, Term, Tree, Unknown};

/// Strings that are longer name no quantity of their own: nobody compares a variable with two of them.
const LONGEST_TERM: usize = 1000;

impl Evaluator<'_> {
    pub(super) fn not(&mut self, operand: &Tree, span: Span) -> Tree {
        let prov = self.computed(span, Some(operand.prov));
        match self.dialect.boolean(operand) {
            Ok(value) => tree(!value, prov),
            Err(Failure::Unknown(unknown)) => {
                let term = operand.as_unknown().and_then(|u| u.term).map(|t| Term {
                    negated: !t.negated,
                    ..t
                });
                tree(
                    Unknown {
                        term,
                        ..Self::unknown_like(&unknown, Some(Kind::Bool))
                    },
                    prov,
                )
            }
            Err(Failure::Wrong(_)) => self.wrong(span, "this operand"),
        }
        .mark(operand.sensitive)
    }

    pub(super) fn negate(&mut self, operand: &Tree, span: Span) -> Tree {
        match self.dialect.number(operand) {
            // A negative number is still a literal of its own.
            Ok(value) if operand.written_at.is_some() => self.literal_number(-value, span),
            Ok(value) => {
                let prov = self.computed(span, Some(operand.prov));
                tree(-value, prov)
            }
            Err(Failure::Unknown(unknown)) => {
                let prov = self.computed(span, Some(operand.prov));
                tree(Self::unknown_like(&unknown, Some(Kind::Number)), prov)
            }
            Err(Failure::Wrong(_)) => self.wrong(span, "this operand"),
        }
        .mark(operand.sensitive)
    }

    fn literal_number(&mut self, value: Decimal, span: Span) -> Tree {
        let prov = self.computed(span, None);
        Tree {
            written_at: Some(span),
            ..tree(value, prov)
        }
    }

    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        left: ExprId,
        right: ExprId,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        use BinaryOperator as B;
        let left = self.eval(left, scope);
        if let (B::And | B::Or, Ok(value)) = (operator, self.dialect.boolean(&left))
            && value == (operator == B::Or)
        {
            let prov = self.computed(span, Some(left.prov));
            return tree(value, prov).mark(left.sensitive);
        }
        let right = self.eval(right, scope);
        let sensitive = left.sensitive || right.sensitive;
        match operator {
            B::And | B::Or => self.logic(operator == B::Or, &left, &right, span),
            B::Equal => self.equality(&left, &right, span),
            B::NotEqual => {
                let equal = self.equality(&left, &right, span);
                self.not(&equal, span)
            }
            B::Add | B::Subtract | B::Multiply | B::Divide | B::Modulo => {
                self.arithmetic(operator, &left, &right, span)
            }
            B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual => {
                self.comparison(operator, &left, &right, span)
            }
        }
        .mark(sensitive)
    }

    /// Returns the conjunction, or the disjunction if `or`: known as soon as one side decides.
    pub(super) fn logic(&mut self, or: bool, left: &Tree, right: &Tree, span: Span) -> Tree {
        let (a, b) = (self.dialect.boolean(left), self.dialect.boolean(right));
        let prov = self.computed(span, Some(if a.is_ok() { right.prov } else { left.prov }));
        match (a, b) {
            (Ok(value), _) | (_, Ok(value)) if value == or => tree(or, prov),
            (Ok(_), Ok(value)) => tree(value, prov),
            (Err(Failure::Wrong(_)), _) | (_, Err(Failure::Wrong(_))) => {
                self.wrong(span, "this operand")
            }
            (known, Err(Failure::Unknown(unknown))) | (Err(Failure::Unknown(unknown)), known) => {
                let side = if right.as_unknown().is_some() {
                    right
                } else {
                    left
                };
                let term = side
                    .as_unknown()
                    .and_then(|unknown| unknown.term)
                    .filter(|_| known.is_ok());
                tree(
                    Unknown {
                        term,
                        ..Self::unknown_like(&unknown, Some(Kind::Bool))
                    },
                    prov,
                )
            }
        }
    }

    /// Compares two values; an unknown comparison with a literal keeps the number of its quantity.
    fn equality(&mut self, left: &Tree, right: &Tree, span: Span) -> Tree {
        let unknown = left.as_unknown().or(right.as_unknown()).cloned();
        let parent = if left.as_unknown().is_some() {
            left.prov
        } else {
            right.prov
        };
        let prov = self.computed(span, Some(parent));
        match (self.dialect.equal(left, right, &mut self.budget), unknown) {
            (Truth::True, _) => tree(true, prov),
            (Truth::False, _) => tree(false, prov),
            (Truth::Unknown, Some(unknown)) => {
                let term = self.comparison_term(left, right);
                tree(
                    Unknown {
                        term,
                        ..Self::unknown_like(&unknown, Some(Kind::Bool))
                    },
                    prov,
                )
            }
            // Unknown inside a container: the reason is the first unknown element's.
            (Truth::Unknown, None) => {
                let first = first_unknown(left, &mut self.budget)
                    .or_else(|| first_unknown(right, &mut self.budget));
                let reason = first.cloned();
                let reason = reason.unwrap_or_else(|| Unknown::new(Cause::NotSupported, prov));
                tree(Self::unknown_like(&reason, Some(Kind::Bool)), prov)
            }
        }
    }

    fn comparison_term(&mut self, left: &Tree, right: &Tree) -> Option<Term> {
        let (unknown, known) = match (left.as_unknown(), right.as_unknown()) {
            (Some(unknown), None) => (unknown, right),
            (None, Some(unknown)) => (unknown, left),
            _ => return None,
        };
        let term = unknown.term?;
        let known = match &known.node {
            Node::Null => "null".to_owned(),
            Node::Bool(value) if unknown.kind == Some(Kind::Bool) => {
                return Some(Term {
                    negated: if *value { term.negated } else { !term.negated },
                    ..term
                });
            }
            Node::Bool(value) => value.to_string(),
            Node::Number(value) => value.normalize().to_string(),
            Node::Text(text) if text.len() <= LONGEST_TERM => format!("{text:?}"),
            Node::Text(_) | Node::List(_) | Node::Object(_) | Node::Ref(_) | Node::Unknown(_) => {
                return None;
            }
        };
        Some(self.term(format!(
            "{}{} == {known}",
            term.id.0,
            if term.negated { "!" } else { "" }
        )))
    }

    fn arithmetic(
        &mut self,
        operator: BinaryOperator,
        left: &Tree,
        right: &Tree,
        span: Span,
    ) -> Tree {
        let (a, b) = (self.dialect.number(left), self.dialect.number(right));
        let prov = self.computed_of_both(left, right, span);
        match (a, b) {
            (Ok(a), Ok(b)) => match self.dialect.arithmetic(operator, a, b) {
                Some(number) => tree(number, prov),
                None if b.is_zero() => self.fatal(span, "this division"),
                None => self.give_up(Cause::NotSupported, span, "a number of this size"),
            },
            (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => {
                self.operands(failure, None, Kind::Number, prov, span)
            }
            (Err(a), Err(b)) => self.operands(a, Some(b), Kind::Number, prov, span),
        }
    }

    fn comparison(
        &mut self,
        operator: BinaryOperator,
        left: &Tree,
        right: &Tree,
        span: Span,
    ) -> Tree {
        let order = self.dialect.order(left, right);
        let prov = self.computed_of_both(left, right, span);
        match order {
            Ok(order) => tree(compare(operator, order), prov),
            Err(failure) => {
                let wrong = self.dialect.order(right, left).err();
                self.operands(failure, wrong, Kind::Bool, prov, span)
            }
        }
    }

    /// Returns the node of something computed from two values; it came by the one that is not known.
    fn computed_of_both(&mut self, left: &Tree, right: &Tree, span: Span) -> ProvId {
        let parent = if left.as_unknown().is_none() && right.as_unknown().is_some() {
            right.prov
        } else {
            left.prov
        };
        self.computed(span, Some(parent))
    }

    /// Returns what comes of operands one or two of which cannot be used: an error, if one of them is.
    fn operands(
        &mut self,
        failure: Failure,
        other: Option<Failure>,
        kind: Kind,
        prov: ProvId,
        span: Span,
    ) -> Tree {
        match (failure, other) {
            (Failure::Wrong(_), _) | (_, Some(Failure::Wrong(_))) => {
                self.wrong(span, "this operand")
            }
            (Failure::Unknown(unknown), _) => tree(Self::unknown_like(&unknown, Some(kind)), prov),
        }
    }

    pub(super) fn conditional(
        &mut self,
        condition: ExprId,
        yes: ExprId,
        no: ExprId,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let test = self.eval(condition, scope);
        let branch = match self.dialect.boolean(&test) {
            Ok(value) => {
                let (taken, other) = if value { (yes, no) } else { (no, yes) };
                let taken = self.eval(taken, scope);
                if self.dialect == Dialect::Arm {
                    return taken.mark(test.sensitive);
                }
                let other = self.eval(other, scope);
                let result = match self.same_type(taken, other, span) {
                    Ok((taken, _)) => taken,
                    Err(wrong) => wrong,
                };
                return result.mark(test.sensitive);
            }
            Err(Failure::Wrong(_)) => return self.wrong(span, "this condition"),
            Err(Failure::Unknown(unknown)) => unknown,
        };
        let yes = self.eval(yes, scope);
        let no = self.eval(no, scope);
        let sensitive = test.sensitive || yes.sensitive || no.sensitive;
        let (yes, no) = match self.same_type(yes, no, span) {
            Ok(both) => both,
            Err(wrong) => return wrong,
        };
        self.either(&branch, &yes, &no, span).mark(sensitive)
    }

    /// Returns both branches in one type; what stands for the whole if there is none.
    fn same_type(&mut self, a: Tree, b: Tree, span: Span) -> Result<(Tree, Tree), Tree> {
        let any = matches!(
            (&a.node, &b.node),
            (Node::Text(_), Node::Text(_)) | (Node::Null, _) | (_, Node::Null)
        );
        if any || self.dialect == Dialect::Arm {
            return Ok((a, b));
        }
        terraform::unify(a, b, &mut self.budget).ok_or_else(|| self.wrong(span, "these branches"))
    }
}

/// Returns why the first unknown value inside a container is not known.
fn first_unknown<'t>(value: &'t Tree, budget: &mut Budget) -> Option<&'t Unknown<Tree>> {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        budget.spend(1).ok()?;
        if let Some(unknown) = value.as_unknown() {
            return Some(unknown);
        }
        match &value.node {
            Node::List(list) => waiting.extend(list.items.iter().rev()),
            Node::Object(object) => match &object.rest {
                Some(rest) => return Some(rest),
                None => waiting.extend(object.entries.values().rev()),
            },
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Ref(_)
            | Node::Unknown(_) => {}
        }
    }
    None
}

fn compare(operator: BinaryOperator, order: Ordering) -> bool {
    use BinaryOperator as B;
    match operator {
        B::Less => order.is_lt(),
        B::LessOrEqual => order.is_le(),
        B::Greater => order.is_gt(),
        B::GreaterOrEqual => order.is_ge(),
        B::Add
        | B::Subtract
        | B::Multiply
        | B::Divide
        | B::Modulo
        | B::Equal
        | B::NotEqual
        | B::And
        | B::Or => false,
    }
}
