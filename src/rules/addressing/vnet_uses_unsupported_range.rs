//! AKS128. Some ranges cannot be the address space of a network in Azure.

use crate::azure::ranges::NOT_FOR_VNETS;
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::VirtualNetwork;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(128),
    name: "vnet-uses-unsupported-range",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS128-vnet-uses-unsupported-range.md"),
    check: Check::VirtualNetwork(check),
};

fn check(vnet: &VirtualNetwork, cx: &mut Cx<'_>) {
    let spaces = cx.need_elements(&vnet.address_space);
    cx.each(spaces, |value, cx| {
        let Some(space) = cx.need(value) else {
            return;
        };
        let hit = NOT_FOR_VNETS.iter().filter(|range| range.overlaps(&space));
        let hit: Vec<String> = hit.map(Cidr::to_string).collect();
        if hit.is_empty() {
            return;
        }
        let hit = hit.join(" and ");
        let message = format!("VNet range {space} meets {hit}, which Azure keeps out of VNets");
        cx.report(value, message)
            .label("cannot be in a VNet")
            .help("use a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16");
    });
}
