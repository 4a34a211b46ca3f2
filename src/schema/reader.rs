//! Reads the attributes of one block into model values, each headed by the model's own node. Knows no attribute by name.

use std::cell::RefCell;

use super::convert;
use super::field::Field;
use crate::source::{Span, Symbol};
use crate::truth::Truth;
use crate::value::{
    EntityId, Interval, Kind, List, Node, Object, Problem, ProvId, ProvKind, ProvNode, Provenance,
    State, Tree, Unknown, Value,
};

/// A block of a resource, or the place where it is missing.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    trail: &'a RefCell<Provenance>,
    owner: EntityId,
    head: Option<Span>,
    body: Body<'a>,
}

/// What is written in the place of a block.
#[derive(Clone)]
enum Body<'a> {
    Written(&'a Object),
    Missing,
    Unknown(Unknown<()>),
}

/// Repeated blocks of one type.
pub(super) struct Blocks<'a> {
    /// Those that are known.
    pub all: Vec<Reader<'a>>,
    /// Why there may be more.
    pub more: Option<Unknown<()>>,
}

/// What stands in the place of an attribute.
enum Found<'a> {
    Tree(&'a Tree),
    Nothing,
    Unknown(Unknown<()>),
}

impl<'a> Reader<'a> {
    /// Returns a reader of a block that has its own head.
    pub(super) fn new(
        trail: &'a RefCell<Provenance>,
        owner: EntityId,
        head: Option<Span>,
        body: &'a Tree,
    ) -> Self {
        let body = match (&body.node, body.as_unknown()) {
            (Node::Object(object), _) => Body::Written(object),
            (_, Some(unknown)) => Body::Unknown(unknown.forget()),
            (_, None) => Body::Missing,
        };
        Reader {
            trail,
            owner,
            head,
            body,
        }
    }

