//! Whether what takes addresses exists.

use super::quantity::Ground;
use crate::model::Network;
use crate::truth::Presence;
use crate::value::{Cause, EntityId, Unknown};

/// Returns whether an entity exists, and why that is not known.
pub(super) fn presence(network: &Network, id: EntityId) -> (Presence, Option<Ground>) {
    let entity = network.entity(id);
    let around = &network.instances.get(entity.instance).presence;
    let presence = entity.presence.and(around);
    let doubt = entity.doubt.filter(|_| !presence.truth.is_true());
    let doubt = doubt.map(|origin| Ground {
        prov: origin,
        unknown: Some(Unknown::new(Cause::Repetition, origin)),
        sensitive: false,
    });
    (presence, doubt)
}

/// Tells whether a pool exists wherever its cluster does: it is certain, part of it, or hangs on nothing more.
pub(super) fn exists_with(network: &Network, pool: EntityId, cluster: EntityId) -> bool {
    let (own, _) = presence(network, pool);
    let (around, _) = presence(network, cluster);
    let part = network.entity(pool).resource.is_some()
        && network.entity(pool).resource == network.entity(cluster).resource;
    let hangs = !own.conditions.is_empty() && own == around;
    own.truth.is_true() || part || hangs
}
