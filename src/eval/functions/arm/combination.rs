//! Functions that make one array, object or string of several.

use std::collections::BTreeMap;

use super::{push, same, search};
use crate::eval::dialect::arm;
use crate::eval::failure::Failure;
use crate::eval::functions::conversion::first_unknown;
use crate::eval::functions::pieces::Pieces;
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, opaque};
use crate::source::Symbol;
use crate::truth::Truth;
use crate::value::{Kind, ListKind, Node, Object, Tree, Unknown};

/// Returns the first kind among the arguments that a function knows how to combine.
fn kind_of(call: &Call<'_>, kinds: &[Kind]) -> Option<Kind> {
    let known = |tree: &Tree| tree.kind().filter(|kind| kinds.contains(kind));
    call.args.iter().find_map(known)
}

/// Returns that a result is not known because of the first argument that is not.
fn unknown(call: &Call<'_>) -> Answer {
    match first_unknown(call.args) {
        Some(because) => Err(Failure::Unknown(because.forget().not_null())),
        None => Err(Failure::wrong("arrays, objects or strings are needed")),
    }
}

/// `concat(values...)`: strings, or arrays
pub(super) fn concat(call: &mut Call<'_>) -> Answer {
    match kind_of(call, &[Kind::Text, Kind::List, Kind::Number, Kind::Bool]) {
        Some(Kind::List) => {
            let items = all_items(call)?;
            call.sequence(ListKind::Tuple, items)
        }
        Some(_) => {
            let mut pieces = Pieces::default();
            for value in call.args {
                push(call, &mut pieces, value)?;
            }
            Ok(pieces.finish(call.here))
        }
        None if call.args.is_empty() => Err(call.arity()),
        None => unknown(call),
    }
}

/// Reads the elements of all arguments, which are arrays.
fn all_items(call: &mut Call<'_>) -> Result<Vec<Tree>, Failure> {
    let mut all = Vec::new();
    for tree in call.args {
        let items = &Reader::giving(Kind::List).sequence(tree)?.items;
        call.create(size_of_val(items.as_slice()))?;
        all.extend(items.iter().cloned());
    }
    Ok(all)
}

/// `flatten(arrays)`: the elements of the elements, no deeper
pub(super) fn flatten(call: &mut Call<'_>) -> Answer {
    let [arrays] = call.args else {
        return Err(call.arity());
    };
    let arrays = &Reader::giving(Kind::List).sequence(arrays)?.items;
    super::with(call, arrays, |call| {
        let items = all_items(call)?;
        call.sequence(ListKind::Tuple, items)
    })
}

/// `createArray(values...)`
pub(super) fn create_array(call: &mut Call<'_>) -> Answer {
    call.sequence(ListKind::Tuple, call.args.to_vec())
}

/// `distinct(array)`
pub(super) fn distinct(call: &mut Call<'_>) -> Answer {
    let [array] = call.args else {
        return Err(call.arity());
    };
    let items = Reader::giving(Kind::List).sequence(array)?.items.clone();
    let distinct = without_duplicates(call, items)?;
    call.sequence(ListKind::Tuple, distinct)
}

/// `union(values...)`: objects are merged at every depth, arrays keep each element once.
pub(super) fn union(call: &mut Call<'_>) -> Answer {
    match kind_of(call, &[Kind::List, Kind::Object]) {
        Some(Kind::List) => {
            let all = all_items(call)?;
            let distinct = without_duplicates(call, all)?;
            call.sequence(ListKind::Tuple, distinct)
        }
        Some(_) => merge(call, call.args, Depth::Deep),
        None => unknown(call),
    }
}

/// Returns elements without duplicates; an unknown array if it is not certain which are equal.
fn without_duplicates(call: &mut Call<'_>, items: Vec<Tree>) -> Result<Vec<Tree>, Failure> {
    let mut distinct: Vec<Tree> = Vec::new();
    for item in items {
        if !surely_among(call, &distinct, &item)? {
            distinct.push(item);
        }
    }
    Ok(distinct)
}

fn surely_among(call: &mut Call<'_>, items: &[Tree], item: &Tree) -> Result<bool, Failure> {
    match search::among(call, items, item)? {
        Truth::True => Ok(true),
        Truth::False => Ok(false),
        Truth::Unknown => {
            let because = opaque(item).or_else(|| first_unknown(items));
            Err(because.map_or_else(
                || call.not_supported(Kind::List),
                |because| Reader::giving(Kind::List).unknown(because),
            ))
        }
    }
}

/// `intersection(values...)`: what all arrays, or all objects, have.
pub(super) fn intersection(call: &mut Call<'_>) -> Answer {
    let [first, others @ ..] = call.args else {
        return Err(call.arity());
    };
    match kind_of(call, &[Kind::List, Kind::Object]) {
        Some(Kind::List) => {
            let items = Reader::giving(Kind::List).sequence(first)?.items.clone();
            let mut shared = without_duplicates(call, items)?;
            for other in others {
                let items = &Reader::giving(Kind::List).sequence(other)?.items;
                let mut kept = Vec::new();
                for item in shared {
                    if surely_among(call, items, &item)? {
                        kept.push(item);
                    }
                }
                shared = kept;
            }
            call.sequence(ListKind::Tuple, shared)
        }
        Some(_) => shared_entries(call, first, others),
        None => unknown(call),
    }
}

