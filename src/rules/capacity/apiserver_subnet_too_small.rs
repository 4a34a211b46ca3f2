//! AKS230. An API server in the network needs nine addresses, and Azure takes no subnet smaller than /28.

use crate::azure::limits::{API_SERVER_ADDRESSES, API_SERVER_PREFIX};
use crate::capacity::formulas::usable;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(230),
    name: "apiserver-subnet-too-small",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS230-apiserver-subnet-too-small.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let access = &cluster.api_server;
    if !matches!(
        cx.need(&access.virtual_network_integration_enabled)
            .as_deref(),
        Some(true)
    ) {
        return;
    }
    let Some(subnet) = cx.need(&access.subnet) else {
        return;
    };
    let prefixes = &cx.network().subnets[*subnet].prefixes;
    // Of several ranges, one that is large enough will do.
    let known = cx.need_elements(prefixes);
    if known.len() != 1 {
        return;
    }
    let Some(range) = cx.need(&known[0]) else {
        return;
    };
    if range.family() == Family::V6 || range.prefix() <= API_SERVER_PREFIX {
        return;
    }
    let left = usable(range.prefix());
    cx.report(
        &known[0],
        format!("the API server's subnet {range} is smaller than /{API_SERVER_PREFIX}"),
    )
    .label("too small for an API server")
    .also(&access.subnet, "the API server's subnet")
    .row("the API server, at least", API_SERVER_ADDRESSES)
    .row(
        format!("{range} without the 5 addresses that Azure keeps"),
        left,
    )
    .help(format!("use a /{API_SERVER_PREFIX} or larger"));
}
