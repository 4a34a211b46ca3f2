//! What the outputs of a call lead to, and every mention of them exchanged for it. Knows no module.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::build::{Call, Group, Member};
use super::parts::{self, Found};
use super::table::Output;
use crate::source::Symbol;
use crate::value::{
    Key, Node, Object, Piece, Provenance, Reference, ResourceId, Step, Tree, TreeList, Unknown,
};

/// Returns the outputs of a call that lead to what was made, as an object.
pub(super) fn of(call: &Call<'_>, rest: &Unknown<Tree>) -> Tree {
    let mut entries = BTreeMap::new();
    for (name, output) in call.modules.iter().flat_map(|module| module.outputs) {
        let agreed = call
            .modules
            .iter()
            .all(|module| module.outputs.contains(&(name, *output)));
        if let Some(tree) = lead(call, *output, rest).filter(|_| agreed) {
            entries.insert(Symbol::from(*name), tree);
        }
    }
    let rest = Some(rest.clone());
    Tree::new(Object { entries, rest }.into(), call.resource.body.prov)
}

/// Returns what an output leads to; `None` if that is not known.
fn lead(call: &Call<'_>, output: Output, rest: &Unknown<Tree>) -> Option<Tree> {
    let prov = call.resource.body.prov;
    let group = |address: &str| call.groups.get(address);
    let attribute = |member: &Member, name: &str| {
        parts::reference(member.id, vec![Step::Name(name.into())], prov)
    };
    let map = |group: &Group, entries: BTreeMap<Symbol, Tree>| {
        let rest = group.open.as_ref().map(|_| rest.clone());
        Some(Tree::new(Object { entries, rest }.into(), prov))
    };
    match output {
        Output::Whole(address) => {
            let member = group(address)?.members.first()?;
            Some(parts::reference(member.id, Vec::new(), prov))
        }
        Output::Id(address) => Some(attribute(group(address)?.members.first()?, "id")),
        Output::Name(address) => Some(attribute(group(address)?.members.first()?, "name")),
        Output::Ids(address) => {
            let group = group(address)?;
            let known = group.open.is_none() && !group.unordered;
            let ids = group.members.iter().map(|member| attribute(member, "id"));
            known.then(|| Tree::new(TreeList::tuple(ids.collect()).into(), prov))
        }
        Output::IdsByName(address) => {
            let group = group(address)?;
            let entry = |member: &Member| {
                let name = member.name.as_ref()?.as_text()?;
                Some((Symbol::from(Arc::clone(name)), attribute(member, "id")))
            };
            let all: Option<BTreeMap<_, _>> = group.members.iter().map(entry).collect();
            map(group, all?)
        }
        Output::ByKey(address) => {
            let group = group(address)?;
            let entry = |member: &Member| match &member.key {
                Key::Name(key) => {
                    let parts = [("resource_id", "id"), ("name", "name")];
                    let parts = parts.map(|(name, of)| (name.into(), attribute(member, of)));
                    let object = Object {
                        entries: BTreeMap::from(parts),
                        rest: Some(rest.clone()),
                    };
                    Some((key.clone(), Tree::new(object.into(), prov)))
                }
                Key::None | Key::Index(_) | Key::Hidden(_) | Key::Unknown => None,
            };
            map(group, group.members.iter().filter_map(entry).collect())
        }
    }
}

/// Exchanges mentions of outputs. A value that is shared is looked at once and stays shared.
pub(super) struct Exchange<'a> {
    outputs: &'a HashMap<ResourceId, Tree>,
    trail: &'a mut Provenance,
    seen: HashMap<usize, Option<Node>>,
}

impl<'a> Exchange<'a> {
    /// Returns an exchange for these outputs. What it is given must live as long as it does.
    pub(super) fn new(outputs: &'a HashMap<ResourceId, Tree>, trail: &'a mut Provenance) -> Self {
        let seen = HashMap::new();
        Exchange {
            outputs,
            trail,
            seen,
        }
    }

