//! AKS322. Calico is not supported on the newest Windows Server.

use super::conditions::{all, cluster_of, is, is_windows};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPolicy, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(322),
    name: "calico-windows-2025",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(304), RuleId(313), RuleId(315), RuleId(321)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS322-calico-windows-2025.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let newest = is(&pool.os_sku, |sku| sku.eq_ignore_ascii_case("Windows2025"));
    if newest.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let policy = &cluster.network_policy;
    let calico = is(policy, |policy| *policy == NetworkPolicy::Calico);
    if !all(&[is_windows(pool), newest, calico], cx) {
        return;
    }
    let message = "network policy calico supports Windows Server 2019 and 2022, not 2025";
    cx.report(&pool.os_sku, message.to_owned())
        .label("Windows Server 2025")
        .also(policy, "the network policy")
        .help("use Windows2022 as long as the policy is calico");
}
