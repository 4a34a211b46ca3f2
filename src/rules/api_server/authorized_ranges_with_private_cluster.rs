//! AKS602. A private API server takes no authorized ranges.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::State;

pub(super) static RULE: Rule = Rule {
    id: RuleId(602),
    name: "authorized-ranges-with-private-cluster",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS602-authorized-ranges-with-private-cluster.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(private) = cx.need(&cluster.private_cluster_enabled) else {
        return;
    };
    if !*private {
        return;
    }
    let ranges = &cluster.api_server.authorized_ip_ranges;
    let elements = cx.need_elements(ranges);
    let surely = |state: &State<_>| match state {
        State::Known(_) | State::Invalid { .. } => true,
        State::Unknown(unknown) => unknown.null.is_false(),
        State::Absent => false,
    };
    let Some(first) = elements.first() else {
        return;
    };
    if !elements.iter().any(|element| surely(&element.state)) {
        cx.open(first);
        return;
    }
    cx.report(
        ranges,
        "a private cluster takes no authorized ranges for its API server".to_owned(),
    )
    .label("the authorized ranges")
    .also(&cluster.private_cluster_enabled, "the cluster is private")
    .help("remove the ranges, and let a firewall or security group say who reaches the private endpoint");
}
