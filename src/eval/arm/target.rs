//! Where a deployment goes: resource group, subscription, and the functions that ask for them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::eval::{Evaluator, Repeat, Scope, tree};
use crate::expr::ExprId;
use crate::project::InstanceId;
use crate::source::{Name, Span, Symbol};
use crate::value::{Cause, Kind, Node, Object, ProvKind, ProvNode, Tree, Unknown};

/// Where the module instances of a root are deployed.
pub(in crate::eval) type Targets = HashMap<InstanceId, Target>;

/// Where a deployment goes.
#[derive(Clone, Debug)]
pub(in crate::eval) struct Target {
    /// The subscription's number.
    subscription: Tree,
    /// The resource group's name.
    group: Tree,
}

impl Evaluator<'_> {
    /// Returns where the resources of a module instance go.
    pub(super) fn target_of(&mut self, instance: InstanceId) -> Target {
        if let Some(target) = self.deployed_to.get(&instance) {
            return target.clone();
        }
        // Whoever asks while it is being found out is in a cycle.
        let busy = Target {
            subscription: self.asked("subscription().subscriptionId", None),
            group: self.asked("resourceGroup().name", None),
        };
        self.deployed_to.insert(instance, busy.clone());
        let target = self.find_target(instance).unwrap_or(busy);
        self.deployed_to.insert(instance, target.clone());
        target
    }

    fn find_target(&mut self, instance: InstanceId) -> Option<Target> {
        let data = self.instances.get(instance);
        let (parent, name) = (data.parent?, data.name.clone());
        let around = self.target_of(parent);
        let Some(declared) = self.call_of(parent, &name) else {
            return Some(around);
        };
        let module = self.module(parent)?;
        let unit = &*module.units[declared.unit];
        let Some(written) = declared.item.call.deployment.scope else {
            return Some(around);
        };
        let repeat = self.repeats.get(&instance).cloned().unwrap_or(Repeat::None);
        let scope = self.eval(written, Self::scope_of(unit, parent, &repeat));
        Some(self.target_at(&scope, around, unit.exprs.get(written).span))
    }

    /// Returns where something with this `scope` goes; what it does not say is as around it.
    fn target_at(&mut self, scope: &Tree, around: Target, span: Span) -> Target {
        let member = |this: &mut Self, name: &str| match &scope.node {
            Node::Object(object) => object.entries.get(name).cloned(),
            Node::Ref(_) if name == "name" => {
                let text = Symbol::from(name);
                Some(this.attribute(scope, &Name { text, span }, span))
            }
            Node::Unknown(unknown) => Some(this.unknown_result(unknown, span)),
            _ => None,
        };
        let subscription = member(self, "subscriptionId");
        let group = member(self, "name");
        Target {
            subscription: subscription.unwrap_or(around.subscription),
            group: group.unwrap_or(around.group),
        }
    }

    /// Returns the id of the resource group that a resource with this `scope` goes to.
    pub(super) fn group_id(
        &mut self,
        instance: InstanceId,
        scope: Option<&Tree>,
        span: Span,
    ) -> Tree {
        let around = self.target_of(instance);
        let target = match scope {
            Some(scope) => self.target_at(scope, around, span),
            None => around,
        };
        self.group_id_of(&target, span)
    }

    fn group_id_of(&mut self, target: &Target, span: Span) -> Tree {
        let parts = [
            self.written("/subscriptions/", span),
            target.subscription.clone(),
            self.written("/resourceGroups/", span),
            target.group.clone(),
        ];
        self.joined(&parts, span)
    }

    /// Returns what stands before `/providers/` in the ids of a resource group's resources, with the group and subscription
    /// that are given instead of the deployment's own.
    pub(super) fn group_prefix(
        &mut self,
        instance: InstanceId,
        given: &[Tree],
        span: Span,
    ) -> Tree {
        let mut target = self.target_of(instance);
        match given {
            [subscription, group] => {
                target = Target {
                    subscription: subscription.clone(),
                    group: group.clone(),
                };
            }
            [group] => target.group = group.clone(),
            _ => {}
        }
        self.group_id_of(&target, span)
    }

    /// Returns what stands before `/providers/` in the ids of a subscription's resources.
    pub(super) fn subscription_prefix(
        &mut self,
        instance: InstanceId,
        given: &[Tree],
        span: Span,
    ) -> Tree {
        let own = self.target_of(instance).subscription;
        let parts = [
            self.written("/subscriptions/", span),
            given.first().cloned().unwrap_or(own),
        ];
        self.joined(&parts, span)
    }

    /// Returns the name of the deployment that an expression stands in.
    fn own_name(&mut self, instance: InstanceId, span: Span) -> Tree {
        let data = self.instances.get(instance);
        let (parent, call, key) = (data.parent, data.name.clone(), data.key.clone());
        let name = parent.and_then(|parent| self.deployment_name(parent, &call, &key));
        name.unwrap_or_else(|| self.asked("deployment().name", Some(span)))
    }

    /// Returns what is only known when something is deployed; the same words are the same value.
    fn asked(&mut self, words: &str, span: Option<Span>) -> Tree {
        let prov = self.node(ProvNode::new(ProvKind::Computed, span).named(words));
        let unknown = Unknown {
            term: Some(self.term(words.to_owned())),
            ..Unknown::new(Cause::Input, prov)
        };
        tree(unknown.not_null().of_kind(Kind::Text), prov)
    }

    /// Returns characters that stand in no file.
    pub(super) fn written(&mut self, text: &str, span: Span) -> Tree {
        let prov = self.computed(span, None);
        tree(Node::Text(Arc::from(text)), prov)
    }

    /// Returns strings one behind the other.
    pub(super) fn joined(&mut self, parts: &[Tree], span: Span) -> Tree {
        let unknown = parts.iter().find(|part| part.as_unknown().is_some());
        let prov = self.computed(span, unknown.map(|part| part.prov));
        self.join(parts, span, prov)
    }

    /// Evaluates `resourceGroup()`, `subscription()` and their like.
    pub(super) fn context(
        &mut self,
        which: &str,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let shown = match which {
            "resourcegroup" => "resourceGroup",
            "managementgroup" => "managementGroup",
            other => other,
        };
        let given: Vec<Tree> = args.iter().map(|arg| self.eval(*arg, scope)).collect();
        let mut target = self.target_of(scope.instance);
        let mut object = Object::default();
        let is_own = given.is_empty();
        match (which, given.as_slice()) {
            ("resourcegroup", _) => {
                match given.as_slice() {
                    [group] => target.group = group.clone(),
                    [subscription, group] => {
                        target.subscription = subscription.clone();
                        target.group = group.clone();
                    }
                    _ => {}
                }
                let id = self.group_id_of(&target, span);
                object.entries.insert("id".into(), id);
                object.entries.insert("name".into(), target.group);
                object
                    .entries
                    .insert("subscriptionId".into(), target.subscription);
            }
            ("subscription", _) => {
                if let [subscription] = given.as_slice() {
                    target.subscription = subscription.clone();
                }
                let id =
                    self.subscription_prefix(scope.instance, &[target.subscription.clone()], span);
                object.entries.insert("id".into(), id);
                object
                    .entries
                    .insert("subscriptionId".into(), target.subscription);
            }
            ("deployment", []) => {
                let name = self.own_name(scope.instance, span);
                object.entries.insert("name".into(), name);
            }
            _ => {}
        }
        if is_own {
            let place = format!("{shown}().location");
            let location = self.asked(&place, Some(span));
            object.entries.insert("location".into(), location);
        }
        let prov =
            self.node(ProvNode::new(ProvKind::Computed, Some(span)).named(format!("{shown}()")));
        object.rest = Some(Unknown::new(Cause::Input, prov));
        tree(object, prov)
    }
}
