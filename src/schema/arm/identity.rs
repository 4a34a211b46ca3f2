//! The `identity` of a resource.

use std::sync::Arc;

use crate::model::Identity;
use crate::schema::convert;
use crate::schema::reader::Reader;
use crate::value::{List, Value};

/// Returns who the resource acts as.
pub(super) fn read(block: &Reader<'_>) -> Identity {
    let identity = block.block("identity");
    Identity {
        kind: identity.value(("identity", &["type"]), convert::choice),
        ids: ids(&identity),
    }
}

/// Returns the ids: ARM has them as the members of an object, azapi in a list.
fn ids(identity: &Reader<'_>) -> List<Arc<str>> {
    let list = identity.list(("identity_ids", &["identity_ids"]), convert::text);
    let Some(members) = identity.tree("userAssignedIdentities") else {
        return list;
    };
    let span = identity.trail().borrow().span(members.prov);
    let place = identity.attribute("identity_ids", span, Some(members.prov));
    match (members.as_object(), members.as_unknown()) {
        (Some(object), _) => match &object.rest {
            Some(rest) => Value::unknown(rest.forget(), place),
            None if object.entries.is_empty() => list,
            None => {
                let known = |id: &str| Value::known(Arc::from(id), place);
                let ids = object.entries.keys().map(|id| known(id)).collect();
                Value::known(ids, place)
            }
        },
        (None, Some(unknown)) => Value::unknown(unknown.forget(), place),
        (None, None) => list,
    }
}
