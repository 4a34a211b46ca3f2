//! AKS503. The profile of the outbound load balancer goes with the outbound type loadBalancer only.

use super::ways::other_way_out;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(503),
    name: "lb-profile-with-other-outbound",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(511)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS503-lb-profile-with-other-outbound.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(way) = other_way_out(cluster, cx) else {
        return;
    };
    let profile = &cluster.load_balancer_profile;
    if cx.need(profile).is_none() {
        return;
    }
    let report = cx
        .report(
            profile,
            format!("a load balancer profile is set, and the outbound type is {way}"),
        )
        .label("for the outbound type loadBalancer only")
        .also(&cluster.outbound_type, "the outbound type")
        .help("remove the profile, or use the outbound type loadBalancer");
    // Azure Verified Modules send such a profile, and their tests deploy it.
    if cluster.written.vocabulary == Vocabulary::Arm {
        report.severity(Severity::Warning);
    }
}
