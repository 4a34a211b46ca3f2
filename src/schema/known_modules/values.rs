//! What the sources of an entry come to for a call. Knows no module.

use super::build::{Call, Item, Member};
use super::parts::{self, Found};
use super::table::{Constant, From, Place, Test};
use crate::cidr::Cidr;
use crate::truth::Truth;
use crate::value::{
    Cause, Key, Kind, Node, Piece, ProvId, ProvKind, ProvNode, Step, Tree, TreeList, Unknown,
};

impl Call<'_> {
    /// Returns what a source comes to for an instance.
    pub(super) fn value(&mut self, from: &From, item: Option<&Item>) -> Tree {
        match from {
            From::Argument(place) => self.given(&self.resource.body.clone(), place),
            From::Item(place) => match item {
                Some(item) => self.given(&item.value, place),
                None => self.constant(Constant::Unknown),
            },
            From::ItemOr(place, other) => self.item_or(place, other, item),
            From::Key => self.key(item),
            From::Always(constant) => self.constant(*constant),
            From::Id(address) => self.other(address, "id", item),
            From::Name(address) => self.other(address, "name", item),
            From::List(inner) => {
                let inner = self.value(inner, item);
                let prov = inner.prov;
                match inner.node {
                    Node::Null => inner,
                    _ => Tree::new(TreeList::tuple(vec![inner]).into(), prov),
                }
            }
            From::Filled(first, second) => self.filled(first, second, item),
            From::If(test, yes, no) => match self.value(test, item).node {
                Node::Bool(true) => self.value(yes, item),
                Node::Bool(false) => self.value(no, item),
                _ => self.constant(Constant::Unknown),
            },
            From::Test(inner, test) => {
                let value = self.value(inner, item);
                match passes(&value, *test) {
                    Some(passes) => Tree::new(passes.into(), value.prov),
                    None => hidden(&value),
                }
            }
            From::Joined(parts) => self.joined(parts, item),
            From::Host(range, number) => self.host(range, *number, item),
            From::Object(set) => self.object(set, item),
            From::Each(list, set) => self.each(list, set, item),
        }
    }

    fn item_or(&mut self, place: &Place, other: &From, item: Option<&Item>) -> Tree {
        let found = item.map(|item| parts::follow(&item.value, place.path, self.trail));
        match found {
            Some(Found::Tree(tree)) => tree,
            Some(Found::Missing) => self.value(other, item),
            None => self.constant(Constant::Unknown),
        }
    }

    fn key(&mut self, item: Option<&Item>) -> Tree {
        match item.map(|item| (&item.key, item.value.prov)) {
            Some((Key::Name(name), prov)) => Tree::new(name.as_str().into(), prov),
            _ => self.constant(Constant::Unknown),
        }
    }

    fn filled(&mut self, first: &From, second: &From, item: Option<&Item>) -> Tree {
        let value = self.value(first, item);
        let filled = match (&value.node, value.null()) {
            (Node::List(list), _) => !list.items.is_empty(),
            (_, null) => !null.is_true(),
        };
        if filled {
            value
        } else {
            self.value(second, item)
        }
    }

    fn host(&mut self, range: &From, number: u32, item: Option<&Item>) -> Tree {
        let range = self.value(range, item);
        let parsed = range.as_text().and_then(|range| Cidr::parse(range).ok());
        let host = parsed.and_then(|range| range.trunc().nth(number.into()));
        match host {
            Some(host) => Tree::new(host.to_string().as_str().into(), range.prov),
            None if range.as_unknown().is_some() => hidden(&range),
            None => self.constant(Constant::Unknown),
        }
    }

    fn object(&mut self, set: &[(&'static str, From)], item: Option<&Item>) -> Tree {
        let rest = self.release();
        let mut object = parts::Block::default();
        for (path, from) in set {
            object.set(path, self.value(from, item));
        }
        object.tree(&rest, self.resource.body.prov)
    }

    /// Returns a list with an object for each element of a list; what is not known to be a list is not known.
    fn each(&mut self, list: &From, set: &[(&'static str, From)], item: Option<&Item>) -> Tree {
        let list = self.value(list, item);
        let length = match (&list.node, list.null()) {
            (Node::List(all), _) => all.items.len(),
            (_, Truth::True) => return list,
            _ => return hidden(&list),
        };
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            let Some(value) = parts::element(&list, index, self.trail) else {
                continue;
            };
            let prov = value.prov;
            let key = Key::Index(index);
            let object = self.object(set, Some(&Item { key, value }));
            items.push(Tree { prov, ..object });
        }
        Tree::new(TreeList::tuple(items).into(), list.prov)
    }

    /// Returns a string out of parts; one of which a part is not known still says the others.
    fn joined(&mut self, parts: &[From], item: Option<&Item>) -> Tree {
        let mut pieces = Vec::new();
        let mut prov = self.resource.body.prov;
        let mut first = None;
        for part in parts {
            let value = self.value(part, item);
            if !matches!(part, From::Always(_)) {
                prov = value.prov;
            }
            match &value.node {
                Node::Text(text) => pieces.push(Piece::Text(text.clone())),
                Node::Ref(_) | Node::Unknown(_) => {
                    first = first.or(Some(why(&value)));
                    pieces.push(Piece::Hole(value));
                }
                _ => return self.constant(Constant::Unknown),
            }
        }
        let Some(unknown) = first else {
            let text = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => &**text,
                Piece::Hole(_) => "",
            });
            return Tree::new(text.collect::<String>().as_str().into(), prov);
        };
        let unknown = Unknown {
            pieces: Some(pieces.into()),
            ..unknown.forget().of_kind(Kind::Text).not_null()
        };
        Tree::new(unknown.into(), prov)
    }

    fn given(&mut self, base: &Tree, place: &Place) -> Tree {
        match parts::follow(base, place.path, self.trail) {
            Found::Missing => self.constant(place.missing),
            Found::Tree(tree) => match tree.null() {
                Truth::True if place.null == Constant::Nothing => tree,
                Truth::True => self.constant(place.null),
                Truth::Unknown if place.null != Constant::Nothing => {
                    let unknown: Unknown<Tree> = why(&tree).forget();
                    Tree::new(unknown.into(), tree.prov)
                }
                Truth::Unknown | Truth::False => tree,
            },
        }
    }

    /// Returns the id or name of another resource of the module.
    fn other(&mut self, address: &str, attribute: &str, item: Option<&Item>) -> Tree {
        let found = self.groups.get(address).and_then(|group| {
            let wanted = item.map(|item| &item.key);
            let same = |member: &&Member| member.key == Key::None || member.is(wanted);
            group.members.iter().find(same)
        });
        let Some(id) = found.map(|member| member.id) else {
            return self.constant(Constant::Unknown);
        };
        let prov = item.map_or(self.resource.body.prov, |item| item.value.prov);
        parts::reference(id, vec![Step::Name(attribute.into())], prov)
    }

    /// Returns a value that the module brings along.
    pub(super) fn constant(&mut self, constant: Constant) -> Tree {
        if constant == Constant::Unknown {
            let unknown = self.release();
            return Tree::new(unknown.clone().into(), unknown.origin);
        }
        let prov = self.default();
        match constant {
            Constant::Nothing | Constant::Unknown => Tree::new(Node::Null, prov),
            Constant::Truth(truth) => Tree::new(truth.into(), prov),
            Constant::Number(number) => Tree::new(rust_decimal::Decimal::from(number).into(), prov),
            Constant::Text(text) => Tree::new(text.into(), prov),
            Constant::Texts(texts) => {
                let items = texts.iter().map(|text| Tree::new((*text).into(), prov));
                Tree::new(TreeList::tuple(items.collect()).into(), prov)
            }
        }
    }

    fn default(&mut self) -> ProvId {
        let head = Some(self.resource.head);
        self.trail.add(ProvNode::new(ProvKind::ModuleDefault, head))
    }

    /// Returns what is known of a value that the release of the module decides.
    pub(super) fn release(&mut self) -> Unknown<Tree> {
        let node = ProvNode::new(ProvKind::Computed, Some(self.resource.head));
        let origin = self.trail.add(node.named(self.resource.address.as_str()));
        Unknown::new(Cause::RemoteModule, origin)
    }
}

