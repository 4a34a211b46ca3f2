//! `azurerm_nat_gateway`, `azurerm_public_ip` and `azurerm_public_ip_prefix`.

use std::sync::Arc;

use crate::azure::defaults;
use crate::model::{IpVersion, NatGateway, PublicIp, PublicIpPrefix};
use crate::project::ProviderVersion;
use crate::schema::attachment::links;
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{Cause, List, ProvKind, Unknown, Value};

/// Returns the NAT gateway with the addresses that are written in it.
pub(in crate::schema) fn gateway(slot: &Slot<'_>, directory: &Directory<'_>) -> NatGateway {
    let block = &slot.reader;
    NatGateway {
        id: slot.entity,
        name: block.value("name", convert::text),
        sku: block.or(
            block.value(("sku", &["sku_name"]), convert::text),
            ProvKind::ProviderDefault,
            defaults::NAT_GATEWAY_SKU.into(),
        ),
        idle_timeout_minutes: block.or_number(
            block.value(
                ("idle_timeout_minutes", &["idle_timeout_in_minutes"]),
                convert::number,
            ),
            ProvKind::ProviderDefault,
            defaults::NAT_GATEWAY_IDLE_MINUTES,
        ),
        zones: zones(block),
        public_ips: links(
            block.list_of(("public_ips", &["public_ip_address_ids"]), |tree| {
                directory.link(tree)
            }),
        ),
        public_ip_prefixes: links(
            block.list_of(("public_ip_prefixes", &["public_ip_prefix_ids"]), |tree| {
                directory.link(tree)
            }),
        ),
    }
}

/// Returns the public address.
pub(in crate::schema) fn public_ip(slot: &Slot<'_>, provider: ProviderVersion) -> PublicIp {
    PublicIp {
        id: slot.entity,
        name: slot.reader.value("name", convert::text),
        sku: public_ip_sku(&slot.reader, provider),
        ip_version: ip_version(&slot.reader),
        zones: zones(&slot.reader),
    }
}

/// Returns the tier: azurerm 4 changed what it fills in.
fn public_ip_sku(block: &Reader<'_>, provider: ProviderVersion) -> Value<Arc<str>> {
    let value = block.value("sku", convert::text);
    let since = defaults::PUBLIC_IP_SKU_STANDARD_SINCE;
    let default = if provider.at_least.is_some_and(|major| major >= since) {
        "Standard"
    } else if provider.at_most.is_some_and(|major| major < since) {
        "Basic"
    } else if value.is_absent() {
        let unknown = Unknown::new(Cause::ComputedAtApply, block.lacks("sku")).not_null();
        return block.unknown(
            "sku",
            Unknown {
                one_of: Some(["Basic".into(), "Standard".into()].into()),
                ..unknown
            },
        );
    } else {
        return value;
    };
    block.or(value, ProvKind::ProviderDefault, default.into())
}

/// Returns the range of public addresses.
pub(in crate::schema) fn prefix(slot: &Slot<'_>) -> PublicIpPrefix {
    let block = &slot.reader;
    PublicIpPrefix {
        id: slot.entity,
        name: block.value("name", convert::text),
        sku: block.or(
            block.value("sku", convert::text),
            ProvKind::ProviderDefault,
            defaults::PUBLIC_IP_PREFIX_SKU.into(),
        ),
        ip_version: ip_version(block),
        prefix_length: block.or_number(
            block.value("prefix_length", convert::number),
            ProvKind::ProviderDefault,
            defaults::PUBLIC_IP_PREFIX_LENGTH,
        ),
    }
}

fn ip_version(block: &Reader<'_>) -> Value<IpVersion> {
    block.or(
        block.value("ip_version", convert::choice),
        ProvKind::ProviderDefault,
        IpVersion::V4,
    )
}

/// Returns the availability zones; azurerm 2 wrote them in three ways.
pub(super) fn zones(block: &Reader<'_>) -> List<Arc<str>> {
    block.list(("zones", &["zones", "availability_zones"]), convert::text)
}
