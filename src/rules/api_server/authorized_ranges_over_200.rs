//! AKS606. Azure takes no more authorized ranges than that.

use std::collections::BTreeSet;

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(606),
    name: "authorized-ranges-over-200",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(602)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS606-authorized-ranges-over-200.md"),
    check: Check::Cluster(check),
};

/// Authorized ranges of a cluster, without and with API Server VNet Integration. Source: MicrosoftDocs/azure-aks-docs at
/// fb060ab, api-server-authorized-ip-ranges.md, "Limitations", read 2026-11-22.
const LIMIT: usize = 200;
const LIMIT_INTEGRATED: usize = 2000;

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = &cluster.api_server.authorized_ip_ranges;
    let distinct: BTreeSet<_> = cx.need_each(ranges).iter().map(|range| **range).collect();
    let count = distinct.len();
    if count <= LIMIT {
        return;
    }
    let integration = &cluster.api_server.virtual_network_integration_enabled;
    let limit = match cx.need(integration) {
        Some(enabled) if *enabled => LIMIT_INTEGRATED,
        Some(_) => LIMIT,
        None => return,
    };
    if count <= limit {
        return;
    }
    cx.report(
        ranges,
        format!("the API server has {count} authorized ranges, and Azure takes {limit}"),
    )
    .label("too many ranges")
    .help("join neighbouring ranges, or let everybody come through one gateway");
}
