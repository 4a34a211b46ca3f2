//! Terraform's conversions between strings, numbers and truths, and how it unifies types.

mod types;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::equality::{self, Lists};
use crate::eval::budget::Budget;
use crate::eval::failure::{Failure, quoted};
use crate::expr::BinaryOperator;
use crate::truth::Truth;
use crate::value::{Cause, Kind, Node, Tree, Unknown};

pub(crate) use types::{Type, all_of, unify};

/// Returns whether two values are equal, without conversion; a list is no tuple.
pub(crate) fn equal(a: &Tree, b: &Tree, budget: &mut Budget) -> Truth {
    equality::equal(a, b, Lists::OfOneKind, budget)
}

/// Returns a value as a string, as Terraform converts it wherever a string is wanted.
pub(crate) fn text(tree: &Tree) -> Result<Arc<str>, Failure> {
    match &tree.node {
        Node::Text(text) => Ok(text.clone()),
        Node::Number(number) => Ok(format_number(*number).into()),
        Node::Bool(value) => Ok(if *value { "true" } else { "false" }.into()),
        _ => Err(refuse(tree, Kind::Text)),
    }
}

/// Returns a value as a number; a string is read as Terraform reads it, `1e3` included.
pub(crate) fn number(tree: &Tree) -> Result<Decimal, Failure> {
    match &tree.node {
        Node::Number(number) => Ok(*number),
        Node::Text(text) => match parse_number(text) {
            Numeral::Number(number) => Ok(number),
            Numeral::TooLong => Err(Failure::Unknown(
                Unknown::new(Cause::NotSupported, tree.prov)
                    .of_kind(Kind::Number)
                    .not_null(),
            )),
            Numeral::NotNumber => Err(Failure::Wrong(quoted(text) + " is not a number")),
        },
        _ => Err(refuse(tree, Kind::Number)),
    }
}

/// Returns a value as a truth. A number is none, but `"1"` and `"0"` are.
pub(crate) fn boolean(tree: &Tree) -> Result<bool, Failure> {
    match &tree.node {
        Node::Bool(value) => Ok(*value),
        Node::Text(text) => match &**text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(Failure::Wrong(quoted(text) + " is not a bool")),
        },
        _ => Err(refuse(tree, Kind::Bool)),
    }
}

