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

/// Writes a number: `%f`, `%e`, `%E`, `%g`, `%G`. `None` where rounding depends on how it is held in binary, and that on how
/// it was computed: what is `written` was not.
pub(super) fn float(verb: &Verb, number: Decimal, written: bool) -> Option<String> {
    let size = number.abs().normalize();
    let tie = tie(size, written);
    let digits = match verb.letter {
        'f' => fixed(size, verb.precision.unwrap_or(6), tie)?,
        'e' | 'E' => exponential(size, Some(verb.precision.unwrap_or(6)), tie)?,
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
        _ => exponential(size, None, None),
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
fn fixed(size: Decimal, places: usize, tie: Option<RoundingStrategy>) -> Option<String> {
    let (text, scale) = match u32::try_from(places) {
        Ok(places) if places < size.scale() => {
            let rounded = round(size, places, tie)?;
            (rounded.to_string(), rounded.scale())
        }
        _ => (size.to_string(), size.scale()),
    };
    let missing = places.saturating_sub(scale as usize);
    let point = if scale == 0 && places > 0 { "." } else { "" };
    Some(format!("{text}{point}{}", zeros(missing)))
}

/// Rounds to so many places, a tie as the number says.
fn round(size: Decimal, places: u32, tie: Option<RoundingStrategy>) -> Option<Decimal> {
    let down = size.round_dp_with_strategy(places, RoundingStrategy::ToZero);
    let half = Decimal::try_from_i128_with_scale(5, places.checked_add(1)?).ok()?;
    let strategy = if (size - down).cmp(&half) == Ordering::Equal {
        tie?
    } else {
        RoundingStrategy::MidpointNearestEven
    };
    Some(size.round_dp_with_strategy(places, strategy))
}

/// The bits that Terraform holds a number in.
const BITS: u32 = 512;

/// Returns how a tie of a number is rounded: by whether its binary form is exact, a little more or a little less. `None` if
/// that is not known.
fn tie(size: Decimal, written: bool) -> Option<RoundingStrategy> {
    let divisor = 5_u128.checked_pow(size.scale())?;
    let mantissa = size.mantissa().unsigned_abs();
    let (whole, mut rest) = (mantissa / divisor, mantissa % divisor);
    if rest == 0 {
        return Some(RoundingStrategy::MidpointNearestEven);
    }
    // The bits of the quotient one by one; those of the mantissa's powers of two are no matter.
    let mut bits = u128::BITS - whole.leading_zeros();
    while bits < BITS {
        rest *= 2;
        if rest >= divisor {
            rest -= divisor;
            bits += 1;
        } else if bits > 0 {
            bits += 1;
        }
    }
    let up = rest * 2 > divisor;
    written.then_some(if up {
        RoundingStrategy::MidpointAwayFromZero
    } else {
        RoundingStrategy::MidpointTowardZero
    })
}

/// Writes a number as `1.5e+03`, with so many digits behind the point or as many as it has.
fn exponential(
    size: Decimal,
    places: Option<usize>,
    tie: Option<RoundingStrategy>,
) -> Option<String> {
    let mut power = magnitude(size);
    let mut digits = size.mantissa().unsigned_abs().to_string();
    digits.truncate(digits.trim_end_matches('0').len().max(1));
    if let Some(places) = places
        && digits.len() > places + 1
    {
        let mantissa: i128 = digits.parse().ok()?;
        let scale = u32::try_from(digits.len() - 1).ok()?;
        let mantissa = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
        let rounded = round(mantissa, u32::try_from(places).ok()?, tie)?;
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
