//! Children whose name holds their parent's: `vnet/subnet` becomes a name and a parent. Knows no resource type by name.

use std::sync::Arc;

use crate::resource::Resource;
use crate::value::{Node, Object, Piece, Tree, Unknown};

/// Takes the parent's name out of the child's.
pub(in crate::schema) fn split(resource: Resource) -> Resource {
    let Some((kind, _)) = super::named(&resource.kind) else {
        return resource;
    };
    let levels = kind.split('/').count();
    let Some(object) = resource.body.as_object().filter(|_| levels > 2) else {
        return resource;
    };
    let Some((key, name)) = member(object, "name") else {
        return resource;
    };
    let Some((parent, own)) = halves(name) else {
        return resource;
    };
    let mut entries = object.entries.clone();
    entries.insert(key.clone(), own);
    if member(object, "parent").is_none() {
        entries.insert("parent".into(), parent);
    }
    let rest = object.rest.clone();
    Resource {
        body: Tree {
            node: Object { entries, rest }.into(),
            ..resource.body
        },
        ..resource
    }
}

/// Returns a member in any letter case.
pub(super) fn member<'t>(
    object: &'t Object,
    name: &str,
) -> Option<(&'t crate::source::Symbol, &'t Tree)> {
    let mut all = object.entries.iter();
    all.find(|(key, _)| key.eq_ignore_ascii_case(name))
}

/// Cuts a name at its last slash.
fn halves(name: &Tree) -> Option<(Tree, Tree)> {
    let part = |node: Node| Tree {
        node,
        written_at: None,
        ..name.clone()
    };
    if let Some(text) = name.as_text() {
        let (parent, own) = text.rsplit_once('/')?;
        return Some((part(parent.into()), part(own.into())));
    }
    let unknown = name.as_unknown()?;
    let pieces = unknown.pieces.as_deref()?;
    let (at, before, after) = pieces.iter().enumerate().rev().find_map(|(at, piece)| {
        let Piece::Text(text) = piece else {
            return None;
        };
        let (before, after) = text.rsplit_once('/')?;
        Some((at, before, after))
    })?;
    let text = |text: &str| (!text.is_empty()).then(|| Piece::Text(text.into()));
    let parent = pieces[..at].iter().cloned().chain(text(before));
    let own = text(after)
        .into_iter()
        .chain(pieces[at + 1..].iter().cloned());
    Some((
        joined(name, unknown, parent.collect()),
        joined(name, unknown, own.collect()),
    ))
}

/// Returns the text of these pieces.
fn joined(name: &Tree, unknown: &Unknown<Tree>, pieces: Vec<Piece>) -> Tree {
    match pieces.as_slice() {
        [Piece::Hole(hole)] => hole.clone(),
        [Piece::Text(text)] => Tree {
            node: Node::Text(Arc::clone(text)),
            written_at: None,
            ..name.clone()
        },
        _ => Tree {
            node: Unknown {
                pieces: Some(pieces.into()),
                one_of: None,
                term: None,
                ..unknown.clone()
            }
            .into(),
            ..name.clone()
        },
    }
}
