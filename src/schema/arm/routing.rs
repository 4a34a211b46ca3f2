//! `Microsoft.Network/routeTables` and its routes, inside it or alone.

use super::{opposite, owner, properties};
use crate::model::{Id, Route, RouteTable};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{EntityId, ProvKind, Value};

/// Returns a route that stands alone, and whose it is.
pub(in crate::schema) fn alone(
    slot: &Slot<'_>,
    directory: &Directory<'_>,
) -> (Value<Id<RouteTable>>, Route) {
    let owner = owner(slot, ("route_table", &["parent"]), directory);
    (owner, route(&slot.reader, slot.entity))
}

/// Returns the table with the routes inside it.
pub(in crate::schema) fn table(slot: &Slot<'_>) -> RouteTable {
    let block = &slot.reader;
    let inside = properties(block);
    let routes = inside.blocks("routes");
    RouteTable {
        id: slot.entity,
        name: block.value("name", convert::text),
        routes: routes
            .all
            .iter()
            .map(|block| route(block, slot.entity))
            .collect(),
        more_routes: match routes.more {
            Some(unknown) => block.unknown("more_routes", unknown),
            None => block.absent("more_routes"),
        },
        bgp_route_propagation_enabled: propagation(&inside),
    }
}

fn propagation(inside: &Reader<'_>) -> Value<bool> {
    let disabled = inside.value(
        (
            "bgp_route_propagation_enabled",
            &["disableBgpRoutePropagation"],
        ),
        convert::truth,
    );
    inside.or(opposite(disabled), ProvKind::AzureDefault, true)
}

fn route(block: &Reader<'_>, id: EntityId) -> Route {
    let inside = properties(block);
    Route {
        id,
        name: block.value("name", convert::text),
        address_prefix: inside.value(("address_prefix", &["addressPrefix"]), convert::text),
        next_hop: inside.value(("next_hop", &["nextHopType"]), convert::choice),
        next_hop_ip: inside.value(("next_hop_ip", &["nextHopIpAddress"]), convert::address),
    }
}
