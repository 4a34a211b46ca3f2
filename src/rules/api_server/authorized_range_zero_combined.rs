//! AKS605. The placeholder for no range stands alone.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(605),
    name: "authorized-range-zero-combined",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(602)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS605-authorized-range-zero-combined.md"),
    check: Check::Cluster(check),
};

/// The placeholder that lets nobody in but the cluster. Source: MicrosoftDocs/azure-aks-docs at fb060ab,
/// api-server-authorized-ip-ranges.md, "Create an AKS cluster", read 2026-11-22.
const NOBODY: Cidr = Cidr::v4([0, 0, 0, 0], 32);

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = cx.need_elements(&cluster.api_server.authorized_ip_ranges);
    let other = ranges
        .iter()
        .find(|range| range.get().is_some_and(|range| *range != NOBODY));
    for range in ranges {
        let Some(known) = cx.need(range) else {
            continue;
        };
        if *known != NOBODY {
            continue;
        }
        let Some(other) = other else {
            for range in ranges {
                cx.open(range);
            }
            return;
        };
        cx.report(
            range,
            format!("{known} means that nobody but the cluster is let in, and another range is authorized"),
        )
        .label("nobody")
        .also(other, "another range")
        .help(format!("remove {known}, or all other ranges"));
        return;
    }
}
