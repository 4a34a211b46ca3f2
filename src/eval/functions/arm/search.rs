//! Functions that compare and look for something.

use rust_decimal::Decimal;

use super::{parts, same};
use crate::eval::dialect::arm;
use crate::eval::failure::Failure;
use crate::eval::functions::conversion::first_unknown;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, Function, contents, opaque};
use crate::truth::Truth;
use crate::value::{Kind, Node, Tree, Unknown};

/// Returns a text in small letters, each a letter of its own.
pub(super) fn lower(text: &str) -> String {
    let single = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) => lower,
            _ => c,
        }
    };
    text.chars().map(single).collect()
}

/// Returns the arguments in small letters, as far as they are known; all of them must be strings.
fn in_small_letters(call: &mut Call<'_>, kind: Kind) -> Result<Vec<Tree>, Failure> {
    let mut small = Vec::new();
    for tree in call.args {
        small.push(match parts::each(call, tree, lower) {
            Ok(text) => text,
            Err(Failure::Unknown(unknown)) => call.make(unknown),
            Err(Failure::Wrong(_)) => return Err(Reader::giving(kind).refuse(tree, Kind::Text)),
        });
    }
    Ok(small)
}

fn in_any_case(call: &mut Call<'_>, function: Function) -> Answer {
    if call.args.len() != 2 {
        return Err(call.arity());
    }
    let small = in_small_letters(call, Kind::Bool)?;
    super::with(call, &small, function)
}

/// `startsWith(text, start)`, in any letter case
pub(super) fn starts_with(call: &mut Call<'_>) -> Answer {
    in_any_case(call, contents::starts_with)
}

/// `endsWith(text, end)`, in any letter case
pub(super) fn ends_with(call: &mut Call<'_>) -> Answer {
    in_any_case(call, contents::ends_with)
}

/// `a =~ b`: two strings, in any letter case
pub(super) fn equal_in_any_case(call: &mut Call<'_>) -> Answer {
    in_any_case(call, equals)
}

/// `equals(a, b)`
pub(super) fn equals(call: &mut Call<'_>) -> Answer {
    let [a, b] = call.args else {
        return Err(call.arity());
    };
    let because = [a.clone(), b.clone()];
    let truth = same(call, a, b)?;
    decided(call, truth, first_unknown(&because))
}

/// Returns a truth; if it is not known, because of what.
fn decided(call: &Call<'_>, truth: Truth, because: Option<&Unknown<Tree>>) -> Answer {
    match (truth, because) {
        (Truth::True, _) => Ok(call.make(true)),
        (Truth::False, _) => Ok(call.make(false)),
        (Truth::Unknown, Some(because)) => Err(Reader::giving(Kind::Bool).unknown(because)),
        (Truth::Unknown, None) => Err(call.not_supported(Kind::Bool)),
    }
}

/// `contains(container, value)`: an element of an array, a key of an object in any letter case, a part of a string.
pub(super) fn contains(call: &mut Call<'_>) -> Answer {
    let [container, value] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Bool);
    match &container.node {
        Node::List(list) => {
            let found = among(call, &list.items, value)?;
            decided(
                call,
                found,
                opaque(value).or_else(|| first_unknown(&list.items)),
            )
        }
        Node::Object(object) => {
            let key = arm::printed(value).map_err(|failure| as_truth(reader, failure))?;
            call.spend(object.entries.len() / 4)?;
            match (arm::entry(object, &key), &object.rest) {
                (Some(_), _) => Ok(call.make(true)),
                (None, None) => Ok(call.make(false)),
                (None, Some(rest)) => Err(reader.unknown(rest)),
            }
        }
        _ if container.kind() == Some(Kind::Text) => {
            reader.exact_text(value)?;
            contents::contains(call)
        }
        _ => Err(reader.refuse(container, Kind::List)),
    }
}

fn as_truth(reader: Reader, failure: Failure) -> Failure {
    match failure {
        Failure::Unknown(unknown) => reader.unknown(&unknown),
        wrong @ Failure::Wrong(_) => wrong,
    }
}

/// Tells whether a value, or all that it can be, is among others.
pub(super) fn among(call: &mut Call<'_>, items: &[Tree], value: &Tree) -> Result<Truth, Failure> {
    let mut found = Truth::False;
    for item in items {
        found = found.or(same(call, item, value)?);
        if found.is_true() {
            return Ok(found);
        }
    }
    let unknown = value.as_unknown().filter(|unknown| unknown.null.is_false());
    let Some(all) = unknown.and_then(|unknown| unknown.one_of.as_deref()) else {
        return Ok(found);
    };
    for alternative in all {
        let mut here = Truth::False;
        for item in items {
            here = here.or(same(call, item, alternative)?);
        }
        if !here.is_true() {
            return Ok(found);
        }
    }
    Ok(if all.is_empty() { found } else { Truth::True })
}

/// `indexOf(value, wanted)`: -1 when there is none. In strings the letter case does not matter.
pub(super) fn index_of(call: &mut Call<'_>) -> Answer {
    place(call, false)
}

/// `lastIndexOf(value, wanted)`
pub(super) fn last_index_of(call: &mut Call<'_>) -> Answer {
    place(call, true)
}

fn place(call: &mut Call<'_>, last: bool) -> Answer {
    let [value, wanted] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Number);
    if let Node::List(list) = &value.node {
        return place_in_list(call, &list.items, wanted, last);
    }
    if value.kind() != Some(Kind::Text) {
        return Err(reader.refuse(value, Kind::List));
    }
    let (text, wanted) = (reader.exact_text(value)?, reader.exact_text(wanted)?);
    call.create(text.len().saturating_add(wanted.len()))?;
    let (text, wanted) = (lower(&text), lower(&wanted));
    if wanted.is_empty() && last {
        return Err(call.not_supported(Kind::Number));
    }
    let found = if last {
        text.rfind(&wanted)
    } else {
        text.find(&wanted)
    };
    Ok(call.make(match found {
        Some(byte) => Decimal::from(parts::length(&text[..byte])),
        None => -Decimal::ONE,
    }))
}

fn place_in_list(call: &mut Call<'_>, items: &[Tree], wanted: &Tree, last: bool) -> Answer {
    let reader = Reader::giving(Kind::Number);
    let count = items.len();
    for step in 0..count {
        let at = if last { count - 1 - step } else { step };
        let item = &items[at];
        match same(call, item, wanted)? {
            Truth::True => return Ok(call.make(Decimal::from(at))),
            Truth::False => {}
            Truth::Unknown => {
                let because = opaque(item).or_else(|| opaque(wanted));
                return Err(because.map_or_else(
                    || call.not_supported(Kind::Number),
                    |because| reader.unknown(because),
                ));
            }
        }
    }
    Ok(call.make(-Decimal::ONE))
}
