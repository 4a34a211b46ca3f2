//! `tostring`, `tolist` and the like, and how the elements of a collection get one type.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reader::{Reader, opaque};
use super::{Answer, Call, sets};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::source::Symbol;
use crate::value::{Kind, ListKind, Node, Object, Tree, TreeList, Unknown};

/// How deeply elements of collections are given one type.
const DEPTH: usize = 50;

fn argument<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [value] => Ok(value),
        _ => Err(call.arity()),
    }
}

/// Converts a value that is null or already of the kind to itself.
fn primitive(call: &Call<'_>, kind: Kind, convert: fn(&Tree) -> Result<Node, Failure>) -> Answer {
    let value = argument(call)?;
    if matches!(value.node, Node::Null) || value.kind() == Some(kind) {
        return Ok(value.clone());
    }
    Ok(call.make(convert(value)?))
}

/// `tostring(value)`
pub(super) fn to_text(call: &mut Call<'_>) -> Answer {
    primitive(call, Kind::Text, |tree| {
        terraform::text(tree).map(Node::Text)
    })
}

/// `tonumber(value)`
pub(super) fn to_number(call: &mut Call<'_>) -> Answer {
    primitive(call, Kind::Number, |tree| {
        terraform::number(tree).map(Node::Number)
    })
}

/// `tobool(value)`
pub(super) fn to_bool(call: &mut Call<'_>) -> Answer {
    primitive(call, Kind::Bool, |tree| {
        terraform::boolean(tree).map(Node::Bool)
    })
}

/// Returns an argument of a collection's conversion that stays as it is: null, or unknown and of that kind.
fn passes(value: &Tree, kind: Kind) -> Option<Answer> {
    if matches!(value.node, Node::Null) {
        return Some(Ok(value.clone()));
    }
    let unknown = opaque(value)?;
    if unknown.kind == Some(kind) && value.as_unknown().is_some() {
        return Some(Ok(value.clone()));
    }
    let mut result = unknown.forget().of_kind(kind);
    result.null = unknown.null;
    Some(Err(Failure::Unknown(result)))
}

/// `tolist(value)`
pub(super) fn to_list(call: &mut Call<'_>) -> Answer {
    let value = argument(call)?;
    if let Some(answer) = passes(value, Kind::List) {
        return answer;
    }
    let reader = Reader::giving(Kind::List);
    let list = reader.sequence(value)?;
    if list.kind == ListKind::List {
        return Ok(value.clone());
    }
    let items = unify(call, reader.ordered(value)?.to_vec())?;
    call.sequence(ListKind::List, items)
}

/// `toset(value)`
pub(super) fn to_set(call: &mut Call<'_>) -> Answer {
    let value = argument(call)?;
    if let Some(answer) = passes(value, Kind::List) {
        return answer;
    }
    let list = Reader::giving(Kind::List).sequence(value)?;
    if list.kind == ListKind::Set {
        return Ok(value.clone());
    }
    let items = unify(call, list.items.clone())?;
    sets::build(call, items)
}

/// `tomap(value)`
pub(super) fn to_map(call: &mut Call<'_>) -> Answer {
    let value = argument(call)?;
    if let Some(answer) = passes(value, Kind::Object) {
        return answer;
    }
    let object = Reader::giving(Kind::Object).object(value)?;
    let keys: Vec<Symbol> = object.entries.keys().cloned().collect();
    let values = unify(call, object.entries.values().cloned().collect())?;
    let entries = keys.into_iter().zip(values).collect();
    Ok(call.make(Object {
        entries,
        rest: object.rest.clone(),
    }))
}

/// Returns values converted to one type, as the elements of a list are; an error if there is no such type.
/// Unknown elements and nulls fit anywhere.
pub(super) fn unify(call: &mut Call<'_>, items: Vec<Tree>) -> Result<Vec<Tree>, Failure> {
    unify_within(call, items, DEPTH)
}

