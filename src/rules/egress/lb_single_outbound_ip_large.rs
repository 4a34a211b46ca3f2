//! AKS526. A large cluster wants more than one outbound address.

use super::nodes::{Share, addresses, known_shares, look_at, open};
use super::ways::one_of;
use crate::azure::outbound::LARGE_CLUSTER_NODES;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(526),
    name: "lb-single-outbound-ip-large",
    category: Category::Egress,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS526-lb-single-outbound-ip-large.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if one_of(cluster, &[OutboundType::LoadBalancer], cx).is_none() {
        return;
    }
    let profile = &cluster.load_balancer_profile;
    let written = cx.need(profile);
    let single = match &written {
        Some(written) => addresses(written, cx) == Some(1),
        // Without the profile AKS makes one.
        None => profile.is_absent(),
    };
    if !single {
        return;
    }
    let shares = known_shares(cluster, LARGE_CLUSTER_NODES, cx);
    let nodes: u64 = shares.iter().map(Share::all).sum();
    if nodes <= LARGE_CLUSTER_NODES {
        return open(cluster, cx);
    }
    for share in &shares {
        look_at(share, cx);
    }
    let hidden = shares.iter().any(|share| share.sensitive);
    let many = if hidden {
        "many".to_owned()
    } else {
        nodes.to_string()
    };
    let message =
        format!("{many} nodes, those of an upgrade included, leave through one outbound IP");
    let report = match &written {
        Some(written) => cx.report(&written.managed_outbound_ip_count, message),
        None => cx.report(&cluster.outbound_type, message),
    };
    report
        .label("one outbound IP")
        .help("give the load balancer two outbound IPs or more");
}
