//! `==` in three values: what is not known is equal or different as soon as that is certain.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use crate::eval::budget::{Budget, Exceeded};
use crate::truth::Truth;
use crate::value::{Interval, Kind, Node, Object, Piece, Reference, Tree, TreeList, Unknown};

/// How much one comparison looks at before it gives up.
struct Patience {
    values: usize,
    depth: usize,
    lists: Lists,
}

/// What a language thinks of lists with equal elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// They are equal if they are of one kind: a list is no tuple.
    OfOneKind,
    /// They are equal.
    Alike,
}

impl Patience {
    /// Tells whether there is enough for looking at so many bytes.
    fn read(&mut self, bytes: usize) -> bool {
        let left = self.values.checked_sub(bytes / 64);
        self.values = left.unwrap_or(0);
        left.is_some()
    }
}

/// How many values one comparison looks at.
const VALUES: usize = 200_000;

/// Returns whether two values are equal, without conversion: `"1"` is not `1`, and null is null.
/// Takes a step for each pair that it looks at.
pub(super) fn equal(a: &Tree, b: &Tree, lists: Lists, budget: &mut Budget) -> Truth {
    if budget.exceeded() {
        return Truth::Unknown;
    }
    let mut patience = Patience {
        values: VALUES,
        depth: 200,
        lists,
    };
    let truth = compare(a, b, &mut patience);
    match budget.spend(VALUES - patience.values) {
        Ok(()) => truth,
        Err(Exceeded) => Truth::Unknown,
    }
}

fn compare(a: &Tree, b: &Tree, patience: &mut Patience) -> Truth {
    if patience.values == 0 || patience.depth == 0 {
        return Truth::Unknown;
    }
    patience.values -= 1;
    patience.depth -= 1;
    let truth = compare_nodes(a, b, patience);
    patience.depth += 1;
    truth
}

fn compare_nodes(a: &Tree, b: &Tree, patience: &mut Patience) -> Truth {
    match (a.as_unknown(), b.as_unknown()) {
        (Some(left), Some(right)) => both_unknown((a, left), (b, right), patience),
        (Some(unknown), None) => one_unknown(a, unknown, b, patience),
        (None, Some(unknown)) => one_unknown(b, unknown, a, patience),
        (None, None) => known(a, b, patience),
    }
}

fn known(a: &Tree, b: &Tree, patience: &mut Patience) -> Truth {
    match (&a.node, &b.node) {
        (Node::Null, Node::Null) => Truth::True,
        (Node::Bool(a), Node::Bool(b)) => (a == b).into(),
        (Node::Number(a), Node::Number(b)) => (a == b).into(),
        (Node::Text(a), Node::Text(b)) if a.len() != b.len() => Truth::False,
        (Node::Text(a), Node::Text(b)) if patience.read(a.len()) => (a == b).into(),
        (Node::Text(_), Node::Text(_)) => Truth::Unknown,
        (Node::List(a), Node::List(b)) => lists(a, b, patience),
        (Node::Object(a), Node::Object(b)) => objects(a, b, patience),
        (Node::Ref(a), Node::Ref(b)) if a.resource == b.resource => Truth::True,
        (Node::Ref(_), Node::Ref(_) | Node::Object(_)) | (Node::Object(_), Node::Ref(_)) => {
            Truth::Unknown
        }
        _ => Truth::False,
    }
}

fn lists(a: &Arc<TreeList>, b: &Arc<TreeList>, patience: &mut Patience) -> Truth {
    if Arc::ptr_eq(a, b) {
        return Truth::True;
    }
    let apart = a.kind != b.kind && patience.lists == Lists::OfOneKind;
    if apart || a.items.len() != b.items.len() {
        return Truth::False;
    }
    all(a.items.iter().zip(&b.items), patience)
}

fn objects(a: &Arc<Object>, b: &Arc<Object>, patience: &mut Patience) -> Truth {
    if Arc::ptr_eq(a, b) {
        return Truth::True;
    }
    let missing = |from: &Object, other: &Object| {
        other.rest.is_none()
            && from
                .entries
                .keys()
                .any(|key| !other.entries.contains_key(key))
    };
    if missing(a, b) || missing(b, a) {
        return Truth::False;
    }
    let shared = a
        .entries
        .iter()
        .filter_map(|(key, value)| Some((value, b.entries.get(key)?)));
    let complete = a.rest.is_none() && b.rest.is_none();
    all(shared, patience).and(if complete {
        Truth::True
    } else {
        Truth::Unknown
    })
}

