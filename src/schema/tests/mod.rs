//! Resources as an evaluator would give them, built by hand.

mod arm;
mod clusters;
mod links;
mod resource_manager;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::Network;
use crate::project::{InstanceId, Instances, ModuleId, ProviderVersion};
use crate::resource::{Gap, IgnoredChanges, Language, Mode, Resource, Resources};
use crate::source::{SourceId, Span};
use crate::truth::{Condition, ConditionId, Presence};
use crate::value::{
    Cause, Key, Kind, Node, Object, Piece, ProvKind, ProvNode, Provenance, Reference, ResourceId,
    Step, Term, TermId, Tree, TreeList, Unknown,
};

/// Code under construction.
#[derive(Default)]
pub(super) struct Code {
    provenance: Provenance,
    all: Vec<Resource>,
    provider: ProviderVersion,
    gaps: Vec<Gap>,
    bytes: usize,
    pub(super) language: Language,
}

impl Code {
    pub(super) fn azurerm(mut self, major: u32) -> Self {
        self.provider.at_least = Some(major);
        self.provider.at_most = Some(major);
        self
    }

    fn node(&mut self, kind: ProvKind) -> ProvNode {
        self.bytes += 10;
        let span = Span::new(SourceId(0), self.bytes, self.bytes + 5);
        ProvNode::new(kind, Some(span))
    }

