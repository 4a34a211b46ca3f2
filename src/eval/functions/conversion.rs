//! `tostring`, `tolist` and the like, and how the elements of a collection get one type.

use super::reader::{Reader, opaque};
use super::{Answer, Call, sets};
use crate::eval::dialect::terraform::{self, Type};
use crate::eval::failure::Failure;
use crate::source::Symbol;
use crate::value::{Kind, ListKind, Node, Object, Tree, Unknown};

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
    call.create(items.len().saturating_mul(size_of::<Tree>()))?;
    let budget = &mut *call.budget;
    let types: Vec<Type> = items.iter().map(|item| Type::of(item, budget)).collect();
    let Some(all) = terraform::all_of(&mut types.iter()) else {
        return Err(Failure::wrong("the elements have no type in common"));
    };
    let items = items.into_iter();
    Ok(items.map(|item| all.convert(item, budget)).collect())
}

/// Returns why one of the elements is not known.
pub(super) fn first_unknown(items: &[Tree]) -> Option<&Unknown<Tree>> {
    items.iter().find_map(opaque)
}
