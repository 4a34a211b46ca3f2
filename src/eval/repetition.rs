//! `count` and `for_each`: which instances a call or resource has, and whether each exists.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::dialect::terraform;
use super::failure::Failure;
use super::{Evaluator, Repeat, Scope, Slotted, Target, tree};
use crate::expr::{ExprId, ExprKind};
use crate::project::InstanceId;
use crate::source::Span;
use crate::syntax::{Repetition, Unit};
use crate::truth::{Condition, ConditionId, Presence};
use crate::value::{Cause, Key, ListKind, Node, Tree, Unknown};

/// The most instances of one resource or call that are looked at.
pub(super) const MAX_INSTANCES: usize = 2_000;

/// Which instances something has.
#[derive(Default, Debug)]
pub(super) struct Expansion {
    /// The keys, and whether each exists.
    pub(super) keys: Vec<(Key, Presence)>,
    /// What each stands for.
    pub(super) repeats: Vec<Repeat>,
    /// Whether the keys are those of `for_each`.
    pub(super) keyed: bool,
    /// Why it is not known which instances there are.
    pub(super) open: Option<Unknown<Tree>>,
    /// Where each key stands.
    positions: HashMap<Key, usize>,
}

impl Expansion {
    /// Returns the one instance of what is not repeated.
    pub(super) fn single() -> Self {
        let mut single = Expansion::default();
        single.add(Key::None, Presence::certain(), Repeat::None);
        single
    }

    /// Returns where a key stands, `None` if there is no such instance.
    pub(super) fn position(&self, key: &Key) -> Option<usize> {
        let position = self.positions.get(key).copied();
        position.filter(|position| {
            self.keys
                .get(*position)
                .is_some_and(|(have, _)| have == key)
        })
    }

    /// Tells whether there are no more instances than the keys say, even where it is not known whether they exist.
    pub(super) fn is_listed(&self) -> bool {
        !self.keys.is_empty() && self.keys.iter().all(|(key, _)| *key != Key::Unknown)
    }

    pub(super) fn add(&mut self, key: Key, presence: Presence, repeat: Repeat) {
        self.positions.entry(key.clone()).or_insert(self.keys.len());
        self.keys.push((key, presence));
        self.repeats.push(repeat);
    }
}

