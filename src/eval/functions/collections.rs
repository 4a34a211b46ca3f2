//! Functions that look into a collection or choose among their arguments, in three values.

use rust_decimal::Decimal;

use super::conversion::first_unknown;
use super::reader::{Reader, opaque};
use super::{Answer, Call};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::truth::Truth;
use crate::value::{Interval, Kind, Node, Piece, Tree, Unknown};

/// How many alternatives are worth listing.
const ALTERNATIVES: usize = 16;

/// `length(value)`; of what is not known at least that it is not negative.
pub(super) fn length(call: &mut Call<'_>) -> Answer {
    let [value] = call.args else {
        return Err(call.arity());
    };
    let at_least = |unknown: &Unknown<Tree>, least: usize| {
        Failure::Unknown(Unknown {
            bounds: Some(Interval {
                low: i64::try_from(least).ok(),
                high: None,
            }),
            ..unknown.forget().of_kind(Kind::Number).not_null()
        })
    };
    if let Some(unknown) = opaque(value) {
        return Err(at_least(unknown, 0));
    }
    let length = match &value.node {
        Node::List(list) => list.items.len(),
        Node::Object(object) => match &object.rest {
            Some(rest) => return Err(at_least(rest, object.entries.len())),
            None => object.entries.len(),
        },
        Node::Text(text) => {
            call.create(text.len().saturating_mul(size_of::<&str>()))?;
            match super::strings::characters(text) {
                Some(characters) => characters.len(),
                None => return Err(call.not_supported(Kind::Number)),
            }
        }
        _ => return Err(Failure::wrong("only strings and collections have a length")),
    };
    Ok(call.make(Decimal::from(length)))
}

/// `contains(list, value)`
pub(super) fn contains(call: &mut Call<'_>) -> Answer {
    let [list, value] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Bool);
    let items = &reader.sequence(list)?.items;
    if matches!(value.node, Node::Null) {
        return Err(Failure::wrong("null where a value is needed"));
    }
    let mut found = among(call, items, value)?;
    if let Some(all) = value
        .as_unknown()
        .and_then(|unknown| unknown.one_of.as_deref())
    {
        let mut every = Truth::True;
        for alternative in all {
            every = every.and(among(call, items, alternative)?);
        }
        if every.is_true() {
            found = Truth::True;
        }
    }
    match found {
        Truth::True => Ok(call.make(true)),
        Truth::False => Ok(call.make(false)),
        Truth::Unknown => Err(opaque(value).or_else(|| first_unknown(items)).map_or_else(
            || call.not_supported(Kind::Bool),
            |because| reader.unknown(because),
        )),
    }
}

fn among(call: &mut Call<'_>, items: &[Tree], value: &Tree) -> Result<Truth, Failure> {
    let mut found = Truth::False;
    for item in items {
        found = found.or(call.equal(item, value)?);
        if found.is_true() {
            break;
        }
    }
    Ok(found)
}

/// `index(list, value)`
pub(super) fn index(call: &mut Call<'_>) -> Answer {
    let [list, value] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Number);
    let items = &reader.list(list)?.items;
    for (at, item) in items.iter().enumerate() {
        match call.equal(item, value)? {
            Truth::True => return Ok(call.make(Decimal::from(at))),
            Truth::False => {}
            Truth::Unknown => {
                let because = opaque(item).or_else(|| opaque(value));
                return Err(because.map_or_else(
                    || call.not_supported(Kind::Number),
                    |because| reader.unknown(because),
                ));
            }
        }
    }
    Err(Failure::wrong("the value is not in the list"))
}

/// `element(list, index)`, counted round and round. A negative index counts from the end, as it does in later versions.
pub(super) fn element(call: &mut Call<'_>) -> Answer {
    let [list, index] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::any();
    let items = &reader.list(list)?.items;
    if items.is_empty() {
        return Err(Failure::wrong("an element of an empty list"));
    }
    if let Some(because) = opaque(index) {
        return Err(Failure::Unknown(one_of(because, items)));
    }
    let count = i128::try_from(items.len()).unwrap_or(i128::MAX);
    let at = reader.integer(index)?.rem_euclid(count);
    let item = usize::try_from(at).ok().and_then(|at| items.get(at));
    item.cloned()
        .ok_or_else(|| Failure::wrong("no such element"))
}