    /// Returns the value with its mentions exchanged; `None` if there is none.
    pub(super) fn tree(&mut self, tree: &Tree) -> Option<Tree> {
        let node = match &tree.node {
            Node::Ref(reference) => self.output(reference),
            Node::List(list) => self.once(Arc::as_ptr(list).addr(), |this| this.list(list)),
            Node::Object(object) => {
                self.once(Arc::as_ptr(object).addr(), |this| this.object(object))
            }
            Node::Unknown(unknown) => {
                self.once(Arc::as_ptr(unknown).addr(), |this| this.unknown(unknown))
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => None,
        };
        let node = node?;
        Some(Tree {
            node,
            ..tree.clone()
        })
    }

    fn once(
        &mut self,
        address: usize,
        exchange: impl FnOnce(&mut Self) -> Option<Node>,
    ) -> Option<Node> {
        if let Some(seen) = self.seen.get(&address) {
            return seen.clone();
        }
        let node = exchange(self);
        self.seen.insert(address, node.clone());
        node
    }

    fn output(&mut self, reference: &Reference) -> Option<Node> {
        let mut here = self.outputs.get(&reference.resource)?.clone();
        let path = match reference.path.as_slice() {
            // Bicep says `outputs` where Terraform says nothing.
            [Step::Name(word), path @ ..] if word.as_str() == "outputs" => path,
            path => path,
        };
        for step in path {
            here = parts::step(&here, step, self.trail)?;
        }
        let is_known = !path.is_empty() && !matches!(here.node, Node::Unknown(_));
        is_known.then_some(here.node)
    }

    fn list(&mut self, list: &TreeList) -> Option<Node> {
        let items = self.all(&list.items)?;
        let kind = list.kind;
        Some(TreeList { kind, items }.into())
    }

    fn object(&mut self, object: &Object) -> Option<Node> {
        let values: Vec<Tree> = object.entries.values().cloned().collect();
        let values = self.all(&values)?;
        let entries = object.entries.keys().cloned().zip(values).collect();
        let rest = object.rest.clone();
        Some(Object { entries, rest }.into())
    }

    fn unknown(&mut self, unknown: &Unknown<Tree>) -> Option<Node> {
        let one_of = unknown.one_of.as_deref().and_then(|all| self.all(all));
        let pieces = unknown.pieces.as_deref().and_then(|all| self.pieces(all));
        if one_of.is_none() && pieces.is_none() {
            return None;
        }
        let mut unknown = unknown.clone();
        unknown.one_of = one_of.map(Into::into).or(unknown.one_of);
        unknown.pieces = pieces.map(Into::into).or(unknown.pieces);
        Some(unknown.into())
    }

    fn pieces(&mut self, pieces: &[Piece]) -> Option<Vec<Piece>> {
        let mut changed = false;
        let mut piece = |piece: &Piece| match piece {
            Piece::Text(_) => piece.clone(),
            Piece::Hole(hole) => match self.tree(hole) {
                Some(tree) => {
                    changed = true;
                    Piece::Hole(tree)
                }
                None => piece.clone(),
            },
        };
        let pieces = pieces.iter().map(&mut piece).collect();
        changed.then_some(pieces)
    }

    fn all(&mut self, trees: &[Tree]) -> Option<Vec<Tree>> {
        let new: Vec<Option<Tree>> = trees.iter().map(|tree| self.tree(tree)).collect();
        if new.iter().all(Option::is_none) {
            return None;
        }
        let pairs = new.into_iter().zip(trees);
        Some(pairs.map(|(new, old)| new.unwrap_or(old.clone())).collect())
    }
}

/// Returns what stands at a path of a call's arguments, for who asks without an entry.
pub(super) fn text(body: &Tree, name: &str, trail: &mut Provenance) -> Option<Arc<str>> {
    match parts::follow(body, name, trail) {
        Found::Tree(tree) => tree.as_text().cloned(),
        Found::Missing => None,
    }
}