/// Unifies values and what they hold down to a depth.
fn unify_within(call: &mut Call<'_>, items: Vec<Tree>, depth: usize) -> Result<Vec<Tree>, Failure> {
    call.create(items.len().saturating_mul(size_of::<Tree>()))?;
    let has = |kind| items.iter().any(|item| item.kind() == Some(kind));
    let (text, number, bool) = (has(Kind::Text), has(Kind::Number), has(Kind::Bool));
    let (list, object) = (has(Kind::List), has(Kind::Object));
    let primitive = text || number || bool;
    let clash = (list && object) || (primitive && (list || object)) || (number && bool && !text);
    if clash {
        return Err(Failure::wrong("the elements have no type in common"));
    }
    if text {
        return Ok(items.into_iter().map(terraform::as_text).collect());
    }
    let known = items.iter().all(|item| opaque(item).is_none());
    match (list, object) {
        (true, _) if known && depth > 0 => unify_lists(call, items, depth - 1),
        (_, true) if known && depth > 0 => unify_objects(call, items, depth - 1),
        _ => Ok(items),
    }
}

/// Unifies the elements of all lists together.
fn unify_lists(call: &mut Call<'_>, lists: Vec<Tree>, depth: usize) -> Result<Vec<Tree>, Failure> {
    let elements = lists
        .iter()
        .filter_map(Tree::as_list)
        .flat_map(|list| list.items.iter().cloned())
        .collect();
    let mut unified = unify_within(call, elements, depth)?.into_iter();
    let rebuild = |tree: Tree| match &tree.node {
        Node::List(list) => {
            let kind = match list.kind {
                ListKind::Set => ListKind::Set,
                ListKind::List | ListKind::Tuple => ListKind::List,
            };
            let items = unified.by_ref().take(list.items.len()).collect();
            Tree {
                node: TreeList { kind, items }.into(),
                ..tree
            }
        }
        _ => tree,
    };
    Ok(lists.into_iter().map(rebuild).collect())
}

/// Unifies objects: attribute by attribute if all have the same, otherwise all values together, as of maps.
fn unify_objects(
    call: &mut Call<'_>,
    objects: Vec<Tree>,
    depth: usize,
) -> Result<Vec<Tree>, Failure> {
    let shapes: Vec<&Object> = objects.iter().filter_map(Tree::as_object).collect();
    if shapes.iter().any(|object| object.rest.is_some()) {
        return Ok(objects);
    }
    let same = shapes
        .windows(2)
        .all(|pair| pair[0].entries.keys().eq(pair[1].entries.keys()));
    let mut columns: Vec<Vec<Tree>> = Vec::new();
    if same {
        let width = shapes.first().map_or(0, |object| object.entries.len());
        columns.resize_with(width, Vec::new);
        for object in &shapes {
            for (column, value) in columns.iter_mut().zip(object.entries.values()) {
                column.push(value.clone());
            }
        }
    } else {
        columns.push(
            shapes
                .iter()
                .flat_map(|object| object.entries.values().cloned())
                .collect(),
        );
    }
    let mut unified = Vec::new();
    for column in columns {
        unified.push(unify_within(call, column, depth)?.into_iter());
    }
    let mut at = 0;
    let mut next = |old: &Tree| {
        let column = if same { at % unified.len() } else { 0 };
        at += 1;
        let value = unified.get_mut(column).and_then(Iterator::next);
        value.unwrap_or_else(|| old.clone())
    };
    let rebuild = |tree: Tree| match &tree.node {
        Node::Object(object) => {
            let entries: BTreeMap<Symbol, Tree> = object
                .entries
                .iter()
                .map(|(key, value)| (key.clone(), next(value)))
                .collect();
            Tree {
                node: Node::Object(Arc::new(Object::complete(entries))),
                ..tree
            }
        }
        _ => tree,
    };
    Ok(objects.into_iter().map(rebuild).collect())
}

/// Returns why one of the elements is not known.
pub(super) fn first_unknown(items: &[Tree]) -> Option<&Unknown<Tree>> {
    items.iter().find_map(opaque)
}
