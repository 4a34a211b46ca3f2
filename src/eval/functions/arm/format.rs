//! `format`: the composite formats of .NET, as far as they say the same everywhere.

use super::push;
use crate::eval::dialect::arm;
use crate::eval::failure::Failure;
use crate::eval::functions::pieces::Pieces;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call};
use crate::value::{Kind, Node, Tree};

/// The widest field: wider ones are no text that anybody writes.
const WIDEST: usize = 1000;

/// A part of a format.
enum Part<'t> {
    Text(&'t str),
    Item(Item<'t>),
}

/// `{index,width:form}`
struct Item<'t> {
    index: usize,
    /// How wide it is at least; negative when the blanks stand behind.
    width: i64,
    form: &'t str,
}

/// `format(format, values...)`
pub(super) fn format(call: &mut Call<'_>) -> Answer {
    let [format, values @ ..] = call.args else {
        return Err(call.arity());
    };
    let format = Reader::giving(Kind::Text).exact_text(format)?;
    let mut pieces = Pieces::default();
    let mut rest = &*format;
    while !rest.is_empty() {
        match part(&mut rest)? {
            Part::Text(text) => {
                call.create(text.len())?;
                pieces.push(text);
            }
            Part::Item(item) => {
                let Some(value) = values.get(item.index) else {
                    return Err(Failure::wrong("a value that is not there"));
                };
                write(call, &mut pieces, &item, value)?;
            }
        }
    }
    Ok(pieces.finish(call.here))
}

fn part<'t>(rest: &mut &'t str) -> Result<Part<'t>, Failure> {
    for (twice, once) in [("{{", "{"), ("}}", "}")] {
        if let Some(after) = rest.strip_prefix(twice) {
            *rest = after;
            return Ok(Part::Text(once));
        }
    }
    if let Some(inside) = rest.strip_prefix('{') {
        let (item, after) = inside.split_once('}').ok_or_else(broken)?;
        *rest = after;
        return parse(item).map(Part::Item).ok_or_else(broken);
    }
    let end = rest.find(['{', '}']).unwrap_or(rest.len());
    if end == 0 {
        return Err(broken());
    }
    let (text, after) = rest.split_at(end);
    *rest = after;
    Ok(Part::Text(text))
}

fn parse(item: &str) -> Option<Item<'_>> {
    let (place, form) = item.split_once(':').unwrap_or((item, ""));
    let (index, width) = match place.split_once(',') {
        Some((index, width)) => (index, width.trim().parse().ok()?),
        None => (place, 0),
    };
    let index = index.trim_end();
    let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    Some(Item {
        index: index.parse().ok().filter(|_| digits)?,
        width,
        form,
    })
}

fn broken() -> Failure {
    Failure::wrong("a format with a brace that closes or opens nothing")
}

fn write(
    call: &mut Call<'_>,
    pieces: &mut Pieces,
    item: &Item<'_>,
    value: &Tree,
) -> Result<(), Failure> {
    // A string and a truth have no forms.
    let plain = item.form.is_empty() || matches!(value.node, Node::Text(_) | Node::Bool(_));
    if plain && item.width == 0 {
        return push(call, pieces, value);
    }
    let text = match &value.node {
        Node::Number(_) if !plain => {
            let number = Reader::giving(Kind::Text).exact_integer(value)?;
            formed(item.form, number)
        }
        _ => match arm::printed(value) {
            Ok(text) => Some(text.to_string()),
            Err(Failure::Unknown(_)) => None,
            Err(wrong @ Failure::Wrong(_)) => return Err(wrong),
        },
    };
    let width = usize::try_from(item.width.unsigned_abs()).unwrap_or(usize::MAX);
    let Some(text) = text.filter(|_| width <= WIDEST) else {
        return super::parts::push_hole(call, pieces, value);
    };
    let blanks = " ".repeat(width.saturating_sub(super::parts::length(&text)));
    call.create(text.len() + blanks.len())?;
    let (before, behind) = if item.width < 0 {
        ("", &*blanks)
    } else {
        (&*blanks, "")
    };
    pieces.push(before);
    pieces.push(&text);
    pieces.push(behind);
    Ok(())
}

/// Returns a number in a form that means the same in every culture, or in the invariant one: `D5`, `N0`, `X2`, `000`.
fn formed(form: &str, number: i128) -> Option<String> {
    let sign = if number < 0 { "-" } else { "" };
    let size = number.unsigned_abs();
    if !form.is_empty() && form.bytes().all(|byte| byte == b'0') {
        let width = form.len();
        return Some(format!("{sign}{size:0width$}")).filter(|_| width <= WIDEST);
    }
    let letter = form.chars().next()?;
    let digits = form.get(letter.len_utf8()..)?;
    let width: usize = if digits.is_empty() {
        0
    } else {
        digits.parse().ok()?
    };
    match (letter, digits) {
        _ if width > WIDEST => None,
        ('D' | 'd', _) => Some(format!("{sign}{size:0width$}")),
        ('X', _) if number >= 0 => Some(format!("{size:0width$X}")),
        ('x', _) if number >= 0 => Some(format!("{size:0width$x}")),
        ('N' | 'n', "0") => Some(format!("{sign}{}", grouped(size))),
        _ => None,
    }
}

/// Returns a number with a comma before each three digits.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
