//! The algebra of Azure resource ids and names: texts whose parts are known, unknown or references, compared part by part.
//! Knows no resource type.

use std::sync::Arc;

use crate::value::{Node, Piece, ResourceId, State, Step, TermId, Tree};

/// A part of a text that is the same wherever it occurs.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Part {
    /// Known characters in lower case: Azure ignores the case of names.
    Text(String),
    /// An attribute that the code does not set.
    Attribute(ResourceId, Vec<Step>),
    /// An unknown quantity.
    Term(TermId),
    /// One unknown value that was carried to several places.
    Shared(usize),
}

/// A text by its parts; equal keys mean equal texts.
pub(super) type Key = Vec<Part>;

/// A resource id taken apart.
#[derive(Clone, Debug)]
pub(super) struct IdPath {
    /// The resource whose id it begins with.
    pub root: Option<ResourceId>,
    /// The resource group.
    pub group: Option<Key>,
    /// Type (in lower case) and name, from the outside in; without `root`'s.
    pub names: Vec<(String, Key)>,
}

/// Returns the parts of a text, `None` if it is null or no text.
pub(super) fn key(tree: &Tree) -> Option<Key> {
    let mut parts = Vec::new();
    add_parts(tree, &mut parts).then_some(parts)
}

/// Tells whether every character is known.
pub(super) fn is_known(key: &Key) -> bool {
    key.iter().all(|part| matches!(part, Part::Text(_)))
}

/// Takes a resource id apart, `None` if it is not known well enough.
pub(super) fn path(tree: &Tree) -> Option<IdPath> {
    let key = key(tree)?;
    if let [Part::Attribute(root, steps), rest @ ..] = key.as_slice()
        && is_id(steps)
    {
        return Some(IdPath {
            root: Some(*root),
            group: None,
            names: pairs(&segments(rest))?,
        });
    }
    let segments = segments(&key);
    let word = |key: &Key| match key.as_slice() {
        [Part::Text(text)] => Some(text.clone()),
        _ => None,
    };
    let at = |name: &str| {
        segments
            .iter()
            .position(|s| word(s).as_deref() == Some(name))
    };
    let providers = at("providers")?;
    Some(IdPath {
        root: None,
        group: at("resourcegroups").and_then(|group| segments.get(group + 1).cloned()),
        names: pairs(segments.get(providers + 2..)?)?,
    })
}

/// Returns the resource group that an id says, be it the group's own id.
pub(super) fn group(tree: &Tree) -> Option<Key> {
    let segments = segments(&key(tree)?);
    let is = |key: &Key| matches!(key.as_slice(), [Part::Text(text)] if text == "resourcegroups");
    let at = segments.iter().position(is)?;
    segments.get(at + 1).cloned()
}

/// Returns the name of the resource group that an id says, as it is written.
pub(super) fn group_name(tree: &Tree) -> State<Arc<str>> {
    let unknown = tree.as_unknown();
    let pieces = unknown.and_then(|unknown| unknown.pieces.as_deref());
    let known = match (tree.as_text(), pieces) {
        (Some(id), _) => Some(&**id),
        // What the subscription is does not matter.
        (None, Some([.., Piece::Text(end)])) => Some(&**end),
        (None, _) => None,
    };
    let name = known.and_then(|id| {
        let mut segments = id.split('/');
        segments.find(|segment| segment.eq_ignore_ascii_case("resourceGroups"))?;
        segments.next().filter(|name| !name.is_empty())
    });
    match (name, pieces, unknown) {
        (Some(name), ..) => State::Known(name.into()),
        (
            None,
            Some(
                [
                    ..,
                    Piece::Hole(Tree {
                        node: Node::Unknown(hole),
                        ..
                    }),
                ],
            ),
            _,
        ) => State::Unknown(hole.forget()),
        (None, _, Some(unknown)) => State::Unknown(unknown.forget()),
        (None, _, None) => State::Absent,
    }
}

/// Returns an id as it is compared as a whole.
pub(super) fn whole(id: &str) -> String {
    id.trim_end_matches('/').to_lowercase()
}

/// Tells whether a path leads to the resource's id.
pub(super) fn is_id(path: &[Step]) -> bool {
    matches!(path, [Step::Name(name)] if name.as_str() == "id")
}

fn pairs(segments: &[Key]) -> Option<Vec<(String, Key)>> {
    let pairs = segments.chunks(2).map(|pair| match pair {
        [kind, name] => match kind.as_slice() {
            [Part::Text(kind)] if !name.is_empty() => Some((kind.clone(), name.clone())),
            _ => None,
        },
        _ => None,
    });
    pairs.collect()
}

/// Cuts a text at its slashes; what stands before a first slash without text is left out.
fn segments(parts: &[Part]) -> Vec<Key> {
    let mut all = vec![Vec::new()];
    for part in parts {
        let Part::Text(text) = part else {
            if let Some(last) = all.last_mut() {
                last.push(part.clone());
            }
            continue;
        };
        for (index, piece) in text.split('/').enumerate() {
            if index > 0 {
                all.push(Vec::new());
            }
            if let (false, Some(last)) = (piece.is_empty(), all.last_mut()) {
                last.push(Part::Text(piece.to_owned()));
            }
        }
    }
    if all.first().is_some_and(Vec::is_empty) {
        all.remove(0);
    }
    all
}

fn add_parts(tree: &Tree, parts: &mut Key) -> bool {
    match &tree.node {
        Node::Text(text) => add_text(text, parts),
        Node::Number(number) => add_text(&number.normalize().to_string(), parts),
        Node::Bool(truth) => add_text(&truth.to_string(), parts),
        Node::Ref(reference) if !reference.path.is_empty() => {
            parts.push(Part::Attribute(reference.resource, reference.path.clone()));
        }
        Node::Unknown(unknown) => match (&unknown.pieces, unknown.term) {
            (Some(pieces), _) => return pieces.iter().all(|piece| add_piece(piece, parts)),
            (None, Some(term)) if !term.negated => parts.push(Part::Term(term.id)),
            _ => parts.push(Part::Shared(Arc::as_ptr(unknown).addr())),
        },
        Node::Null | Node::List(_) | Node::Object(_) | Node::Ref(_) => return false,
    }
    true
}

fn add_piece(piece: &Piece, parts: &mut Key) -> bool {
    match piece {
        Piece::Text(text) => {
            add_text(text, parts);
            true
        }
        Piece::Hole(tree) => add_parts(tree, parts),
    }
}

fn add_text(text: &str, parts: &mut Key) {
    let text = text.to_lowercase();
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(&text),
        _ => parts.push(Part::Text(text)),
    }
}
