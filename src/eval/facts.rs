//! What the configuration says: values of variables, and facts about what is not in the code.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::dialect::terraform;
use super::{Evaluator, tree};
use crate::project::{Constant, ConstantKind, Fact, Project, Root, without_keys};
use crate::source::{SourceId, Span};
use crate::value::{Cause, Node, Object, ProvKind, ProvNode, Tree, TreeList, Unknown};

/// A fact that says something else than the code.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The bytes of the configuration that say it.
    pub place: Range<usize>,
    /// What it is about: `var.range`, `data.azurerm_subnet.nodes.name`.
    pub what: String,
    /// Where the code says otherwise.
    pub code: Option<Span>,
}

/// The facts about a root, by address.
pub(super) type FactsByAddress<'p> = HashMap<&'p str, &'p Fact>;

/// Returns the facts that are about a root, if there is something of that address in it.
pub(super) fn facts_about<'p>(project: &'p Project, root: &Root) -> FactsByAddress<'p> {
    let folder = project.module(root.module).path();
    let facts = project.facts.iter().flat_map(|facts| &facts.all);
    let about = facts.filter(|fact| fact.root.as_ref().is_none_or(|root| root == folder));
    let mut about: Vec<&Fact> = about.collect();
    // What is said about this root goes before what is said about all.
    about.sort_by_key(|fact| fact.root.is_some());
    let about = about.into_iter();
    about.map(|fact| (fact.about.text.as_str(), fact)).collect()
}

impl<'p> Evaluator<'p> {
    /// Returns a value that stands in the configuration.
    pub(super) fn constant(&mut self, value: &Constant, source: SourceId, kind: ProvKind) -> Tree {
        self.keep(size_of::<Tree>());
        let prov = self.node(ProvNode::new(kind, Some(value.span(source))));
        let node: Node = match &value.kind {
            ConstantKind::Bool(value) => (*value).into(),
            ConstantKind::Number(value) => (*value).into(),
            ConstantKind::Text(text) => Node::Text(text.clone()),
            ConstantKind::List(items) => {
                let items = items.iter().map(|item| self.constant(item, source, kind));
                TreeList::tuple(items.collect()).into()
            }
            ConstantKind::Object(entries) => {
                let entries = entries
                    .iter()
                    .map(|(name, value)| (name.clone(), self.constant(value, source, kind)));
                let entries: BTreeMap<_, _> = entries.collect();
                Object::complete(entries).into()
            }
        };
        tree(node, prov)
    }

    /// Returns the fact about an address: of this instance, or of all instances.
    pub(super) fn fact(&self, address: &str) -> Option<&'p Fact> {
        if self.facts.is_empty() {
            return None;
        }
        let exactly = self.facts.get(address).copied();
        exactly.or_else(|| self.facts.get(without_keys(address)?.as_str()).copied())
    }

    /// Returns what the configuration says about an attribute of something.
    pub(super) fn said(&mut self, address: &str, attribute: &str) -> Option<Tree> {
        let fact = self.fact(address)?;
        let source = self.project.facts.as_ref()?.source;
        let (_, value) = fact
            .values
            .iter()
            .find(|(name, _)| name.as_str() == attribute)?;
        Some(self.constant(value, source, ProvKind::Fact))
    }

    /// Returns a value of the code, or what is said where it is not known; that both differ is noted.
    pub(super) fn settle(&mut self, value: Tree, said: Tree, what: &str) -> Tree {
        if value.as_unknown().is_some() {
            return said.mark(value.sensitive);
        }
        if self.differ(&value, &said)
            && let Some(place) = self.provenance.span(said.prov)
        {
            self.contradictions.push(Contradiction {
                place: place.range(),
                what: what.to_owned(),
                code: self.provenance.span(value.prov),
            });
        }
        value
    }

    /// Tells whether two values are known to differ; lists of any sort are compared by their elements.
    fn differ(&mut self, a: &Tree, b: &Tree) -> bool {
        match (&a.node, &b.node) {
            (Node::List(a), Node::List(b)) => {
                let mut pairs = a.items.iter().zip(&b.items);
                a.items.len() != b.items.len() || pairs.any(|(a, b)| self.differ(a, b))
            }
            (Node::Object(a), Node::Object(b)) => a
                .entries
                .iter()
                .any(|(name, a)| b.entries.get(name).is_some_and(|b| self.differ(a, b))),
            (Node::Text(a), Node::Text(b)) => !a.eq_ignore_ascii_case(b),
            (Node::Text(a), Node::Number(_) | Node::Bool(_)) => {
                terraform::text(b).is_ok_and(|b| b != *a)
            }
            (Node::Number(_) | Node::Bool(_), Node::Text(_)) => self.differ(b, a),
            _ => terraform::equal(a, b, &mut self.budget).is_false(),
        }
    }

    /// Returns the body of a data source with what is said about it. What neither the code nor the configuration says
    /// stays unknown: it exists, and has some value.
    pub(super) fn with_facts(&mut self, body: &Tree, address: &str) -> Option<Tree> {
        let fact = self.fact(address)?;
        let mut entries = body.as_object()?.entries.clone();
        for (name, _) in &fact.values {
            let Some(said) = self.said(address, name) else {
                continue;
            };
            let what = format!("{address}.{name}");
            let value = match entries.remove(name) {
                Some(written) if !matches!(written.node, Node::Null) => {
                    self.settle(written, said, &what)
                }
                _ => said,
            };
            entries.insert(name.clone(), value);
        }
        let origin = self.node(
            ProvNode::new(ProvKind::DataSource, self.provenance.span(body.prov)).named(address),
        );
        let rest = Some(Unknown::new(Cause::DataSource, origin));
        Some(tree(Object { entries, rest }, body.prov))
    }
}
