//! Calls of well-known modules whose code is not on disk: each instance is handed on as one resource, whose body are the
//! arguments and whose attributes are the outputs. What they mean, the schema knows.

use std::sync::Arc;

use super::{Evaluator, Repeat, Slotted, Target, tree};
use crate::project::{Callee, IgnoredChanges, InstanceId, ModuleCall, ModuleSource, ResourceName};
use crate::resource::{Gap, Mode, Resource};
use crate::source::{Name, Span, Symbol};
use crate::syntax::Unit;
use crate::value::{Cause, Key, Node, Object, ProvKind, ProvNode, Tree, Unknown};

impl<'p> Evaluator<'p> {
    /// Returns the resource that stands for a call, `None` if the call's code is on disk or nobody knows the module.
    pub(super) fn stand_in(&self, instance: InstanceId, name: &Symbol) -> Option<ResourceName> {
        let call = self.call_of(instance, name)?;
        let remote = call.item.target.within(self.root.module) == Callee::Remote;
        let kind = call.item.stands_for().filter(|_| remote)?;
        (self.wanted)(&kind).then(|| ResourceName {
            mode: Mode::Managed,
            kind: kind.into(),
            name: name.clone(),
            duplicate: 0,
        })
    }

    /// Returns what an instance of such a call stands for in an expression.
    pub(super) fn stand_in_value(
        &mut self,
        instance: InstanceId,
        resource: &ResourceName,
        key: &Key,
        span: Span,
    ) -> Tree {
        let target = Target {
            instance,
            resource: resource.clone(),
            key: key.clone(),
        };
        self.reference(target, span)
    }

    /// Returns an output of such a call's instance.
    pub(super) fn stand_in_output(
        &mut self,
        child: InstanceId,
        resource: &ResourceName,
        name: &Name,
    ) -> Tree {
        let data = self.instances.get(child);
        let (parent, key) = (data.parent.unwrap_or(InstanceId::ROOT), data.key.clone());
        let value = self.stand_in_value(parent, resource, &key, name.span);
        self.attribute(&value, name, name.span)
    }

    /// Adds the resources that stand for the instances of a call.
    pub(super) fn stand_ins(
        &mut self,
        instance: InstanceId,
        resource: &ResourceName,
        out: &mut Vec<Resource>,
    ) {
        let Some((call, unit)) = self.call_and_unit(instance, &resource.name) else {
            return;
        };
        let expansion = self.expansion(instance, &Slotted::Call(resource.name.clone()));
        if let Some(open) = &expansion.open {
            self.gaps.push(Gap {
                kind: Some(resource.kind.clone()),
                unknown: Unknown::new(Cause::Repetition, open.origin),
            });
        }
        let around = self.instances.get(instance);
        let (around, around_doubt) = (around.presence.clone(), around.doubt);
        for ((key, presence), repeat) in expansion.keys.iter().zip(&expansion.repeats) {
            if self.budget.spend(1).is_err() {
                return;
            }
            let target = Target {
                instance,
                resource: resource.clone(),
                key: key.clone(),
            };
            let own = expansion.open.as_ref();
            let own = own.filter(|_| !presence.truth.is_true());
            let body = self.arguments(call, unit, instance, repeat);
            let head = call.call.head;
            out.push(Resource {
                said: false,
                address: self.address(&target),
                id: self.resource_id(target),
                mode: Mode::Managed,
                kind: resource.kind.clone(),
                name: resource.name.clone(),
                key: key.clone(),
                head,
                block: head,
                instance,
                presence: presence.and(&around),
                doubt: own.map(|open| open.origin).or(around_doubt),
                body,
                depends_on: Vec::new(),
                ignored_changes: IgnoredChanges::None,
            });
        }
    }

    fn call_and_unit(
        &self,
        instance: InstanceId,
        name: &Symbol,
    ) -> Option<(&'p ModuleCall, &'p Unit)> {
        let declared = self.call_of(instance, name)?;
        let module = self.module(instance)?;
        Some((&declared.item, &*module.units[declared.unit]))
    }

    /// Returns the arguments of a call, each with its step on the way, and its `version`.
    fn arguments(
        &mut self,
        call: &ModuleCall,
        unit: &Unit,
        instance: InstanceId,
        repeat: &Repeat,
    ) -> Tree {
        let scope = Self::scope_of(unit, instance, repeat);
        let given = self.eval(call.call.arguments, scope);
        let head = self.node(ProvNode::new(ProvKind::Literal, Some(call.call.head)));
        let Node::Object(object) = &given.node else {
            return given;
        };
        let mut body = Object {
            rest: object.rest.clone(),
            ..Object::default()
        };
        for (name, value) in &object.entries {
            let span = self.provenance.span(value.prov);
            let node = ProvNode::new(ProvKind::Argument, span).from(value.prov);
            let prov = self.node(node.named(format!("{name} of module.{}", call.call.name.text)));
            let value = Tree {
                prov,
                ..value.clone()
            };
            body.entries.insert(name.clone(), value);
        }
        if let Some(version) = version(call) {
            let prov = self.node(ProvNode::new(ProvKind::Literal, Some(version.span)));
            let text = tree(Node::Text(Arc::from(&*version.text)), prov);
            body.entries.insert("version".into(), text);
        }
        tree(body, head)
    }
}

/// Returns the version that a call asks for: its constraint, or the tag that git is asked for.
fn version(call: &ModuleCall) -> Option<Name> {
    let address = call.call.address.as_ref()?;
    match ModuleSource::read(&address.text).reference {
        Some(reference) => Some(Name {
            text: reference.trim_start_matches('v').into(),
            span: address.span,
        }),
        None => call.call.version.clone(),
    }
}
