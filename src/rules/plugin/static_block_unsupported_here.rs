//! AKS347. Blocks of addresses are given out of a pod subnet alone.

use super::conditions::{all, cluster_of, is, is_absent, it_is};
use crate::azure::versions;
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, PodIpAllocation};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(347),
    name: "static-block-unsupported-here",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS347-static-block-unsupported-here.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let mode = &pool.pod_ip_allocation;
    let blocks = is(mode, |mode| *mode == PodIpAllocation::StaticBlock);
    if blocks.is_false() {
        return;
    }
    if all(&[blocks.clone(), is_absent(&pool.pod_subnet)], cx) {
        let message = "allocation mode StaticBlock needs a pod subnet, and the pool has none";
        cx.report(mode, message.to_owned())
            .label("needs a pod subnet")
            .help("give the pool a pod subnet, or leave the allocation mode out");
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let version = &cluster.kubernetes_version;
    let since = versions::STATIC_BLOCKS;
    let old = is(version, |version| (version.major, version.minor) < since);
    cx.each([(blocks, old)], |(blocks, old), cx| {
        if !all(&[blocks, old], cx) {
            return;
        }
        let but = it_is(version, cx);
        let (major, minor) = since;
        let message =
            format!("allocation mode StaticBlock needs Kubernetes {major}.{minor}, and {but}");
        cx.report(mode, message)
            .label("needs a newer Kubernetes")
            .also(version, "the version")
            .help("use a newer Kubernetes, or leave the allocation mode out");
    });
}
