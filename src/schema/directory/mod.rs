//! Which model entity a resource, an id or a name means. Reads no attributes; whoever declares an entity enters it here.

mod existing;
mod linked;

use std::cell::RefCell;
use std::collections::HashMap;

use super::convert;
use super::ids::{self, IdPath, Key};
use super::inline::{self, Inline};
use crate::model::{Id, Subnet, VirtualNetwork};
use crate::project::InstanceId;
use crate::source::{Span, Symbol};
use crate::truth::Truth;
use crate::value::{
    Cause, Kind, Node, Problem, ProvId, ProvKind, ProvNode, Provenance, Reference, ResourceId,
    State, Step, Tree, Unknown,
};

pub(super) use existing::Existing;
pub(super) use linked::Linked;

/// What a resource is for the model.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// The entity with this number among those whose ids end in this type.
    Entity(&'static str, usize),
    /// Something outside the code.
    Outside {
        /// Its address.
        address: Symbol,
        /// The head of its block.
        head: Span,
    },
    /// Azure gives it the id that is written in it.
    Alias(Tree),
    /// Something that the code only names, though it may make it elsewhere.
    Existing(Existing),
}

/// An entity that can be found by its name.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its number.
    pub index: usize,
    /// Its resource group.
    pub group: Option<Key>,
    /// Its own id in lower case, where that is known.
    pub id: Option<String>,
    /// Where its name was written.
    pub prov: ProvId,
    /// The module instance that it is in.
    pub instance: InstanceId,
}

/// An attribute that names an entity, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Mention<'a> {
    /// The name.
    pub name: &'a Tree,
    /// The resource group beside it.
    pub group: Option<&'a Tree>,
    /// The module instance that it is in.
    pub instance: InstanceId,
}

