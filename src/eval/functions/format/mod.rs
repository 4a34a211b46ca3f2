//! `format` and `formatlist`: what their verbs mean, and how a value is written by one.

mod number;
mod verb;

use super::pieces::Pieces;
use super::reader::{Reader, opaque};
use super::strings::add_unknown;
use super::{Answer, Call, json, strings};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::value::{Kind, ListKind, Node, Tree, Unknown};
use verb::{Part, Verb};

fn reader() -> Reader {
    Reader::giving(Kind::Text)
}

/// `format(template, values...)`: with unknown values, a string of which parts are known.
pub(super) fn format(call: &mut Call<'_>) -> Answer {
    let [template, values @ ..] = call.args else {
        return Err(call.arity());
    };
    let template = reader().text(template)?;
    fill(call, &template, values)
}

/// `formatlist(template, values...)`: once for each element of the lists among the values.
pub(super) fn format_list(call: &mut Call<'_>) -> Answer {
    let [template, values @ ..] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::List);
    let template = reader.text(template)?;
    let mut length = None;
    for value in values {
        match (&value.node, opaque(value)) {
            (Node::List(_), _) => {
                let count = reader.ordered(value)?.len();
                if *length.get_or_insert(count) != count {
                    return Err(Failure::wrong("lists of different lengths"));
                }
            }
            (_, Some(unknown)) if matches!(unknown.kind, Some(Kind::List) | None) => {
                return Err(reader.unknown(unknown));
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for at in 0..length.unwrap_or(1) {
        call.create(values.len().saturating_mul(size_of::<Tree>()))?;
        let element = |value: &Tree| match value.as_list() {
            Some(list) => list.items.get(at).cloned(),
            None => Some(value.clone()),
        };
        let row: Vec<Tree> = values.iter().filter_map(element).collect();
        texts.push(fill(call, &template, &row)?);
    }
    call.sequence(ListKind::List, texts)
}

/// Writes the values into the template.
fn fill(call: &mut Call<'_>, template: &str, values: &[Tree]) -> Answer {
    call.spend(template.len())?;
    let mut pieces = Pieces::default();
    let mut next = 0;
    let mut used = 0;
    for part in verb::parts(template)? {
        match part {
            Part::Text(text) => {
                call.create(text.len())?;
                pieces.push(text);
            }
            Part::Verb(verb) => {
                let at = verb.argument.unwrap_or(next);
                let Some(value) = values.get(at) else {
                    return Err(Failure::Wrong(format!(
                        "there is no value {} to format",
                        at + 1
                    )));
                };
                write(call, &verb, value, &mut pieces)?;
                next = at + 1;
                used = used.max(next);
            }
        }
    }
    if used < values.len() {
        return Err(Failure::wrong("more values than the template uses"));
    }
    Ok(pieces.finish(call.here))
}

/// Writes one value.
fn write(
    call: &mut Call<'_>,
    verb: &Verb,
    value: &Tree,
    pieces: &mut Pieces,
) -> Result<(), Failure> {
    call.create(verb.width.unwrap_or(0).max(verb.precision.unwrap_or(0)))?;
    if opaque(value).is_some() {
        return add_unknown(call, pieces, &hole(verb, value));
    }
    let text = match verb.letter {
        'v' => match as_is(call, verb, value) {
            Err(Failure::Unknown(unknown)) => {
                let unknown = Tree::new(unknown.into(), call.here);
                return add_unknown(call, pieces, &unknown);
            }
            text => text?,
        },
        't' => reader().boolean(value)?.to_string(),
        's' | 'q' => string(call, verb, value)?,
        'b' | 'd' | 'o' | 'x' | 'X' => number::integer(verb, reader().integer(value)?),
        'e' | 'E' | 'f' | 'g' | 'G' => {
            number::float(verb, reader().number(value)?, value.written_at.is_some())
                .ok_or_else(|| call.not_supported(Kind::Text))?
        }
        letter => return Err(Failure::Wrong(format!("there is no verb %{letter}"))),
    };
    call.create(text.len())?;
    pieces.push(&text);
    Ok(())
}

/// Returns what stands for an unknown value: itself if it is written without any change.
fn hole(verb: &Verb, value: &Tree) -> Tree {
    let plain = verb.width.is_none() && verb.precision.is_none();
    let primitive = matches!(value.kind(), Some(Kind::Text | Kind::Number | Kind::Bool));
    let same = match verb.letter {
        's' => true,
        'd' => !verb.plus && !verb.space,
        'v' => primitive && !verb.sharp && value.kind() != Some(Kind::Number),
        _ => false,
    };
    if plain && same {
        return value.clone();
    }
    let unknown = opaque(value).map(Unknown::forget);
    match unknown {
        Some(unknown) => Tree {
            node: unknown.of_kind(Kind::Text).not_null().into(),
            ..value.clone()
        },
        None => value.clone(),
    }
}

/// `%v`: strings and numbers as they are, all else as JSON.
fn as_is(call: &mut Call<'_>, verb: &Verb, value: &Tree) -> Result<String, Failure> {
    let text = match &value.node {
        Node::Text(text) if !verb.sharp => text.to_string(),
        Node::Number(number) if !verb.sharp => number::shortest(*number),
        // A null of type string is written, one without a type is refused.
        Node::Null => return Err(call.not_supported(Kind::Text)),
        _ => {
            let mut text = String::new();
            json::write(call, value, &mut text, 0)?;
            text
        }
    };
    pad(call, verb, text)
}

/// `%s`, `%q`: a precision cuts the string off.
fn string(call: &mut Call<'_>, verb: &Verb, value: &Tree) -> Result<String, Failure> {
    let text = terraform::text(value)?;
    let mut cut = text.to_string();
    if let Some(precision) = verb.precision.filter(|precision| *precision > 0) {
        call.create(text.len().saturating_mul(size_of::<&str>()))?;
        let Some(characters) = strings::characters(&text) else {
            return Err(call.not_supported(Kind::Text));
        };
        cut = characters.into_iter().take(precision).collect();
    }
    if verb.letter == 'q' {
        let mut quoted = String::new();
        json::write_text(call, &cut, &mut quoted)?;
        cut = quoted;
    }
    pad(call, verb, cut)
}

/// Fills a text up to the width, with zeros if the verb says so.
fn pad(call: &mut Call<'_>, verb: &Verb, text: String) -> Result<String, Failure> {
    let Some(width) = verb.width else {
        return Ok(text);
    };
    call.create(text.len().saturating_mul(size_of::<&str>()))?;
    let Some(characters) = strings::characters(&text) else {
        return Err(call.not_supported(Kind::Text));
    };
    let missing = width.saturating_sub(characters.len());
    let fill = if verb.zero { "0" } else { " " }.repeat(missing);
    Ok(if verb.minus {
        text + &fill
    } else {
        fill + &text
    })
}
