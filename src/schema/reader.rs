//! Reads the attributes of one block into model values, each headed by the model's own node. Knows no attribute by name.

use std::cell::RefCell;

use super::convert;
use super::field::Field;
use super::filler::Filler;
use crate::source::Span;
use crate::value::{
    EntityId, Kind, List, Node, Object, Problem, ProvId, ProvKind, ProvNode, Provenance, State,
    Tree, Unknown, Value,
};

/// A block of a resource, or the place where it is missing.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    trail: &'a RefCell<Provenance>,
    owner: EntityId,
    head: Option<Span>,
    keys: Keys,
    body: Body<'a>,
}

/// How attributes are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// By every letter: Terraform.
    Exact,
    /// In any letter case: Azure Resource Manager.
    AnyCase,
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
        keys: Keys,
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
            keys,
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
        let blank_is_set = self.keys == Keys::Exact;
        self.read(field, |tree| {
            if blank_is_set {
                convert::state(tree, &convert)
            } else {
                // To Azure itself a blank word is one that is not given.
                convert::state(&convert::blank_as_null(tree), &convert)
            }
        })
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
                .map(|item| Reader::new(self.trail, self.owner, span(item), self.keys, item))
                .collect(),
            more: items
                .iter()
                .find_map(|item| item.as_unknown().map(Unknown::forget)),
        }
    }

    /// Returns a list with one element for each block of a type; absent if there is none.
    pub(super) fn each<T>(
        &self,
        name: &str,
        kind: &str,
        read: impl FnMut(&Reader<'a>) -> Value<T>,
    ) -> List<T> {
        let blocks = self.blocks(kind);
        if let Some(more) = blocks.more {
            return self.unknown(name, more.forget());
        }
        if blocks.all.is_empty() {
            return self.absent(name);
        }
        let head = blocks.all.first().and_then(Reader::head);
        let items = blocks.all.iter().map(read).collect();
        Value::known(items, self.attribute(name, head, None))
    }

    /// Returns what a block says as a whole.
    pub(super) fn profile<T>(
        &self,
        field: impl Into<Field>,
        read: impl FnOnce(&Reader<'a>) -> T,
    ) -> Value<T> {
        let field = field.into();
        let name = field.name;
        let mut blocks = field.attributes().map(|attribute| self.block(attribute));
        let Some(block) = blocks.next() else {
            return self.absent(name);
        };
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

    /// Returns what fills in what is not written.
    pub(super) fn filler(&self) -> Filler<'a> {
        Filler(self.trail)
    }

    /// Returns the value, or what fills it in when it is not written.
    pub(super) fn or<T: Clone>(&self, value: Value<T>, kind: ProvKind, default: T) -> Value<T> {
        self.filler().or(value, kind, default)
    }

    /// Returns the number, or what fills it in when it is not written.
    pub(super) fn or_number(&self, value: Value<u32>, kind: ProvKind, default: u32) -> Value<u32> {
        self.filler().or_number(value, kind, default)
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

    /// Returns the first attribute that is not null, else the last that is.
    fn find<'n>(&self, attributes: impl Iterator<Item = &'n str>) -> Found<'a> {
        let object = match &self.body {
            Body::Written(object) => *object,
            Body::Missing => return Found::Nothing,
            Body::Unknown(unknown) => return Found::Unknown(unknown.clone()),
        };
        let mut null = None;
        for tree in attributes.filter_map(|name| entry(object, name, self.keys)) {
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

    fn add(&self, node: ProvNode) -> ProvId {
        self.trail.borrow_mut().add(node)
    }
}

/// Returns the attribute of a name.
fn entry<'t>(object: &'t Object, name: &str, keys: Keys) -> Option<&'t Tree> {
    let exact = object.entries.get(name);
    if exact.is_some() || keys == Keys::Exact {
        return exact;
    }
    let mut all = object.entries.iter();
    let found = all.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, tree)| tree)
}

impl Blocks<'_> {
    fn none(more: Option<Unknown<()>>) -> Self {
        Blocks {
            all: Vec::new(),
            more,
        }
    }
}