/// Tells whether a value passes a test, if that is known.
fn passes(value: &Tree, asked: Test) -> Option<bool> {
    let null = value.null();
    if null.is_true() {
        return Some(false);
    }
    match asked {
        Test::Given => return null.is_false().then_some(true),
        Test::Filled => return is_filled(value),
        Test::Zero => {
            return match &value.node {
                Node::Number(number) => Some(number.is_zero()),
                _ => None,
            };
        }
        Test::Is(_) | Test::IsAnyCase(_) | Test::Begins(_) => {}
    }
    let text = value.as_text()?;
    Some(match asked {
        Test::Given | Test::Filled | Test::Zero => return None,
        Test::Is(wanted) => **text == *wanted,
        Test::IsAnyCase(wanted) => text.eq_ignore_ascii_case(wanted),
        Test::Begins(start) => text.starts_with(start),
    })
}

/// Tells whether a value that is not null is not empty either. A mention of a resource is taken for one of its id.
fn is_filled(value: &Tree) -> Option<bool> {
    match &value.node {
        Node::Text(text) => Some(!text.is_empty()),
        Node::List(list) => Some(!list.items.is_empty()),
        Node::Object(object) if !object.entries.is_empty() => Some(true),
        Node::Object(object) => object.rest.is_none().then_some(false),
        Node::Ref(_) | Node::Bool(_) | Node::Number(_) => Some(true),
        Node::Null => Some(false),
        Node::Unknown(unknown) => unknown.pieces.as_ref().map(|_| true),
    }
}

/// Returns a value that is as unknown as another.
fn hidden(tree: &Tree) -> Tree {
    let unknown: Unknown<Tree> = why(tree).forget();
    Tree::new(unknown.into(), tree.prov)
}

/// Returns why a value is not what it should be.
pub(super) fn why(tree: &Tree) -> Unknown<()> {
    match tree.as_unknown() {
        Some(unknown) => unknown.forget(),
        None => Unknown::new(Cause::RemoteModule, tree.prov),
    }
}
