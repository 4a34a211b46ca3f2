//! Numbers as the verbs of `format` write them, which are Go's.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::verb::Verb;

/// Writes a whole number: `%d`, `%b`, `%o`, `%x`, `%X`.
pub(super) fn integer(verb: &Verb, number: i128) -> String {
    let size = number.unsigned_abs();
    let (prefix, mut digits) = match verb.letter {
        'b' => ("0b", format!("{size:b}")),
        'o' => ("0", format!("{size:o}")),
        'x' => ("0x", format!("{size:x}")),
        'X' => ("0X", format!("{size:X}")),
        _ => ("", size.to_string()),
    };
    if let Some(precision) = verb.precision {
        digits = zeros(precision.saturating_sub(digits.len())) + &digits;
    }
    let prefix = if verb.sharp { prefix } else { "" };
    let sign = sign(verb, number < 0).to_owned() + prefix;
    let fill = verb.zero && verb.precision.is_none();
    pad(verb, &sign, &digits, fill)
}

/// Writes a number: `%f`, `%e`, `%E`, `%g`, `%G`. `None` where rounding depends on how it is held in binary.
pub(super) fn float(verb: &Verb, number: Decimal) -> Option<String> {
    let size = number.abs().normalize();
    let digits = match verb.letter {
        'f' => fixed(size, verb.precision.unwrap_or(6))?,
        'e' | 'E' => exponential(size, Some(verb.precision.unwrap_or(6)))?,
        _ => match verb.precision {
            None => shortest(size),
            Some(_) => return None,
        },
    };
    let digits = if verb.letter.is_ascii_uppercase() {
        digits.to_uppercase()
    } else {
        digits
    };
    Some(pad(
        verb,
        sign(verb, number.is_sign_negative() && !number.is_zero()),
        &digits,
        verb.zero,
    ))
}

/// Writes a number with the fewest digits: `%v`. From `1e+06` and below `0.0001` it has an exponent.
pub(super) fn shortest(number: Decimal) -> String {
    let size = number.abs().normalize();
    let sign = if number.is_sign_negative() && !number.is_zero() {
        "-"
    } else {
        ""
    };
    let digits = size.to_string();
    let text = match magnitude(size) {
        -4..LARGE => Some(digits.clone()),
        _ => exponential(size, None),
    };
    format!("{sign}{}", text.unwrap_or(digits))
}

/// The power of ten from which the shortest form has an exponent.
const LARGE: i64 = 6;

fn sign(verb: &Verb, negative: bool) -> &'static str {
    match (negative, verb.plus, verb.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    }
}

fn zeros(count: usize) -> String {
    "0".repeat(count)
}

/// Fills up to the width: with zeros behind the sign, or with blanks.
fn pad(verb: &Verb, sign: &str, digits: &str, zero: bool) -> String {
    let missing = verb
        .width
        .unwrap_or(0)
        .saturating_sub(sign.len() + digits.len());
    if verb.minus {
        return format!("{sign}{digits}{}", " ".repeat(missing));
    }
    if zero {
        return format!("{sign}{}{digits}", zeros(missing));
    }
    format!("{}{sign}{digits}", " ".repeat(missing))
}

/// Returns the power of ten of the first digit; 0 for zero.
fn magnitude(size: Decimal) -> i64 {
    let digits = size.mantissa().unsigned_abs().to_string().len();
    if size.is_zero() {
        return 0;
    }
    i64::try_from(digits).unwrap_or(0) - 1 - i64::from(size.scale())
}

/// Writes a number with so many digits behind the point.
fn fixed(size: Decimal, places: usize) -> Option<String> {
    let (text, scale) = match u32::try_from(places) {
        Ok(places) if places < size.scale() => {
            let rounded = round(size, places)?;
            (rounded.to_string(), rounded.scale())
        }
        _ => (size.to_string(), size.scale()),
    };
    let missing = places.saturating_sub(scale as usize);
    let point = if scale == 0 && places > 0 { "." } else { "" };
    Some(format!("{text}{point}{}", zeros(missing)))
}

/// Rounds to so many places. A tie is decided by the binary form, which is exact only for halves of halves.
fn round(size: Decimal, places: u32) -> Option<Decimal> {
    let down = size.round_dp_with_strategy(places, RoundingStrategy::ToZero);
    let half = Decimal::try_from_i128_with_scale(5, places.checked_add(1)?).ok()?;
    let tie = (size - down).cmp(&half) == Ordering::Equal;
    if tie && !is_binary(size) {
        return None;
    }
    Some(size.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven))
}

/// Tells whether a number has an exact binary form.
fn is_binary(size: Decimal) -> bool {
    let mut rest = size.fract();
    for _ in 0..28 {
        if rest.is_zero() {
            return true;
        }
        rest = (rest + rest).fract();
    }
    false
}

/// Writes a number as `1.5e+03`, with so many digits behind the point or as many as it has.
fn exponential(size: Decimal, places: Option<usize>) -> Option<String> {
    let mut power = magnitude(size);
    let mut digits = size.mantissa().unsigned_abs().to_string();
    digits.truncate(digits.trim_end_matches('0').len().max(1));
    if let Some(places) = places
        && digits.len() > places + 1
    {
        let mantissa: i128 = digits.parse().ok()?;
        let scale = u32::try_from(digits.len() - 1).ok()?;
        let mantissa = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
        // The binary form of the mantissa is not that of the number, so no tie is certain.
        let places = u32::try_from(places).ok()?;
        let half = Decimal::try_from_i128_with_scale(5, places.checked_add(1)?).ok()?;
        let down = mantissa.round_dp_with_strategy(places, RoundingStrategy::ToZero);
        if mantissa - down == half {
            return None;
        }
        let rounded =
            mantissa.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
        power += i64::from(rounded >= Decimal::TEN);
        digits = rounded.mantissa().unsigned_abs().to_string();
        digits.truncate(digits.trim_end_matches('0').len().max(1));
    }
    if let Some(places) = places {
        digits += &zeros((places + 1).saturating_sub(digits.len()));
        digits.truncate(places + 1);
    }
    let (first, others) = digits.split_at(1);
    let point = if others.is_empty() { "" } else { "." };
    let sign = if power < 0 { '-' } else { '+' };
    Some(format!("{first}{point}{others}e{sign}{:02}", power.abs()))
}
