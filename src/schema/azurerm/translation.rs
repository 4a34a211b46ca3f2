//! `azurerm_nat_gateway`, `azurerm_public_ip`, `azurerm_public_ip_prefix`, and what ties them together.

use std::sync::Arc;

use super::missing;
use super::scene::{Scene, Slot};
use crate::azure::defaults;
use crate::model::{Id, IpVersion, NatGateway, PublicIp, PublicIpPrefix};
use crate::project::ProviderVersion;
use crate::resource::Gap;
use crate::schema::convert;
use crate::schema::directory::Linked;
use crate::schema::field::Field;
use crate::schema::reader::Reader;
use crate::value::{Cause, List, ProvKind, ProvNode, State, Unknown, Value};

/// Returns the NAT gateways with their public addresses.
pub(super) fn nat_gateways(scene: &Scene<'_>, gaps: &[Gap]) -> Vec<NatGateway> {
    let gateways = scene.slots.nat_gateways.iter();
    let mut gateways: Vec<NatGateway> = gateways.map(|slot| gateway(scene, slot)).collect();
    let ips: Field = ("public_ips", &["public_ip_address_id"]).into();
    let kind = "azurerm_nat_gateway_public_ip_association";
    let gap = missing(gaps, &[kind]);
    attach(scene, kind, gap, &mut gateways, ips, |g| &mut g.public_ips);
    let prefixes: Field = ("public_ip_prefixes", &["public_ip_prefix_id"]).into();
    let kind = "azurerm_nat_gateway_public_ip_prefix_association";
    let gap = missing(gaps, &[kind]);
    attach(scene, kind, gap, &mut gateways, prefixes, |g| {
        &mut g.public_ip_prefixes
    });
    gateways
}

fn gateway(scene: &Scene<'_>, slot: &Slot<'_>) -> NatGateway {
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
        public_ips: links(scene, block, ("public_ips", &["public_ip_address_ids"])),
        public_ip_prefixes: links(
            scene,
            block,
            ("public_ip_prefixes", &["public_ip_prefix_ids"]),
        ),
    }
}

/// Returns the links of a list attribute; one unknown link for a list that is not known.
fn links<T: Linked>(
    scene: &Scene<'_>,
    block: &Reader<'_>,
    field: impl Into<Field>,
) -> Vec<Value<Id<T>>> {
    let list = block.list_of(field, |tree| scene.directory.link(tree));
    match list.state {
        State::Known(links) => links,
        State::Unknown(unknown) => vec![Value::unknown(unknown.forget(), list.prov)],
        State::Absent | State::Invalid { .. } => Vec::new(),
    }
}

/// Adds what associations give the gateways; an unknown link to each gateway if it is not known whose one is.
fn attach<T: Linked>(
    scene: &Scene<'_>,
    kind: &str,
    mut anywhere: Option<Unknown<()>>,
    gateways: &mut [NatGateway],
    field: Field,
    list: impl Fn(&mut NatGateway) -> &mut Vec<Value<Id<T>>>,
) {
    let all = scene.slots.associations.iter();
    for slot in all.filter(|slot| slot.resource.kind.as_str() == kind) {
        let owner: Value<Id<NatGateway>> =
            slot.link(("nat_gateway", &["nat_gateway_id"]), &scene.directory);
        match owner.state {
            State::Known(id) => {
                let link = attached(scene, slot, &scene.slots.nat_gateways[id.index()], field);
                list(&mut gateways[id.index()]).push(link);
            }
            State::Unknown(unknown) => anywhere = anywhere.or(Some(unknown.forget())),
            State::Absent | State::Invalid { .. } => {}
        }
    }
    let Some(unknown) = anywhere else {
        return;
    };
    for (gateway, own) in gateways.iter_mut().zip(&scene.slots.nat_gateways) {
        let unknown = own.reader.unknown(field.name, unknown.forget());
        list(gateway).push(unknown);
    }
}

/// Returns what an association gives a gateway; unknown if the association may not exist.
fn attached<T: Linked>(
    scene: &Scene<'_>,
    slot: &Slot<'_>,
    gateway: &Slot<'_>,
    field: Field,
) -> Value<Id<T>> {
    let reader = slot.reader.owned_by(gateway.entity);
    let link = reader.read(field, |tree| scene.directory.link(tree));
    if slot.exists_with(gateway) {
        return link;
    }
    let node = ProvNode::new(ProvKind::Computed, Some(slot.resource.head))
        .named(slot.resource.address.as_str());
    let origin = reader.trail().borrow_mut().add(node);
    let unknown = Unknown {
        one_of: link.get().map(|id| Arc::from([*id])),
        ..Unknown::new(Cause::Repetition, origin)
    };
    reader.unknown(field.name, unknown)
}

/// Returns the public addresses.
pub(super) fn public_ips(scene: &Scene<'_>, provider: ProviderVersion) -> Vec<PublicIp> {
    let read = |slot: &Slot<'_>| PublicIp {
        id: slot.entity,
        name: slot.reader.value("name", convert::text),
        sku: public_ip_sku(&slot.reader, provider),
        ip_version: ip_version(&slot.reader),
        zones: zones(&slot.reader),
    };
    scene.slots.public_ips.iter().map(read).collect()
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

/// Returns the ranges of public addresses.
pub(super) fn prefixes(scene: &Scene<'_>) -> Vec<PublicIpPrefix> {
    let read = |slot: &Slot<'_>| {
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
    };
    scene.slots.public_ip_prefixes.iter().map(read).collect()
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
