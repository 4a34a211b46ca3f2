//! `azurerm_subnet`, and the `subnet` blocks of `azurerm_virtual_network`.

use std::sync::Arc;

use super::virtual_network::from_pool;
use crate::cidr::Cidr;
use crate::model::{Id, Subnet};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{List, ProvKind, Value};

/// Returns the subnet, with the links that are written in it.
pub(in crate::schema) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> Subnet {
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
        service_endpoint_list: match slot.parent {
            Some(_) => block.absent("service_endpoint_list"),
            None => block.list(
                ("service_endpoint_list", &["service_endpoints"]),
                convert::text,
            ),
        },
        private_endpoint_network_policies: block
            .value("private_endpoint_network_policies", convert::text),
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
    block.each("delegations", "delegation", |delegation| {
        let service = delegation.block("service_delegation");
        service.value(("delegations", &["name"]), convert::text)
    })
}

fn service_endpoints(block: &Reader<'_>) -> List<Arc<str>> {
    let list = block.list("service_endpoints", convert::text);
    if !list.is_absent() {
        return list;
    }
    block.each("service_endpoints", "service_endpoint", |endpoint| {
        endpoint.value(("service_endpoints", &["service"]), convert::text)
    })
}
