//! `azurerm_network_security_group` and `azurerm_network_security_rule`.

use std::sync::Arc;

use super::scene::{Scene, Slot};
use crate::model::{Id, SecurityGroup, SecurityRule};
use crate::schema::convert;
use crate::schema::field::Field;
use crate::schema::reader::Reader;
use crate::value::{EntityId, List, State, Unknown, Value};

/// Returns the security groups with their rules.
pub(super) fn read_all(scene: &Scene<'_>, missing: Option<Unknown<()>>) -> Vec<SecurityGroup> {
    let groups = scene.slots.security_groups.iter();
    let mut groups: Vec<SecurityGroup> = groups.map(group).collect();
    let mut anywhere = missing;
    for slot in &scene.slots.security_rules {
        let field = ("security_group", &["network_security_group_name"]);
        let owner: Value<Id<SecurityGroup>> = slot.link_by_name(field, &scene.directory);
        match owner.state {
            State::Known(id) => groups[id.index()]
                .rules
                .push(rule(&slot.reader, slot.entity)),
            State::Unknown(unknown) => anywhere = anywhere.or(Some(unknown.forget())),
            State::Absent | State::Invalid { .. } => {}
        }
    }
    for (group, slot) in groups.iter_mut().zip(&scene.slots.security_groups) {
        if let (true, Some(unknown)) = (group.more_rules.is_absent(), &anywhere) {
            group.more_rules = slot.reader.unknown("more_rules", unknown.clone());
        }
    }
    groups
}

fn group(slot: &Slot<'_>) -> SecurityGroup {
    let block = &slot.reader;
    let rules = block.blocks("security_rule");
    SecurityGroup {
        id: slot.entity,
        name: block.value("name", convert::text),
        rules: rules
            .all
            .iter()
            .map(|block| rule(block, slot.entity))
            .collect(),
        more_rules: match rules.more {
            Some(unknown) => block.unknown("more_rules", unknown),
            None => block.absent("more_rules"),
        },
    }
}

fn rule(block: &Reader<'_>, id: EntityId) -> SecurityRule {
    SecurityRule {
        id,
        name: block.value("name", convert::text),
        direction: block.value("direction", convert::text),
        access: block.value("access", convert::text),
        priority: block.value("priority", convert::number),
        protocol: block.value("protocol", convert::text),
        source_prefixes: texts(
            block,
            ("source_prefixes", &["source_address_prefixes"]),
            ("source_prefixes", &["source_address_prefix"]),
        ),
        destination_prefixes: texts(
            block,
            ("destination_prefixes", &["destination_address_prefixes"]),
            ("destination_prefixes", &["destination_address_prefix"]),
        ),
        destination_ports: texts(
            block,
            ("destination_ports", &["destination_port_ranges"]),
            ("destination_ports", &["destination_port_range"]),
        ),
    }
}

/// Returns a list, or the one element of the one-element form.
fn texts(block: &Reader<'_>, list: impl Into<Field>, single: impl Into<Field>) -> List<Arc<str>> {
    let list = block.list(list, convert::text);
    if list.is_absent() {
        return block.single(single, convert::text);
    }
    list
}
