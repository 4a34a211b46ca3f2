//! Functions of strings and arrays alike: their ends, parts and lengths.

use rust_decimal::Decimal;

use super::parts;
use crate::eval::failure::Failure;
use crate::eval::functions::pieces::Pieces;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, opaque};
use crate::value::{Interval, Kind, ListKind, Node, Tree, Unknown};

fn one<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [value] => Ok(value),
        _ => Err(call.arity()),
    }
}

/// `first(value)`: null of an empty array, an empty string of an empty one.
pub(super) fn first(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    if let Some(start) = parts::start(value) {
        let length = start.chars().next().map_or(0, char::len_utf16);
        return text(call, start, 0, length.min(1));
    }
    element(call, value, <[Tree]>::first)
}

/// `last(value)`
pub(super) fn last(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    if let Some(end) = parts::end(value) {
        let length = parts::length(end);
        return text(call, end, length.saturating_sub(1), length);
    }
    element(call, value, <[Tree]>::last)
}

fn text(call: &mut Call<'_>, text: &str, from: usize, to: usize) -> Answer {
    call.create(text.len().saturating_mul(2))?;
    match parts::cut(text, from, to) {
        Some(part) => call.text(part),
        None => Err(call.not_supported(Kind::Text)),
    }
}

fn element(call: &Call<'_>, value: &Tree, which: fn(&[Tree]) -> Option<&Tree>) -> Answer {
    if value.kind() == Some(Kind::Text) {
        return Err(parts::unknown(value));
    }
    let list = Reader::any().sequence(value)?;
    Ok(which(&list.items).map_or_else(|| call.make(Node::Null), Tree::clone))
}

/// `length(value)`: of an array, an object or a string; at least what is known of it.
pub(super) fn length(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    let least = |because: &Unknown<Tree>, least: usize| {
        Failure::Unknown(Unknown {
            bounds: Some(Interval {
                low: i64::try_from(least).ok(),
                high: None,
            }),
            ..because.forget().of_kind(Kind::Number).not_null()
        })
    };
    if let Some(because) = opaque(value) {
        return Err(least(because, parts::least_length(value)));
    }
    let length = match &value.node {
        Node::List(list) => list.items.len(),
        Node::Object(object) => match &object.rest {
            Some(rest) => return Err(least(rest, object.entries.len())),
            None => object.entries.len(),
        },
        Node::Text(text) => {
            call.spend(text.len() / 16)?;
            parts::length(text)
        }
        _ => {
            return Err(Failure::wrong(
                "only strings, arrays and objects have a length",
            ));
        }
    };
    Ok(call.make(Decimal::from(length)))
}

/// `empty(value)`: null is empty, too.
pub(super) fn empty(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    let reader = Reader::giving(Kind::Bool);
    if let Some(because) = opaque(value) {
        let filled = because.null.is_false() && parts::least_length(value) > 0;
        return if because.null.is_true() || filled {
            Ok(call.make(!filled))
        } else {
            Err(reader.unknown(because))
        };
    }
    let empty = match &value.node {
        Node::Null => true,
        Node::Text(text) => text.is_empty(),
        Node::List(list) => list.items.is_empty(),
        Node::Object(object) => match &object.rest {
            Some(rest) if object.entries.is_empty() => return Err(reader.unknown(rest)),
            _ => object.entries.is_empty(),
        },
        _ => {
            return Err(Failure::wrong(
                "a number or truth is neither empty nor filled",
            ));
        }
    };
    Ok(call.make(empty))
}

/// Reads a value and a count; a negative count is none.
fn counted<'a>(call: &Call<'a>) -> Result<(&'a Tree, usize), Failure> {
    let [value, count] = call.args else {
        return Err(call.arity());
    };
    let reader = match value.kind() {
        Some(kind) => Reader::giving(kind),
        None => Reader::any(),
    };
    let count = reader.exact_integer(count)?.max(0);
    Ok((value, usize::try_from(count).unwrap_or(usize::MAX)))
}

/// `take(value, count)`
pub(super) fn take(call: &mut Call<'_>) -> Answer {
    let (value, count) = counted(call)?;
    if let Node::List(list) = &value.node {
        let items = list.items.iter().take(count).cloned().collect();
        return call.sequence(ListKind::Tuple, items);
    }
    if let Node::Text(whole) = &value.node {
        return text(call, whole, 0, count.min(parts::length(whole)));
    }
    if let Some(start) = parts::start(value) {
        if parts::length(start) >= count {
            return text(call, start, 0, count);
        }
        let mut pieces = Pieces::default();
        call.create(start.len())?;
        pieces.push(start);
        parts::push_hole(call, &mut pieces, value)?;
        return Ok(pieces.finish(call.here));
    }
    Err(part_of(value))
}

/// `skip(value, count)`
pub(super) fn skip(call: &mut Call<'_>) -> Answer {
    let (value, count) = counted(call)?;
    match &value.node {
        Node::List(list) => {
            let items = list.items.iter().skip(count).cloned().collect();
            call.sequence(ListKind::Tuple, items)
        }
        Node::Text(whole) => {
            let length = parts::length(whole);
            text(call, whole, count.min(length), length)
        }
        _ => Err(part_of(value)),
    }
}

/// Returns that a part of a value is not known: of the kind that the value is.
fn part_of(value: &Tree) -> Failure {
    let reader = match value.kind() {
        Some(kind @ (Kind::List | Kind::Text)) => Reader::giving(kind),
        _ => Reader::any(),
    };
    match reader.refuse(value, Kind::List) {
        Failure::Unknown(unknown) => Failure::Unknown(unknown.not_null()),
        wrong @ Failure::Wrong(_) => wrong,
    }
}

/// `substring(text, start, length)`: what lies outside of the text is an error.
pub(super) fn substring(call: &mut Call<'_>) -> Answer {
    let (value, from, count) = match call.args {
        [value, from] => (value, from, None),
        [value, from, count] => (value, from, Some(count)),
        _ => return Err(call.arity()),
    };
    let reader = Reader::giving(Kind::Text);
    let place = |tree: &Tree| -> Result<usize, Failure> {
        let number = reader.exact_integer(tree)?;
        usize::try_from(number).map_err(|_| Failure::wrong("a place before the text"))
    };
    let from = place(from)?;
    let count = count.map(place).transpose()?;
    let Some(start) = parts::start(value) else {
        return Err(parts::unknown(value));
    };
    let length = parts::length(start);
    let to = count.map_or(length, |count| from.saturating_add(count));
    let whole = value.as_text().is_some();
    if from <= to && to <= length && (whole || count.is_some()) {
        return text(call, start, from, to);
    }
    if whole {
        return Err(Failure::wrong("a place behind the text"));
    }
    Err(parts::unknown(value))
}
