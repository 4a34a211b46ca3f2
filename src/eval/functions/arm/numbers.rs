//! Functions of whole numbers, and of moments, which no network depends on.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::eval::dialect::arm;
use crate::eval::failure::Failure;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, Function, numbers};
use crate::expr::BinaryOperator;
use crate::value::{Kind, ListKind, Node};

/// The longest `range`, and the first number that is too great for one: the page says 10000 and 2147483647.
const LONGEST_RANGE: i128 = 10_000;
const GREATEST: i128 = 2_147_483_647;

fn binary(call: &Call<'_>, operator: BinaryOperator) -> Answer {
    let [a, b] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Number);
    let (a, b) = (reader.exact_integer(a)?, reader.exact_integer(b)?);
    let result = arm::arithmetic(operator, number(a)?, number(b)?);
    match result {
        Some(result) => Ok(call.make(result)),
        None if b == 0 => Err(Failure::wrong("a division by zero")),
        None => Err(call.not_supported(Kind::Number)),
    }
}

fn number(number: i128) -> Result<Decimal, Failure> {
    let decimal = Decimal::try_from_i128_with_scale(number, 0);
    decimal.map_err(|_| Failure::wrong("a number of more than 64 bits"))
}

/// `add(a, b)`
pub(super) fn add(call: &mut Call<'_>) -> Answer {
    binary(call, BinaryOperator::Add)
}

/// `sub(a, b)`
pub(super) fn sub(call: &mut Call<'_>) -> Answer {
    binary(call, BinaryOperator::Subtract)
}

/// `mul(a, b)`
pub(super) fn mul(call: &mut Call<'_>) -> Answer {
    binary(call, BinaryOperator::Multiply)
}

/// `div(a, b)`, without the fraction
pub(super) fn div(call: &mut Call<'_>) -> Answer {
    binary(call, BinaryOperator::Divide)
}

/// `mod(a, b)`
pub(super) fn modulo(call: &mut Call<'_>) -> Answer {
    binary(call, BinaryOperator::Modulo)
}

fn compare(call: &Call<'_>, is: fn(Ordering) -> bool) -> Answer {
    let [a, b] = call.args else {
        return Err(call.arity());
    };
    match (arm::order(a, b), arm::order(b, a)) {
        (Ok(order), _) => Ok(call.make(is(order))),
        (Err(Failure::Unknown(because)), Err(Failure::Unknown(_))) => {
            Err(Reader::giving(Kind::Bool).unknown(&because))
        }
        (Err(wrong), Err(Failure::Unknown(_)) | Ok(_)) | (Err(_), Err(wrong)) => Err(wrong),
    }
}

/// `less(a, b)`
pub(super) fn less(call: &mut Call<'_>) -> Answer {
    compare(call, Ordering::is_lt)
}

/// `lessOrEquals(a, b)`
pub(super) fn less_or_equals(call: &mut Call<'_>) -> Answer {
    compare(call, Ordering::is_le)
}

/// `greater(a, b)`
pub(super) fn greater(call: &mut Call<'_>) -> Answer {
    compare(call, Ordering::is_gt)
}

/// `greaterOrEquals(a, b)`
pub(super) fn greater_or_equals(call: &mut Call<'_>) -> Answer {
    compare(call, Ordering::is_ge)
}

/// `not(value)`
pub(super) fn not(call: &mut Call<'_>) -> Answer {
    match call.args {
        [value] => Ok(call.make(!arm::boolean(value)?)),
        _ => Err(call.arity()),
    }
}

/// `max(numbers...)`, `max(array)`
pub(super) fn max(call: &mut Call<'_>) -> Answer {
    extreme(call, numbers::max)
}

/// `min(numbers...)`, `min(array)`
pub(super) fn min(call: &mut Call<'_>) -> Answer {
    extreme(call, numbers::min)
}

fn extreme(call: &mut Call<'_>, function: Function) -> Answer {
    let reader = Reader::giving(Kind::Number);
    let args = match call.args {
        [only] => match &only.node {
            Node::List(list) => &list.items,
            Node::Number(_) => call.args,
            _ => return Err(reader.refuse(only, Kind::List)),
        },
        args => args,
    };
    for arg in args {
        match reader.exact_integer(arg) {
            Ok(_) | Err(Failure::Unknown(_)) => {}
            Err(wrong @ Failure::Wrong(_)) => return Err(wrong),
        }
    }
    super::with(call, args, function)
}

/// `range(start, count)`
pub(super) fn range(call: &mut Call<'_>) -> Answer {
    let [start, count] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::List);
    let (start, count) = (reader.exact_integer(start)?, reader.exact_integer(count)?);
    if !(0..=LONGEST_RANGE).contains(&count) || start.saturating_add(count) > GREATEST {
        return Err(Failure::wrong("a range of so many numbers"));
    }
    let mut items = Vec::new();
    for next in start..start.saturating_add(count) {
        items.push(call.make(number(next)?));
    }
    call.sequence(ListKind::Tuple, items)
}

/// `dateTimeAdd(…)`, `dateTimeFromEpoch(…)`
pub(super) fn date_as_text(call: &mut Call<'_>) -> Answer {
    super::undocumented(call, Kind::Text)
}

/// `dateTimeToEpoch(…)`
pub(super) fn date_as_number(call: &mut Call<'_>) -> Answer {
    super::undocumented(call, Kind::Number)
}
