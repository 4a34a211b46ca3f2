//! Clusters that only change one that is there: without pools Azure makes none. What they do not say is as it was.
//!
//! Source: Azure refuses a new cluster so: "Required parameter agentPoolProfiles is missing (null)",
//! <https://github.com/Azure/AKS/issues/2495>, read 2026-11-22.

use super::children::member;
use super::role;
use crate::resource::{Language, Mode, Resource, Resources};
use crate::schema::vocabulary::Role;
use crate::source::Symbol;
use crate::value::{Cause, Node, Object, ProvKind, ProvNode, Tree, Unknown};

/// Leaves open what such clusters do not say. What Azure prints is whole.
pub(super) fn open(resources: &mut Resources) {
    if resources.language == Language::Export {
        return;
    }
    for at in 0..resources.all.len() {
        let resource = &resources.all[at];
        let Some((key, properties, inside)) = partial(resource) else {
            continue;
        };
        let what = format!("what {} is already", resource.address);
        let node = ProvNode::new(ProvKind::DataSource, Some(resource.head)).named(what);
        let origin = resources.provenance.add(node);
        let rest = Some(Unknown::new(Cause::DataSource, origin));
        let entries = inside.entries.clone();
        let properties = Tree {
            node: Object { entries, rest }.into(),
            ..properties.clone()
        };
        let mut body = resource.body.as_object().cloned().unwrap_or_default();
        body.entries.insert(key.clone(), properties);
        let resource = &mut resources.all[at];
        resource.body = Tree {
            node: body.into(),
            ..resource.body.clone()
        };
    }
}

/// Returns the properties of a cluster that are known to name no pools.
fn partial(resource: &Resource) -> Option<(&Symbol, &Tree, &Object)> {
    let is_cluster = role(&resource.kind) == Some(Role::Cluster);
    if !is_cluster || resource.mode != Mode::Managed {
        return None;
    }
    let (key, properties) = member(resource.body.as_object()?, "properties")?;
    let inside = properties
        .as_object()
        .filter(|inside| inside.rest.is_none())?;
    let pools = member(inside, "agentPoolProfiles").map(|(_, pools)| &pools.node);
    matches!(pools, None | Some(Node::Null)).then_some((key, properties, inside))
}
