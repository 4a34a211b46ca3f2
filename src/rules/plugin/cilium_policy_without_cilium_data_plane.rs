//! AKS314. Cilium enforces policies only where it also forwards the packets.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(314),
    name: "cilium-policy-without-cilium-data-plane",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(321)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS314-cilium-policy-without-cilium-data-plane.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(policy) = cx.need(&cluster.network_policy) else {
        return;
    };
    if *policy != NetworkPolicy::Cilium {
        return;
    }
    let data_plane = &cluster.network_data_plane;
    let written = match cx.need(data_plane) {
        Some(plane) if *plane == DataPlane::Cilium => return,
        Some(plane) if !cx.is_default(data_plane) => Some(plane),
        Some(_) => None,
        None if data_plane.is_absent() => None,
        None => return,
    };
    let plane = match written {
        Some(plane) => format!("it is {plane}"),
        None => format!("the default is {}", DataPlane::Azure),
    };
    let message = format!("network policy cilium needs the data plane cilium, and {plane}");
    cx.report(&cluster.network_policy, message)
        .label("needs the data plane cilium")
        .also(data_plane, "the data plane")
        .help("set the data plane to cilium, or choose the policy calico");
}
