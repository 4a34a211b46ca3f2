//! Functions from one kind of value to another.

use rust_decimal::Decimal;

use super::undocumented;
use crate::eval::dialect::arm;
use crate::eval::failure::{Failure, quoted};
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, Function, encoding, json as terraform_json, opaque};
use crate::value::{Cause, Kind, ListKind, Node, Tree, Unknown};

fn one<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [value] => Ok(value),
        _ => Err(call.arity()),
    }
}

/// `any(value)`: for the compiler alone.
pub(super) fn any(call: &mut Call<'_>) -> Answer {
    one(call).cloned()
}

/// `array(value)`: an array is itself, anything else the only element of one.
pub(super) fn array(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    match (&value.node, value.kind(), opaque(value)) {
        (Node::Null, _, _) => undocumented(call, Kind::List),
        (_, Some(Kind::List), _) => Ok(value.clone()),
        (_, None, Some(because)) => Err(Reader::giving(Kind::List).unknown(because)),
        _ => call.sequence(ListKind::Tuple, vec![value.clone()]),
    }
}

/// `bool(value)`: of `true` and `false` in any letter case, and of 1 and 0.
pub(super) fn bool(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    let reader = Reader::giving(Kind::Bool);
    match &value.node {
        Node::Bool(_) => Ok(value.clone()),
        Node::Number(number) if *number == Decimal::ONE => Ok(call.make(true)),
        Node::Number(number) if number.is_zero() => Ok(call.make(false)),
        Node::Number(_) => undocumented(call, Kind::Bool),
        Node::Text(text) if text.eq_ignore_ascii_case("true") => Ok(call.make(true)),
        Node::Text(text) if text.eq_ignore_ascii_case("false") => Ok(call.make(false)),
        Node::Text(text) if matches!(text.trim(), "0" | "1") => undocumented(call, Kind::Bool),
        _ if value.kind() == Some(Kind::Bool) => Ok(value.clone()),
        _ => Err(reader.refuse(value, Kind::Bool)),
    }
}

/// `int(value)`
pub(super) fn int(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    match &value.node {
        Node::Number(number) if number.fract().is_zero() => Ok(value.clone()),
        Node::Number(_) => undocumented(call, Kind::Number),
        Node::Text(text) => match text.parse::<i64>() {
            Ok(number) => Ok(call.make(Decimal::from(number))),
            Err(_) if text.trim().parse::<f64>().is_ok() => undocumented(call, Kind::Number),
            Err(_) => Err(Failure::Wrong(quoted(text) + " is not a number")),
        },
        _ if value.kind() == Some(Kind::Number) => Ok(value.clone()),
        _ => Err(Reader::giving(Kind::Number).refuse(value, Kind::Number)),
    }
}

/// `float(value)`
pub(super) fn float(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    match &value.node {
        Node::Number(_) => Ok(value.clone()),
        Node::Text(text) => match Decimal::from_str_exact(text) {
            Ok(number) => Ok(call.make(number)),
            Err(_) => undocumented(call, Kind::Number),
        },
        _ => Err(Reader::giving(Kind::Number).refuse(value, Kind::Number)),
    }
}

/// `string(value)`: arrays and objects become JSON. The value stays beside the text, for it may be read again.
///
/// Objects keep the order in which they are written, which is not known here: with two attributes, the text is not known.
pub(super) fn string(call: &mut Call<'_>) -> Answer {
    let value = one(call)?;
    let compound = matches!(value.node, Node::List(_) | Node::Object(_));
    if !compound {
        return match arm::printed(value) {
            Ok(_) if value.as_text().is_some() => Ok(value.clone()),
            Ok(text) => call.text(&*text),
            Err(Failure::Unknown(_)) if value.kind() == Some(Kind::Text) => Ok(value.clone()),
            Err(failure) => Err(failure),
        };
    }
    let mut text = String::new();
    let node = match terraform_json::write(call, value, &mut text, 0) {
        Ok(()) if !text.contains("\\u") && one_order(call, value)? => Node::from(text),
        Ok(()) => Unknown::new(Cause::NotSupported, call.here)
            .of_kind(Kind::Text)
            .not_null()
            .into(),
        Err(Failure::Unknown(unknown)) if unknown.cause != Cause::Budget => unknown.into(),
        Err(failure) => return Err(failure),
    };
    Ok(call.make(node).encoding(value))
}

/// Tells whether there is but one order of the attributes of each object in a value.
fn one_order(call: &mut Call<'_>, value: &Tree) -> Result<bool, Failure> {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        call.spend(1)?;
        match &value.node {
            Node::List(list) => waiting.extend(&list.items),
            Node::Object(object) if object.entries.len() > 1 => return Ok(false),
            Node::Object(object) => waiting.extend(object.entries.values()),
            _ => {}
        }
    }
    Ok(true)
}

/// `json(text)`: of what `string` made, the value itself.
pub(super) fn json(call: &mut Call<'_>) -> Answer {
    let text = one(call)?;
    if let Some(value) = &text.encoded {
        return Ok(Tree::clone(value).mark(text.sensitive));
    }
    Reader::any().exact_text(text)?;
    // .NET reads more than JSON is: strings in single quotes, comments.
    terraform_json::decode(call).map_err(|failure| match failure {
        Failure::Wrong(_) => Failure::Unknown(Unknown::new(Cause::NotSupported, call.here)),
        unknown @ Failure::Unknown(_) => unknown,
    })
}

/// Calls a function of Terraform that takes one string.
fn of_text(call: &mut Call<'_>, function: Function) -> Answer {
    Reader::giving(Kind::Text).exact_text(one(call)?)?;
    function(call)
}

/// `base64(text)`
pub(super) fn base64(call: &mut Call<'_>) -> Answer {
    of_text(call, encoding::base64_encode)
}

/// `base64ToString(text)`
pub(super) fn base64_to_string(call: &mut Call<'_>) -> Answer {
    of_text(call, encoding::base64_decode)
}

/// `base64ToJson(text)`
pub(super) fn base64_to_json(call: &mut Call<'_>) -> Answer {
    Reader::any().exact_text(one(call)?)?;
    let text = encoding::base64_decode(call)?;
    super::with(call, &[text], json)
}
