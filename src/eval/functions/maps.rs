//! Functions of objects and maps.

use std::collections::BTreeMap;

use super::reader::{Reader, opaque};
use super::{Answer, Call};
use crate::eval::failure::{Failure, quoted};
use crate::source::Symbol;
use crate::value::{Kind, ListKind, Node, Object, Tree, Unknown};

/// `keys(map)`; a tuple, as of an object: that it may be a map is not known here.
pub(super) fn keys(call: &mut Call<'_>) -> Answer {
    let [map] = call.args else {
        return Err(call.arity());
    };
    let object = Reader::giving(Kind::List).complete(map)?;
    let mut keys = Vec::new();
    for key in object.entries.keys() {
        keys.push(call.text(key.as_str())?);
    }
    call.sequence(ListKind::Tuple, keys)
}

/// `values(map)`, in the order of the keys
pub(super) fn values(call: &mut Call<'_>) -> Answer {
    let [map] = call.args else {
        return Err(call.arity());
    };
    let object = Reader::giving(Kind::List).complete(map)?;
    call.sequence(ListKind::Tuple, object.entries.values().cloned().collect())
}

/// `lookup(map, key, default)`
pub(super) fn lookup(call: &mut Call<'_>) -> Answer {
    let [map, key, default @ ..] = call.args else {
        return Err(call.arity());
    };
    if default.len() > 1 {
        return Err(call.arity());
    }
    let reader = Reader::any();
    let object = reader.object(map)?;
    let key = reader.text(key)?;
    match (object.entries.get(&*key), &object.rest, default) {
        (Some(value), _, _) => Ok(value.clone()),
        (None, Some(rest), _) => Err(reader.unknown(rest)),
        (None, None, [default]) => Ok(default.clone()),
        (None, None, _) => Err(Failure::Wrong(format!("there is no key {}", quoted(&key)))),
    }
}

/// `merge(maps...)`: later ones override earlier ones. Of an entry that an unknown map may override only the key is known.
pub(super) fn merge(call: &mut Call<'_>) -> Answer {
    let reader = Reader::giving(Kind::Object);
    let mut entries: BTreeMap<Symbol, Tree> = BTreeMap::new();
    let mut rest: Option<Unknown<Tree>> = None;
    for map in call.args {
        let unknown = match (&map.node, opaque(map)) {
            (Node::Null, _) => continue,
            (_, Some(unknown)) => Some(unknown),
            (_, None) => reader.object(map)?.rest.as_ref(),
        };
        if let Some(unknown) = unknown {
            let unknown = unknown.forget();
            for value in entries.values_mut() {
                *value = Tree::new(unknown.clone().into(), call.here).mark(value.sensitive);
            }
            rest.get_or_insert(unknown);
        }
        if let Some(object) = map.as_object() {
            call.create(
                object
                    .entries
                    .len()
                    .saturating_mul(size_of::<(Symbol, Tree)>()),
            )?;
            let copied = object.entries.iter();
            entries.extend(copied.map(|(key, value)| (key.clone(), value.clone())));
        }
    }
    Ok(call.make(Object { entries, rest }))
}

/// `zipmap(keys, values)`
pub(super) fn zipmap(call: &mut Call<'_>) -> Answer {
    let [keys, values] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Object);
    let (keys, values) = (reader.ordered(keys)?, &reader.list(values)?.items);
    if keys.len() != values.len() {
        return Err(Failure::wrong("as many values as keys are needed"));
    }
    let mut entries = BTreeMap::new();
    for (key, value) in keys.iter().zip(values) {
        let key = reader.text(key)?;
        call.spend(key.len() / 64)?;
        entries.insert(Symbol::from(key), value.clone());
    }
    call.object(entries)
}

/// `transpose(map)`: from lists by key to keys by element
pub(super) fn transpose(call: &mut Call<'_>) -> Answer {
    let [map] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Object);
    let mut turned: BTreeMap<Symbol, Vec<Tree>> = BTreeMap::new();
    for (key, list) in &reader.complete(map)?.entries {
        for item in reader.ordered(list)? {
            let item = reader.text(item)?;
            let key = call.text(key.as_str())?;
            turned.entry(item.into()).or_default().push(key);
        }
    }
    let mut entries = BTreeMap::new();
    for (key, items) in turned {
        entries.insert(key, call.sequence(ListKind::List, items)?);
    }
    call.object(entries)
}
