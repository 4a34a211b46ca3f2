//! AKS354. The static egress gateway does not know pods with addresses of a subnet.

use super::conditions::{Condition, all, is, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NodePool, PoolMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(354),
    name: "static-egress-gateway-pod-subnet",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(309), RuleId(310)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS354-static-egress-gateway-pod-subnet.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let pools = || cx.network().pools_of(cluster);
    let gateway = |pool: &NodePool| is(&pool.mode, |mode| *mode == PoolMode::Gateway);
    let with = |test: fn(&Condition) -> bool| pools().find(|pool| test(&gateway(pool)));
    let Some(outlet) = with(Condition::is_true).or_else(|| with(|is| !is.is_false())) else {
        return;
    };
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        if !all(&[gateway(outlet), is_set(&pool.pod_subnet)], cx) {
            return;
        }
        let message = "a pod subnet does not go with the static egress gateway";
        cx.report(&pool.pod_subnet, message.to_owned())
            .label("a pod subnet")
            .also(&outlet.mode, "the pool of the gateway")
            .help("leave the pod subnet out, or use another way out");
    });
}
