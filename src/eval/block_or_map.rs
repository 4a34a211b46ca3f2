//! Objects of JSON that are a map or a block that stands once, as the provider has it: what lies inside them is known, what
//! they are as a whole is not. Knows no provider.

use super::dialect::terraform;
use super::resources::open;
use super::{Evaluator, tree};
use crate::source::Span;
use crate::value::{Cause, Node, ProvKind, ProvNode, Tree, TreeList, Unknown};

impl Evaluator<'_> {
    /// Returns an object as one of two: itself, or a list of it. `name` is what the code calls it.
    pub(super) fn block_or_map(&mut self, value: Tree, name: &str) -> Tree {
        if !matches!(value.node, Node::Object(_)) {
            return value;
        }
        let span = self.provenance.node(value.prov).span;
        let node = ProvNode::new(ProvKind::Computed, span).from(value.prov);
        let origin = self.node(node.named(format!("{name} as a whole")));
        self.keep(2 * size_of::<Tree>());
        let node = ProvNode::new(ProvKind::Computed, span).from(value.prov);
        let inner = self.node(node.named(name));
        let object = open(&value, inner);
        let list = tree(TreeList::tuple(vec![object.clone()]), value.prov);
        let unknown = Unknown {
            one_of: Some([object, list].into()),
            ..Unknown::new(Cause::NotSupported, origin).not_null()
        };
        Tree {
            node: unknown.into(),
            ..value
        }
    }

    /// Returns the element of such an object at an index: the block itself at `0`, else what has the name.
    pub(super) fn in_block_or_map(&mut self, object: &Tree, index: &Tree, span: Span) -> Tree {
        let named = terraform::text(index).is_ok_and(|name| {
            object
                .as_object()
                .is_some_and(|o| o.entries.contains_key(&*name))
        });
        let first = terraform::number(index).is_ok_and(|number| number.is_zero());
        if first && !named {
            return object.clone().mark(index.sensitive);
        }
        self.index(object, index, span)
    }
}

/// Returns the object that is meant, whether it is a map or a block; `None` for any other value.
pub(super) fn inside(value: &Tree) -> Option<Tree> {
    let Node::Unknown(unknown) = &value.node else {
        return None;
    };
    let Some([object, list]) = unknown.one_of.as_deref() else {
        return None;
    };
    let [only] = list.as_list()?.items.as_slice() else {
        return None;
    };
    let same = object.as_object().is_some() && object.prov == only.prov;
    let meant = same && unknown.cause == Cause::NotSupported && unknown.null.is_false();
    meant.then(|| Tree {
        prov: value.prov,
        sensitive: value.sensitive || object.sensitive,
        ..object.clone()
    })
}
