//! `azurerm_virtual_network` and `azurerm_virtual_network_peering`.

use crate::model::{Peering, VirtualNetwork};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{Cause, List, ProvKind, Unknown};

/// Returns the VNet.
pub(in crate::schema) fn read(slot: &Slot<'_>) -> VirtualNetwork {
    let block = &slot.reader;
    VirtualNetwork {
        id: slot.entity,
        name: block.value("name", convert::text),
        resource_group: block.value(("resource_group", &["resource_group_name"]), convert::text),
        location: block.value("location", convert::text),
        address_space: from_pool(
            block,
            "address_space",
            block.list("address_space", convert::cidr),
        ),
        dns_servers: block.list("dns_servers", convert::address),
    }
}

/// Returns the peering.
pub(in crate::schema) fn peering(slot: &Slot<'_>, directory: &Directory<'_>) -> Peering {
    Peering {
        id: slot.entity,
        from: slot.link_by_name(("from", &["virtual_network_name"]), directory),
        to: slot.link(("to", &["remote_virtual_network_id"]), directory),
        use_remote_gateways: slot.reader.or(
            slot.reader.value("use_remote_gateways", convert::truth),
            ProvKind::ProviderDefault,
            false,
        ),
    }
}

/// Returns the ranges; those that an address manager gives out are only known after apply.
pub(super) fn from_pool<T>(block: &Reader<'_>, name: &str, ranges: List<T>) -> List<T> {
    let pool = block.blocks("ip_address_pool");
    if !ranges.is_absent() || (pool.all.is_empty() && pool.more.is_none()) {
        return ranges;
    }
    let origin = block.lacks(name);
    block.unknown(
        name,
        Unknown::new(Cause::ComputedAtApply, origin).not_null(),
    )
}