/// Returns an unknown value that is one of these.
fn one_of(because: &Unknown<Tree>, items: &[Tree]) -> Unknown<Tree> {
    let mut unknown = because.forget();
    let kind = items.first().and_then(Tree::kind);
    unknown.kind = kind.filter(|kind| items.iter().all(|item| item.kind() == Some(*kind)));
    let listed = items.len() <= ALTERNATIVES && first_unknown(items).is_none();
    let null = |item: &Tree| matches!(item.node, Node::Null);
    if listed && !items.iter().any(null) {
        unknown.null = Truth::False;
        unknown.one_of = Some(items.into());
    }
    unknown
}

/// `one(list)`
pub(super) fn one(call: &mut Call<'_>) -> Answer {
    let [list] = call.args else {
        return Err(call.arity());
    };
    match Reader::any().sequence(list)?.items.as_slice() {
        [] => Ok(call.make(Node::Null)),
        [item] => Ok(item.clone()),
        _ => Err(Failure::wrong("more than one element")),
    }
}

/// `coalescelist(lists...)`
pub(super) fn coalesce_list(call: &mut Call<'_>) -> Answer {
    let reader = Reader::giving(Kind::List);
    for list in call.args {
        if !matches!(list.node, Node::Null) && !reader.list(list)?.items.is_empty() {
            return Ok(list.clone());
        }
    }
    Err(Failure::wrong("all lists are empty"))
}

/// `coalesce(values...)`: the first that is neither null nor an empty string, converted to the type of all.
pub(super) fn coalesce(call: &mut Call<'_>) -> Answer {
    let mut open: Vec<&Unknown<Tree>> = Vec::new();
    let mut chosen = None;
    for value in call.args {
        match absent(value) {
            Truth::True => {}
            Truth::False => {
                chosen = Some(value);
                break;
            }
            Truth::Unknown => open.extend(opaque(value)),
        }
    }
    let kinds: Vec<Kind> = call.args.iter().filter_map(Tree::kind).collect();
    let primitive = |kind: &Kind| matches!(kind, Kind::Bool | Kind::Number | Kind::Text);
    let (simple, compound): (Vec<Kind>, Vec<Kind>) = kinds.into_iter().partition(primitive);
    if !simple.is_empty() && !compound.is_empty() {
        return Err(Failure::wrong("the arguments have no type in common"));
    }
    let convert = |tree: Tree| {
        if simple.contains(&Kind::Text) {
            terraform::as_text(tree)
        } else {
            tree
        }
    };
    match (open.split_first(), chosen) {
        (None, Some(value)) => Ok(convert(value.clone())),
        (None, None) => Err(Failure::wrong("all arguments are null or empty")),
        (Some((first, others)), last) => {
            let mut result = first.forget().not_null();
            let kinds = simple.first().or(compound.first());
            result.kind = if simple.contains(&Kind::Text) {
                Some(Kind::Text)
            } else {
                kinds.copied()
            };
            let unknowns = std::iter::once(*first).chain(others.iter().copied());
            result.one_of = candidates(unknowns, last.map(|tree| convert(tree.clone())));
            Err(Failure::Unknown(result))
        }
    }
}

/// Tells whether `coalesce` passes a value over.
fn absent(value: &Tree) -> Truth {
    let Some(unknown) = value.as_unknown() else {
        return match &value.node {
            Node::Null => Truth::True,
            Node::Text(text) => text.is_empty().into(),
            _ => Truth::False,
        };
    };
    let some = |piece: &Piece| matches!(piece, Piece::Text(text) if !text.is_empty());
    let empty = match value.kind() {
        Some(Kind::Text) | None => match (&unknown.pieces, &unknown.one_of) {
            (Some(pieces), _) if pieces.iter().any(some) => Truth::False,
            (_, Some(all)) if all.iter().all(|tree| absent(tree).is_false()) => Truth::False,
            _ => Truth::Unknown,
        },
        Some(_) => Truth::False,
    };
    unknown.null.or(empty)
}

/// Returns all values that `coalesce` can give, if they can be listed.
fn candidates<'a>(
    unknowns: impl Iterator<Item = &'a Unknown<Tree>>,
    last: Option<Tree>,
) -> Option<std::sync::Arc<[Tree]>> {
    let mut all = Vec::new();
    for unknown in unknowns {
        let present = unknown.one_of.as_deref()?.iter();
        all.extend(present.filter(|tree| !absent(tree).is_true()).cloned());
    }
    // A last argument that is itself unknown has no list.
    if let Some(last) = last {
        if opaque(&last).is_some() {
            return None;
        }
        all.push(last);
    }
    (all.len() <= ALTERNATIVES).then(|| all.into())
}
