//! AKS610. Options of a private cluster mean nothing for a public one.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(610),
    name: "private-options-without-private",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS610-private-options-without-private.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let private = &cluster.private_cluster_enabled;
    if cx.need(private).is_none_or(|private| *private) {
        return;
    }
    let integration = &cluster.api_server.virtual_network_integration_enabled;
    if cx.need(integration).is_none_or(|enabled| *enabled) {
        return;
    }
    let why = if cx.is_default(private) {
        "not private by default"
    } else {
        "not private"
    };
    let help = "make the cluster private, or remove the setting";
    if let Some(zone) = cx.need(&cluster.private_dns_zone) {
        cx.report(
            &cluster.private_dns_zone,
            format!("the cluster is {why}, and it has the private DNS zone {zone}"),
        )
        .label("only for private clusters")
        .also(private, "not private")
        .help(help);
    }
    let name = &cluster.private_cluster_public_fqdn_enabled;
    if cx.need(name).is_some_and(|enabled| *enabled) {
        cx.report(
            name,
            format!("the cluster is {why}, and it enables the public name of a private cluster"),
        )
        .label("only for private clusters")
        .also(private, "not private")
        .help(help);
    }
}
