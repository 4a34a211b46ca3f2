//! AKS612. A zone of the user needs an identity of the user, which may be given rights before the cluster exists.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IdentityKind, PrivateDnsZone};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(612),
    name: "private-dns-zone-identity",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(610)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS612-private-dns-zone-identity.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cx.need(&cluster.private_dns_zone).map(|zone| *zone) != Some(PrivateDnsZone::Custom) {
        return;
    }
    let identity = &cluster.identity.kind;
    if cx.need(identity).map(|kind| *kind) != Some(IdentityKind::SystemAssigned) {
        return;
    }
    cx.report(
        identity,
        "a private DNS zone of your own needs a user-assigned identity, and the cluster's is SystemAssigned".to_owned(),
    )
    .label("made together with the cluster, so it has no rights on the zone")
    .also(&cluster.private_dns_zone, "your zone")
    .help("use a user-assigned identity with Private DNS Zone Contributor on the zone and Network Contributor on the VNet");
}
