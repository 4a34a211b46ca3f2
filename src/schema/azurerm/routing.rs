//! `azurerm_route_table` and `azurerm_route`.

use super::scene::{Scene, Slot};
use crate::model::{Id, Route, RouteTable};
use crate::schema::convert;
use crate::schema::reader::Reader;
use crate::value::{EntityId, ProvKind, State, Unknown, Value};

/// Returns the route tables with their routes.
pub(super) fn read_all(scene: &Scene<'_>, missing: Option<Unknown<()>>) -> Vec<RouteTable> {
    let tables = scene.slots.route_tables.iter();
    let mut tables: Vec<RouteTable> = tables.map(table).collect();
    let mut anywhere = missing;
    for slot in &scene.slots.routes {
        let owner: Value<Id<RouteTable>> =
            slot.link_by_name(("route_table", &["route_table_name"]), &scene.directory);
        match owner.state {
            State::Known(id) => tables[id.index()]
                .routes
                .push(route(&slot.reader, slot.entity)),
            State::Unknown(unknown) => anywhere = anywhere.or(Some(unknown.forget())),
            State::Absent | State::Invalid { .. } => {}
        }
    }
    for (table, slot) in tables.iter_mut().zip(&scene.slots.route_tables) {
        if let (true, Some(unknown)) = (table.more_routes.is_absent(), &anywhere) {
            table.more_routes = slot.reader.unknown("more_routes", unknown.clone());
        }
    }
    tables
}

fn table(slot: &Slot<'_>) -> RouteTable {
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
