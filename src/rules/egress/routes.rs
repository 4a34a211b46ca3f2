//! How the rules on the way out look for a default route. No rule itself.

use crate::cidr::{Cidr, Family};
use crate::model::RouteTable;
use crate::rules::Cx;
use crate::value::State;

/// Whether a route table leads everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Destination {
    /// It does.
    Found,
    /// It does not.
    Missing,
    /// It may; the reason is noted.
    Open,
}

/// Tells whether a destination is all addresses of a family.
pub(super) fn is_default(destination: &str, family: Family) -> bool {
    prefix_length(destination, family) == Some(0)
}

/// Tells whether a table has a route to all addresses of a family. Two routes of half of them, which beat one of all, count.
pub(super) fn default_route(table: &RouteTable, family: Family, cx: &mut Cx<'_>) -> Destination {
    let known = table.routes.iter().filter_map(|r| r.address_prefix.get());
    let mut lengths = known.filter_map(|destination| prefix_length(destination, family));
    if lengths.any(|length| length <= 1) {
        return Destination::Found;
    }
    let mut open = table.more_routes.is_unknown();
    cx.open(&table.more_routes);
    for route in &table.routes {
        if let State::Unknown(_) = &route.address_prefix.state {
            cx.open(&route.address_prefix);
            open = true;
        }
    }
    if open {
        return Destination::Open;
    }
    Destination::Missing
}

/// Returns the prefix length of a range of a family; `None` for a service tag.
fn prefix_length(destination: &str, family: Family) -> Option<u8> {
    let range = Cidr::parse(destination.trim()).ok()?;
    (range.family() == family).then(|| range.prefix())
}
