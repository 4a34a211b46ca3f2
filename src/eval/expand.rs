//! Module calls and resources to instances: `count`, `for_each`, and whether an instance exists.

use super::dialect::Dialect;
use super::{Evaluator, Repeat, Scope, Slotted, Target};
use crate::project::{Callee, Declared, InstanceData, InstanceId, Mode};
use crate::resource::{Gap, Resource};
use crate::source::{Span, Symbol};
use crate::syntax::{ResourceDeclaration, Unit};
use crate::truth::Presence;
use crate::value::{Cause, Key, ProvKind, ProvNode, Tree, Unknown};

/// The most resources and module instances of a root that are looked at.
pub(super) const MAX_TOTAL: usize = 20_000;

impl Evaluator<'_> {
    /// Walks all module instances and evaluates the resources that are wanted.
    pub(super) fn expand(&mut self) -> Vec<Resource> {
        let mut resources = Vec::new();
        let mut todo = vec![InstanceId::ROOT];
        while let Some(instance) = todo.pop() {
            if resources.len() + self.instances.len() > MAX_TOTAL {
                let _ = self.budget.spend(usize::MAX);
                break;
            }
            self.resources_of(instance, &mut resources);
            let mut children = self.children(instance, &mut resources);
            children.reverse();
            todo.extend(children);
        }
        resources
    }

    /// Returns the instances of the calls in a module instance. Where their code is not there, adds what stands for them, or
    /// notes a gap.
    pub(super) fn children(
        &mut self,
        instance: InstanceId,
        out: &mut Vec<Resource>,
    ) -> Vec<InstanceId> {
        let Some(module) = self.module(instance) else {
            return Vec::new();
        };
        if module.broken {
            let Some(unit) = module.units.iter().find(|unit| unit.broken) else {
                return Vec::new();
            };
            let span = unit
                .troubles
                .first()
                .map_or(Span::new(unit.source, 0, 0), |trouble| trouble.primary.span);
            self.gap(
                None,
                Cause::Broken,
                span,
                format!("module {}", module.path()),
            );
        }
        let mut children = Vec::new();
        for (name, call) in &module.calls {
            let head = call.item.call.head;
            match call.item.target.within(self.root.module) {
                Callee::Module(_) => {
                    let expansion = self.expansion(instance, &Slotted::Call(name.clone()));
                    children.extend(
                        expansion
                            .keys
                            .iter()
                            .map(|(key, _)| self.call_instance(instance, name, key)),
                    );
                }
                Callee::Remote => match self.stand_in(instance, name) {
                    Some(resource) => self.stand_ins(instance, &resource, out),
                    None => self.gap(None, Cause::RemoteModule, head, format!("module.{name}")),
                },
                Callee::Missing | Callee::Cycle => {
                    self.gap(None, Cause::Broken, head, format!("module.{name}"));
                }
            }
        }
        children
    }

    fn gap(&mut self, kind: Option<Symbol>, cause: Cause, span: Span, what: String) {
        let origin = self.node(ProvNode::new(ProvKind::Computed, Some(span)).named(what));
        self.gaps.push(Gap {
            kind,
            unknown: Unknown::new(cause, origin),
        });
    }

    fn resources_of(&mut self, instance: InstanceId, out: &mut Vec<Resource>) {
        let Some(module) = self.module(instance) else {
            return;
        };
        let mut declared: Vec<_> = module
            .resources
            .iter()
            .filter(|(name, _)| (self.wanted)(&name.kind))
            .collect();
        // In the order of the files, not of the types' names.
        declared.sort_by_key(|(_, declared)| {
            let block = declared.item.block;
            (block.source, block.start)
        });
        for (name, declared) in declared {
            let unit = &*module.units[declared.unit];
            let slotted = Slotted::Resource(name.clone());
            let expansion = self.expansion(instance, &slotted);
            if let Some(open) = expansion.open.as_ref().filter(|_| !expansion.is_listed()) {
                let unknown = Unknown::new(Cause::Repetition, open.origin);
                self.gaps.push(Gap {
                    kind: Some(name.kind.clone()),
                    unknown,
                });
            }
            for ((key, presence), repeat) in expansion.keys.iter().zip(&expansion.repeats) {
                if self.budget.spend(1).is_err() || out.len() >= MAX_TOTAL {
                    return;
                }
                let target = Target {
                    instance,
                    resource: name.clone(),
                    key: key.clone(),
                };
                let own = expansion
                    .open
                    .as_ref()
                    .filter(|_| !presence.truth.is_true());
                let doubt = own.map(|open| open.origin);
                let mut resource = self.resource(target, repeat, declared, unit);
                resource.presence = presence.and(&resource.presence);
                resource.doubt = doubt.or(resource.doubt);
                out.push(resource);
            }
        }
    }

    fn resource(
        &mut self,
        target: Target,
        repeat: &Repeat,
        declared: &Declared<std::sync::Arc<ResourceDeclaration>>,
        unit: &Unit,
    ) -> Resource {
        let declaration = &declared.item;
        let scope = Scope {
            is_body: true,
            ..Self::scope_of(unit, target.instance, repeat)
        };
        let mut body = self.eval(declaration.body, scope);
        if self.dialect == Dialect::Arm {
            body = self.placed(body, &target, declaration.head);
        }
        let prov = self.node(ProvNode::new(ProvKind::Literal, Some(declaration.head)));
        let address = self.address(&target);
        let said = match target.resource.mode {
            Mode::Data => self.with_facts(&body, &address),
            Mode::Managed => None,
        };
        let is_said = said.is_some();
        let body = said.unwrap_or(body);
        Resource {
            said: is_said,
            id: self.resource_id(target.clone()),
            mode: target.resource.mode,
            kind: target.resource.kind,
            name: target.resource.name,
            key: target.key,
            address,
            head: declaration.head,
            block: declaration.block,
            instance: target.instance,
            presence: self.instances.get(target.instance).presence.clone(),
            body: Tree { prov, ..body },
            depends_on: declaration.depends_on.clone(),
            doubt: self.instances.get(target.instance).doubt,
            ignored_changes: declaration.ignored_changes.clone(),
        }
    }

    /// Returns the module instance of a call; makes it on first mention.
    pub(super) fn call_instance(
        &mut self,
        parent: InstanceId,
        name: &Symbol,
        key: &Key,
    ) -> InstanceId {
        let slot = (parent, name.clone(), key.clone());
        if let Some(instance) = self.calls.get(&slot) {
            return *instance;
        }
        self.keep(size_of::<(Symbol, Key, InstanceData, Repeat)>());
        let call = self.call_of(parent, name);
        let root = self.root.module;
        let module = call.and_then(|call| match call.item.target.within(root) {
            Callee::Module(id) => Some(id),
            Callee::Remote | Callee::Missing | Callee::Cycle => None,
        });
        let expansion = self.expansion(parent, &Slotted::Call(name.clone()));
        let position = expansion.position(key);
        let own = position.map_or_else(Presence::certain, |index| expansion.keys[index].1.clone());
        let presence = own.and(&self.instances.get(parent).presence);
        let own_doubt = expansion.open.as_ref().filter(|_| !own.truth.is_true());
        let doubt = own_doubt
            .map(|open| open.origin)
            .or(self.instances.get(parent).doubt);
        let third_party = self.instances.get(parent).third_party
            || module.is_some_and(|id| self.project.module(id).third_party);
        let data = InstanceData {
            parent: Some(parent),
            call: call.map(|call| call.item.call.head),
            name: name.clone(),
            deployment: self.dialect == Dialect::Arm,
            key: self.shown_key(parent, &Slotted::Call(name.clone()), key),
            module,
            third_party,
            presence,
            doubt,
        };
        let instance = self.instances.add(data);
        if let Some(index) = position {
            self.repeats
                .insert(instance, expansion.repeats[index].clone());
        }
        self.calls.insert(slot, instance);
        instance
    }
}
