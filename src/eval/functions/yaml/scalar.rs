//! What a word of YAML means: `12`, `yes`, `~`, `2001-12-14`.

use rust_decimal::Decimal;
use saphyr_parser::{ScalarStyle, Tag};

use super::not_supported;
use crate::eval::failure::Failure;
use crate::eval::functions::{Answer, Call, dates, encoding};
use crate::value::{Node, Tree};

/// Where the tags of YAML itself stand.
const CORE: &str = "tag:yaml.org,2002:";

const TRUE: [&str; 11] = [
    "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
];
const FALSE: [&str; 11] = [
    "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
];
const NULL: [&str; 5] = ["", "~", "null", "Null", "NULL"];

/// Returns the name of a tag of YAML itself; `None` for any other.
pub(super) fn core(tag: &Tag) -> Option<&str> {
    match tag.handle.as_str() {
        CORE => Some(&tag.suffix),
        "" => tag.suffix.strip_prefix(CORE),
        _ => None,
    }
}

/// Returns the value of a scalar.
pub(super) fn value(
    call: &mut Call<'_>,
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Answer {
    let quoted = style != ScalarStyle::Plain;
    let tag = match tag {
        None => None,
        Some(tag) => Some(core(tag).ok_or_else(|| Failure::wrong("a tag that means nothing"))?),
    };
    match (tag, quoted) {
        (None, false) => plain(call, text),
        (None | Some("str" | "int" | "float" | "bool"), true) | (Some("str"), false) => {
            call.text(text)
        }
        (Some("binary"), _) => match encoding::decode(text) {
            Some(_) => call.text(text),
            None => Err(Failure::wrong("the text is not Base64")),
        },
        (Some("null"), false) => Ok(call.make(Node::Null)),
        (Some(tag @ ("int" | "float" | "bool")), false) => {
            let value = plain(call, text)?;
            match (&value.node, tag) {
                (Node::Bool(_), "bool") | (Node::Number(_), "int" | "float") => Ok(value),
                _ => Err(not_supported(call)),
            }
        }
        (Some("null" | "timestamp"), _) => Err(not_supported(call)),
        (Some(_), _) => Err(Failure::wrong("a tag that means nothing here")),
    }
}

/// Returns the value of a scalar without quotes and tag.
fn plain(call: &mut Call<'_>, text: &str) -> Answer {
    if NULL.contains(&text) {
        return Ok(call.make(Node::Null));
    }
    if TRUE.contains(&text) || FALSE.contains(&text) {
        return Ok(call.make(TRUE.contains(&text)));
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.to_ascii_lowercase().as_str() {
        ".inf" => return Err(not_supported(call)),
        ".nan" => return Err(Failure::wrong("it is not a number")),
        _ => {}
    }
    if let Some(written) = dates::of_yaml(text) {
        return call.text(written);
    }
    if is_decimal(unsigned) {
        return number(call, text);
    }
    let radix = match unsigned.get(..2) {
        Some("0x") => Some(16),
        Some("0o") => Some(8),
        _ => None,
    };
    let odd = unsigned
        .get(..2)
        .is_some_and(|start| matches!(start, "0X" | "0O" | "0B"));
    match radix {
        Some(radix) if unsigned[2..].chars().all(|c| c.is_digit(radix)) && unsigned.len() > 2 => {
            let size = i64::from_str_radix(&unsigned[2..], radix).ok();
            // Whether a sign may stand before the radix, nobody writes and no rule needs.
            match size.filter(|_| unsigned == text) {
                Some(size) => Ok(call.make(Decimal::from(size))),
                None => Err(not_supported(call)),
            }
        }
        None if !odd => call.text(text),
        _ => Err(not_supported(call)),
    }
}

/// Tells whether a text is a number as people write it.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let some = !(whole.is_empty() && fraction.is_empty());
    let powers = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    some && digits(whole) && digits(fraction) && powers
}

fn number(call: &mut Call<'_>, text: &str) -> Answer {
    let parsed = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text.trim_start_matches('+'))
    } else {
        Decimal::from_str_exact(text)
    };
    let number: Option<Tree> = parsed.ok().map(|number| call.make(number));
    number.ok_or_else(|| not_supported(call))
}
