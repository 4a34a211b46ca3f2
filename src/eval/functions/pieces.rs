//! Puts a string together from known and unknown parts.

use std::sync::Arc;

use crate::value::{Cause, Kind, Node, Piece, ProvId, Tree, Unknown};

use super::reader::opaque;
use crate::eval::budget::{Budget, Exceeded};
use crate::truth::Truth;

/// The parts of a string so far, in order.
#[derive(Default)]
pub(crate) struct Pieces {
    done: Vec<Piece>,
    text: String,
}

impl Pieces {
    /// Adds known characters.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a value that is not known, or of which it is not known how it looks in a string; of a string whose parts are known,
    /// the parts. They are paid for before they are added.
    pub(crate) fn push_unknown(
        &mut self,
        tree: &Tree,
        budget: &mut Budget,
    ) -> Result<(), Exceeded> {
        let parts = match tree.as_unknown() {
            Some(Unknown {
                kind: Some(Kind::Text),
                pieces: Some(parts),
                ..
            }) => parts.clone(),
            _ => Arc::from([Piece::Hole(never_null(tree))]),
        };
        let length = |part: &Piece| match part {
            Piece::Text(text) => text.len(),
            Piece::Hole(_) => 0,
        };
        let text: usize = parts.iter().map(length).sum();
        budget.create(size_of_val(&*parts).saturating_add(text))?;
        for part in parts.iter() {
            match part {
                Piece::Text(text) => self.push(text),
                Piece::Hole(_) => {
                    self.flush();
                    self.done.push(part.clone());
                }
            }
        }
        Ok(())
    }

    /// Returns the string: known if all its parts are.
    pub(crate) fn finish(mut self, here: ProvId) -> Tree {
        let hole = self.done.iter().find_map(|piece| match piece {
            Piece::Hole(tree) => opaque(tree).map(Unknown::forget),
            Piece::Text(_) => None,
        });
        let Some(hole) = hole else {
            return Tree::new(self.text.into(), here);
        };
        self.flush();
        let unknown = Unknown {
            pieces: Some(self.done.into()),
            ..hole.of_kind(Kind::Text).not_null()
        };
        Tree::new(unknown.into(), here)
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.done.push(Piece::Text(text.into()));
        }
    }
}

/// Returns the value as one that is not null and not known: a string is never made of null.
fn never_null(tree: &Tree) -> Tree {
    match &tree.node {
        _ if opaque(tree).is_none() => {
            let unknown = Unknown::new(Cause::NotSupported, tree.prov);
            Tree::new(unknown.of_kind(Kind::Text).not_null().into(), tree.prov)
        }
        Node::Unknown(unknown) if unknown.null != Truth::False => Tree {
            node: Unknown::clone(unknown).not_null().into(),
            ..tree.clone()
        },
        _ => tree.clone(),
    }
}
