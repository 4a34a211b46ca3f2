//! Values whose shape is only known when they are read: what evaluation gives and what a resource's body is made of.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Cause, Kind, Piece, ProvId, Unknown};
use crate::source::{Span, Symbol};
use crate::truth::Truth;

/// A value with its place and its way through the code. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The value itself.
    pub node: Node,
    /// Where it came from.
    pub prov: ProvId,
    /// The whole literal in a file, not inside a template.
    pub written_at: Option<Span>,
    /// Whether it, or what it was computed from, is marked sensitive.
    pub sensitive: bool,
    /// For a string that was made by encoding a value: that value, with its places and unknown parts.
    pub encoded: Option<Arc<Tree>>,
    /// How many values nest below it; of a value whose node was exchanged, those below the node before.
    pub depth: u16,
}

/// How many values may nest in each other. Whoever walks down a value, even to drop it, needs a little stack for each.
const DEEPEST: u16 = 200;

/// A value without its place.
#[derive(Clone, Debug)]
pub enum Node {
    /// `null`: becomes Absent when a schema reads it.
    Null,
    /// True or false.
    Bool(bool),
    /// A decimal number: 0.1 + 0.2 is 0.3.
    Number(Decimal),
    /// A string.
    Text(Arc<str>),
    /// A list, tuple or set.
    List(Arc<List>),
    /// An object, map, block or whole resource body.
    Object(Arc<Object>),
    /// A resource, or an attribute of one that the code does not set.
    Ref(Arc<Reference>),
    /// Not known.
    Unknown(Arc<Unknown<Tree>>),
}

/// Which of the languages' sequence types a list is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ListKind {
    /// `[1, "a"]`: each element has a type of its own.
    Tuple,
    /// All elements are of one type.
    List,
    /// No order and no duplicates; kept sorted.
    Set,
}

/// The elements of a list, in order. The length is known; elements may be unknown.
#[derive(Clone, Debug)]
pub struct List {
    /// Which sequence type.
    pub kind: ListKind,
    /// The elements.
    pub items: Vec<Tree>,
}

/// The attributes of an object, by name.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The attributes that are known to be there; sorted by name, as Terraform keeps them.
    pub entries: BTreeMap<Symbol, Tree>,
    /// Why there may be more of them; `None` when these are all.
    pub rest: Option<Unknown<Tree>>,
}

/// The number of a resource instance in its root, given on first mention.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ResourceId(pub u32);

/// A resource (empty path), or an attribute of it that is not in the code.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Which resource.
    pub resource: ResourceId,
    /// The way to the attribute, from the resource down; empty for the resource itself.
    pub path: Vec<Step>,
    /// What is known about the attribute's value.
    pub unknown: Unknown<Tree>,
}

/// One step down into a value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Step {
    /// An attribute or map key.
    Name(Symbol),
    /// An element, from 0.
    Index(usize),
}

/// What tells the instances of one resource or module apart.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Key {
    /// Neither `count` nor `for_each`.
    None,
    /// An element of `count`.
    Index(usize),
    /// An element of `for_each`.
    Name(Symbol),
    /// An element of `for_each` whose name is sensitive: its place among them, from 1. Only for printing.
    Hidden(usize),
    /// One or more instances whose keys are not known.
    Unknown,
}

impl fmt::Display for Key {
    /// Writes what stands behind the address: nothing, `[0]`, `["a"]`, `["(sensitive 1)"]` or `[?]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::None => Ok(()),
            Key::Index(index) => write!(f, "[{index}]"),
            Key::Name(name) => write!(f, "[{:?}]", name.as_str()),
            Key::Hidden(place) => write!(f, "[\"(sensitive {place})\"]"),
            Key::Unknown => f.write_str("[?]"),
        }
    }
}

impl Tree {
    /// Returns a value that was computed, not written: no literal, not sensitive. A value that nests too deeply is given up.
    pub fn new(node: Node, prov: ProvId) -> Self {
        let depth = node.depth();
        let (node, depth) = if depth > DEEPEST {
            (Unknown::new(Cause::Budget, prov).into(), 0)
        } else {
            (node, depth)
        };
        Tree {
            node,
            prov,
            written_at: None,
            sensitive: false,
            encoded: None,
            depth,
        }
    }

    /// Returns it as the encoded form of a value. A value that nests too deeply is not kept.
    #[must_use]
    pub fn encoding(mut self, value: &Tree) -> Self {
        let depth = value.depth.saturating_add(1).max(self.depth);
        if depth <= DEEPEST {
            self.encoded = Some(Arc::new(value.clone()));
            self.depth = depth;
        }
        self
    }

