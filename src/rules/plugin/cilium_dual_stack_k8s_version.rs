//! AKS326. Cilium learnt IPv6 with Kubernetes 1.29.

use super::conditions::{all, has_ipv6, is};
use crate::azure::versions;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(326),
    name: "cilium-dual-stack-k8s-version",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312), RuleId(313), RuleId(325), RuleId(327)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS326-cilium-dual-stack-k8s-version.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plane, version) = (&cluster.network_data_plane, &cluster.kubernetes_version);
    let since = versions::CILIUM_DUAL_STACK;
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    let old = is(version, |version| (version.major, version.minor) < since);
    if !all(&[cilium, has_ipv6(cluster), old], cx) {
        return;
    }
    let Some(found) = cx.need(version) else {
        return;
    };
    let (major, minor) = since;
    let message = format!(
        "dual stack with the data plane cilium needs Kubernetes {major}.{minor}, and it is {found}"
    );
    cx.report(version, message)
        .label("too old for dual stack")
        .also(plane, "the data plane")
        .also(&cluster.ip_versions, "the address families")
        .help("use a newer Kubernetes");
}
