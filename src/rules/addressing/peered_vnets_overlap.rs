//! AKS135. VNets that are peered share no address.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Network, Peering, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Known, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(135),
    name: "peered-vnets-overlap",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS135-peered-vnets-overlap.md"),
    check: Check::Network(check),
};

fn check(network: &Network, cx: &mut Cx<'_>) {
    cx.each(&network.peerings.items, |peering, cx| {
        let (Some(from), Some(to)) = (cx.need(&peering.from), cx.need(&peering.to)) else {
            return;
        };
        if *from != *to {
            let vnets = &network.virtual_networks;
            check_peers(peering, &vnets[*from], &vnets[*to], cx);
        }
    });
}

fn check_peers(peering: &Peering, a: &VirtualNetwork, b: &VirtualNetwork, cx: &mut Cx<'_>) {
    // Both directions of a peering are one fault, told at the VNet that comes later in the code.
    let (first, second) = if a.id < b.id { (a, b) } else { (b, a) };
    let spaces = cx.need_elements(&second.address_space);
    cx.each(spaces, |space, cx| {
        let Some(range) = cx.need(space) else {
            return;
        };
        let others = cx.need_elements(&first.address_space);
        cx.each(others, |other, cx| {
            if let Some(taken) = cx.need(other)
                && range.overlaps(&taken)
            {
                report(peering, (space, &range), (other, &taken), cx);
            }
        });
    });
}

fn report(
    peering: &Peering,
    (space, range): (&Value<Cidr>, &Known<'_, Cidr>),
    (other, taken): (&Value<Cidr>, &Known<'_, Cidr>),
    cx: &mut Cx<'_>,
) {
    let message = format!("VNet range {range} overlaps {taken} of a VNet that it is peered with");
    cx.report(space, message)
        .label("this VNet")
        .also(other, "the other")
        .also(&peering.to, "the peering")
        .help("move one of the VNets to addresses that no VNet near it has");
}
