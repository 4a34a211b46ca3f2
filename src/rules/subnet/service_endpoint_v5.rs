//! AKS706. azurerm 5 has no `service_endpoints` in a subnet.

use crate::finding::{RuleId, Severity};
use crate::model::{Network, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(706),
    name: "service-endpoint-v5",
    category: Category::Subnet,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS706-service-endpoint-v5.md"),
    check: Check::Subnet(check),
};

/// The first major version of azurerm without the list. Source: azurerm, website/docs/guides/5.0-upgrade-guide.html.markdown,
/// `azurerm_subnet`, read 2026-11-22.
const REMOVED_IN: u32 = 5;

fn check(subnet: &Subnet, cx: &mut Cx<'_>) {
    if !admits_both(cx.network()) || cx.need_absence(&subnet.service_endpoint_list) != Some(false) {
        return;
    }
    cx.report(
        &subnet.service_endpoint_list,
        "service_endpoints is unknown to azurerm 5, which the version constraint admits".to_owned(),
    )
    .label("no argument of azurerm 5")
    .help("keep azurerm below 5.0 until service_endpoint blocks take its place");
}

/// Tells whether the project may get azurerm with the list and without; one that asks for 5 has AKS801.
fn admits_both(network: &Network) -> bool {
    network.clusters.first().is_some_and(|cluster| {
        let version = cluster.written.provider;
        version.at_least.is_some_and(|least| least < REMOVED_IN)
            && version.at_most.is_none_or(|most| most >= REMOVED_IN)
    })
}