/// Returns whether all pairs are equal: false as soon as one is known to differ.
fn all<'a>(pairs: impl Iterator<Item = (&'a Tree, &'a Tree)>, patience: &mut Patience) -> Truth {
    let mut truth = Truth::True;
    for (a, b) in pairs {
        truth = truth.and(compare(a, b, patience));
        if truth.is_false() {
            break;
        }
    }
    truth
}

fn one_unknown(
    tree: &Tree,
    unknown: &Unknown<Tree>,
    other: &Tree,
    patience: &mut Patience,
) -> Truth {
    if matches!(other.node, Node::Null) {
        return unknown.null;
    }
    if unknown.null.is_true() || tree.kind().is_some_and(|kind| other.kind() != Some(kind)) {
        return Truth::False;
    }
    let pieces = unknown.pieces.as_deref().map_or(0, size_of_val);
    let length = other.as_text().map_or(0, |text| text.len());
    if !patience.read(pieces.saturating_add(length)) {
        return Truth::Unknown;
    }
    if out_of_bounds(unknown.bounds, other) || misfit(unknown, other) {
        return Truth::False;
    }
    let Some(alternatives) = &unknown.one_of else {
        return Truth::Unknown;
    };
    let truths: Vec<Truth> = alternatives
        .iter()
        .map(|alternative| compare(alternative, other, patience))
        .collect();
    if truths.iter().all(|truth| truth.is_false()) {
        return Truth::False;
    }
    let certain = unknown.null.is_false() && truths.iter().all(|truth| truth.is_true());
    if certain { Truth::True } else { Truth::Unknown }
}

fn both_unknown(
    (a, left): (&Tree, &Unknown<Tree>),
    (b, right): (&Tree, &Unknown<Tree>),
    patience: &mut Patience,
) -> Truth {
    if let (Node::Ref(a), Node::Ref(b)) = (&a.node, &b.node)
        && same_attribute(a, b)
    {
        return Truth::True;
    }
    if let (Some(left), Some(right)) = (left.term, right.term)
        && left.id == right.id
    {
        return (left.negated == right.negated).into();
    }
    if left.null.is_true() || right.null.is_true() {
        let other = if left.null.is_true() { right } else { left };
        return other.null;
    }
    if !(left.null.is_false() || right.null.is_false()) {
        return Truth::Unknown;
    }
    let kinds_differ = a.kind().zip(b.kind()).is_some_and(|(a, b)| a != b);
    if kinds_differ || apart(left.bounds, right.bounds) || ends_clash(left, right) {
        return Truth::False;
    }
    // Null on one side only is no equality either, so the alternatives decide alone.
    match (&left.one_of, &right.one_of) {
        (Some(all), _) if excluded(all, b, patience) => Truth::False,
        (_, Some(all)) if excluded(all, a, patience) => Truth::False,
        _ => Truth::Unknown,
    }
}

fn excluded(alternatives: &[Tree], other: &Tree, patience: &mut Patience) -> bool {
    alternatives
        .iter()
        .all(|alternative| compare(alternative, other, patience).is_false())
}

fn same_attribute(a: &Reference, b: &Reference) -> bool {
    a.resource == b.resource && a.path == b.path
}

fn out_of_bounds(bounds: Option<Interval>, other: &Tree) -> bool {
    let (Some(bounds), Node::Number(number)) = (bounds, &other.node) else {
        return false;
    };
    let Some(floor) = number.floor().to_i64() else {
        return false;
    };
    bounds.low.is_some_and(|low| floor < low)
        || bounds
            .high
            .is_some_and(|high| floor > high || (floor == high && !number.fract().is_zero()))
}

fn apart(a: Option<Interval>, b: Option<Interval>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    let below = |a: Interval, b: Interval| a.high.zip(b.low).is_some_and(|(high, low)| high < low);
    below(a, b) || below(b, a)
}

/// Returns the known text in front of and behind the unknown parts of a string.
fn ends(unknown: &Unknown<Tree>) -> (&str, &str) {
    let pieces = unknown.pieces.as_deref().unwrap_or_default();
    (known_text(pieces.first()), known_text(pieces.last()))
}

fn known_text(piece: Option<&Piece>) -> &str {
    match piece {
        Some(Piece::Text(text)) => text,
        Some(Piece::Hole(_)) | None => "",
    }
}

