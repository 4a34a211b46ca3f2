//! AKS339. Cilium learnt policies by name with Kubernetes 1.29.

use super::conditions::{all, is};
use crate::azure::versions;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::State;

pub(super) static RULE: Rule = Rule {
    id: RuleId(339),
    name: "acns-k8s-version",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS339-acns-k8s-version.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plane, version) = (&cluster.network_data_plane, &cluster.kubernetes_version);
    let State::Known(profile) = &cluster.advanced_networking.state else {
        cx.open(&cluster.advanced_networking);
        return;
    };
    let since = versions::ADVANCED_NETWORK_SECURITY;
    let on = is(&profile.security_enabled, |on| *on);
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    let old = is(version, |version| (version.major, version.minor) < since);
    if !all(&[on, cilium, old], cx) {
        return;
    }
    let Some(found) = cx.need(version) else {
        return;
    };
    let (major, minor) = since;
    let message = format!(
        "the security features of advanced networking need Kubernetes {major}.{minor}, and it is {found}"
    );
    cx.report(version, message)
        .label("too old for them")
        .also(&profile.security_enabled, "turns them on")
        .help("use a newer Kubernetes");
}