fn shared_entries(call: &mut Call<'_>, first: &Tree, others: &[Tree]) -> Answer {
    let reader = Reader::giving(Kind::Object);
    let mut shared = reader.complete(first)?.entries.clone();
    for other in others {
        let other = reader.complete(other)?;
        let mut kept = BTreeMap::new();
        for (key, value) in shared {
            call.spend(other.entries.len() / 16 + 1)?;
            let Some((_, there)) = arm::entry(other, &key) else {
                continue;
            };
            let objects = value.as_object().is_some() && there.as_object().is_some();
            match same(call, &value, there)? {
                Truth::True => drop(kept.insert(key, value)),
                Truth::False if !objects => {}
                // Nobody documents what is left of objects that differ.
                Truth::False | Truth::Unknown => return Err(call.not_supported(Kind::Object)),
            }
        }
        shared = kept;
    }
    call.object(shared)
}

/// `shallowMerge(objects)`: later attributes replace earlier ones.
pub(super) fn shallow_merge(call: &mut Call<'_>) -> Answer {
    let [objects] = call.args else {
        return Err(call.arity());
    };
    let objects = &Reader::giving(Kind::Object).sequence(objects)?.items;
    merge(call, objects, Depth::Shallow)
}

/// How far objects are merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// A later attribute replaces an earlier one.
    Shallow,
    /// Objects in the place of each other become one.
    Deep,
}

fn merge(call: &mut Call<'_>, objects: &[Tree], depth: Depth) -> Answer {
    let mut all = Object::default();
    for tree in objects {
        if let Some(because) = opaque(tree) {
            open(call, &mut all, None, because);
        } else {
            let object = Reader::giving(Kind::Object).object(tree)?;
            add(call, &mut all, object, depth)?;
        }
    }
    Ok(call.make(all))
}

/// Makes of an object one of which the attributes may be replaced by ones that are not known; those that `but` has are not.
fn open(call: &Call<'_>, object: &mut Object, but: Option<&Object>, because: &Unknown<Tree>) {
    for (key, value) in &mut object.entries {
        if but.is_none_or(|but| arm::entry(but, key).is_none()) {
            *value = call.make(because.forget::<Tree>()).mark(value.sensitive);
        }
    }
    object.rest.get_or_insert_with(|| because.forget());
}

/// Adds the attributes of an object to those before them.
fn add(
    call: &mut Call<'_>,
    into: &mut Object,
    object: &Object,
    depth: Depth,
) -> Result<(), Failure> {
    let count = into.entries.len();
    call.create(
        object
            .entries
            .len()
            .saturating_mul(size_of::<(Symbol, Tree)>()),
    )?;
    let before = into.rest.clone();
    if let Some(rest) = &object.rest {
        call.spend(count.saturating_mul(object.entries.len()) / 8)?;
        open(call, into, Some(object), rest);
    }
    for (key, value) in &object.entries {
        let there = into.entries.contains_key(key);
        if !there {
            call.spend(count / 8)?;
        }
        let old = arm::entry(into, key).map(|(key, old)| (key.clone(), old.clone()));
        let joined = match (&old, &before) {
            _ if depth == Depth::Shallow => value.clone(),
            (Some((_, old)), _) => join(call, old, value)?,
            (None, Some(rest)) => opened(call, value, rest)?,
            (None, None) => value.clone(),
        };
        let key = old.map_or_else(|| key.clone(), |(key, _)| key);
        into.entries.insert(key, joined);
    }
    Ok(())
}

/// Returns what becomes of an attribute that a later object has as well.
fn join(call: &mut Call<'_>, old: &Tree, new: &Tree) -> Answer {
    let sensitive = old.sensitive || new.sensitive;
    let maybe_object = |tree: &Tree| matches!(tree.kind(), Some(Kind::Object) | None);
    match (&old.node, &new.node, opaque(old), opaque(new)) {
        (Node::Object(a), Node::Object(b), _, _) => {
            let mut joined = Object::clone(a);
            add(call, &mut joined, b, Depth::Deep)?;
            Ok(call.make(joined).mark(sensitive))
        }
        (Node::Null, _, _, _) => Ok(new.clone()),
        // Nobody documents whether null replaces what stands before it.
        (_, Node::Null, _, _) => {
            Ok(call.make(Unknown::new(crate::value::Cause::NotSupported, call.here)))
        }
        (_, Node::Object(_), Some(because), _) if maybe_object(old) => opened(call, new, because),
        (_, _, _, Some(because))
            if old.kind() == Some(Kind::Object) || because.null != Truth::False =>
        {
            Ok(call.make(because.forget::<Tree>()).mark(sensitive))
        }
        _ => Ok(new.clone()),
    }
}

/// Returns a value into which objects that are not known may have been merged before.
fn opened(call: &mut Call<'_>, value: &Tree, because: &Unknown<Tree>) -> Answer {
    let Node::Object(object) = &value.node else {
        return Ok(value.clone());
    };
    let mut entries = BTreeMap::new();
    for (key, inner) in &object.entries {
        call.create(size_of::<(Symbol, Tree)>())?;
        entries.insert(key.clone(), opened(call, inner, because)?);
    }
    let rest = object.rest.clone().or_else(|| Some(because.forget()));
    Ok(call.make(Object { entries, rest }).mark(value.sensitive))
}
