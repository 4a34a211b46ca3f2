//! `azurerm_subnet`, and the `subnet` blocks of `azurerm_virtual_network`.

use std::sync::Arc;

use super::scene::Slot;
use super::virtual_network::from_pool;
use crate::cidr::Cidr;
use crate::model::{Id, Subnet};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::value::{List, ProvKind, State, Value};

/// Returns the subnet, with the links that are written in it.
pub(super) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> Subnet {
    let block = &slot.reader;
    Subnet {
        id: slot.entity,
        name: block.value("name", convert::text),
        virtual_network: match slot.parent {
            Some(index) => Value::known(
                Id::new(index),
                block.attribute("virtual_network", block.head(), None),
            ),
            None => slot.link_by_name(("virtual_network", &["virtual_network_name"]), directory),
        },
        prefixes: from_pool(block, "prefixes", prefixes(block)),
        // azurerm 1 had them in `azurerm_subnet` as well.
        route_table: slot.link(("route_table", &["route_table_id"]), directory),
        nat_gateway: slot.link(("nat_gateway", &["nat_gateway_id"]), directory),
        security_group: slot.link(
            (
                "security_group",
                &["security_group", "network_security_group_id"],
            ),
            directory,
        ),
        delegations: delegations(block),
        default_outbound_access_enabled: block.or(
            block.value("default_outbound_access_enabled", convert::truth),
            ProvKind::ProviderDefault,
            true,
        ),
        service_endpoints: service_endpoints(block),
        private_endpoint_network_policies: block
            .value("private_endpoint_network_policies", convert::text),
    }
}

/// Enters a subnet by its name.
pub(super) fn enter(slot: &Slot<'_>, subnet: &Subnet, index: usize, directory: &mut Directory<'_>) {
    if let (None, State::Known(vnet)) = (slot.parent, &subnet.virtual_network.state) {
        directory.subnet(*vnet, slot.reader.tree("name"), Id::new(index));
    }
}

fn prefixes(block: &Reader<'_>) -> List<Cidr> {
    let list = block.list(("prefixes", &["address_prefixes"]), convert::cidr);
    if list.is_absent() {
        return block.single(("prefixes", &["address_prefix"]), convert::cidr);
    }
    list
}

fn delegations(block: &Reader<'_>) -> List<Arc<str>> {
    each(block, "delegations", "delegation", |delegation| {
        let service = delegation.block("service_delegation");
        service.value(("delegations", &["name"]), convert::text)
    })
}

fn service_endpoints(block: &Reader<'_>) -> List<Arc<str>> {
    let list = block.list("service_endpoints", convert::text);
    if !list.is_absent() {
        return list;
    }
    each(block, "service_endpoints", "service_endpoint", |endpoint| {
        endpoint.value(("service_endpoints", &["service"]), convert::text)
    })
}

/// Returns a list with one element for each block of a type; absent if there is none.
pub(super) fn each<'a, T>(
    block: &Reader<'a>,
    name: &str,
    kind: &str,
    read: impl FnMut(&Reader<'a>) -> Value<T>,
) -> List<T> {
    let blocks = block.blocks(kind);
    if let Some(more) = blocks.more {
        return block.unknown(name, more.forget());
    }
    if blocks.all.is_empty() {
        return block.absent(name);
    }
    let head = blocks.all.first().and_then(Reader::head);
    let items = blocks.all.iter().map(read).collect();
    Value::known(items, block.attribute(name, head, None))
}
