//! How often resources and modules of Bicep and ARM stand: `if` and `for`.

use std::sync::Arc;

use crate::eval::repetition::{Expansion, MAX_INSTANCES};
use crate::eval::{Bound, Evaluator, Repeat, Scope};
use crate::expr::{ExprId, ExprKind, For};
use crate::source::Symbol;
use crate::truth::{Condition, ConditionId, Presence};
use crate::value::{Key, Tree, Unknown};

impl Evaluator<'_> {
    /// Returns the instances of something that stands once, under a condition.
    pub(in crate::eval) fn conditional_instance(
        &mut self,
        condition: ExprId,
        scope: Scope<'_>,
    ) -> Expansion {
        let mut expansion = Expansion::default();
        let value = self.eval(condition, scope);
        match self.presence(&value) {
            Ok(true) => expansion.add(Key::None, Presence::certain(), Repeat::None),
            Ok(false) => {}
            Err((unknown, presence)) => {
                expansion.add(Key::None, presence, Repeat::None);
                expansion.open = Some(unknown);
            }
        }
        expansion
    }

    /// Tells whether something under a condition is there.
    fn presence(&mut self, condition: &Tree) -> Result<bool, (Unknown<Tree>, Presence)> {
        if let Ok(value) = self.dialect.boolean(condition) {
            return Ok(value);
        }
        let unknown = condition
            .as_unknown()
            .cloned()
            .unwrap_or_else(|| Unknown::new(crate::value::Cause::Wrong, condition.prov));
        let condition = unknown.term.map(|term| Condition {
            id: ConditionId(term.id.0),
            negated: term.negated,
        });
        Err((unknown, Presence::uncertain(condition)))
    }

    /// Returns the instances of something that is repeated.
    pub(in crate::eval) fn looped(&mut self, each: ExprId, scope: Scope<'_>) -> Expansion {
        let mut expansion = Expansion::default();
        let expr = scope.unit.exprs.get(each);
        let ExprKind::For(each) = &expr.kind else {
            return Expansion::single();
        };
        let over = self.eval(each.over, scope);
        match self.elements(&over, expr.span) {
            Ok(elements) => {
                if elements.len() > MAX_INSTANCES {
                    let _ = self.budget.spend(usize::MAX);
                }
                for (at, (index, item)) in elements.into_iter().take(MAX_INSTANCES).enumerate() {
                    self.add_element(&mut expansion, each, at, index, item, scope);
                }
            }
            Err(unknown) => {
                let item = Tree::unknown(unknown.cause, unknown.origin);
                let repeat = bound(each, item.clone(), item);
                expansion.add(Key::Unknown, Presence::uncertain(None), repeat);
                expansion.open = Some(unknown);
            }
        }
        expansion
    }

    /// Adds the instance of an element, unless the loop's condition leaves it out.
    fn add_element(
        &mut self,
        expansion: &mut Expansion,
        each: &For,
        at: usize,
        index: Tree,
        item: Tree,
        scope: Scope<'_>,
    ) {
        let repeat = bound(each, index.clone(), item.clone());
        let presence = match each.condition {
            None => Presence::certain(),
            Some(condition) => {
                let key = each.key.as_ref().map(|name| Bound {
                    name,
                    value: index,
                    outer: scope.names,
                });
                let inner = Bound {
                    name: &each.value,
                    value: item,
                    outer: key.as_ref().or(scope.names),
                };
                let names = Some(&inner);
                let value = self.eval(condition, Scope { names, ..scope });
                match self.presence(&value) {
                    Ok(true) => Presence::certain(),
                    Ok(false) => return,
                    Err((unknown, presence)) => {
                        expansion.open.get_or_insert(unknown);
                        presence
                    }
                }
            }
        };
        expansion.add(Key::Index(at), presence, repeat);
    }
}

/// Returns what the names of a loop mean for one element.
fn bound(each: &For, index: Tree, item: Tree) -> Repeat {
    let mut names: Vec<(Symbol, Tree)> = vec![(each.value.clone(), item)];
    names.extend(each.key.clone().map(|name| (name, index)));
    Repeat::Loop(Arc::from(names))
}
