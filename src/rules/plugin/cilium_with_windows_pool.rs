//! AKS315. Cilium forwards packets on Linux nodes alone.

use super::conditions::{all, cluster_of, is, is_windows, owner};
use crate::finding::{RuleId, Severity};
use crate::model::{DataPlane, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(315),
    name: "cilium-with-windows-pool",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS315-cilium-with-windows-pool.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let windows = is_windows(pool);
    if windows.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let plane = &cluster.network_data_plane;
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    if !all(&[windows, cilium], cx) {
        return;
    }
    let owner = owner(plane, cx);
    let message = format!("Windows nodes do not go with {owner}data plane cilium");
    cx.report(&pool.os_type, message)
        .label("a Windows pool")
        .also(plane, "the data plane")
        .help("run Windows nodes in a cluster with the data plane azure");
}
