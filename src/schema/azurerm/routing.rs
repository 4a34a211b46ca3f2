//! `azurerm_route_table` and `azurerm_route`.

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
    let field = ("route_table", &["route_table_name"]);
    let owner = slot.link_by_name(field, directory);
    (owner, route(&slot.reader, slot.entity))
}

/// Returns the table with the routes inside it.
pub(in crate::schema) fn table(slot: &Slot<'_>) -> RouteTable {
    let block = &slot.reader;
    let routes = block.blocks("route");
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
        bgp_route_propagation_enabled: propagation(block),
    }
}

/// Returns whether routes are learned; azurerm 3 asked for the opposite.
fn propagation(block: &Reader<'_>) -> Value<bool> {
    let field = "bgp_route_propagation_enabled";
    let value = block.value(field, convert::truth);
    let value = if value.is_absent() {
        let opposite = (field, &["disable_bgp_route_propagation"]);
        let disabled = block.value(opposite, convert::truth);
        Value {
            written_at: None,
            ..disabled.map(|disabled| !disabled)
        }
    } else {
        value
    };
    block.or(value, ProvKind::ProviderDefault, true)
}

fn route(block: &Reader<'_>, id: EntityId) -> Route {
    Route {
        id,
        name: block.value("name", convert::text),
        address_prefix: block.value("address_prefix", convert::text),
        next_hop: block.value(("next_hop", &["next_hop_type"]), convert::choice),
        next_hop_ip: block.value(
            ("next_hop_ip", &["next_hop_in_ip_address"]),
            convert::address,
        ),
    }
}
