//! Data sources that are resources of the same root: whose identifying attributes equal those of exactly one of them.
//!
//! They are found by an evaluator of its own before the root is evaluated: asking for a name while names are evaluated
//! would find cycles where there are none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::dialect::terraform;
use super::{Evaluator, Outside, Slotted, Target};
use crate::project::{InstanceId, Mode, Project, ResourceName, Root};
use crate::source::{Name, Span, Symbol};
use crate::syntax::ResourceDeclaration;
use crate::value::{Key, Node, Piece, Tree};

/// Which attributes tell the resources of a type apart; `None` for a type whose data sources stay what they are.
pub type Identity<'a> = &'a (dyn Fn(&str) -> Option<&'static [&'static str]> + Sync);

/// A resource instance by its place in the code, the same for every evaluator.
#[derive(Clone, Debug)]
pub(super) struct Twin {
    /// The calls from the root down.
    path: Vec<(Symbol, Key)>,
    resource: ResourceName,
    key: Key,
}

/// The resources that data sources are, by the addresses of those.
pub(super) type Twins = HashMap<String, Twin>;

/// A resource or data source and what identifies it.
struct Candidate {
    target: Target,
    /// The provider configuration that it uses: another one may be another subscription.
    provider: (InstanceId, Symbol),
    values: Vec<Tree>,
}

/// Returns which data sources of a root are resources of it.
pub(super) fn twins(project: &Project, root: &Root, outside: Outside<'_>) -> Twins {
    let identity = outside.identity;
    let kinds = shared_kinds(project, root, identity);
    if kinds.is_empty() {
        return Twins::new();
    }
    let mut evaluator = Evaluator::new(project, root, outside, Twins::new());
    let mut found: BTreeMap<(Symbol, Mode), Vec<Candidate>> = BTreeMap::new();
    let mut todo = vec![InstanceId::ROOT];
    let mut seen = 0;
    while let Some(instance) = todo.pop() {
        seen += 1;
        if seen > super::expand::MAX_TOTAL {
            return Twins::new();
        }
        evaluator.candidates(instance, &kinds, identity, &mut found);
        todo.extend(evaluator.children(instance, &mut Vec::new()));
    }
    let mut twins = Twins::new();
    for kind in kinds {
        let data = found.remove(&(kind.clone(), Mode::Data));
        let managed = found.remove(&(kind, Mode::Managed)).unwrap_or_default();
        for candidate in data.into_iter().flatten() {
            if let Some(twin) = evaluator.twin(&candidate, &managed) {
                twins.insert(evaluator.address(&candidate.target), twin);
            }
        }
    }
    if evaluator.budget.exceeded() {
        return Twins::new();
    }
    twins
}

/// Returns the types with an identity of which a root has both data sources and resources.
fn shared_kinds(project: &Project, root: &Root, identity: Identity<'_>) -> BTreeSet<Symbol> {
    let of = |mode: Mode| -> BTreeSet<&Symbol> {
        let modules = root.reaches.iter().map(|id| project.module(*id));
        let names = modules.flat_map(|module| module.resources.keys());
        let names = names.filter(|name| name.mode == mode && identity(&name.kind).is_some());
        names.map(|name| &name.kind).collect()
    };
    let data = of(Mode::Data);
    if data.is_empty() {
        return BTreeSet::new();
    }
    let managed = of(Mode::Managed);
    data.intersection(&managed).copied().cloned().collect()
}