impl Evaluator<'_> {
    /// Returns what `count.index` and `each` mean for a resource instance.
    pub(super) fn repeat_of(&mut self, instance: InstanceId, target: &Target) -> Repeat {
        let slotted = Slotted::Resource(target.resource.clone());
        let expansion = self.expansion(instance, &slotted);
        let position = expansion.position(&target.key);
        position.map_or(Repeat::None, |index| expansion.repeats[index].clone())
    }

    /// Returns a key as it may be printed: Terraform refuses sensitive ones, we tell them apart by their places.
    pub(super) fn shown_key(&mut self, instance: InstanceId, slotted: &Slotted, key: &Key) -> Key {
        let expansion = self.expansion(instance, slotted);
        match expansion.position(key) {
            Some(index) if expansion.repeats[index].is_secret() => Key::Hidden(index + 1),
            _ => key.clone(),
        }
    }

    /// Tells whether a call or resource stands once, or not at all.
    pub(super) fn is_conditional(&self, instance: InstanceId, slotted: &Slotted) -> bool {
        let found = self.repetition(instance, slotted);
        found.is_some_and(|(_, repetition, _)| {
            repetition.condition.is_some() && repetition.each.is_none()
        })
    }

    /// Tells whether the module of an instance declares such a call or resource.
    pub(super) fn declares(&self, instance: InstanceId, slotted: &Slotted) -> bool {
        self.module(instance).is_some_and(|module| match slotted {
            Slotted::Call(name) => module.calls.contains_key(name),
            Slotted::Resource(name) => module.resources.contains_key(name),
        })
    }

    /// Returns the instances of a call or resource; evaluated once.
    pub(super) fn expansion(&mut self, instance: InstanceId, slotted: &Slotted) -> Arc<Expansion> {
        let Some((unit, repetition, head)) = self.repetition(instance, slotted) else {
            return Arc::clone(&self.single);
        };
        if repetition.is_once() {
            return Arc::clone(&self.single);
        }
        let key = (instance, slotted.clone());
        if let Some(expansion) = self.expansions.get(&key) {
            return Arc::clone(expansion);
        }
        // While it is being evaluated, whoever asks again is in a cycle.
        let cycle = self.give_up(Cause::Cycle, head, "count or for_each");
        let busy = Expansion {
            open: cycle.as_unknown().cloned(),
            ..Expansion::default()
        };
        self.expansions.insert(key.clone(), Arc::new(busy));
        let scope = Scope {
            unit,
            instance,
            repeat: &Repeat::None,
            names: None,
            item: None,
            template: None,
            is_body: false,
        };
        let expansion = if let Some(count) = repetition.count {
            self.count(count, scope)
        } else if let Some(for_each) = repetition.for_each {
            self.for_each(for_each, scope)
        } else if let Some(each) = repetition.each {
            self.looped(each, scope)
        } else if let Some(condition) = repetition.condition {
            self.conditional_instance(condition, scope)
        } else {
            Expansion::single()
        };
        let expansion = Arc::new(expansion);
        self.expansions.insert(key, Arc::clone(&expansion));
        expansion
    }

    fn count(&mut self, count: ExprId, scope: Scope<'_>) -> Expansion {
        let mut expansion = Expansion::default();
        let span = scope.unit.exprs.get(count).span;
        let value = self.eval(count, scope);
        match terraform::number(&value) {
            Ok(number) if number < Decimal::ZERO || !number.fract().is_zero() => {
                let wrong = self.wrong(span, "this count");
                expansion.open = wrong.as_unknown().cloned();
            }
            Ok(number) => {
                let number = number.to_usize().unwrap_or(usize::MAX);
                if number > MAX_INSTANCES {
                    let _ = self.budget.spend(usize::MAX);
                }
                for index in 0..number.min(MAX_INSTANCES) {
                    let repeat = Repeat::Count(tree(Decimal::from(index), value.prov));
                    expansion.add(Key::Index(index), Presence::certain(), repeat);
                }
            }
            Err(Failure::Unknown(unknown)) => {
                let condition = self.switch(count, scope);
                let most = value
                    .as_unknown()
                    .and_then(|u| u.bounds)
                    .and_then(|b| b.high);
                let repeat = Repeat::Count(tree(Decimal::ZERO, value.prov));
                if most.is_some_and(|most| most <= 1) {
                    expansion.add(Key::Index(0), Presence::uncertain(condition), repeat);
                } else {
                    let index = tree(Self::unknown_like(&unknown, None), value.prov);
                    expansion.add(
                        Key::Unknown,
                        Presence::uncertain(None),
                        Repeat::Count(index),
                    );
                }
                expansion.open = Some(unknown);
            }
            Err(Failure::Wrong(_)) => {
                let wrong = self.wrong(span, "this count");
                expansion.open = wrong.as_unknown().cloned();
            }
        }
        expansion
    }

    /// Returns the condition of `condition ? 1 : 0` (or the opposite of `… ? 0 : 1`), if it is one whose quantity is told.
    fn switch(&mut self, count: ExprId, scope: Scope<'_>) -> Option<Condition> {
        let ExprKind::Conditional(test, yes, _) = &scope.unit.exprs.get(count).kind else {
            return None;
        };
        let test = self.eval(*test, scope);
        let term = test.as_unknown()?.term?;
        let yes = self.eval(*yes, scope);
        let on = terraform::number(&yes).ok()? > Decimal::ZERO;
        Some(Condition {
            id: ConditionId(term.id.0),
            negated: term.negated == on,
        })
    }

    fn for_each(&mut self, for_each: ExprId, scope: Scope<'_>) -> Expansion {
        let mut expansion = Expansion {
            keyed: true,
            ..Expansion::default()
        };
        let span = scope.unit.exprs.get(for_each).span;
        let over = self.eval(for_each, scope);
        match &over.node {
            Node::Object(object) => {
                for (name, value) in object.entries.iter().take(MAX_INSTANCES + 1) {
                    let value = self.element(&over, value);
                    let key = tree(name.as_str(), value.prov).mark(over.sensitive);
                    expansion.add(
                        Key::Name(name.clone()),
                        Presence::certain(),
                        Repeat::Each { key, value },
                    );
                }
                expansion.open.clone_from(&object.rest);
            }
            Node::List(list) if list.kind != ListKind::Tuple || list.items.is_empty() => {
                for item in &list.items {
                    let item = self.element(&over, item);
                    match terraform::text(&item) {
                        Ok(text) => {
                            let repeat = Repeat::Each {
                                key: item.clone(),
                                value: item,
                            };
                            expansion.add(Key::Name(text.into()), Presence::certain(), repeat);
                        }
                        Err(Failure::Unknown(unknown)) => expansion.open = Some(unknown),
                        Err(Failure::Wrong(_)) => {}
                    }
                }
            }
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::List(_)
            | Node::Ref(_)
            | Node::Unknown(_) => {
                let wrong = self.wrong(span, "this for_each");
                expansion.open = over.as_unknown().or(wrong.as_unknown()).cloned();
            }
        }
        self.close(&mut expansion);
        expansion
    }

    /// Bounds the instances, and adds the one that stands for those that are not known.
    fn close(&mut self, expansion: &mut Expansion) {
        if expansion.keys.len() > MAX_INSTANCES {
            let _ = self.budget.spend(usize::MAX);
            expansion.keys.truncate(MAX_INSTANCES);
            expansion.repeats.truncate(MAX_INSTANCES);
        }
        if let Some(open) = &expansion.open {
            let each = tree(Self::unknown_like(open, None), open.origin);
            let repeat = Repeat::Each {
                key: each.clone(),
                value: each,
            };
            expansion.add(Key::Unknown, Presence::uncertain(None), repeat);
        }
    }
}

impl<'p> Evaluator<'p> {
    /// Returns how often a call or resource stands, and the unit that says so.
    fn repetition(
        &self,
        instance: InstanceId,
        slotted: &Slotted,
    ) -> Option<(&'p Unit, Repetition, Span)> {
        let module = self.module(instance)?;
        match slotted {
            Slotted::Call(name) => {
                let declared = module.calls.get(name)?;
                let call = &declared.item.call;
                Some((&*module.units[declared.unit], call.repetition, call.head))
            }
            Slotted::Resource(name) => {
                let declared = module.resources.get(name)?;
                Some((
                    &*module.units[declared.unit],
                    declared.item.repetition,
                    declared.item.head,
                ))
            }
        }
    }
}
