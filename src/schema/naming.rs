//! Enters what can be found by its name or by its own id.

use super::directory::{Directory, Linked, Named};
use super::ids;
use super::scene::{Slot, Slots};
use crate::model::{
    Cluster, NatGateway, PublicIp, PublicIpPrefix, RouteTable, SecurityGroup, Subnet,
    VirtualNetwork, Vocabulary,
};
use crate::value::Tree;

/// Enters all slots but the names of subnets, which hang on their VNets.
pub(super) fn enter(directory: &mut Directory<'_>, slots: &Slots<'_>) {
    named::<VirtualNetwork>(directory, &slots.virtual_networks);
    named::<RouteTable>(directory, &slots.route_tables);
    named::<NatGateway>(directory, &slots.nat_gateways);
    named::<SecurityGroup>(directory, &slots.security_groups);
    named::<PublicIp>(directory, &slots.public_ips);
    named::<PublicIpPrefix>(directory, &slots.public_ip_prefixes);
    named::<Cluster>(directory, &slots.clusters);
    for (index, slot) in slots.subnets.iter().enumerate() {
        if let Some(id) = own_id(slot) {
            directory.id::<Subnet>(id, index);
        }
    }
}

fn named<T: Linked>(directory: &mut Directory<'_>, slots: &[Slot<'_>]) {
    for (index, slot) in slots.iter().enumerate() {
        let id = own_id(slot);
        if let Some(id) = &id {
            directory.id::<T>(id.clone(), index);
        }
        let name = slot.reader.tree("name");
        let Some(prov) = name.map(|tree| tree.prov) else {
            continue;
        };
        let group = match slot.vocabulary {
            Vocabulary::Azurerm => slot.reader.tree("resource_group_name").and_then(ids::key),
            Vocabulary::Arm => slot.reader.tree("parent").and_then(ids::group),
        };
        let named = Named {
            index,
            group,
            id,
            prov,
            instance: slot.resource.instance,
        };
        directory.name::<T>(name, named);
    }
}

/// Returns the id that Azure gave an entity: an export says it.
fn own_id(slot: &Slot<'_>) -> Option<String> {
    let arm = slot.vocabulary == Vocabulary::Arm;
    let id = arm.then(|| slot.reader.tree("id")).flatten();
    id.and_then(Tree::as_text).map(|text| ids::whole(text))
}
