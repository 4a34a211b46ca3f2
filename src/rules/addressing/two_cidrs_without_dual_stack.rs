//! AKS117. Two ranges are for two address families.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(117),
    name: "two-cidrs-without-dual-stack",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS117-two-cidrs-without-dual-stack.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    cx.each(
        [
            (&cluster.pod_cidrs, "pod ranges"),
            (&cluster.service_cidrs, "service ranges"),
        ],
        |(ranges, what), cx| {
            if cx.is_default(ranges) || ranges.get().is_some_and(|all| all.len() != 2) {
                return;
            }
            let count = cx.need(ranges).map(|all| all.len());
            let families = cx.need(&cluster.ip_versions).map(|all| all.len());
            if count != Some(2) || families.is_none_or(|families| families == 2) {
                return;
            }
            let spelled = cluster.written.vocabulary.spell("ip_versions");
            let advice = format!(
                "leave one of them out, or set {spelled} to IPv4 and IPv6 for a dual-stack cluster"
            );
            cx.report(
                ranges,
                format!("2 {what} are set for a cluster that is not dual-stack"),
            )
            .label(format!("two {what}"))
            .also(&cluster.ip_versions, "the address families")
            .help(advice);
        },
    );
}