    fn tree(&mut self, node: impl Into<Node>) -> Tree {
        let literal = self.node(ProvKind::Literal);
        let span = literal.span;
        Tree {
            written_at: span,
            ..Tree::new(node.into(), self.provenance.add(literal))
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Tree {
        self.tree(text)
    }

    pub(super) fn number(&mut self, number: i64) -> Tree {
        self.tree(Decimal::from(number))
    }

    pub(super) fn truth(&mut self, truth: bool) -> Tree {
        self.tree(truth)
    }

    pub(super) fn list(&mut self, items: Vec<Tree>) -> Tree {
        self.tree(TreeList::tuple(items))
    }

    pub(super) fn object(&mut self, entries: Vec<(&str, Tree)>) -> Tree {
        let entries: BTreeMap<_, _> = entries
            .into_iter()
            .map(|(name, tree)| (name.into(), tree))
            .collect();
        self.tree(Object::complete(entries))
    }

    /// A nested block: a list of one object.
    pub(super) fn block(&mut self, entries: Vec<(&str, Tree)>) -> Tree {
        let object = self.object(entries);
        self.list(vec![object])
    }

    /// A variable without a value, which may be null unless it is needed.
    pub(super) fn input(&mut self, name: &str, term: u32) -> Tree {
        let node = self.node(ProvKind::Input).named(name);
        let origin = self.provenance.add(node);
        let term = Some(Term {
            id: TermId(term),
            negated: false,
        });
        let unknown: Unknown<Tree> = Unknown {
            term,
            ..Unknown::new(Cause::Input, origin)
        };
        Tree::new(unknown.into(), origin)
    }

    /// One of several values, perhaps null.
    pub(super) fn one_of(&mut self, name: &str, all: Vec<Tree>) -> Tree {
        let node = self.node(ProvKind::Input).named(name);
        let origin = self.provenance.add(node);
        let unknown: Unknown<Tree> = Unknown {
            one_of: Some(all.into()),
            ..Unknown::new(Cause::Input, origin)
        };
        Tree::new(unknown.into(), origin)
    }

    /// An attribute that the code does not set.
    pub(super) fn attribute(&mut self, resource: ResourceId, path: &[&str]) -> Tree {
        let node = self.node(ProvKind::Reference).named(path.join("."));
        let prov = self.provenance.add(node);
        let reference = Reference {
            resource,
            path: path
                .iter()
                .map(|step| match step.parse() {
                    Ok(index) => Step::Index(index),
                    Err(_) => Step::Name((*step).into()),
                })
                .collect(),
            unknown: Unknown::new(Cause::ComputedAtApply, prov)
                .not_null()
                .of_kind(Kind::Text),
        };
        Tree::new(Node::Ref(Arc::new(reference)), prov)
    }

    /// The same value, read through a reference.
    pub(super) fn through(&mut self, tree: &Tree) -> Tree {
        let node = self.node(ProvKind::Reference).from(tree.prov);
        Tree {
            prov: self.provenance.add(node),
            written_at: None,
            ..tree.clone()
        }
    }

    /// A string with holes.
    pub(super) fn template(&mut self, pieces: Vec<Piece>) -> Tree {
        let node = self.node(ProvKind::Computed);
        let prov = self.provenance.add(node);
        let unknown: Unknown<Tree> = Unknown {
            pieces: Some(pieces.into()),
            ..Unknown::new(Cause::ComputedAtApply, prov).not_null()
        };
        Tree::new(unknown.into(), prov)
    }

    pub(super) fn resource(
        &mut self,
        kind: &str,
        name: &str,
        entries: Vec<(&str, Tree)>,
    ) -> ResourceId {
        let body = self.object(entries);
        let id = ResourceId(u32::try_from(self.all.len()).unwrap());
        let head = Span::new(SourceId(0), 0, 5);
        self.all.push(Resource {
            said: false,
            id,
            mode: Mode::Managed,
            kind: kind.into(),
            name: name.into(),
            key: Key::None,
            address: format!("{kind}.{name}"),
            head,
            block: head,
            instance: InstanceId::ROOT,
            presence: Presence::certain(),
            body,
            depends_on: Vec::new(),
            doubt: None,
            ignored_changes: IgnoredChanges::None,
        });
        id
    }

    pub(super) fn data(&mut self, kind: &str, name: &str) -> ResourceId {
        let id = self.resource(kind, name, Vec::new());
        let resource = self.all.last_mut().unwrap();
        resource.mode = Mode::Data;
        resource.address = format!("data.{kind}.{name}");
        id
    }

    /// Says that there may be more resources, perhaps of one type.
    pub(super) fn gap(&mut self, kind: Option<&str>) {
        let node = self.node(ProvKind::Input).named("module.m");
        let origin = self.provenance.add(node);
        self.gaps.push(Gap {
            kind: kind.map(Into::into),
            unknown: Unknown::new(Cause::RemoteModule, origin),
        });
    }

    /// Makes the last resource hang on a condition.
    pub(super) fn perhaps(&mut self, condition: u32) {
        self.all.last_mut().unwrap().presence = Presence::uncertain(Some(Condition {
            id: ConditionId(condition),
            negated: false,
        }));
    }

    pub(super) fn vnet(&mut self, name: &str) -> ResourceId {
        let entries = vec![("name", self.text(name))];
        self.resource("azurerm_virtual_network", name, entries)
    }

    pub(super) fn subnet(&mut self, name: &str, vnet: &str) -> ResourceId {
        let range = self.text("10.0.0.0/24");
        let entries = vec![
            ("name", self.text(name)),
            ("virtual_network_name", self.text(vnet)),
            ("address_prefixes", self.list(vec![range])),
        ];
        self.resource("azurerm_subnet", name, entries)
    }

    /// A cluster whose default pool has these attributes.
    pub(super) fn cluster(
        &mut self,
        profile: Option<Vec<(&str, Tree)>>,
        pool: Vec<(&str, Tree)>,
        mut rest: Vec<(&str, Tree)>,
    ) -> ResourceId {
        if let Some(profile) = profile {
            rest.push(("network_profile", self.block(profile)));
        }
        rest.push(("default_node_pool", self.block(pool)));
        self.resource("azurerm_kubernetes_cluster", "aks", rest)
    }

    pub(super) fn read(self) -> Network {
        super::read(Resources {
            language: self.language,
            all: self.all,
            provenance: self.provenance,
            instances: Instances::new(ModuleId(0)),
            gaps: self.gaps,
            azurerm: self.provider,
        })
    }
}
