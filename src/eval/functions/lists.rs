//! Functions from lists to lists, and of lists of truths.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::conversion::{first_unknown, unify};
use super::reader::{Reader, opaque};
use super::{Answer, Call, sets};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::truth::Truth;
use crate::value::{Kind, ListKind, Node, Piece, Tree, Unknown};

/// The longest `range` that Terraform makes.
const LONGEST_RANGE: usize = 1024;

fn reader() -> Reader {
    Reader::giving(Kind::List)
}

fn one_argument<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [list] => Ok(list),
        _ => Err(call.arity()),
    }
}

/// Reads a list whose elements get one type, as an argument of type `list(any)` does.
fn typed(call: &mut Call<'_>, tree: &Tree) -> Result<Vec<Tree>, Failure> {
    let items = reader().ordered(tree)?.to_vec();
    unify(call, items)
}

/// `concat(lists...)`
pub(super) fn concat(call: &mut Call<'_>) -> Answer {
    let mut all = Vec::new();
    let mut kind = ListKind::List;
    if call.args.is_empty() {
        return Err(call.arity());
    }
    for tree in call.args {
        let list = reader().list(tree)?;
        if list.kind == ListKind::Tuple {
            kind = ListKind::Tuple;
        }
        call.create(list.items.len().saturating_mul(size_of::<Tree>()))?;
        all.extend(list.items.iter().cloned());
    }
    if kind == ListKind::List {
        all = unify(call, all)?;
    }
    call.sequence(kind, all)
}

/// `flatten(list)`: a list in a list gives its elements, at any depth.
pub(super) fn flatten(call: &mut Call<'_>) -> Answer {
    let mut flat = Vec::new();
    let mut waiting = vec![reader().ordered(one_argument(call)?)?.iter()];
    while let Some(items) = waiting.last_mut() {
        let Some(item) = items.next() else {
            waiting.pop();
            continue;
        };
        call.create(size_of::<Tree>())?;
        match (&item.node, item.as_unknown()) {
            (Node::List(_), _) => waiting.push(reader().ordered(item)?.iter()),
            (_, Some(unknown)) if matches!(unknown.kind, Some(Kind::List) | None) => {
                return Err(reader().unknown(unknown));
            }
            _ => flat.push(item.clone()),
        }
    }
    call.sequence(ListKind::Tuple, flat)
}

/// `compact(list)`: without nulls and empty strings
pub(super) fn compact(call: &mut Call<'_>) -> Answer {
    let mut kept = Vec::new();
    for item in reader().ordered(one_argument(call)?)? {
        match item.as_unknown() {
            Some(unknown) if !surely_filled(unknown) => return Err(reader().unknown(unknown)),
            None if matches!(item.node, Node::Null) => {}
            None if reader().text(item)?.is_empty() => {}
            _ => kept.push(terraform::as_text(item.clone())),
        }
    }
    call.sequence(ListKind::List, kept)
}

/// Tells whether an unknown value is a string that is neither null nor empty.
fn surely_filled(unknown: &Unknown<Tree>) -> bool {
    let pieces = unknown.pieces.as_deref().unwrap_or_default();
    let text = |piece: &Piece| matches!(piece, Piece::Text(text) if !text.is_empty());
    unknown.null.is_false() && pieces.iter().any(text)
}

/// `distinct(list)`
pub(super) fn distinct(call: &mut Call<'_>) -> Answer {
    let items = typed(call, one_argument(call)?)?;
    let distinct = sets::distinct(call, items)?;
    call.sequence(ListKind::List, distinct)
}

/// `reverse(list)`
pub(super) fn reverse(call: &mut Call<'_>) -> Answer {
    let tree = one_argument(call)?;
    let kind = match reader().sequence(tree)?.kind {
        ListKind::Tuple => ListKind::Tuple,
        ListKind::List | ListKind::Set => ListKind::List,
    };
    let items = reader().ordered(tree)?.iter().rev().cloned().collect();
    call.sequence(kind, items)
}

/// `slice(list, start, end)`
pub(super) fn slice(call: &mut Call<'_>) -> Answer {
    let [list, start, end] = call.args else {
        return Err(call.arity());
    };
    let list = reader().list(list)?;
    let (start, end) = (reader().integer(start)?, reader().integer(end)?);
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    match range.and_then(|(start, end)| list.items.get(start..end)) {
        Some(items) => call.sequence(list.kind, items.to_vec()),
        None => Err(Failure::Wrong(format!(
            "there are no elements {start} to {end} in a list of {}",
            list.items.len()
        ))),
    }
}

