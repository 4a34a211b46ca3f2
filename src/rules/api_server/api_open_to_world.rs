//! AKS601. A public API server without authorized ranges answers everybody.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, options};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(601),
    name: "api-open-to-world",
    category: Category::ApiServer,
    kind: Kind::Security,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS601-api-open-to-world.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if !is_public(cluster, cx) {
        return;
    }
    let ranges = &cluster.api_server.authorized_ip_ranges;
    match cx.need_absence(ranges) {
        Some(true) => {
            cx.report(ranges, "the API server is open to every address".to_owned())
                .label("sets no authorized ranges")
                .help("set the authorized ranges to the networks that administer the cluster, or make the cluster private");
        }
        Some(false) => {
            let elements = cx.need_elements(ranges);
            cx.each(elements, check_range);
        }
        None => {}
    }
}

/// Tells whether the API server is known to have a public address.
fn is_public(cluster: &Cluster, cx: &mut Cx<'_>) -> bool {
    let access = &cluster.api_server.public_network_access_enabled;
    let closed = match cx.need(access) {
        Some(enabled) => !*enabled,
        None => !access.is_absent(),
    };
    if closed {
        return false;
    }
    let private = &cluster.private_cluster_enabled;
    cx.need(private).is_some_and(|private| !*private)
}

fn check_range(range: &Value<Cidr>, cx: &mut Cx<'_>) {
    let Some(known) = cx.need(range) else {
        return;
    };
    if known.prefix() == 0 {
        cx.report(
            range,
            format!("the authorized range {known} opens the API server to every address"),
        )
        .label("every address")
        .help("name the networks that administer the cluster, or make the cluster private");
        return;
    }
    let Some(allowed) = cx.allowed_ranges(options::ALLOWED_RANGES) else {
        return;
    };
    let nobody = known.network().is_unspecified() && known.addresses() == 1;
    if !nobody && !allowed.iter().any(|allowed| allowed.covers(&known)) {
        cx.report(
            range,
            format!("the authorized range {known} is not in one that this site allows"),
        )
        .label("another network")
        .help("remove the range, or add it to allowed-ranges in aksnet.toml");
    }
}
