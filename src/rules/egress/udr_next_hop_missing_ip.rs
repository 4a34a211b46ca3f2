//! AKS519. A route to an appliance needs the address of the appliance.

use crate::finding::{RuleId, Severity};
use crate::model::{Network, NextHop};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(519),
    name: "udr-next-hop-missing-ip",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS519-udr-next-hop-missing-ip.md"),
    check: Check::Network(check),
};

fn check(network: &Network, cx: &mut Cx<'_>) {
    if network.clusters.is_empty() {
        return;
    }
    let routes = network.route_tables.iter().flat_map(|table| &table.routes);
    cx.each(routes, |route, cx| {
        let Some(hop) = cx.need(&route.next_hop) else {
            return;
        };
        if *hop != NextHop::VirtualAppliance || cx.need_absence(&route.next_hop_ip) != Some(true) {
            return;
        }
        cx.report(
            &route.next_hop,
            "a route leads to a virtual appliance and gives no address of it".to_owned(),
        )
        .label("which appliance")
        .help("give the appliance's private address as the next hop's");
    });
}
