//! AKS319. Azure retires its own policy engine.

use super::conditions::{all, is};
use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPolicy};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(319),
    name: "azure-npm-linux-retirement",
    category: Category::Plugin,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[
        RuleId(302),
        RuleId(313),
        RuleId(320),
        RuleId(321),
        RuleId(323),
    ],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS319-azure-npm-linux-retirement.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let policy = &cluster.network_policy;
    let azure = is(policy, |policy| *policy == NetworkPolicy::Azure);
    if !all(&[azure], cx) {
        return;
    }
    let day = retirements::NETWORK_POLICY_MANAGER_LINUX;
    let (severity, verb) = if cx.as_of() >= day {
        (Severity::Error, "was retired on")
    } else {
        (Severity::Warning, "will be retired on")
    };
    cx.report(policy, format!("network policy azure {verb} {day}"))
        .label("Azure Network Policy Manager")
        .help("move to the policy and data plane cilium")
        .severity(severity);
}
