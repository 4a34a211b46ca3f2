//! Functions that look into objects, and elements counted from the end.

use std::collections::BTreeMap;

use crate::eval::failure::Failure;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, maps};
use crate::source::Symbol;
use crate::value::{Kind, ListKind, Node};

/// `createObject(key, value, ...)`
pub(super) fn create_object(call: &mut Call<'_>) -> Answer {
    if !call.args.len().is_multiple_of(2) {
        return Err(call.arity());
    }
    let reader = Reader::giving(Kind::Object);
    let mut entries = BTreeMap::new();
    for pair in call.args.chunks_exact(2) {
        entries.insert(Symbol::from(reader.exact_text(&pair[0])?), pair[1].clone());
    }
    call.object(entries)
}

/// `objectKeys(object)`
pub(super) fn keys(call: &mut Call<'_>) -> Answer {
    maps::keys(call)
}

/// `items(object)`: objects of `key` and `value`, in the order of the keys
pub(super) fn items(call: &mut Call<'_>) -> Answer {
    let [object] = call.args else {
        return Err(call.arity());
    };
    let mut items = Vec::new();
    for (key, value) in &Reader::giving(Kind::List).complete(object)?.entries {
        let key = call.text(key.as_str())?;
        let pair = [
            (Symbol::from("key"), key),
            (Symbol::from("value"), value.clone()),
        ];
        items.push(call.object(BTreeMap::from(pair))?);
    }
    call.sequence(ListKind::Tuple, items)
}

/// `array[^index]`, counted from 1
pub(super) fn index_from_end(call: &mut Call<'_>) -> Answer {
    match from_end(call)? {
        Some(item) => Ok(item),
        None => Err(Failure::wrong("there is no such element")),
    }
}

/// `array[?^index]`: null where there is none
pub(super) fn try_index_from_end(call: &mut Call<'_>) -> Answer {
    if let [array, _] = call.args
        && matches!(array.node, Node::Null)
    {
        return Ok(call.make(Node::Null));
    }
    let found = from_end(call)?;
    Ok(found.unwrap_or_else(|| call.make(Node::Null)))
}

fn from_end(call: &Call<'_>) -> Result<Option<crate::value::Tree>, Failure> {
    let [array, index] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::any();
    let items = &reader.sequence(array)?.items;
    let count = i128::try_from(items.len()).unwrap_or(i128::MAX);
    let at = count.saturating_sub(reader.exact_integer(index)?);
    let at = usize::try_from(at).ok();
    Ok(at.and_then(|at| items.get(at)).cloned())
}
