//! AKS609. Without a private zone and without a public name nobody finds the API server.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, PrivateDnsZone};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(609),
    name: "public-fqdn-with-private-dns-none",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS609-public-fqdn-with-private-dns-none.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cx.need(&cluster.private_dns_zone).map(|zone| *zone) != Some(PrivateDnsZone::None) {
        return;
    }
    if cx
        .need(&cluster.private_cluster_enabled)
        .is_none_or(|private| !*private)
    {
        return;
    }
    let public = &cluster.private_cluster_public_fqdn_enabled;
    if cx.need(public).is_none_or(|enabled| *enabled) {
        return;
    }
    let (severity, why) = if cx.is_default(public) {
        (Severity::Warning, "is off by default")
    } else {
        (Severity::Error, "is switched off")
    };
    cx.report(
        &cluster.private_dns_zone,
        format!(
            "the private DNS zone is None and the public name {why}: the API server has no name"
        ),
    )
    .label("no private name")
    .also(public, "no public name")
    .help("enable the public name, or let AKS make the zone with System")
    .severity(severity);
}