    /// Returns where provenance is written.
    pub(super) fn trail(&self) -> &'a RefCell<Provenance> {
        self.trail
    }

    /// Returns the head of the block.
    pub(super) fn head(&self) -> Option<Span> {
        self.head
    }

    /// Returns the same block for another entity.
    pub(super) fn owned_by(&self, owner: EntityId) -> Self {
        Reader {
            owner,
            ..self.clone()
        }
    }

    /// Tells whether the block is known to be written.
    pub(super) fn is_written(&self) -> bool {
        matches!(self.body, Body::Written(_))
    }

    /// Returns the tree of an attribute that is written and not null.
    pub(super) fn tree(&self, attribute: &str) -> Option<&'a Tree> {
        match self.find([attribute].into_iter()) {
            Found::Tree(tree) if !tree.null().is_true() => Some(tree),
            Found::Tree(_) | Found::Nothing | Found::Unknown(_) => None,
        }
    }

    /// Returns the value of an attribute.
    pub(super) fn value<T>(
        &self,
        field: impl Into<Field>,
        convert: impl Fn(&Tree) -> Result<T, Problem>,
    ) -> Value<T> {
        self.read(field, |tree| convert::state(tree, &convert))
    }

    /// Returns the list of an attribute; elements that are null are dropped.
    pub(super) fn list<T>(
        &self,
        field: impl Into<Field>,
        convert: impl Fn(&Tree) -> Result<T, Problem>,
    ) -> List<T> {
        self.list_of(field, |tree| convert::state(tree, &convert))
    }

    /// Returns the value of an attribute as `read` understands it.
    pub(super) fn read<T>(
        &self,
        field: impl Into<Field>,
        read: impl Fn(&Tree) -> State<T>,
    ) -> Value<T> {
        let field = field.into();
        match self.find(field.attributes()) {
            Found::Tree(tree) => self.wrap(field.name, tree, read(tree)),
            Found::Nothing => self.absent(field.name),
            Found::Unknown(unknown) => self.unknown(field.name, unknown.forget()),
        }
    }

    /// Returns the list of an attribute with elements as `read` understands them. The provider takes an empty list as not
    /// written.
    pub(super) fn list_of<T>(
        &self,
        field: impl Into<Field>,
        read: impl Fn(&Tree) -> State<T>,
    ) -> List<T> {
        let field = field.into();
        let items = |tree: &Tree| {
            let list = tree.as_list()?;
            let written = list.items.iter().filter(|item| !item.null().is_true());
            Some(
                written
                    .map(|item| self.wrap(field.name, item, read(item)))
                    .collect(),
            )
        };
        let list = self.read(field, |tree| {
            convert::state(tree, |tree| items(tree).ok_or(Problem::Kind(Kind::List)))
        });
        if list.get().is_some_and(Vec::is_empty) {
            return self.absent(field.name);
        }
        list
    }

    /// Returns a list of the one element of a one-element form.
    pub(super) fn single<T: Clone>(
        &self,
        field: impl Into<Field>,
        convert: impl Fn(&Tree) -> Result<T, Problem>,
    ) -> List<T> {
        let value = self.value(field, convert);
        let state = match &value.state {
            State::Absent => State::Absent,
            State::Known(_) | State::Invalid { .. } => State::Known(vec![value.clone()]),
            State::Unknown(unknown) if unknown.null.is_false() => State::Known(vec![value.clone()]),
            State::Unknown(unknown) => {
                let alone = |item: T| Some(vec![Value::known(item, value.prov)]);
                State::Unknown(Unknown {
                    kind: Some(Kind::List),
                    bounds: None,
                    pieces: None,
                    ..unknown.clone().map(alone)
                })
            }
        };
        Value {
            state,
            prov: value.prov,
            written_at: None,
            sensitive: value.sensitive,
        }
    }

    /// Returns the one block of a type.
    pub(super) fn block(&self, name: &str) -> Reader<'a> {
        let blocks = self.blocks(name);
        let body = match blocks.more {
            Some(unknown) => Body::Unknown(unknown),
            None => Body::Missing,
        };
        let nothing = Reader {
            body,
            ..self.clone()
        };
        blocks.all.into_iter().next().unwrap_or(nothing)
    }

    /// Returns all blocks of a type.
    pub(super) fn blocks(&self, name: &str) -> Blocks<'a> {
        let tree = match self.find([name].into_iter()) {
            Found::Tree(tree) => tree,
            Found::Nothing => return Blocks::none(None),
            Found::Unknown(unknown) => return Blocks::none(Some(unknown)),
        };
        if let Some(unknown) = tree.as_unknown().filter(|u| !u.null.is_true()) {
            return Blocks::none(Some(unknown.forget()));
        }
        let items = match tree.as_list() {
            Some(list) => list.items.as_slice(),
            None => std::slice::from_ref(tree),
        };
        let span = |tree: &Tree| self.trail.borrow().span(tree.prov).or(self.head);
        let objects = items.iter().filter(|item| item.as_object().is_some());
        Blocks {
            all: objects
                .map(|item| Reader::new(self.trail, self.owner, span(item), item))
                .collect(),
            more: items
                .iter()
                .find_map(|item| item.as_unknown().map(Unknown::forget)),
        }
    }

    /// Returns what a block says as a whole.
    pub(super) fn profile<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Reader<'a>) -> T,
    ) -> Value<T> {
        let block = self.block(name);
        let state = match &block.body {
            Body::Written(_) => State::Known(read(&block)),
            Body::Missing => State::Absent,
            Body::Unknown(unknown) => State::Unknown(unknown.forget()),
        };
        Value {
            state,
            ..Value::absent(self.attribute(name, block.head, None))
        }
    }

    /// Returns the value, or what fills it in when it is not written.
    pub(super) fn or<T: Clone>(&self, value: Value<T>, kind: ProvKind, default: T) -> Value<T> {
        self.fill(value, kind, default, None)
    }

    /// Returns the number, or what fills it in when it is not written.
    pub(super) fn or_number(&self, value: Value<u32>, kind: ProvKind, default: u32) -> Value<u32> {
        let bounds = Interval::exactly(i64::from(default));
        self.fill(value, kind, default, Some(bounds))
    }

    /// Returns the list, or what fills it in when it is not written.
    pub(super) fn or_list<T: Clone>(&self, list: List<T>, kind: ProvKind, items: &[T]) -> List<T> {
        let name = self.symbol(list.prov);
        let default = self.add(ProvNode::new(kind, self.head));
        let place = self.attribute(&name, self.head, Some(default));
        let items = items
            .iter()
            .map(|item| Value::known(item.clone(), place))
            .collect();
        self.or(list, kind, items)
    }

    /// Returns a field that nothing is written for.
    pub(super) fn absent<T>(&self, name: &str) -> Value<T> {
        Value::absent(self.attribute(name, self.head, None))
    }

    /// Returns a field that is not known, with nothing of it written.
    pub(super) fn unknown<T>(&self, name: &str, unknown: Unknown<T>) -> Value<T> {
        let origin = unknown.origin;
        Value::unknown(unknown, self.attribute(name, self.head, Some(origin)))
    }

    /// Returns the end of a trail for what would have to be written in this block.
    pub(super) fn lacks(&self, symbol: &str) -> ProvId {
        self.add(ProvNode::new(ProvKind::AzureDefault, self.head).named(symbol))
    }

    /// Adds a head for a value.
    pub(super) fn attribute(
        &self,
        name: &str,
        span: Option<Span>,
        parent: Option<ProvId>,
    ) -> ProvId {
        self.add(ProvNode {
            parent,
            owner: Some(self.owner),
            ..ProvNode::new(ProvKind::Attribute, span).named(name)
        })
    }

    fn fill<T: Clone>(
        &self,
        value: Value<T>,
        kind: ProvKind,
        default: T,
        bounds: Option<Interval>,
    ) -> Value<T> {
        match value.state {
            State::Absent => {
                let name = self.symbol(value.prov);
                let filled = self.add(ProvNode::new(kind, self.head));
                Value::known(default, self.attribute(&name, self.head, Some(filled)))
            }
            State::Unknown(unknown) if !unknown.null.is_false() => {
                let one_of = unknown.one_of.as_deref().map(|all| {
                    let default = std::iter::once(default);
                    all.iter().cloned().chain(default).collect()
                });
                let state = State::Unknown(Unknown {
                    null: Truth::False,
                    bounds: unknown.bounds.zip(bounds).map(|(a, b)| a.hull(b)),
                    one_of,
                    term: None,
                    ..unknown
                });
                Value { state, ..value }
            }
            State::Known(_) | State::Invalid { .. } | State::Unknown(_) => value,
        }
    }

    /// Returns the first attribute that is not null, else the last that is.
    fn find<'n>(&self, attributes: impl Iterator<Item = &'n str>) -> Found<'a> {
        let object = match &self.body {
            Body::Written(object) => *object,
            Body::Missing => return Found::Nothing,
            Body::Unknown(unknown) => return Found::Unknown(unknown.clone()),
        };
        let mut null = None;
        for tree in attributes.filter_map(|name| object.entries.get(name)) {
            if !tree.null().is_true() {
                return Found::Tree(tree);
            }
            null = Some(tree);
        }
        match (null, &object.rest) {
            (Some(tree), _) => Found::Tree(tree),
            (None, Some(rest)) => Found::Unknown(rest.forget()),
            (None, None) => Found::Nothing,
        }
    }

    /// Heads a value that was read from a tree; a null's place is the block that lacks the value.
    fn wrap<T>(&self, name: &str, tree: &Tree, state: State<T>) -> Value<T> {
        let lacking = matches!(state, State::Absent);
        let own = self.trail.borrow().span(tree.prov);
        let span = if lacking {
            self.head
        } else {
            own.or(self.head)
        };
        Value {
            state,
            prov: self.attribute(name, span, Some(tree.prov)),
            written_at: tree.written_at.filter(|_| !lacking),
            sensitive: tree.sensitive,
        }
    }

    fn symbol(&self, prov: ProvId) -> Symbol {
        let symbol = self.trail.borrow().node(prov).symbol.clone();
        symbol.unwrap_or_else(|| "".into())
    }

    fn add(&self, node: ProvNode) -> ProvId {
        self.trail.borrow_mut().add(node)
    }
}

impl Blocks<'_> {
    fn none(more: Option<Unknown<()>>) -> Self {
        Blocks {
            all: Vec::new(),
            more,
        }
    }
}
