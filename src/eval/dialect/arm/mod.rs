//! ARM's conversions between strings, numbers and truths, of which there are hardly any, and how it compares values. Bicep has
//! the same, for it becomes ARM.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::equality::{self, Lists};
use super::terraform;
use crate::eval::budget::Budget;
use crate::eval::failure::Failure;
use crate::eval::functions::opaque;
use crate::expr::BinaryOperator;
use crate::source::Symbol;
use crate::truth::Truth;
use crate::value::{Cause, Kind, Node, Object, Tree, Unknown};

/// Returns whether two values are equal: strings in the same letter case, lists by their elements, nothing converted.
pub(crate) fn equal(a: &Tree, b: &Tree, budget: &mut Budget) -> Truth {
    equality::equal(a, b, Lists::Alike, budget)
}

/// Returns a value as a truth, which it must be.
pub(crate) fn boolean(tree: &Tree) -> Result<bool, Failure> {
    match &tree.node {
        Node::Bool(value) => Ok(*value),
        _ => Err(refuse(tree, Kind::Bool)),
    }
}

/// Returns a value as a number, which it must be.
pub(crate) fn number(tree: &Tree) -> Result<Decimal, Failure> {
    match &tree.node {
        Node::Number(number) => Ok(*number),
        _ => Err(refuse(tree, Kind::Number)),
    }
}

/// Returns a value as it stands in a string around it: a truth has a capital letter, as .NET writes it. What becomes of null,
/// lists and objects there is documented nowhere.
pub(crate) fn printed(tree: &Tree) -> Result<Arc<str>, Failure> {
    match &tree.node {
        Node::Text(text) => Ok(text.clone()),
        Node::Number(number) => Ok(terraform::format_number(*number).into()),
        Node::Bool(value) => Ok(if *value { "True" } else { "False" }.into()),
        Node::Null | Node::List(_) | Node::Object(_) => Err(not_supported(tree, Kind::Text)),
        Node::Ref(_) | Node::Unknown(_) => Err(refuse(tree, Kind::Text)),
    }
}

/// Returns which of two numbers or strings comes first. Of strings only those are compared that every order of letters puts in
/// the same order.
pub(crate) fn order(a: &Tree, b: &Tree) -> Result<Ordering, Failure> {
    if a.kind() != Some(Kind::Text) && b.kind() != Some(Kind::Text) {
        return Ok(number(a)?.cmp(&number(b)?));
    }
    let (Node::Text(left), Node::Text(right)) = (&a.node, &b.node) else {
        let known = if a.as_text().is_some() { b } else { a };
        return Err(refuse(known, Kind::Text));
    };
    let plain = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
    if left == right || (left.chars().all(plain) && right.chars().all(plain)) {
        Ok(left.cmp(right))
    } else {
        Err(not_supported(a, Kind::Text))
    }
}

/// Returns what an operator gives for two whole numbers of 64 bits: a quotient loses its fraction.
pub(crate) fn arithmetic(operator: BinaryOperator, a: Decimal, b: Decimal) -> Option<Decimal> {
    use BinaryOperator as B;
    let (a, b) = (integer(a)?, integer(b)?);
    match operator {
        B::Add => a.checked_add(b),
        B::Subtract => a.checked_sub(b),
        B::Multiply => a.checked_mul(b),
        B::Divide => a.checked_div(b),
        B::Modulo => a.checked_rem(b),
        B::Equal
        | B::NotEqual
        | B::Less
        | B::LessOrEqual
        | B::Greater
        | B::GreaterOrEqual
        | B::And
        | B::Or => None,
    }
    .map(Decimal::from)
}

fn integer(number: Decimal) -> Option<i64> {
    number.to_i64().filter(|_| number.fract().is_zero())
}

/// Returns the attribute of an object with a name in any letter case, and the name as the object has it.
pub(crate) fn entry<'o>(object: &'o Object, name: &str) -> Option<(&'o Symbol, &'o Tree)> {
    object.entries.get_key_value(name).or_else(|| {
        let mut entries = object.entries.iter();
        entries.find(|(key, _)| key.eq_ignore_ascii_case(name))
    })
}

/// Returns why a value is not of the wanted kind: it is not known, or of another.
fn refuse(tree: &Tree, wanted: Kind) -> Failure {
    match (opaque(tree), tree.kind()) {
        (Some(unknown), Some(kind)) if kind == wanted => {
            Failure::Unknown(unknown.clone().not_null())
        }
        (Some(unknown), _) => Failure::Unknown(unknown.forget().of_kind(wanted).not_null()),
        (None, Some(kind)) => Failure::Wrong(format!("a {kind} where a {wanted} is needed")),
        (None, None) => Failure::Wrong(format!("null where a {wanted} is needed")),
    }
}

fn not_supported(tree: &Tree, kind: Kind) -> Failure {
    let unknown = Unknown::new(Cause::NotSupported, tree.prov);
    Failure::Unknown(unknown.of_kind(kind).not_null())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ProvId;

    fn tree(node: impl Into<Node>) -> Tree {
        Tree::new(node.into(), ProvId(0))
    }

    fn number_of(value: i64) -> Tree {
        tree(Decimal::from(value))
    }

    #[test]
    fn nothing_is_converted() {
        assert_eq!(boolean(&tree(true)).ok(), Some(true));
        assert!(matches!(boolean(&tree("true")), Err(Failure::Wrong(_))));
        assert!(matches!(number(&tree("1")), Err(Failure::Wrong(_))));
        let mut budget = Budget::of_one_in(1);
        let mut same = |a: &Tree, b: &Tree| equal(a, b, &mut budget);
        assert_eq!(same(&tree("1"), &number_of(1)), Truth::False);
        assert_eq!(same(&tree("A"), &tree("a")), Truth::False);
    }

    #[test]
    fn truths_are_printed_as_dot_net_does() {
        assert_eq!(printed(&tree(false)).ok().as_deref(), Some("False"));
        assert_eq!(printed(&number_of(12948)).ok().as_deref(), Some("12948"));
        assert!(matches!(
            printed(&tree(Node::Null)),
            Err(Failure::Unknown(_))
        ));
    }

    #[test]
    fn numbers_are_whole_and_have_64_bits() {
        use BinaryOperator as B;
        let of = |operator, a: i64, b: i64| {
            arithmetic(operator, Decimal::from(a), Decimal::from(b)).and_then(|n| n.to_i64())
        };
        assert_eq!(of(B::Divide, 7, 2), Some(3));
        assert_eq!(of(B::Divide, -7, 2), Some(-3));
        assert_eq!(of(B::Modulo, -7, 3), Some(-1));
        assert_eq!(of(B::Divide, 7, 0), None);
        assert_eq!(of(B::Add, i64::MAX, 1), None);
        assert_eq!(of(B::Multiply, i64::MIN, -1), None);
    }

    #[test]
    fn strings_are_ordered_where_nobody_can_disagree() {
        assert_eq!(order(&tree("a"), &tree("b")).ok(), Some(Ordering::Less));
        assert_eq!(
            order(&number_of(10), &number_of(9)).ok(),
            Some(Ordering::Greater)
        );
        assert!(matches!(
            order(&tree("a-b"), &tree("ab")),
            Err(Failure::Unknown(_))
        ));
        assert!(matches!(
            order(&tree("a"), &number_of(1)),
            Err(Failure::Wrong(_))
        ));
    }
}
