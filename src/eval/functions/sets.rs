//! Sets: no duplicates, sorted. Where it is not certain which elements are equal, the set is not known.

use std::cmp::Ordering;
use std::sync::Arc;

use super::conversion::{first_unknown, unify};
use super::reader::{Reader, opaque};
use super::{Answer, Call, json};
use crate::eval::failure::Failure;
use crate::truth::Truth;
use crate::value::{Kind, ListKind, Node, Tree, Unknown};

/// Returns the set of these elements, which are of one type.
pub(super) fn build(call: &mut Call<'_>, items: Vec<Tree>) -> Answer {
    let distinct = distinct(call, items)?;
    let sorted = sort(call, distinct)?;
    call.sequence(ListKind::Set, sorted)
}

/// Returns the elements without duplicates, in their order.
pub(super) fn distinct(call: &mut Call<'_>, items: Vec<Tree>) -> Result<Vec<Tree>, Failure> {
    let mut distinct: Vec<Tree> = Vec::new();
    for item in items {
        if !holds(call, &distinct, &item)? {
            distinct.push(item);
        }
    }
    Ok(distinct)
}

/// Tells whether an element is among others; an unknown list if that is not certain.
fn holds(call: &mut Call<'_>, items: &[Tree], wanted: &Tree) -> Result<bool, Failure> {
    let mut holds = Truth::False;
    for item in items {
        holds = holds.or(call.equal(item, wanted)?);
        if holds.is_true() {
            return Ok(true);
        }
    }
    if holds.is_false() {
        return Ok(false);
    }
    let because = opaque(wanted).or_else(|| first_unknown(items));
    Err(because.map_or_else(
        || call.not_supported(Kind::List),
        |because| Reader::giving(Kind::List).unknown(because),
    ))
}

/// A place in the order of a set. Null stands last, but for what is not known.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Bool(bool),
    Text(Arc<str>),
    Compound(String),
    Null,
    Unknown,
}

/// Sorts as a set is sorted: numbers by value, strings by bytes.
fn sort(call: &mut Call<'_>, mut items: Vec<Tree>) -> Result<Vec<Tree>, Failure> {
    call.spend(items.len().saturating_mul(20))?;
    if items
        .iter()
        .all(|item| matches!(item.node, Node::Number(_)))
    {
        items.sort_by(|a, b| match (&a.node, &b.node) {
            (Node::Number(a), Node::Number(b)) => a.cmp(b),
            _ => Ordering::Equal,
        });
        return Ok(items);
    }
    let mut placed = Vec::new();
    for item in items {
        placed.push((place(call, &item), item));
    }
    placed.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(placed.into_iter().map(|(_, item)| item).collect())
}

fn place(call: &mut Call<'_>, item: &Tree) -> Place {
    match &item.node {
        Node::Null => Place::Null,
        Node::Bool(value) => Place::Bool(*value),
        Node::Text(text) => Place::Text(text.clone()),
        Node::Number(_) | Node::List(_) | Node::Object(_) => {
            let mut key = String::new();
            match json::write(call, item, &mut key, 0) {
                Ok(()) => Place::Compound(key),
                Err(_) => Place::Unknown,
            }
        }
        Node::Ref(_) | Node::Unknown(_) => Place::Unknown,
    }
}

/// Reads all arguments as sequences and gives their elements one type.
fn unified(call: &mut Call<'_>) -> Result<Vec<Vec<Tree>>, Failure> {
    let reader = Reader::giving(Kind::List);
    let mut lengths = Vec::new();
    let mut all = Vec::new();
    for tree in call.args {
        let items = &reader.sequence(tree)?.items;
        lengths.push(items.len());
        all.extend(items.iter().cloned());
    }
    let mut all = unify(call, all)?.into_iter();
    Ok(lengths
        .into_iter()
        .map(|length| all.by_ref().take(length).collect())
        .collect())
}

/// `setunion(sets...)`
pub(super) fn union(call: &mut Call<'_>) -> Answer {
    if call.args.is_empty() {
        return Err(call.arity());
    }
    let items = unified(call)?.into_iter().flatten().collect();
    build(call, items)
}

/// `setintersection(sets...)`
pub(super) fn intersection(call: &mut Call<'_>) -> Answer {
    let mut sets = unified(call)?.into_iter();
    let Some(first) = sets.next() else {
        return Err(call.arity());
    };
    let others: Vec<Vec<Tree>> = sets.collect();
    let mut shared = Vec::new();
    for item in first {
        let mut everywhere = true;
        for other in &others {
            everywhere = everywhere && holds(call, other, &item)?;
        }
        if everywhere {
            shared.push(item);
        }
    }
    build(call, shared)
}

/// `setsubtract(a, b)`
pub(super) fn subtract(call: &mut Call<'_>) -> Answer {
    if call.args.len() != 2 {
        return Err(call.arity());
    }
    let mut sets = unified(call)?.into_iter();
    let (from, away) = (
        sets.next().unwrap_or_default(),
        sets.next().unwrap_or_default(),
    );
    let mut left = Vec::new();
    for item in from {
        if !holds(call, &away, &item)? {
            left.push(item);
        }
    }
    build(call, left)
}

/// `setproduct(sets...)`: lists keep their order and give a list.
pub(super) fn product(call: &mut Call<'_>) -> Answer {
    if call.args.len() < 2 {
        return Err(call.arity());
    }
    let reader = Reader::giving(Kind::List);
    let mut sets = Vec::new();
    let mut kind = ListKind::List;
    for tree in call.args {
        if reader.sequence(tree)?.kind == ListKind::Set {
            kind = ListKind::Set;
        }
        let items = reader.sequence(tree)?.items.clone();
        sets.push(unify(call, items)?);
    }
    let mut rows: Vec<Vec<Tree>> = vec![Vec::new()];
    for set in &sets {
        let count = rows.len().saturating_mul(set.len());
        let width = rows.first().map_or(1, |row| row.len() + 1);
        call.create(
            count
                .saturating_mul(width)
                .saturating_mul(size_of::<Tree>()),
        )?;
        rows = rows
            .iter()
            .flat_map(|row| {
                set.iter()
                    .map(|item| [row.as_slice(), std::slice::from_ref(item)].concat())
            })
            .collect();
    }
    let rows: Result<Vec<Tree>, Failure> = rows
        .into_iter()
        .map(|row| call.sequence(ListKind::Tuple, row))
        .collect();
    let rows = rows?;
    if kind == ListKind::Set && rows.iter().any(|row| row_unknown(row).is_none()) {
        return build(call, rows);
    }
    call.sequence(kind, rows)
}

fn row_unknown(row: &Tree) -> Option<&Unknown<Tree>> {
    first_unknown(&row.as_list()?.items)
}