    /// Returns a value of which nothing is known but why.
    pub fn unknown(cause: Cause, origin: ProvId) -> Self {
        Tree::new(Unknown::new(cause, origin).into(), origin)
    }

    /// Returns it marked sensitive if `sensitive`.
    #[must_use]
    pub fn mark(mut self, sensitive: bool) -> Self {
        self.sensitive |= sensitive;
        self
    }

    /// Returns what is known about the value when it is not known: an unknown value, or an attribute that Azure fills in.
    /// A resource as a whole is not unknown.
    pub fn as_unknown(&self) -> Option<&Unknown<Tree>> {
        match &self.node {
            Node::Unknown(unknown) => Some(unknown),
            Node::Ref(reference) if !reference.path.is_empty() => Some(&reference.unknown),
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::List(_)
            | Node::Object(_)
            | Node::Ref(_) => None,
        }
    }

    /// Returns the string if it is a known one.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        if let Node::Text(text) = &self.node {
            Some(text)
        } else {
            None
        }
    }

    /// Returns the elements if it is a list.
    pub fn as_list(&self) -> Option<&List> {
        if let Node::List(list) = &self.node {
            Some(list)
        } else {
            None
        }
    }

    /// Returns the attributes if it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Node::Object(object) = &self.node {
            Some(object)
        } else {
            None
        }
    }

    /// Tells whether it is null.
    pub fn null(&self) -> Truth {
        match (&self.node, self.as_unknown()) {
            (Node::Null, _) => Truth::True,
            (_, Some(unknown)) => unknown.null,
            (_, None) => Truth::False,
        }
    }

    /// Returns the kind of value, if it is known and not null. A resource is an object.
    pub fn kind(&self) -> Option<Kind> {
        match &self.node {
            Node::Null => None,
            Node::Bool(_) => Some(Kind::Bool),
            Node::Number(_) => Some(Kind::Number),
            Node::Text(_) => Some(Kind::Text),
            Node::List(_) => Some(Kind::List),
            Node::Object(_) => Some(Kind::Object),
            Node::Ref(reference) if reference.path.is_empty() => Some(Kind::Object),
            Node::Ref(reference) => reference.unknown.kind,
            Node::Unknown(unknown) => unknown.kind,
        }
    }
}

impl Node {
    /// Returns how many values nest below this one.
    fn depth(&self) -> u16 {
        match self {
            Node::List(list) => above(&mut list.items.iter()),
            Node::Object(object) => {
                let rest = object.rest.as_ref().map_or(0, Unknown::depth);
                above(&mut object.entries.values()).max(rest)
            }
            Node::Unknown(unknown) => unknown.depth(),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Ref(_) => 0,
        }
    }
}

impl Unknown<Tree> {
    /// Returns how many values nest in what is known of this one.
    fn depth(&self) -> u16 {
        let alternatives = self.one_of.iter().flat_map(|all| all.iter());
        let pieces = self.pieces.iter().flat_map(|pieces| pieces.iter());
        let holes = pieces.filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole),
            Piece::Text(_) => None,
        });
        above(&mut alternatives.chain(holes))
    }
}

/// Returns one more than the values nest that are deepest, 0 if there is none.
fn above(values: &mut dyn Iterator<Item = &Tree>) -> u16 {
    let deepest = values.map(|value| value.depth).max();
    deepest.map_or(0, |depth| depth.saturating_add(1))
}

impl From<Unknown<Tree>> for Node {
    fn from(unknown: Unknown<Tree>) -> Self {
        Node::Unknown(Arc::new(unknown))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Node::Text(text.into())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Node::Text(text.into())
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Node::Bool(value)
    }
}

impl From<Decimal> for Node {
    fn from(value: Decimal) -> Self {
        Node::Number(value)
    }
}

impl From<List> for Node {
    fn from(list: List) -> Self {
        Node::List(Arc::new(list))
    }
}

impl From<Object> for Node {
    fn from(object: Object) -> Self {
        Node::Object(Arc::new(object))
    }
}

impl List {
    /// Returns a tuple of these elements.
    pub fn tuple(items: Vec<Tree>) -> Self {
        List {
            kind: ListKind::Tuple,
            items,
        }
    }
}

impl Object {
    /// Returns an object with exactly these attributes.
    pub fn complete(entries: BTreeMap<Symbol, Tree>) -> Self {
        Object {
            entries,
            rest: None,
        }
    }
}
