//! NAT gateways with the public addresses that they have, and those that associations give them.

use std::sync::Arc;

use super::assembly::missing_kind;
use super::directory::{Directory, Linked};
use super::field::Field;
use super::scene::{Scene, Slot};
use super::{arm, azurerm};
use crate::model::{Id, NatGateway, Vocabulary};
use crate::resource::Gap;
use crate::value::{Cause, List, ProvKind, ProvNode, State, Unknown, Value};

/// Returns the NAT gateways with their public addresses.
pub(super) fn nat_gateways(scene: &Scene<'_>, gaps: &[Gap]) -> Vec<NatGateway> {
    let gateways = scene.slots.nat_gateways.iter();
    let mut gateways: Vec<NatGateway> = gateways
        .map(|slot| gateway(slot, &scene.directory))
        .collect();
    let ips: Field = ("public_ips", &["public_ip_address_id"]).into();
    let kind = "azurerm_nat_gateway_public_ip_association";
    let gap = missing_kind(gaps, kind);
    attach(scene, kind, gap, &mut gateways, ips, |g| &mut g.public_ips);
    let prefixes: Field = ("public_ip_prefixes", &["public_ip_prefix_id"]).into();
    let kind = "azurerm_nat_gateway_public_ip_prefix_association";
    let gap = missing_kind(gaps, kind);
    attach(scene, kind, gap, &mut gateways, prefixes, |g| {
        &mut g.public_ip_prefixes
    });
    gateways
}

fn gateway(slot: &Slot<'_>, directory: &Directory<'_>) -> NatGateway {
    match slot.vocabulary {
        Vocabulary::Azurerm => azurerm::translation::gateway(slot, directory),
        Vocabulary::Arm => arm::translation::gateway(slot, directory),
    }
}

/// Returns the links of a list; one unknown link for a list that is not known.
pub(super) fn links<T>(list: List<Id<T>>) -> Vec<Value<Id<T>>> {
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
