//! `azurerm_network_security_group` and `azurerm_network_security_rule`.

use std::sync::Arc;

use crate::model::{Id, SecurityGroup, SecurityRule};
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::field::Field;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{EntityId, List, Value};

/// Returns a rule that stands alone, and whose it is.
pub(in crate::schema) fn alone(
    slot: &Slot<'_>,
    directory: &Directory<'_>,
) -> (Value<Id<SecurityGroup>>, SecurityRule) {
    let field = ("security_group", &["network_security_group_name"]);
    let owner = slot.link_by_name(field, directory);
    (owner, rule(&slot.reader, slot.entity))
}

/// Returns the group with the rules inside it.
pub(in crate::schema) fn group(slot: &Slot<'_>) -> SecurityGroup {
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
