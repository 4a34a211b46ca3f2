//! Functions of numbers. What a decimal of 28 digits is too short for is not known.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::reader::{Reader, opaque};
use super::{Answer, Call, logarithm};
use crate::eval::failure::{Failure, quoted};
use crate::value::{Interval, Kind, Tree, Unknown};

const NUMBER: Kind = Kind::Number;

fn reader() -> Reader {
    Reader::giving(NUMBER)
}

/// Applies a function of one number.
fn each(call: &Call<'_>, change: fn(Decimal) -> Decimal) -> Answer {
    let [number] = call.args else {
        return Err(call.arity());
    };
    Ok(call.make(change(reader().number(number)?)))
}

/// `abs(number)`
pub(super) fn abs(call: &mut Call<'_>) -> Answer {
    each(call, |number| number.abs())
}

/// `ceil(number)`
pub(super) fn ceil(call: &mut Call<'_>) -> Answer {
    each(call, |number| number.ceil())
}

/// `floor(number)`
pub(super) fn floor(call: &mut Call<'_>) -> Answer {
    each(call, |number| number.floor())
}

/// `signum(integer)`
pub(super) fn signum(call: &mut Call<'_>) -> Answer {
    let [number] = call.args else {
        return Err(call.arity());
    };
    let sign = reader().integer(number)?.signum();
    Ok(call.make(Decimal::from(sign)))
}

/// `max(numbers...)`
pub(super) fn max(call: &mut Call<'_>) -> Answer {
    extreme(call, Ordering::Greater)
}

/// `min(numbers...)`
pub(super) fn min(call: &mut Call<'_>) -> Answer {
    extreme(call, Ordering::Less)
}

/// Returns the greatest or least argument; with unknown ones, between what it lies.
fn extreme(call: &Call<'_>, side: Ordering) -> Answer {
    let mut best: Option<Decimal> = None;
    let mut unknown: Option<&Unknown<Tree>> = None;
    let mut bounds: Option<Interval> = None;
    for tree in call.args {
        let interval = if let Some(because) = opaque(tree) {
            unknown = unknown.or(Some(because));
            because.bounds.unwrap_or_default()
        } else {
            let number = reader().number(tree)?;
            if best.is_none_or(|best| number.cmp(&best) == side) {
                best = Some(number);
            }
            Interval {
                low: number.floor().to_i64(),
                high: number.ceil().to_i64(),
            }
        };
        bounds = Some(bounds.map_or(interval, |bounds| narrow(bounds, interval, side)));
    }
    match (best, unknown) {
        (_, Some(unknown)) => Err(Failure::Unknown(Unknown {
            bounds: bounds.filter(|bounds| *bounds != Interval::default()),
            ..unknown.forget().of_kind(NUMBER).not_null()
        })),
        (Some(best), None) => Ok(call.make(best)),
        (None, None) => Err(Failure::wrong("at least one number is needed")),
    }
}

/// Returns where the greater or lesser of two numbers lies.
fn narrow(a: Interval, b: Interval, side: Ordering) -> Interval {
    let certain = |a: Option<i64>, b: Option<i64>| match (a, b) {
        (Some(a), Some(b)) if side.is_gt() => Some(a.max(b)),
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    };
    let both = |a: Option<i64>, b: Option<i64>| a.and(b).and(certain(a, b));
    if side.is_gt() {
        Interval {
            low: certain(a.low, b.low),
            high: both(a.high, b.high),
        }
    } else {
        Interval {
            low: both(a.low, b.low),
            high: certain(a.high, b.high),
        }
    }
}

/// `sum(list)`
pub(super) fn sum(call: &mut Call<'_>) -> Answer {
    let [list] = call.args else {
        return Err(call.arity());
    };
    let items = &reader().sequence(list)?.items;
    if items.is_empty() {
        return Err(Failure::wrong("the sum of an empty list"));
    }
    let mut sum = Decimal::ZERO;
    for item in items {
        let next = sum.checked_add(reader().number(item)?);
        sum = next.ok_or_else(|| call.not_supported(NUMBER))?;
    }
    Ok(call.make(sum))
}

/// `pow(base, exponent)`, which Terraform computes with floating point.
pub(super) fn pow(call: &mut Call<'_>) -> Answer {
    let [base, exponent] = call.args else {
        return Err(call.arity());
    };
    let (base, exponent) = (reader().number(base)?, reader().number(exponent)?);
    let power = base
        .to_f64()
        .zip(exponent.to_f64())
        .map(|(base, exponent)| base.powf(exponent))
        .filter(|power| power.is_finite())
        .and_then(exact);
    match power {
        Some(power) => Ok(call.make(power)),
        None => Err(call.not_supported(NUMBER)),
    }
}

/// `log(number, base)`, which Terraform computes with floating point.
pub(super) fn log(call: &mut Call<'_>) -> Answer {
    let [number, base] = call.args else {
        return Err(call.arity());
    };
    let (number, base) = (reader().number(number)?, reader().number(base)?);
    let logarithm = |number: Decimal| number.to_f64().map(logarithm::natural);
    let quotient = logarithm(number).zip(logarithm(base)).map(|(a, b)| a / b);
    match quotient {
        Some(quotient) if !quotient.is_finite() => {
            Err(Failure::wrong("there is no such logarithm"))
        }
        Some(quotient) => exact(quotient)
            .map(|quotient| call.make(quotient))
            .ok_or_else(|| call.not_supported(NUMBER)),
        None => Err(call.not_supported(NUMBER)),
    }
}

/// Returns the decimal that a floating point number prints as, if it has not more digits than are certain.
fn exact(number: f64) -> Option<Decimal> {
    let printed = number.to_string();
    let digits = printed.trim_start_matches(['-', '0', '.']);
    let significant = digits
        .trim_end_matches('0')
        .bytes()
        .filter(u8::is_ascii_digit);
    if number.fract() == 0.0 && significant.count() > 15 {
        return None;
    }
    Decimal::from_str_exact(&printed).ok()
}

/// `parseint(text, base)`
pub(super) fn parse_int(call: &mut Call<'_>) -> Answer {
    let [text, base] = call.args else {
        return Err(call.arity());
    };
    let kind = text.kind();
    let base = reader().integer(base)?;
    let digits = reader().text(text)?;
    if kind != Some(Kind::Text) {
        return Err(Failure::wrong("a number where a string is needed"));
    }
    let radix = i128::from(62);
    if !(2..=radix).contains(&base) {
        return Err(Failure::Wrong(format!("there is no base {base}")));
    }
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(&digits);
    let wrong = || {
        Failure::Wrong(format!(
            "{} is no whole number of base {base}",
            quoted(&digits)
        ))
    };
    if unsigned.is_empty() {
        return Err(wrong());
    }
    let mut value: i128 = 0;
    for digit in unsigned.chars() {
        let digit = digit_value(digit, base).ok_or_else(wrong)?;
        let next = value.checked_mul(base).and_then(|v| v.checked_add(digit));
        value = next.ok_or_else(|| call.not_supported(NUMBER))?;
    }
    if digits.starts_with('-') {
        value = -value;
    }
    match Decimal::try_from_i128_with_scale(value, 0) {
        Ok(value) => Ok(call.make(value)),
        Err(_) => Err(call.not_supported(NUMBER)),
    }
}

/// Returns the value of a digit; above base 36 capitals stand behind small letters.
fn digit_value(digit: char, base: i128) -> Option<i128> {
    let value = match digit {
        'A'..='Z' if base > 36 => u32::from(digit) - u32::from('A') + 36,
        _ => digit.to_digit(36)?,
    };
    Some(i128::from(value)).filter(|value| *value < base)
}
