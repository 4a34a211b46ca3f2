//! From a call and its entry to the resources that the module makes. Knows no module.

use std::collections::BTreeMap;

use super::table::{Constant, Each, From, Made, Module, Place, argument};
use super::values::why;
use super::{outputs, parts};
use crate::resource::{Gap, Resource};
use crate::source::Symbol;
use crate::truth::{Presence, Truth};
use crate::value::{Cause, Key, Node, Object, Provenance, ResourceId, Tree, Unknown};

/// A call that is being read.
pub(super) struct Call<'a> {
    pub resource: &'a Resource,
    /// The entries of the table for the releases that the call may mean, the newest first.
    pub modules: &'a [&'static Module],
    pub trail: &'a mut Provenance,
    /// The number that the next resource takes; they count down, for the evaluator's count up.
    pub next: &'a mut u32,
    pub made: Vec<Resource>,
    pub gaps: Vec<Gap>,
    /// What was made, by its address in the module.
    pub groups: BTreeMap<&'static str, Group>,
}

/// The instances of one resource of a module.
#[derive(Default)]
pub(super) struct Group {
    pub members: Vec<Member>,
    /// Why there may be more of them.
    pub open: Option<Unknown<()>>,
    /// Whether the order in which the module lists them is not known.
    pub unordered: bool,
}

/// One instance.
pub(super) struct Member {
    pub id: ResourceId,
    pub key: Key,
    pub name: Option<Tree>,
}

/// What an instance stands for.
#[derive(Clone)]
pub(super) struct Item {
    pub key: Key,
    pub value: Tree,
}

