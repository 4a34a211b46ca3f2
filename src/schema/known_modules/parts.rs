//! Taking trees apart and putting them together, as the evaluator would have done had it had the module's code.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::source::Symbol;
use crate::value::{
    Cause, Kind, Node, Object, ProvId, ProvKind, ProvNode, Provenance, Reference, ResourceId, Step,
    Tree, Unknown,
};

/// What stands at a place.
pub(super) enum Found {
    Tree(Tree),
    Missing,
}

/// Returns what stands at a path inside a value.
pub(super) fn follow(base: &Tree, path: &str, trail: &mut Provenance) -> Found {
    let mut here = base.clone();
    for name in path.split('.').filter(|name| !name.is_empty()) {
        here = match step(&here, &Step::Name(name.into()), trail) {
            Some(next) => next,
            None => return Found::Missing,
        };
    }
    Found::Tree(here)
}

/// Returns the element of a list; `None` if it has none there.
pub(super) fn element(list: &Tree, index: usize, trail: &mut Provenance) -> Option<Tree> {
    step(list, &Step::Index(index), trail)
}

/// Goes one step into a value; `None` where nothing stands.
pub(super) fn step(tree: &Tree, step: &Step, trail: &mut Provenance) -> Option<Tree> {
    match (&tree.node, step) {
        (Node::Object(object), Step::Name(name)) => match object.entries.get(name) {
            Some(child) => Some(inside(tree, child, trail)),
            None => object
                .rest
                .as_ref()
                .map(|rest| Tree::unknown(rest.cause, rest.origin)),
        },
        (Node::List(list), Step::Index(index)) => {
            let child = list.items.get(*index)?;
            Some(inside(tree, child, trail))
        }
        (Node::Ref(base), _) => {
            let mut path = base.path.clone();
            path.push(step.clone());
            let mut unknown = base.unknown.forget();
            if *step == Step::Name("id".into()) {
                unknown = unknown.not_null().of_kind(Kind::Text);
            }
            let reference = Reference {
                resource: base.resource,
                path,
                unknown,
            };
            Some(Tree {
                node: Node::Ref(Arc::new(reference)),
                ..tree.clone()
            })
        }
        (Node::Unknown(unknown), _) => {
            let unknown: Unknown<Tree> = unknown.forget();
            Some(Tree {
                node: unknown.into(),
                ..tree.clone()
            })
        }
        (Node::Null, _) => None,
        _ => Some(Tree::unknown(Cause::Wrong, tree.prov)),
    }
}

/// Returns an element with the way of its container before its own.
fn inside(container: &Tree, element: &Tree, trail: &mut Provenance) -> Tree {
    let span = trail.node(element.prov).span;
    let node = ProvNode::new(ProvKind::Element, span).from(element.prov);
    let prov = trail.add(ProvNode {
        via: Some(container.prov),
        ..node
    });
    Tree {
        prov,
        ..element.clone()
    }
    .mark(container.sensitive)
}

/// Returns a reference to an attribute of a resource.
pub(super) fn reference(resource: ResourceId, path: Vec<Step>, prov: ProvId) -> Tree {
    let unknown = Unknown::new(Cause::ComputedAtApply, prov);
    let unknown = unknown.not_null().of_kind(Kind::Text);
    let reference = Reference {
        resource,
        path,
        unknown,
    };
    Tree::new(Node::Ref(Arc::new(reference)), prov)
}

/// A block that is being put together.
#[derive(Default)]
pub(super) struct Block {
    attributes: BTreeMap<Symbol, Tree>,
    blocks: BTreeMap<Symbol, Block>,
}

impl Block {
    /// Sets what stands at a path.
    pub(super) fn set(&mut self, path: &str, value: Tree) {
        match path.split_once('.') {
            Some((block, path)) => {
                let inner = self.blocks.entry(block.into()).or_default();
                inner.set(path, value);
            }
            None => {
                self.attributes.insert(path.into(), value);
            }
        }
    }

    /// Returns it as a value; what was not set is as unknown as `rest`.
    pub(super) fn tree(self, rest: &Unknown<Tree>, prov: ProvId) -> Tree {
        let mut entries = self.attributes;
        for (name, block) in self.blocks {
            entries.insert(name, block.tree(rest, prov));
        }
        let rest = Some(rest.clone());
        Tree::new(Object { entries, rest }.into(), prov)
    }
}
