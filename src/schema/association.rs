//! Associations of subnets with route tables, NAT gateways and security groups.

use std::collections::HashMap;

use super::assembly::missing_kind;
use super::directory::Linked;
use super::field::Field;
use super::scene::{Scene, Slot};
use crate::model::{Id, Subnet};
use crate::resource::Gap;
use crate::truth::Truth;
use crate::value::{Cause, Node, ProvKind, ProvNode, State, Unknown, Value};

/// Associations of one type.
struct Kind {
    resource: &'static str,
    field: &'static str,
    attribute: Field,
}

/// One association of a known subnet.
struct Bond<'s, 'a, T> {
    slot: &'s Slot<'a>,
    target: Value<Id<T>>,
    /// Whether it is known to be this subnet's.
    certain: bool,
}

/// All associations of one type.
struct Bonds<'s, 'a, T> {
    of: HashMap<Id<Subnet>, Vec<Bond<'s, 'a, T>>>,
    /// Why there may be an association of any subnet.
    anywhere: Option<Unknown<()>>,
}

/// Sets the links of subnets for which nothing is written in the subnet itself.
pub(super) fn bind_all(scene: &Scene<'_>, gaps: &[Gap], subnets: &mut [Subnet]) {
    let route_table = Kind {
        resource: "azurerm_subnet_route_table_association",
        field: "route_table",
        attribute: ("route_table", &["route_table_id"]).into(),
    };
    bind(scene, gaps, &route_table, subnets, |s| &mut s.route_table);
    let nat_gateway = Kind {
        resource: "azurerm_subnet_nat_gateway_association",
        field: "nat_gateway",
        attribute: ("nat_gateway", &["nat_gateway_id"]).into(),
    };
    bind(scene, gaps, &nat_gateway, subnets, |s| &mut s.nat_gateway);
    let group = Kind {
        resource: "azurerm_subnet_network_security_group_association",
        field: "security_group",
        attribute: ("security_group", &["network_security_group_id"]).into(),
    };
    bind(scene, gaps, &group, subnets, |s| &mut s.security_group);
}

fn bind<T: Linked>(
    scene: &Scene<'_>,
    gaps: &[Gap],
    kind: &Kind,
    subnets: &mut [Subnet],
    link: impl Fn(&mut Subnet) -> &mut Value<Id<T>>,
) {
    let mut bonds = collect(scene, kind);
    bonds.anywhere = bonds.anywhere.or(missing_kind(gaps, kind.resource));
    for (index, subnet) in subnets.iter_mut().enumerate() {
        let link = link(subnet);
        let own = &scene.slots.subnets[index];
        if link.is_absent()
            && let Some(bound) = bonds.of(Id::new(index), own, kind.field)
        {
            *link = bound;
        }
    }
}

fn collect<'s, 'a, T: Linked>(scene: &'s Scene<'a>, kind: &Kind) -> Bonds<'s, 'a, T> {
    let mut bonds = Bonds {
        of: HashMap::new(),
        anywhere: None,
    };
    let all = scene.slots.associations.iter();
    for slot in all.filter(|slot| slot.resource.kind.as_str() == kind.resource) {
        let mut add = |subnet, certain| {
            let target = slot.link(kind.attribute, &scene.directory);
            let bond = Bond {
                slot,
                target,
                certain,
            };
            bonds.of.entry(subnet).or_default().push(bond);
        };
        let subnet: Value<Id<Subnet>> = slot.link("subnet_id", &scene.directory);
        match subnet.state {
            State::Known(id) => add(id, true),
            State::Unknown(Unknown {
                one_of: Some(all), ..
            }) => all.iter().for_each(|id| add(*id, false)),
            State::Unknown(unknown) if !is_elsewhere(slot, &unknown) => {
                bonds.anywhere = bonds.anywhere.or(Some(unknown.forget()));
            }
            State::Unknown(_) | State::Absent | State::Invalid { .. } => {}
        }
    }
    bonds
}

/// Tells whether the subnet is named by a literal id that no subnet in the code has.
fn is_elsewhere(slot: &Slot<'_>, unknown: &Unknown<Id<Subnet>>) -> bool {
    let tree = slot.reader.tree("subnet_id");
    let literal = tree.is_some_and(|tree| matches!(tree.node, Node::Text(_)));
    literal && unknown.cause == Cause::DataSource
}

impl<T> Bonds<'_, '_, T> {
    /// Returns what a subnet is bound to; `None` when nothing is.
    fn of(&self, id: Id<Subnet>, subnet: &Slot<'_>, field: &str) -> Option<Value<Id<T>>> {
        let all = self.of.get(&id).map_or(&[][..], Vec::as_slice);
        let exists = |bond: &&Bond<'_, '_, T>| bond.certain && bond.slot.exists_with(subnet);
        let possible = all
            .iter()
            .filter(|bond| !bond.slot.presence.and(&subnet.presence).truth.is_false());
        let possible: Vec<_> = possible.collect();
        match possible.iter().copied().find(exists) {
            Some(bond) => Some(bond.value(subnet, field, &possible)),
            None if !possible.is_empty() => Some(doubtful(subnet, field, &possible)),
            None => {
                let unknown = self.anywhere.as_ref()?;
                Some(subnet.reader.unknown(field, unknown.forget()))
            }
        }
    }
}

impl<T> Bond<'_, '_, T> {
    /// Returns the subnet's link by an association that exists.
    fn value(&self, subnet: &Slot<'_>, field: &str, all: &[&Bond<'_, '_, T>]) -> Value<Id<T>> {
        let others = all
            .iter()
            .copied()
            .filter(|bond| bond.certain && bond.slot.presence.truth.is_true());
        let agree = others
            .clone()
            .all(|bond| match (self.target.get(), bond.target.get()) {
                (Some(a), Some(b)) => a == b,
                (_, _) => std::ptr::eq(self, bond),
            });
        if !agree {
            return doubtful(subnet, field, all);
        }
        let span = Some(self.slot.resource.head);
        Value {
            prov: subnet.reader.attribute(field, span, Some(self.target.prov)),
            written_at: None,
            ..self.target.clone()
        }
    }
}

/// Returns a link that depends on which associations exist.
fn doubtful<T>(subnet: &Slot<'_>, field: &str, all: &[&Bond<'_, '_, T>]) -> Value<Id<T>> {
    let targets: Option<Vec<Id<T>>> = all.iter().map(|bond| bond.target.get().copied()).collect();
    let slot = all.first().map_or(subnet, |bond| bond.slot);
    let node = ProvNode::new(ProvKind::Computed, Some(slot.resource.head))
        .named(slot.resource.address.as_str());
    let origin = subnet.reader.trail().borrow_mut().add(node);
    let unknown = Unknown {
        one_of: targets.map(Into::into),
        null: Truth::Unknown,
        ..Unknown::new(Cause::Repetition, origin)
    };
    subnet.reader.unknown(field, unknown)
}
