//! AKS603. The API server sees public addresses only.

use crate::azure::ranges::NOT_PUBLIC;
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(603),
    name: "authorized-range-private-address",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(602)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS603-authorized-range-private-address.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = cx.need_elements(&cluster.api_server.authorized_ip_ranges);
    cx.each(ranges, check_range);
}

fn check_range(range: &Value<Cidr>, cx: &mut Cx<'_>) {
    let Some(known) = cx.need(range) else {
        return;
    };
    if NOT_PUBLIC.iter().any(|private| private.covers(&known)) {
        cx.report(
            range,
            format!("the authorized range {known} is not public, and the API server sees public addresses only"),
        )
        .label("no address of the internet")
        .help("authorize the public addresses that these networks leave by, or make the cluster private");
    }
}
