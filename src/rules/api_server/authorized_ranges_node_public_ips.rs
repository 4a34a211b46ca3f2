//! AKS608. Nodes with public addresses of their own must be authorized, and only a prefix can be named before they exist.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(608),
    name: "authorized-ranges-node-public-ips",
    category: Category::ApiServer,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(602)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS608-authorized-ranges-node-public-ips.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cx
        .need_elements(&cluster.api_server.authorized_ip_ranges)
        .is_empty()
    {
        return;
    }
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let public = &pool.node_public_ip_enabled;
        if cx.need(public).is_none_or(|public| !*public) {
            return;
        }
        if cx.need_absence(&pool.node_public_ip_prefix_id) != Some(true) {
            return;
        }
        cx.report(
            public,
            "nodes with public addresses of their own are not among the authorized ranges of the API server".to_owned(),
        )
        .label("an address that nobody knows beforehand")
        .also(&cluster.api_server.authorized_ip_ranges, "the authorized ranges")
        .help("give the pool a public IP prefix and authorize that, or leave public addresses to the load balancer");
    });
}