/// Returns a number as Terraform prints it: no exponent, no trailing zeros.
pub(crate) fn format_number(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Returns a bool or number as the string that Terraform makes of it, at the same place. Other values are left alone.
pub(crate) fn as_text(tree: Tree) -> Tree {
    match (tree.kind(), text(&tree)) {
        (Some(Kind::Text), _) | (_, Err(Failure::Wrong(_))) => tree,
        (_, Ok(text)) => Tree {
            node: Node::Text(text),
            ..tree
        },
        (_, Err(Failure::Unknown(unknown))) => Tree {
            node: unknown.into(),
            ..tree
        },
    }
}

/// Returns why a value that has no conversion has none: it is not known, or not of the kind.
fn refuse(tree: &Tree, wanted: Kind) -> Failure {
    if let Some(unknown) = tree.as_unknown() {
        return Failure::Unknown(convert_unknown(unknown, wanted));
    }
    match (&tree.node, tree.kind()) {
        (Node::Null, _) => Failure::Wrong(format!("null where a {wanted} is needed")),
        (Node::Ref(reference), _) => {
            Failure::Unknown(reference.unknown.forget().of_kind(wanted).not_null())
        }
        (_, Some(kind)) => Failure::Wrong(format!("a {kind} where a {wanted} is needed")),
        (_, None) => Failure::Wrong(format!("a {wanted} is needed")),
    }
}

/// Returns what is known about an unknown value after its conversion to a primitive kind.
fn convert_unknown(unknown: &Unknown<Tree>, wanted: Kind) -> Unknown<Tree> {
    if unknown.kind == Some(wanted) {
        return unknown.clone();
    }
    let mut converted = unknown.forget().of_kind(wanted);
    converted.null = unknown.null;
    let convert = |alternative: &Tree| {
        let node = match wanted {
            Kind::Text => text(alternative).ok().map(Node::Text),
            Kind::Number => number(alternative).ok().map(Node::Number),
            Kind::Bool => boolean(alternative).ok().map(Node::Bool),
            Kind::List | Kind::Object => None,
        };
        Some(Tree {
            node: node?,
            ..alternative.clone()
        })
    };
    converted.one_of = unknown
        .one_of
        .as_deref()
        .and_then(|all| all.iter().map(convert).collect::<Option<Vec<_>>>())
        .map(Into::into);
    converted
}

/// Longer strings are not even looked at: no number that fits is written with so many zeros.
const LONGEST_NUMERAL: usize = 1000;

/// What a string is when it is read as a number.
enum Numeral {
    Number(Decimal),
    /// A number to Terraform, but not one of 28 digits.
    TooLong,
    NotNumber,
}

fn parse_number(text: &str) -> Numeral {
    if text.len() > LONGEST_NUMERAL {
        return Numeral::TooLong;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_digits =
        exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let well_formed = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent_digits.is_none_or(|exponent| !exponent.is_empty() && digits(exponent));
    if !well_formed {
        return Numeral::NotNumber;
    }
    let Some(value) = decimal(whole, fraction, exponent.unwrap_or("0")) else {
        return Numeral::TooLong;
    };
    Numeral::Number(if text.starts_with('-') { -value } else { value })
}

/// Returns the number that the digits mean, `None` if a decimal cannot hold it exactly.
fn decimal(whole: &str, fraction: &str, exponent: &str) -> Option<Decimal> {
    let fraction = fraction.trim_end_matches('0');
    let joined = format!("{whole}{fraction}");
    let digits = joined.trim_start_matches('0');
    if digits.is_empty() {
        return Some(Decimal::ZERO);
    }
    let power = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let mantissa: i128 = digits.parse().ok()?;
    if power <= 0 {
        let scale = u32::try_from(power.checked_neg()?).ok()?;
        return Decimal::try_from_i128_with_scale(mantissa, scale).ok();
    }
    let factor = 10i128.checked_pow(u32::try_from(power).ok()?)?;
    Decimal::try_from_i128_with_scale(mantissa.checked_mul(factor)?, 0).ok()
}

/// Returns what an operator gives for two numbers, `None` if a number of 28 digits cannot hold it.
pub(crate) fn arithmetic(operator: BinaryOperator, a: Decimal, b: Decimal) -> Option<Decimal> {
    use BinaryOperator as B;
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
    .map(settle)
}

/// Returns a number without the error in its last digits that a quotient before brought in: `2 / 3 * 3` is 2.
fn settle(number: Decimal) -> Decimal {
    const SURE: u32 = 24;
    let rounded = number.round_dp(SURE);
    let error = (number - rounded).abs();
    if number.scale() > SURE && error <= Decimal::new(20, Decimal::MAX_SCALE) {
        rounded
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ProvId;

    fn tree(node: impl Into<Node>) -> Tree {
        Tree::new(node.into(), ProvId(0))
    }

    #[test]
    fn conversions() {
        let ten = Decimal::from(10);
        assert_eq!(number(&tree("10")).ok(), Some(ten));
        assert_eq!(number(&tree("1e1")).ok(), Some(ten));
        assert_eq!(number(&tree("1000e-2")).ok(), Some(ten));
        assert_eq!(number(&tree("0x10")).ok(), None);
        assert!(matches!(
            number(&tree("1e400")),
            Err(Failure::Unknown(Unknown {
                kind: Some(Kind::Number),
                ..
            }))
        ));
        assert_eq!(boolean(&tree("true")).ok(), Some(true));
        assert_eq!(boolean(&tree(Decimal::ONE)).ok(), None);
        assert_eq!(text(&tree(true)).ok().as_deref(), Some("true"));
        assert!(matches!(text(&tree(Node::Null)), Err(Failure::Wrong(_))));
    }

    #[test]
    fn numbers_are_printed_without_exponent() {
        let printed = |mantissa, scale| format_number(Decimal::new(mantissa, scale));
        assert_eq!(printed(1500, 3), "1.5");
        assert_eq!(printed(100_000_000_000, 0), "100000000000");
        assert_eq!(printed(1, 7), "0.0000001");
    }
}