/// Tells whether a known string lacks text that the unknown one has.
fn misfit(unknown: &Unknown<Tree>, other: &Tree) -> bool {
    let (Some(pieces), Some(text)) = (unknown.pieces.as_deref(), other.as_text()) else {
        return false;
    };
    let (prefix, suffix) = ends(unknown);
    let least: usize = pieces
        .iter()
        .map(|piece| known_text(Some(piece)).len())
        .sum();
    text.len() < least || !text.starts_with(prefix) || !text.ends_with(suffix)
}

fn ends_clash(a: &Unknown<Tree>, b: &Unknown<Tree>) -> bool {
    let ((start, end), (other_start, other_end)) = (ends(a), ends(b));
    let start_clashes = !start.starts_with(other_start) && !other_start.starts_with(start);
    let end_clashes = !end.ends_with(other_end) && !other_end.ends_with(end);
    a.kind == Some(Kind::Text) && b.kind == Some(Kind::Text) && (start_clashes || end_clashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Cause, ListKind, ProvId, Term, TermId};
    use rust_decimal::Decimal;

    fn equal(a: &Tree, b: &Tree) -> Truth {
        super::equal(a, b, Lists::OfOneKind, &mut Budget::of_one_in(1))
    }

    fn tree(node: impl Into<Node>) -> Tree {
        Tree::new(node.into(), ProvId(0))
    }

    fn unknown() -> Unknown<Tree> {
        Unknown::new(Cause::Input, ProvId(0))
    }

    fn list(items: Vec<Tree>) -> Tree {
        tree(TreeList::tuple(items))
    }

    #[test]
    fn nothing_is_converted() {
        assert_eq!(equal(&tree("1"), &tree(Decimal::ONE)), Truth::False);
        assert_eq!(equal(&tree(Node::Null), &tree(Node::Null)), Truth::True);
        assert_eq!(equal(&tree("a"), &tree("a")), Truth::True);
        let typed = tree(TreeList {
            kind: ListKind::List,
            items: vec![],
        });
        assert_eq!(equal(&typed, &list(vec![])), Truth::False);
        let alike = super::equal(
            &typed,
            &list(vec![]),
            Lists::Alike,
            &mut Budget::of_one_in(1),
        );
        assert_eq!(alike, Truth::True);
    }

    #[test]
    fn a_known_difference_decides() {
        let a = list(vec![tree(unknown()), tree("x")]);
        let b = list(vec![tree("?"), tree("y")]);
        let c = list(vec![tree("?"), tree("x")]);
        assert_eq!(equal(&a, &b), Truth::False);
        assert_eq!(equal(&a, &c), Truth::Unknown);
    }

    #[test]
    fn what_is_known_of_the_unknown_decides() {
        let null = tree(Node::Null);
        assert_eq!(equal(&tree(unknown()), &null), Truth::Unknown);
        assert_eq!(equal(&tree(unknown().not_null()), &null), Truth::False);
        assert_eq!(
            equal(&tree(unknown().of_kind(Kind::List)), &tree("a")),
            Truth::False
        );
        let one_of = Unknown {
            one_of: Some([tree("a"), tree("b")].into()),
            ..unknown()
        };
        assert_eq!(equal(&tree(one_of.clone()), &tree("c")), Truth::False);
        assert_eq!(equal(&tree(one_of), &tree("a")), Truth::Unknown);
        let bounded = Unknown {
            bounds: Some(Interval {
                low: Some(3),
                high: None,
            }),
            ..unknown()
        };
        assert_eq!(equal(&tree(bounded), &tree(Decimal::ONE)), Truth::False);
        let pieces = Unknown {
            pieces: Some([Piece::Text("rg-".into()), Piece::Hole(tree(unknown()))].into()),
            ..unknown().of_kind(Kind::Text)
        };
        assert_eq!(equal(&tree(pieces.clone()), &tree("vnet-a")), Truth::False);
        assert_eq!(equal(&tree(pieces), &tree("rg-a")), Truth::Unknown);
    }

    #[test]
    fn the_same_term_is_the_same_value() {
        let term = |negated| Unknown {
            term: Some(Term {
                id: TermId(1),
                negated,
            }),
            ..unknown()
        };
        assert_eq!(equal(&tree(term(false)), &tree(term(false))), Truth::True);
        assert_eq!(equal(&tree(term(false)), &tree(term(true))), Truth::False);
        assert_eq!(equal(&tree(unknown()), &tree(unknown())), Truth::Unknown);
    }
}
