//! `Microsoft.Network/natGateways`, `publicIPAddresses` and `publicIPPrefixes`.
//!
//! What ARM fills in for a tier that is not written has changed between API versions, so that it is not known here.

use std::sync::Arc;

use super::{linked, properties};
use crate::model::{IpVersion, NatGateway, PublicIp, PublicIpPrefix};
use crate::schema::attachment::links;
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{List, ProvKind, Value};

/// Returns the NAT gateway with the addresses that are written in it.
pub(in crate::schema) fn gateway(slot: &Slot<'_>, directory: &Directory<'_>) -> NatGateway {
    let block = &slot.reader;
    let inside = properties(block);
    let idle = ("idle_timeout_minutes", &["idleTimeoutInMinutes"]);
    let mut public_ips = Vec::new();
    for field in [
        ("public_ips", &["publicIpAddresses"]),
        ("public_ips", &["publicIpAddressesV6"]),
    ] {
        public_ips.extend(links(inside.list_of(field, |tree| linked(tree, directory))));
    }
    let mut prefixes = Vec::new();
    for field in [
        ("public_ip_prefixes", &["publicIpPrefixes"]),
        ("public_ip_prefixes", &["publicIpPrefixesV6"]),
    ] {
        prefixes.extend(links(inside.list_of(field, |tree| linked(tree, directory))));
    }
    NatGateway {
        id: slot.entity,
        name: block.value("name", convert::text),
        sku: sku(block),
        idle_timeout_minutes: inside.filler().or_chosen(
            inside.value(idle, convert::number),
            "idleTimeoutInMinutes",
            None,
        ),
        zones: zones(block),
        public_ips,
        public_ip_prefixes: prefixes,
    }
}

/// Returns the public address.
pub(in crate::schema) fn public_ip(slot: &Slot<'_>) -> PublicIp {
    PublicIp {
        id: slot.entity,
        name: slot.reader.value("name", convert::text),
        sku: sku(&slot.reader),
        ip_version: ip_version(&slot.reader),
        zones: zones(&slot.reader),
    }
}

/// Returns the range of public addresses.
pub(in crate::schema) fn prefix(slot: &Slot<'_>) -> PublicIpPrefix {
    let block = &slot.reader;
    let inside = properties(block);
    PublicIpPrefix {
        id: slot.entity,
        name: block.value("name", convert::text),
        sku: sku(block),
        ip_version: ip_version(block),
        prefix_length: inside.filler().or_chosen(
            inside.value(("prefix_length", &["prefixLength"]), convert::number),
            "prefixLength",
            None,
        ),
    }
}

fn sku(block: &Reader<'_>) -> Value<Arc<str>> {
    let sku = block.block("sku");
    let name = sku.value(("sku", &["name"]), convert::text);
    sku.filler().or_chosen(name, "sku", None)
}

/// Returns the family. Source: ARM `PublicIPAddressPropertiesFormat.publicIPAddressVersion`, read 2026-11-22.
fn ip_version(block: &Reader<'_>) -> Value<IpVersion> {
    let inside = properties(block);
    inside.or(
        inside.value(("ip_version", &["publicIPAddressVersion"]), convert::choice),
        ProvKind::AzureDefault,
        IpVersion::V4,
    )
}

fn zones(block: &Reader<'_>) -> List<Arc<str>> {
    block.list("zones", convert::text)
}
