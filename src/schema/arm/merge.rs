//! What an update makes of a body: objects are merged, lists of equal length element by element, all else is replaced. So does
//! azapi. Source: Azure/terraform-provider-azapi `utils/json.go`, `MergeObject`, read 2026-11-22.

use crate::truth::Truth;
use crate::value::{Cause, Node, Object, ProvId, Tree, TreeList, Unknown};

/// Whether an update happens.
#[derive(Clone, Copy)]
pub(super) enum Happens {
    /// It does.
    Surely,
    /// It may; here is what would have to be known.
    Perhaps(ProvId),
}

/// Returns the body after an update.
pub(super) fn merge(old: &Tree, new: &Tree, happens: Happens) -> Tree {
    match (&old.node, &new.node) {
        (Node::Object(before), Node::Object(after)) => {
            let merged = objects(before, after, happens);
            Tree {
                depth: Tree::new(merged.clone().into(), old.prov).depth,
                node: merged.into(),
                ..old.clone()
            }
        }
        (Node::List(before), Node::List(after)) if before.items.len() == after.items.len() => {
            let pairs = before.items.iter().zip(&after.items);
            let items = pairs.map(|(old, new)| merge(old, new, happens)).collect();
            let list = TreeList {
                kind: before.kind,
                items,
            };
            Tree::new(list.into(), new.prov).mark(new.sensitive)
        }
        _ => match happens {
            Happens::Surely => new.clone(),
            Happens::Perhaps(origin) => either(Some(old), new, origin),
        },
    }
}

fn objects(before: &Object, after: &Object, happens: Happens) -> Object {
    let mut entries = before.entries.clone();
    for (name, new) in &after.entries {
        let found = super::children::member(before, name);
        let (key, value) = match (found, happens) {
            (Some((key, old)), _) => (key, merge(old, new, happens)),
            (None, Happens::Surely) => (name, new.clone()),
            (None, Happens::Perhaps(origin)) => (name, either(None, new, origin)),
        };
        entries.insert(key.clone(), value);
    }
    Object {
        entries,
        rest: before.rest.clone().or_else(|| after.rest.clone()),
    }
}

/// Returns one of two values.
fn either(old: Option<&Tree>, new: &Tree, origin: ProvId) -> Tree {
    let known = |tree: &Tree| tree.as_unknown().is_none() && !tree.null().is_true();
    let all: Vec<Tree> = old.into_iter().chain([new]).cloned().collect();
    let null = match old {
        Some(old) if known(old) && known(new) => Truth::False,
        _ => Truth::Unknown,
    };
    let listed = all.iter().all(known).then(|| all.into());
    let unknown = Unknown {
        one_of: listed,
        null,
        ..Unknown::new(Cause::Repetition, origin)
    };
    Tree::new(unknown.into(), new.prov).mark(new.sensitive)
}
