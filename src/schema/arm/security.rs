//! `Microsoft.Network/networkSecurityGroups` and its rules, inside it or alone.

use std::sync::Arc;

use super::{owner, properties};
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
    let owner = owner(slot, ("security_group", &["parent"]), directory);
    (owner, rule(&slot.reader, slot.entity))
}

/// Returns the group with the rules inside it.
pub(in crate::schema) fn group(slot: &Slot<'_>) -> SecurityGroup {
    let block = &slot.reader;
    let rules = properties(block).blocks("securityRules");
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
    let inside = &properties(block);
    SecurityRule {
        id,
        name: block.value("name", convert::text),
        direction: inside.value("direction", convert::text),
        access: inside.value("access", convert::text),
        priority: inside.value("priority", convert::number),
        protocol: inside.value("protocol", convert::text),
        source_prefixes: texts(
            inside,
            ("source_prefixes", &["sourceAddressPrefixes"]),
            ("source_prefixes", &["sourceAddressPrefix"]),
        ),
        destination_prefixes: texts(
            inside,
            ("destination_prefixes", &["destinationAddressPrefixes"]),
            ("destination_prefixes", &["destinationAddressPrefix"]),
        ),
        destination_ports: texts(
            inside,
            ("destination_ports", &["destinationPortRanges"]),
            ("destination_ports", &["destinationPortRange"]),
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
