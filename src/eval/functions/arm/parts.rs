//! Strings that are known in parts, counted as .NET counts characters: in units of UTF-16.

use std::sync::Arc;

use crate::eval::failure::Failure;
use crate::eval::functions::pieces::Pieces;
use crate::eval::functions::{Answer, Call, opaque, strings};
use crate::value::{Kind, Node, Piece, Tree, Unknown};

/// Returns how long a text is.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Returns the parts of a string that is not known as a whole.
pub(super) fn pieces(tree: &Tree) -> &[Piece] {
    let pieces = tree
        .as_unknown()
        .and_then(|unknown| unknown.pieces.as_deref());
    pieces.unwrap_or_default()
}

/// Returns the characters that a string is known to begin with.
pub(super) fn start(tree: &Tree) -> Option<&Arc<str>> {
    known(tree, pieces(tree).first())
}

/// Returns the characters that a string is known to end with.
pub(super) fn end(tree: &Tree) -> Option<&Arc<str>> {
    known(tree, pieces(tree).last())
}

fn known<'t>(tree: &'t Tree, piece: Option<&'t Piece>) -> Option<&'t Arc<str>> {
    match (&tree.node, piece) {
        (Node::Text(text), _) | (_, Some(Piece::Text(text))) => Some(text),
        _ => None,
    }
}

/// Returns the length of the characters of a string that are known to be somewhere in it.
pub(super) fn least_length(tree: &Tree) -> usize {
    let length = |piece: &Piece| match piece {
        Piece::Text(text) => length(text),
        Piece::Hole(_) => 0,
    };
    pieces(tree).iter().map(length).sum()
}

/// Returns the characters from one place to another, `None` if there are none or one of them is cut in two.
pub(super) fn cut(text: &str, from: usize, to: usize) -> Option<String> {
    if text.is_ascii() {
        return text.get(from..to).map(str::to_owned);
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(units.get(from..to)?).ok()
}

/// Returns the string with each known part changed by a function to which it does not matter what stands beside; of the
/// unknown parts is only known that they are there.
pub(super) fn each(call: &mut Call<'_>, tree: &Tree, change: fn(&str) -> String) -> Answer {
    if let Node::Text(text) = &tree.node {
        call.create(text.len())?;
        return call.text(change(text));
    }
    let mut changed = Pieces::default();
    let parts = pieces(tree);
    if parts.is_empty() {
        return Err(unknown(tree));
    }
    for piece in parts {
        match piece {
            Piece::Text(text) => {
                call.create(text.len())?;
                changed.push(&change(text));
            }
            Piece::Hole(hole) => push_hole(call, &mut changed, hole)?,
        }
    }
    Ok(changed.finish(call.here))
}

/// Adds a part of which nothing is known but why.
pub(super) fn push_hole(
    call: &mut Call<'_>,
    pieces: &mut Pieces,
    of: &Tree,
) -> Result<(), Failure> {
    let because = opaque(of).map(Unknown::forget);
    let because = because.unwrap_or_else(|| Unknown::new(crate::value::Cause::Function, of.prov));
    let hole = call.make(because.of_kind(Kind::Text).not_null());
    strings::add_unknown(call, pieces, &hole)
}

/// Returns that a string is not known because another is not.
pub(super) fn unknown(of: &Tree) -> Failure {
    super::super::reader::Reader::giving(Kind::Text).refuse(of, Kind::Text)
}