impl Evaluator<'_> {
    /// Collects the resources and data sources of a module instance that are certain to exist once.
    fn candidates(
        &mut self,
        instance: InstanceId,
        kinds: &BTreeSet<Symbol>,
        identity: Identity<'_>,
        found: &mut BTreeMap<(Symbol, Mode), Vec<Candidate>>,
    ) {
        let Some(module) = self.module(instance) else {
            return;
        };
        let around = self.instances.get(instance).presence.truth;
        for (name, declared) in &module.resources {
            let Some(attributes) = identity(&name.kind).filter(|_| kinds.contains(&name.kind))
            else {
                continue;
            };
            let expansion = self.expansion(instance, &Slotted::Resource(name.clone()));
            for (key, presence) in &expansion.keys {
                let certain = presence.truth.and(around).is_true() || name.mode == Mode::Data;
                if *key == Key::Unknown || !certain || self.budget.spend(1).is_err() {
                    continue;
                }
                let target = Target {
                    instance,
                    resource: name.clone(),
                    key: key.clone(),
                };
                let values = self.identifying(&target, attributes, declared.item.head);
                let provider = self.provider_of(instance, &declared.item);
                let list = found.entry((name.kind.clone(), name.mode)).or_default();
                list.extend(values.map(|values| Candidate {
                    target,
                    provider,
                    values,
                }));
            }
        }
    }

    /// Returns the provider configuration of a resource: its name in the module instance that declares it, as far as the calls
    /// hand it down. One without an alias is inherited where a call says nothing of it.
    fn provider_of(
        &self,
        instance: InstanceId,
        resource: &ResourceDeclaration,
    ) -> (InstanceId, Symbol) {
        let default = || Symbol::from(resource.kind.text.split('_').next().unwrap_or_default());
        let mut name = resource.provider.clone().unwrap_or_else(default);
        let mut at = instance;
        while let Some(parent) = self.instances.get(at).parent {
            let call = self.call_of(parent, &self.instances.get(at).name);
            let pairs = call.map_or(&[][..], |call| &call.item.call.providers);
            match pairs.iter().find(|(inner, _)| *inner == name) {
                Some((_, outer)) => name = outer.clone(),
                None if name.contains('.') => break,
                None => {}
            }
            at = parent;
        }
        (at, name)
    }

    /// Returns the identifying attributes of a resource instance; `None` if one is not written or may be null.
    fn identifying(
        &mut self,
        target: &Target,
        attributes: &[&str],
        head: Span,
    ) -> Option<Vec<Tree>> {
        let module = self.module(target.instance)?;
        let declared = module.resources.get(&target.resource)?;
        let exprs = &module.units[declared.unit].exprs;
        let id = self.resource_id(target.clone());
        let value = |attribute: &&str| {
            exprs.entry(declared.item.body, attribute)?;
            let name = Name {
                text: Symbol::from(*attribute),
                span: head,
            };
            let value = self.resource_attribute(id, &name);
            (!value.null().is_true()).then_some(value)
        };
        attributes.iter().map(value).collect()
    }

    /// Returns the one resource that a data source is.
    fn twin(&mut self, data: &Candidate, managed: &[Candidate]) -> Option<Twin> {
        let mut same = managed.iter().filter(|one| self.are_same(data, one));
        let (Some(one), None) = (same.next(), same.next()) else {
            return None;
        };
        let around = self.instances.around(one.target.instance);
        let mut path: Vec<(Symbol, Key)> = around
            .filter(|data| data.parent.is_some())
            .map(|data| (data.name.clone(), data.key.clone()))
            .collect();
        path.reverse();
        Some(Twin {
            path,
            resource: one.target.resource.clone(),
            key: one.target.key.clone(),
        })
    }

    fn are_same(&mut self, a: &Candidate, b: &Candidate) -> bool {
        let mut pairs = a.values.iter().zip(&b.values);
        a.provider == b.provider && pairs.all(|(a, b)| self.same_text(a, b))
    }

    /// Tells whether two names are known to be the same: known characters in any case, unknown parts the same.
    pub(super) fn same_text(&mut self, a: &Tree, b: &Tree) -> bool {
        match (&a.node, &b.node) {
            (Node::Text(a), Node::Text(b)) => {
                let short = self.budget.read(a.len().min(b.len())).is_ok();
                short && !a.is_empty() && a.eq_ignore_ascii_case(b)
            }
            (Node::Unknown(x), Node::Unknown(y)) if Arc::ptr_eq(x, y) => true,
            (Node::Unknown(x), Node::Unknown(y)) => match (&x.pieces, &y.pieces) {
                (Some(x), Some(y)) => {
                    let mut pairs = x.iter().zip(y.iter());
                    x.len() == y.len() && pairs.all(|(x, y)| self.same_piece(x, y))
                }
                _ => terraform::equal(a, b, &mut self.budget).is_true(),
            },
            _ => terraform::equal(a, b, &mut self.budget).is_true(),
        }
    }

    fn same_piece(&mut self, a: &Piece, b: &Piece) -> bool {
        match (a, b) {
            (Piece::Text(a), Piece::Text(b)) => a.eq_ignore_ascii_case(b),
            (Piece::Hole(a), Piece::Hole(b)) => self.same_text(a, b),
            (Piece::Text(_), Piece::Hole(_)) | (Piece::Hole(_), Piece::Text(_)) => false,
        }
    }

    /// Returns the resource instance that a data source is, if it is one.
    pub(super) fn managed_twin(&mut self, address: &str) -> Option<Target> {
        let twin = self.twins.get(address)?.clone();
        let mut instance = InstanceId::ROOT;
        for (name, key) in &twin.path {
            instance = self.call_instance(instance, name, key);
        }
        Some(Target {
            instance,
            resource: twin.resource,
            key: twin.key,
        })
    }
}