impl Call<'_> {
    /// Makes everything that the module makes.
    pub(super) fn build(&mut self) {
        let Some(module) = self.modules.first() else {
            return;
        };
        for made in module.makes {
            let mut group = Group::default();
            let (items, address) = self.items(made, &mut group);
            for item in items {
                self.make(made, address, &item, &mut group);
            }
            if let Some(unknown) = &group.open {
                self.gaps.push(Gap {
                    kind: Some(made.kind.into()),
                    unknown: unknown.clone(),
                });
            }
            self.groups.insert(made.address, group);
        }
    }

    /// Returns what the instances stand for, and the address that they have.
    fn items(&mut self, made: &Made, group: &mut Group) -> (Vec<Item>, &'static str) {
        let address = made.address;
        let (items, address) = match made.each {
            Each::Once => {
                let value = self.constant(Constant::Nothing);
                let key = Key::None;
                (vec![Item { key, value }], address)
            }
            Each::Entries(path) => (self.entries(path, group), address),
            Each::Elements(path) => (self.elements(path, false, group), address),
            Each::Named(path) => (self.elements(path, true, group), address),
            Each::Countless(path) => {
                if !self.entries(path, group).is_empty() {
                    group.open = Some(self.release().forget());
                }
                (Vec::new(), address)
            }
            Each::Lists(lists, keyed) => {
                let flag = keyed.map(|(flag, _)| self.value(&flag, None).node);
                let keyed = keyed.map(|(_, address)| address);
                match (flag, keyed) {
                    (Some(Node::Bool(true)), Some(keyed)) => {
                        let mut items = self.lists(lists, true, group);
                        items.sort_by(|a, b| a.key.cmp(&b.key));
                        (items, keyed)
                    }
                    (Some(Node::Bool(false)) | None, _) => {
                        (self.lists(lists, false, group), address)
                    }
                    (Some(_), _) => {
                        group.unordered = true;
                        (self.lists(lists, false, group), address)
                    }
                }
            }
        };
        let agreed = self.modules.iter().all(|module| {
            let other = module.made(made.address);
            other.is_some_and(|other| other.each == made.each && other.when == made.when)
        });
        if agreed {
            return (items, address);
        }
        group.open = Some(self.release().forget());
        (Vec::new(), address)
    }

    fn entries(&mut self, path: &'static str, group: &mut Group) -> Vec<Item> {
        let value = self.value(&argument(path), None);
        match &value.node {
            Node::Null => Vec::new(),
            Node::Object(object) => {
                group.open = object.rest.as_ref().map(Unknown::forget);
                let item = |(name, value): (&Symbol, &Tree)| Item {
                    key: Key::Name(name.clone()),
                    value: value.clone(),
                };
                object.entries.iter().map(item).collect()
            }
            _ => {
                group.open = Some(why(&value));
                Vec::new()
            }
        }
    }

    /// Returns the elements of a list; by their `name` if `keyed`.
    fn elements(&mut self, path: &'static str, keyed: bool, group: &mut Group) -> Vec<Item> {
        let value = self.value(&argument(path), None);
        let Some(list) = value.as_list() else {
            group.open = (!value.null().is_true()).then(|| why(&value));
            return Vec::new();
        };
        let mut items = Vec::new();
        for index in 0..list.items.len() {
            let Some(value) = parts::element(&value, index, self.trail) else {
                continue;
            };
            let name = outputs::text(&value, "name", self.trail);
            let key = match name {
                Some(name) if keyed => Key::Name(Symbol::from(name.as_ref())),
                None if keyed => {
                    group.open = Some(Unknown::new(Cause::Repetition, value.prov));
                    continue;
                }
                _ => Key::Index(index),
            };
            items.push(Item { key, value });
        }
        if keyed {
            items.sort_by(|a, b| a.key.cmp(&b.key));
        }
        items
    }

    /// Returns the elements of lists side by side; by their `name` if `keyed`.
    fn lists(
        &mut self,
        lists: &[(&'static str, Place)],
        keyed: bool,
        group: &mut Group,
    ) -> Vec<Item> {
        let values: Vec<(&str, Tree)> = lists
            .iter()
            .map(|(name, place)| (*name, self.value(&From::Argument(*place), None)))
            .collect();
        let Some((_, first)) = values.first() else {
            return Vec::new();
        };
        let Some(length) = first.as_list().map(|list| list.items.len()) else {
            group.open = Some(why(first));
            return Vec::new();
        };
        let mut items = Vec::new();
        for index in 0..length {
            let mut object = Object::default();
            for (name, value) in &values {
                let part = parts::element(value, index, self.trail);
                let part = part.unwrap_or_else(|| Tree::unknown(Cause::RemoteModule, value.prov));
                object.entries.insert((*name).into(), part);
            }
            let name = object.entries.get("name");
            let prov = name.map_or(first.prov, |name| name.prov);
            let key = match name.and_then(Tree::as_text) {
                Some(text) if keyed => Key::Name(Symbol::from(text.as_ref())),
                _ if keyed => {
                    group.open = Some(Unknown::new(Cause::Repetition, prov));
                    continue;
                }
                _ => Key::Index(index),
            };
            let value = Tree::new(object.into(), prov);
            items.push(Item { key, value });
        }
        items
    }

    fn make(&mut self, made: &Made, address: &str, item: &Item, group: &mut Group) {
        let mut presence = self.resource.presence.clone();
        let mut doubt = self.resource.doubt;
        if let Some(when) = &made.when {
            let when = self.value(when, Some(item));
            match when.null() {
                Truth::True => return,
                Truth::False => {}
                Truth::Unknown => {
                    presence = presence.and(&Presence::uncertain(None));
                    doubt = doubt.or(Some(why(&when).origin));
                }
            }
        }
        let body = self.body(made, item);
        let id = ResourceId(*self.next);
        *self.next = self.next.saturating_sub(1);
        let key = item.key.to_string();
        let inner = match address.split_once("{}") {
            Some((before, behind)) => format!("{before}{key}{behind}"),
            None => format!("{address}{key}"),
        };
        let name = body.as_object().and_then(|body| body.entries.get("name"));
        group.members.push(Member {
            id,
            key: item.key.clone(),
            name: name.filter(|name| name.as_unknown().is_none()).cloned(),
        });
        let own = self.trail.span(item.value.prov);
        self.made.push(Resource {
            id,
            kind: made.kind.into(),
            address: format!("{}.{inner}", self.resource.address),
            head: own.unwrap_or(self.resource.head),
            key: item.key.clone(),
            presence,
            doubt,
            body,
            ..self.resource.clone()
        });
    }

    /// Returns the attributes; what the entry does not name, and what differs between the releases, is not known.
    fn body(&mut self, made: &Made, item: &Item) -> Tree {
        let rest = self.release();
        let mut body = parts::Block::default();
        for (path, from) in made.set.iter().flat_map(|set| set.iter()) {
            let value = self.value(from, Some(item));
            let agreed = self.modules.iter().all(|module| {
                let other = module.made(made.address);
                let other = other.and_then(|other| other.attribute(path));
                other.is_some_and(|other| {
                    self.settled(other) == self.settled(*from)
                        || is_same(&self.value(&other, Some(item)), &value)
                })
            });
            let unknown = || Tree::new(rest.clone().into(), rest.origin);
            body.set(path, if agreed { value } else { unknown() });
        }
        let prov = self.resource.body.prov;
        body.tree(&rest, prov)
    }

    /// Returns what a source comes to that is not given.
    fn settled(&self, from: From) -> From {
        match from {
            From::Argument(place) if !self.gives(place.root()) => From::Always(place.missing),
            other => other,
        }
    }

    fn gives(&self, argument: &str) -> bool {
        let body = self.resource.body.as_object();
        body.is_some_and(|body| body.entries.contains_key(argument))
    }
}

/// Tells whether two values are the same for certain.
fn is_same(a: &Tree, b: &Tree) -> bool {
    match (&a.node, &b.node) {
        (Node::Null, Node::Null) => true,
        (Node::Bool(a), Node::Bool(b)) => a == b,
        (Node::Number(a), Node::Number(b)) => a == b,
        (Node::Text(a), Node::Text(b)) => a == b,
        _ => false,
    }
}

impl Member {
    /// Tells whether it stands for what has this key, or the name that the key says.
    pub(super) fn is(&self, key: Option<&Key>) -> bool {
        let named = match key {
            Some(Key::Name(key)) => {
                let name = self.name.as_ref().and_then(Tree::as_text);
                name.is_some_and(|name| **name == **key)
            }
            _ => false,
        };
        named || Some(&self.key) == key
    }
}