/// `sort(list)`: strings by their bytes
pub(super) fn sort(call: &mut Call<'_>) -> Answer {
    let items = reader().ordered(one_argument(call)?)?;
    call.spend(items.len().saturating_mul(20))?;
    if let [item] = items
        && opaque(item).is_some()
    {
        return call.sequence(ListKind::List, vec![terraform::as_text(item.clone())]);
    }
    let mut sorted = Vec::new();
    for item in items {
        let text = reader().text(item)?;
        call.spend(text.len() / 4)?;
        sorted.push((text, terraform::as_text(item.clone())));
    }
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    call.sequence(
        ListKind::List,
        sorted.into_iter().map(|(_, item)| item).collect(),
    )
}

/// `range(end)`, `range(start, end)`, `range(start, end, step)`
pub(super) fn range(call: &mut Call<'_>) -> Answer {
    let mut numbers = Vec::new();
    for tree in call.args {
        numbers.push(reader().number(tree)?);
    }
    let (start, end, step) = match *numbers.as_slice() {
        [end] => (Decimal::ZERO, end, None),
        [start, end] => (start, end, None),
        [start, end, step] => (start, end, Some(step)),
        _ => return Err(call.arity()),
    };
    let down = end < start;
    let step = step.unwrap_or(if down { -Decimal::ONE } else { Decimal::ONE });
    if step.is_zero() || (start != end && step.is_sign_negative() != down) {
        return Err(Failure::wrong("the step does not lead to the end"));
    }
    let mut items = Vec::new();
    let mut next = start;
    while if down { next > end } else { next < end } {
        if items.len() >= LONGEST_RANGE {
            return Err(Failure::wrong("a range of more than 1024 numbers"));
        }
        items.push(call.make(next));
        let Some(after) = next.checked_add(step) else {
            return Err(call.not_supported(Kind::List));
        };
        next = after;
    }
    call.sequence(ListKind::List, items)
}

/// `chunklist(list, size)`
pub(super) fn chunklist(call: &mut Call<'_>) -> Answer {
    let [list, size] = call.args else {
        return Err(call.arity());
    };
    let items = typed(call, list)?;
    let Some(size) = reader().number(size)?.to_usize() else {
        return Err(Failure::wrong("a negative size"));
    };
    let size = if size == 0 { items.len() } else { size };
    let mut chunks = Vec::new();
    for chunk in items.chunks(size.max(1)) {
        chunks.push(call.sequence(ListKind::List, chunk.to_vec())?);
    }
    call.sequence(ListKind::List, chunks)
}

/// `matchkeys(values, keys, wanted)`: the values whose key is wanted
pub(super) fn matchkeys(call: &mut Call<'_>) -> Answer {
    let [values, keys, wanted] = call.args else {
        return Err(call.arity());
    };
    let (values, keys) = (typed(call, values)?, reader().ordered(keys)?);
    let wanted = reader().ordered(wanted)?;
    if values.len() != keys.len() {
        return Err(Failure::wrong("as many values as keys are needed"));
    }
    let all = unify(call, [keys, wanted].concat())?;
    let (keys, wanted) = all.split_at(keys.len());
    let mut kept = Vec::new();
    for (value, key) in values.into_iter().zip(keys) {
        let mut found = Truth::False;
        for wanted in wanted {
            found = found.or(call.equal(key, wanted)?);
        }
        match found {
            Truth::True => kept.push(value),
            Truth::False => {}
            Truth::Unknown => {
                return Err(opaque(key).or_else(|| first_unknown(wanted)).map_or_else(
                    || call.not_supported(Kind::List),
                    |because| reader().unknown(because),
                ));
            }
        }
    }
    call.sequence(ListKind::List, kept)
}

/// `alltrue(list)`
pub(super) fn all_true(call: &mut Call<'_>) -> Answer {
    quantify(call, Truth::True, Truth::and)
}

/// `anytrue(list)`
pub(super) fn any_true(call: &mut Call<'_>) -> Answer {
    quantify(call, Truth::False, Truth::or)
}

/// Joins the truths of a list; null is not true.
fn quantify(call: &Call<'_>, empty: Truth, join: fn(Truth, Truth) -> Truth) -> Answer {
    let reader = Reader::giving(Kind::Bool);
    let items = &reader.sequence(one_argument(call)?)?.items;
    let mut truth = empty;
    for item in items {
        truth = join(
            truth,
            match (&item.node, opaque(item)) {
                (Node::Null, _) => Truth::False,
                (_, Some(_)) => Truth::Unknown,
                (_, None) => reader.boolean(item)?.into(),
            },
        );
    }
    match (truth, first_unknown(items)) {
        (Truth::Unknown, Some(unknown)) => Err(reader.unknown(unknown)),
        (truth, _) => Ok(call.make(truth.is_true())),
    }
}
