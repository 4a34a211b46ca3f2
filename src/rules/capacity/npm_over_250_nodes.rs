//! AKS225. Azure Network Policy Manager is made for clusters of up to 250 nodes.

use super::nodes;
use crate::azure::limits::NPM_NODES;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(225),
    name: "npm-over-250-nodes",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(221)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS225-npm-over-250-nodes.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(policy) = cx.need(&cluster.network_policy) else {
        return;
    };
    if *policy != NetworkPolicy::Azure {
        return;
    }
    let Some(budget) = nodes::budget(cluster, cx) else {
        return;
    };
    nodes::check(&budget, NPM_NODES, cx, |count, cx| {
        let message = format!(
            "Azure Network Policy Manager takes at most {NPM_NODES} nodes, this cluster may have {count}"
        );
        nodes::report(&budget, message, cx)
            .also(&cluster.network_policy, "Azure Network Policy Manager")
            .help("use cilium as the engine and the data plane, which has no such limit");
    });
}
