//! AKS313. The data plane cilium has its own policy engine and takes no other.

use super::conditions::{all, is, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(313),
    name: "cilium-data-plane-with-other-policy",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS313-cilium-data-plane-with-other-policy.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plane, policy) = (&cluster.network_data_plane, &cluster.network_policy);
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    let other = is(policy, |policy| *policy != NetworkPolicy::Cilium);
    if !all(&[cilium, other], cx) {
        return;
    }
    let but = it_is(policy, cx);
    let message = format!("data plane cilium needs the network policy cilium, and {but}");
    cx.report(policy, message)
        .label("the network policy")
        .also(plane, "the data plane")
        .help("set the network policy to cilium");
}
