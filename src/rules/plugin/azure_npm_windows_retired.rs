//! AKS320. Azure has retired its own policy engine on Windows nodes.

use super::conditions::{all, cluster_of, is, is_windows};
use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPolicy, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(320),
    name: "azure-npm-windows-retired",
    category: Category::Plugin,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(302), RuleId(313), RuleId(321)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS320-azure-npm-windows-retired.md"),
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
    let policy = &cluster.network_policy;
    let azure = is(policy, |policy| *policy == NetworkPolicy::Azure);
    if !all(&[windows, azure], cx) {
        return;
    }
    let day = retirements::NETWORK_POLICY_MANAGER_WINDOWS;
    let (severity, verb) = if cx.as_of() >= day {
        (Severity::Error, "was retired on")
    } else {
        (Severity::Warning, "will be retired on")
    };
    let message = format!("network policy azure {verb} {day} for Windows nodes");
    cx.report(policy, message)
        .label("Azure Network Policy Manager")
        .also(&pool.os_type, "a Windows pool")
        .help("use the policy calico, which Windows nodes take too")
        .severity(severity);
}
