//! The code beside a plan: where the values of its resources are written.

use std::collections::HashMap;

use crate::project::{InstanceData, Instances};
use crate::resource::{Resource, Resources};
use crate::source::Span;
use crate::value::{Node, Provenance, Tree};

/// The resources and module instances of the root in whose folder a plan lies, by address.
pub(super) struct Beside<'r> {
    resources: HashMap<&'r str, &'r Resource>,
    instances: HashMap<String, &'r InstanceData>,
    provenance: &'r Provenance,
}

/// A place in the code: of a value, or of the block that lacks it.
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    /// The bytes.
    pub(super) span: Span,
    tree: Option<&'r Tree>,
    provenance: &'r Provenance,
}

impl<'r> Beside<'r> {
    /// Returns the resources of a root.
    pub(super) fn new(resources: &'r Resources) -> Self {
        let by_address = |resource: &'r Resource| (resource.address.as_str(), resource);
        Beside {
            resources: resources.all.iter().map(by_address).collect(),
            instances: by_prefix(&resources.instances),
            provenance: &resources.provenance,
        }
    }

    /// Returns the block of a resource.
    pub(super) fn resource(&self, address: &str) -> Option<(&'r Resource, Place<'r>)> {
        let resource = *self.resources.get(address)?;
        let place = Place {
            span: resource.head,
            tree: Some(&resource.body),
            provenance: self.provenance,
        };
        Some((resource, place))
    }

    /// Returns a module instance by what stands before its addresses.
    pub(super) fn instance(&self, prefix: &str) -> Option<&'r InstanceData> {
        self.instances.get(prefix).copied()
    }
}

impl<'r> Place<'r> {
    /// Returns the place of an attribute; the block's own if the code does not write it.
    pub(super) fn attribute(self, name: &str) -> Self {
        let object = self.tree.and_then(Tree::as_object);
        self.at(object.and_then(|object| object.entries.get(name)))
    }

    /// Returns the place of an element that is this text, or stands here; the list's own if the code does not write it so.
    pub(super) fn element(self, index: usize, text: Option<&str>) -> Self {
        let Some(tree) = self.tree else { return self };
        let Node::List(list) = &tree.node else {
            // A block that stands alone.
            let alone = tree.as_object().is_some() && index == 0;
            return self.at(alone.then_some(tree));
        };
        let same = |item: &&Tree| item.as_text().map(|text| &**text) == text;
        let equal = text.and_then(|_| list.items.iter().find(same));
        self.at(equal.or_else(|| list.items.get(index)))
    }

    fn at(self, tree: Option<&'r Tree>) -> Self {
        let span = tree.and_then(|tree| self.provenance.span(tree.prov));
        Place {
            span: span.unwrap_or(self.span),
            tree,
            ..self
        }
    }
}

fn by_prefix(instances: &Instances) -> HashMap<String, &InstanceData> {
    let all = instances.with_ids();
    all.map(|(id, data)| (instances.prefix(id), data)).collect()
}
