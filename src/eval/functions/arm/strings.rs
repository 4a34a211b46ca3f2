//! Functions of strings. Of a string that is known in parts, the parts are kept where a function does not look across them.

use std::sync::Arc;

use super::{parts, push, search};
use crate::eval::failure::Failure;
use crate::eval::functions::conversion::first_unknown;
use crate::eval::functions::pieces::Pieces;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, hashes};
use crate::value::{Cause, Kind, ListKind, Node, Piece, Tree, Unknown};

/// The namespace of the UUIDs that `guid` gives. Microsoft's page says only that it follows RFC 4122, section 4.3
/// (MicrosoftDocs/azure-docs issue 121776); public code that must arrive at the same names as Azure uses this namespace and
/// puts hyphens between the texts (read 2026-11-22).
const GUIDS: &str = "11fb06fb-712d-4ddd-98c7-e71bbd588830";

fn reader() -> Reader {
    Reader::giving(Kind::Text)
}

fn one<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [text] => Ok(text),
        _ => Err(call.arity()),
    }
}

/// `toLower(text)`
pub(super) fn to_lower(call: &mut Call<'_>) -> Answer {
    let text = one(call)?;
    parts::each(call, text, search::lower)
}

/// `toUpper(text)`
pub(super) fn to_upper(call: &mut Call<'_>) -> Answer {
    let text = one(call)?;
    parts::each(call, text, |text| {
        let single = |c: char| {
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) => upper,
                _ => c,
            }
        };
        text.chars().map(single).collect()
    })
}

/// `trim(text)`
pub(super) fn trim(call: &mut Call<'_>) -> Answer {
    let text = reader().exact_text(one(call)?)?;
    call.text(text.trim())
}

/// `join(array, separator)`
pub(super) fn join(call: &mut Call<'_>) -> Answer {
    let [array, separator] = call.args else {
        return Err(call.arity());
    };
    let items = &reader().sequence(array)?.items;
    let separator = reader().exact_text(separator)?;
    let mut pieces = Pieces::default();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            call.create(separator.len())?;
            pieces.push(&separator);
        }
        push(call, &mut pieces, item)?;
    }
    Ok(pieces.finish(call.here))
}

/// `split(text, separator)`; there may be an array of separators.
pub(super) fn split(call: &mut Call<'_>) -> Answer {
    let [text, separators] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::List);
    let separators: Vec<Arc<str>> = match &separators.node {
        Node::List(list) => {
            let each = list.items.iter().map(|item| reader.exact_text(item));
            each.collect::<Result<_, _>>()?
        }
        _ => vec![reader.exact_text(separators)?],
    };
    let text = reader.exact_text(text)?;
    call.spend(text.len().saturating_mul(separators.len()) / 16)?;
    let separators: Vec<&str> = separators
        .iter()
        .map(|separator| &**separator)
        .filter(|separator| !separator.is_empty())
        .collect();
    let mut items = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let here = separators
            .iter()
            .find(|separator| text[at..].starts_with(**separator));
        if let Some(separator) = here {
            items.push(call.text(&text[from..at])?);
            at += separator.len();
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    items.push(call.text(&text[from..])?);
    call.sequence(ListKind::Tuple, items)
}

/// `replace(text, old, new)`
pub(super) fn replace(call: &mut Call<'_>) -> Answer {
    let [text, old, new] = call.args else {
        return Err(call.arity());
    };
    let (old, new) = (reader().exact_text(old)?, reader().exact_text(new)?);
    if old.is_empty() {
        return Err(Failure::wrong("nothing is to be replaced"));
    }
    if let Node::Text(text) = &text.node {
        let count = text.matches(&*old).count();
        call.create(text.len().saturating_add(count.saturating_mul(new.len())))?;
        return call.text(text.replace(&*old, &new));
    }
    let known = parts::pieces(text);
    // A longer text might stand across two parts.
    if old.chars().count() > 1 || known.is_empty() {
        return Err(parts::unknown(text));
    }
    let mut pieces = Pieces::default();
    for piece in known {
        match piece {
            Piece::Text(part) => {
                let count = part.matches(&*old).count();
                call.create(part.len().saturating_add(count.saturating_mul(new.len())))?;
                pieces.push(&part.replace(&*old, &new));
            }
            Piece::Hole(hole) => parts::push_hole(call, &mut pieces, hole)?,
        }
    }
    Ok(pieces.finish(call.here))
}

/// `padLeft(value, length, character)`: of a string or a number
pub(super) fn pad_left(call: &mut Call<'_>) -> Answer {
    let (value, length, character) = match call.args {
        [value, length] => (value, length, None),
        [value, length, character] => (value, length, Some(character)),
        _ => return Err(call.arity()),
    };
    let text = match &value.node {
        Node::Number(_) => reader().text(value)?,
        _ => reader().exact_text(value)?,
    };
    let length = reader().exact_integer(length)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(Failure::wrong("a negative length"));
    };
    let character = character
        .map(|character| reader().exact_text(character))
        .transpose()?;
    let character = character.as_deref().unwrap_or(" ");
    if parts::length(character) != 1 {
        return Err(Failure::wrong("one character is needed"));
    }
    let missing = length.saturating_sub(parts::length(&text));
    call.create(missing.saturating_mul(character.len()))?;
    call.text(character.repeat(missing) + &text)
}

/// `guid(texts...)`: the same texts give the same UUID.
pub(super) fn guid(call: &mut Call<'_>) -> Answer {
    if call.args.is_empty() {
        return Err(call.arity());
    }
    let mut texts = Vec::new();
    for tree in call.args {
        let text = reader().exact_text(tree)?;
        call.create(text.len())?;
        texts.push(text);
    }
    let args = [call.make(GUIDS), call.make(texts.join("-"))];
    super::with(call, &args, hashes::uuid_v5)
}

/// `uniqueString(texts...)`: thirteen letters and digits, which only Azure computes.
pub(super) fn unique_string(call: &mut Call<'_>) -> Answer {
    if call.args.is_empty() {
        return Err(call.arity());
    }
    for tree in call.args {
        match reader().exact_text(tree) {
            Ok(_) | Err(Failure::Unknown(_)) => {}
            Err(wrong @ Failure::Wrong(_)) => return Err(wrong),
        }
    }
    Err(match first_unknown(call.args) {
        Some(because) => reader().unknown(because),
        None => Failure::Unknown(
            Unknown::new(Cause::Function, call.here)
                .of_kind(Kind::Text)
                .not_null(),
        ),
    })
}