/// All entities by resource, id and name.
pub(super) struct Directory<'a> {
    trail: &'a RefCell<Provenance>,
    places: HashMap<ResourceId, Place>,
    names: HashMap<(&'static str, Key), Vec<Named>>,
    subnets: HashMap<(Id<VirtualNetwork>, Key), Vec<Id<Subnet>>>,
    inline: HashMap<Id<VirtualNetwork>, Vec<Inline>>,
    ids: HashMap<(&'static str, String), usize>,
}

impl<'a> Directory<'a> {
    /// Returns an empty directory.
    pub(super) fn new(trail: &'a RefCell<Provenance>) -> Self {
        Directory {
            trail,
            places: HashMap::new(),
            names: HashMap::new(),
            subnets: HashMap::new(),
            inline: HashMap::new(),
            ids: HashMap::new(),
        }
    }

    /// Enters a resource.
    pub(super) fn place(&mut self, resource: ResourceId, place: Place) {
        self.places.insert(resource, place);
    }

    /// Enters an entity by its name.
    pub(super) fn name<T: Linked>(&mut self, name: Option<&Tree>, named: Named) {
        if let Some(key) = name.and_then(ids::key) {
            self.names.entry((T::TYPE, key)).or_default().push(named);
        }
    }

    /// Enters an entity by its own id, in lower case.
    pub(super) fn id<T: Linked>(&mut self, id: String, index: usize) {
        self.ids.entry((T::TYPE, id)).or_insert(index);
    }

    /// Enters a subnet of a VNet by its name.
    pub(super) fn subnet(&mut self, vnet: Id<VirtualNetwork>, name: Option<&Tree>, id: Id<Subnet>) {
        if let Some(key) = name.and_then(ids::key) {
            self.subnets.entry((vnet, key)).or_default().push(id);
        }
    }

    /// Enters a subnet that is written inside its VNet.
    pub(super) fn inline(&mut self, vnet: Id<VirtualNetwork>, name: Option<&Tree>, id: Id<Subnet>) {
        let entry = (id, name.and_then(ids::key));
        self.inline.entry(vnet).or_default().push(entry);
        self.subnet(vnet, name, id);
    }

    /// Returns which entity an id means.
    pub(super) fn link<T: Linked>(&self, tree: &Tree) -> State<Id<T>> {
        match &tree.node {
            Node::Text(text) if text.is_empty() => State::Absent,
            Node::Text(text) => match self.by_path(tree).as_deref() {
                Some([id]) => State::Known(*id),
                Some(ids @ [_, ..]) => State::Unknown(self.one_of(ids, tree, text)),
                Some([]) | None => State::Unknown(self.outside(tree, text)),
            },
            Node::Ref(reference) if !reference.path.is_empty() => self.by_reference(reference),
            Node::Unknown(unknown) if !unknown.null.is_true() => {
                self.by_alternatives(tree, unknown)
            }
            Node::Null | Node::Unknown(_) => State::Absent,
            Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Object(_) | Node::Ref(_) => {
                convert::invalid(tree, Problem::Kind(Kind::Text))
            }
        }
    }

    /// Returns what a child belongs to, said by a reference to it, its id or its name.
    pub(super) fn owner<T: Linked>(&self, tree: &Tree, instance: InstanceId) -> State<Id<T>> {
        if let Node::Ref(reference) = &tree.node
            && (reference.path.is_empty() || ids::is_id(&reference.path))
        {
            return self.by_reference(&Reference {
                path: vec![Step::Name("id".into())],
                ..(**reference).clone()
            });
        }
        if ids::path(tree).is_some() {
            return self.link(tree);
        }
        self.by_name(Mention {
            name: tree,
            group: None,
            instance,
        })
    }

    /// Returns which entity a name means.
    pub(super) fn by_name<T: Linked>(&self, mention: Mention<'_>) -> State<Id<T>> {
        let tree = mention.name;
        if tree.null().is_true() {
            return State::Absent;
        }
        if let Node::Ref(reference) = &tree.node
            && matches!(reference.path.as_slice(), [Step::Name(name)] if name.as_str() == "name")
        {
            match self.places.get(&reference.resource) {
                Some(Place::Entity(kind, index)) if *kind == T::TYPE => {
                    return State::Known(Id::new(*index));
                }
                Some(Place::Outside { address, head }) => {
                    return State::Unknown(self.lookup(address, *head));
                }
                Some(Place::Existing(existing)) => return self.by_existing(existing),
                _ => {}
            }
        }
        let found = ids::key(tree).map_or_else(Vec::new, |key| self.candidates::<T>(key, mention));
        match (found.as_slice(), &tree.node, tree.as_unknown()) {
            ([id], ..) => State::Known(*id),
            (ids @ [_, ..], ..) => State::Unknown(self.one_of(ids, tree, "this name")),
            ([], _, Some(unknown)) => State::Unknown(Unknown {
                null: unknown.null,
                ..unknown.forget()
            }),
            ([], Node::Text(name), None) => State::Unknown(self.outside(tree, name)),
            ([], _, None) => convert::invalid(tree, Problem::Kind(Kind::Text)),
        }
    }

    /// Returns the entities that a name may mean, the more certain ones only.
    fn candidates<T: Linked>(&self, key: Key, mention: Mention<'_>) -> Vec<Id<T>> {
        let group = mention.group.and_then(ids::key);
        let mut found = self.named(T::TYPE, key, group.as_ref(), None);
        if found.len() > 1 {
            let chain = self.trail.borrow().chain(mention.name.prov);
            found = narrow(found, |named| chain.contains(&named.prov));
            found = narrow(found, |named| named.instance == mention.instance);
        }
        found.iter().map(|named| Id::new(named.index)).collect()
    }

    /// Returns the entities of a type with this name, those of another group or with another id left out.
    fn named(
        &self,
        kind: &'static str,
        key: Key,
        group: Option<&Key>,
        id: Option<&str>,
    ) -> Vec<&Named> {
        let all = self.names.get(&(kind, key)).map_or(&[][..], Vec::as_slice);
        let known = |key: Option<&Key>| key.is_some_and(ids::is_known);
        let fits = |named: &&Named| {
            let other = named.group.as_ref();
            let apart = matches!((id, named.id.as_deref()), (Some(a), Some(b)) if a != b);
            !apart && (!known(group) || !known(other) || group == other)
        };
        let found = all.iter().filter(fits).collect();
        narrow(found, |named| {
            group.is_some() && named.group.as_ref() == group
        })
    }

    /// Returns what an id may mean that is taken apart; `None` if it cannot be.
    fn by_path<T: Linked>(&self, tree: &Tree) -> Option<Vec<Id<T>>> {
        let path = ids::path(tree)?;
        let (kind, name) = path.names.last()?;
        if kind.as_str() != T::TYPE {
            return None;
        }
        let id = tree.as_text().map(|text| ids::whole(text));
        let own = id.as_deref().and_then(|id| self.by_id::<T>(id));
        if let Some(own) = own {
            return Some(vec![own]);
        }
        if T::TYPE != Subnet::TYPE {
            let found = self.named(T::TYPE, name.clone(), path.group.as_ref(), id.as_deref());
            return Some(found.iter().map(|named| Id::new(named.index)).collect());
        }
        let in_vnet = |vnet: Id<VirtualNetwork>| {
            let key = (vnet, name.clone());
            let ids = self.subnets.get(&key).map_or(&[][..], Vec::as_slice);
            ids.iter().map(|id| Id::new(id.index()))
        };
        let vnets = self.vnets(&path, id.as_deref())?;
        Some(vnets.into_iter().flat_map(in_vnet).collect())
    }

    /// Returns the entity with this id of its own, in lower case.
    fn by_id<T: Linked>(&self, id: &str) -> Option<Id<T>> {
        let index = self.ids.get(&(T::TYPE, id.to_owned()))?;
        Some(Id::new(*index))
    }

    /// Returns the VNets that the id of a subnet may mean; `id` is all of it where all is known.
    fn vnets(&self, path: &IdPath, id: Option<&str>) -> Option<Vec<Id<VirtualNetwork>>> {
        if let Some(root) = path.root {
            return match self.places.get(&root)? {
                Place::Entity(kind, index) if *kind == VirtualNetwork::TYPE => {
                    Some(vec![Id::new(*index)])
                }
                Place::Existing(existing) => Some(vec![self.resolve(existing)?]),
                Place::Entity(..) | Place::Outside { .. } | Place::Alias(_) => None,
            };
        }
        let (kind, name) = path.names.first()?;
        if kind.as_str() != VirtualNetwork::TYPE {
            return None;
        }
        let around = id.and_then(|id| Some(id.rsplit_once("/subnets/")?.0));
        let found = self.named(
            VirtualNetwork::TYPE,
            name.clone(),
            path.group.as_ref(),
            around,
        );
        Some(found.iter().map(|named| Id::new(named.index)).collect())
    }

    fn by_reference<T: Linked>(&self, reference: &Reference) -> State<Id<T>> {
        let own = ids::is_id(&reference.path);
        match self.places.get(&reference.resource) {
            Some(Place::Entity(kind, index)) if own && *kind == T::TYPE => {
                State::Known(Id::new(*index))
            }
            Some(Place::Entity(kind, index))
                if *kind == VirtualNetwork::TYPE && T::TYPE == Subnet::TYPE =>
            {
                self.by_inline(Id::new(*index), reference)
            }
            Some(Place::Outside { address, head }) => State::Unknown(self.lookup(address, *head)),
            Some(Place::Existing(existing)) if own => self.by_existing(existing),
            Some(Place::Existing(existing)) => self.inside_existing(existing, reference),
            Some(Place::Alias(tree)) if own && self.is_final(tree) => self.link(tree),
            _ => State::Unknown(Unknown {
                null: reference.unknown.null,
                ..reference.unknown.forget()
            }),
        }
    }

    /// Tells whether an id leads to something else than an alias, which may lead back.
    fn is_final(&self, tree: &Tree) -> bool {
        match &tree.node {
            Node::Text(_) => true,
            Node::Ref(reference) => {
                let place = self.places.get(&reference.resource);
                !matches!(place, Some(Place::Alias(_)))
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::List(_)
            | Node::Object(_)
            | Node::Unknown(_) => false,
        }
    }

    /// Returns the subnet that a way into a VNet leads to.
    fn by_inline<T>(&self, vnet: Id<VirtualNetwork>, reference: &Reference) -> State<Id<T>> {
        let unknown = reference.unknown.forget().not_null();
        let all = self.inline.get(&vnet).map_or(&[][..], Vec::as_slice);
        let found = inline::find(all, &reference.path);
        let found: Vec<Id<T>> = found.map(|id| Id::new(id.index())).collect();
        match found.as_slice() {
            [id] => State::Known(*id),
            [_, ..] => State::Unknown(Unknown {
                one_of: Some(found.into()),
                ..unknown
            }),
            [] => State::Unknown(unknown),
        }
    }

    fn by_alternatives<T: Linked>(&self, tree: &Tree, unknown: &Unknown<Tree>) -> State<Id<T>> {
        if let Some([id]) = self.by_path(tree).as_deref()
            && unknown.null.is_false()
        {
            return State::Known(*id);
        }
        let alternative = |tree: &Tree| match self.link(tree) {
            State::Known(id) => Some(id),
            State::Absent | State::Invalid { .. } | State::Unknown(_) => None,
        };
        let one_of = unknown.one_of.as_deref();
        let one_of: Option<Vec<Id<T>>> =
            one_of.and_then(|all| all.iter().map(alternative).collect());
        State::Unknown(Unknown {
            null: unknown.null,
            one_of: one_of.map(Into::into),
            term: unknown.term,
            ..unknown.forget()
        })
    }

    /// Returns an id or name of something that is not in the code.
    fn outside<T>(&self, tree: &Tree, text: &str) -> Unknown<T> {
        let node = ProvNode::new(ProvKind::DataSource, None).from(tree.prov);
        let node = if tree.sensitive {
            node
        } else {
            node.named(text)
        };
        Unknown::new(Cause::DataSource, self.trail.borrow_mut().add(node)).not_null()
    }

    fn lookup<T>(&self, address: &Symbol, head: Span) -> Unknown<T> {
        let node = ProvNode::new(ProvKind::DataSource, Some(head)).named(address.clone());
        Unknown::new(Cause::DataSource, self.trail.borrow_mut().add(node)).not_null()
    }

    /// Returns an id or name that several entities have.
    fn one_of<T>(&self, ids: &[Id<T>], tree: &Tree, symbol: &str) -> Unknown<Id<T>> {
        let symbol = if tree.sensitive { "this id" } else { symbol };
        let node = ProvNode::new(ProvKind::Computed, None)
            .from(tree.prov)
            .named(symbol);
        Unknown {
            one_of: Some(ids.into()),
            null: Truth::False,
            ..Unknown::new(Cause::ComputedAtApply, self.trail.borrow_mut().add(node))
        }
    }
}

/// Returns those that fulfil `better` if there are any, else all.
fn narrow(all: Vec<&Named>, better: impl Fn(&Named) -> bool) -> Vec<&Named> {
    let best: Vec<&Named> = all.iter().copied().filter(|named| better(named)).collect();
    if best.is_empty() { all } else { best }
}
