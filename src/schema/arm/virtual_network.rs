//! `Microsoft.Network/virtualNetworks` and its peerings, inside it or alone.

use super::{linked, owner, properties};
use crate::model::{Peering, VirtualNetwork};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::ids;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{Cause, List, ProvKind, Unknown};

/// Returns the VNet.
pub(in crate::schema) fn read(slot: &Slot<'_>) -> VirtualNetwork {
    let block = &slot.reader;
    let inside = properties(block);
    let space = inside.block("addressSpace");
    VirtualNetwork {
        id: slot.entity,
        name: block.value("name", convert::text),
        resource_group: block.read(("resource_group", &["parent"]), ids::group_name),
        location: block.value("location", convert::text),
        address_space: from_pool(
            &space,
            "address_space",
            space.list(("address_space", &["addressPrefixes"]), convert::cidr),
        ),
        dns_servers: inside
            .block("dhcpOptions")
            .list(("dns_servers", &["dnsServers"]), convert::address),
    }
}

/// Returns the peering.
pub(in crate::schema) fn peering(slot: &Slot<'_>, directory: &Directory<'_>) -> Peering {
    let inside = properties(&slot.reader);
    Peering {
        id: slot.entity,
        from: owner(slot, ("from", &["parent"]), directory),
        to: inside.read(("to", &["remoteVirtualNetwork"]), |tree| {
            linked(tree, directory)
        }),
        use_remote_gateways: inside.or(
            inside.value(
                ("use_remote_gateways", &["useRemoteGateways"]),
                convert::truth,
            ),
            ProvKind::AzureDefault,
            false,
        ),
    }
}

/// Returns the ranges; those that an address manager gives out are only known after apply.
pub(super) fn from_pool<T>(block: &Reader<'_>, name: &str, ranges: List<T>) -> List<T> {
    let pools = block.blocks("ipamPoolPrefixAllocations");
    if !ranges.is_absent() || (pools.all.is_empty() && pools.more.is_none()) {
        return ranges;
    }
    let origin = block.lacks("addressPrefixes");
    block.unknown(
        name,
        Unknown::new(Cause::ComputedAtApply, origin).not_null(),
    )
}
