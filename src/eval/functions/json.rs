//! `jsonencode` and `jsondecode`.

use std::fmt::Write as _;

use serde_json::Value;

use super::reader::{Reader, opaque};
use super::{Answer, Call};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::source::Symbol;
use crate::value::{Cause, Kind, ListKind, Node, Tree, Unknown};

/// How deeply values may nest in a text.
const DEPTH: usize = 100;

/// `jsonencode(value)`; the value stays beside the text, for what is encoded is read again.
pub(super) fn encode(call: &mut Call<'_>) -> Answer {
    let [value] = call.args else {
        return Err(call.arity());
    };
    let mut json = String::new();
    let node = match write(call, value, &mut json, 0) {
        Ok(()) => Node::from(json),
        Err(Failure::Unknown(unknown)) if unknown.cause != Cause::Budget => unknown.into(),
        Err(failure) => return Err(failure),
    };
    Ok(call.make(node).encoding(value))
}

/// Writes a value as Terraform does: no blanks, keys in order, `<`, `>` and `&` escaped. Pays for what it writes.
pub(super) fn write(
    call: &mut Call<'_>,
    tree: &Tree,
    json: &mut String,
    depth: usize,
) -> Result<(), Failure> {
    let reader = Reader::giving(Kind::Text);
    if let Some(unknown) = opaque(tree) {
        return Err(reader.unknown(unknown));
    }
    if depth > DEPTH {
        return Err(call.not_supported(Kind::Text));
    }
    call.create(8)?;
    match &tree.node {
        Node::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Node::Number(number) => json.push_str(&terraform::format_number(*number)),
        Node::Text(text) => write_text(call, text, json)?,
        Node::List(list) => {
            json.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                write(call, item, json, depth + 1)?;
            }
            json.push(']');
        }
        Node::Object(_) => {
            json.push('{');
            for (at, (key, value)) in reader.complete(tree)?.entries.iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                write_text(call, key, json)?;
                json.push(':');
                write(call, value, json, depth + 1)?;
            }
            json.push('}');
        }
        Node::Null | Node::Ref(_) | Node::Unknown(_) => json.push_str("null"),
    }
    Ok(())
}

/// Writes a string in quotes.
pub(super) fn write_text(
    call: &mut Call<'_>,
    text: &str,
    json: &mut String,
) -> Result<(), Failure> {
    call.create(text.len().saturating_mul(2))?;
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string does not fail.
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            _ => json.push(c),
        }
    }
    json.push('"');
    Ok(())
}

/// `jsondecode(text)`
pub(super) fn decode(call: &mut Call<'_>) -> Answer {
    let [text] = call.args else {
        return Err(call.arity());
    };
    let text = Reader::any().text(text)?;
    call.create(text.len().saturating_mul(size_of::<Value>()))?;
    match serde_json::from_str(&text) {
        Ok(value) => build(call, value),
        Err(error) if error.to_string().contains("recursion") => Err(not_supported(call)),
        Err(error) => Err(Failure::Wrong(format!("the text is not JSON: {error}"))),
    }
}

fn build(call: &mut Call<'_>, value: Value) -> Answer {
    Ok(match value {
        Value::Null => call.make(Node::Null),
        Value::Bool(value) => call.make(value),
        Value::String(text) => call.text(text)?,
        Value::Number(number) => {
            let number = call.make(number.to_string());
            match terraform::number(&number) {
                Ok(number) => call.make(number),
                Err(_) => return Err(not_supported(call)),
            }
        }
        Value::Array(values) => {
            let items: Result<Vec<Tree>, Failure> =
                values.into_iter().map(|value| build(call, value)).collect();
            call.sequence(ListKind::Tuple, items?)?
        }
        Value::Object(entries) => {
            let mut built = std::collections::BTreeMap::new();
            for (key, value) in entries {
                built.insert(Symbol::from(key), build(call, value)?);
            }
            call.object(built)?
        }
    })
}

fn not_supported(call: &Call<'_>) -> Failure {
    Failure::Unknown(Unknown::new(Cause::NotSupported, call.here))
}
