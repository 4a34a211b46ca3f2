//! AKS508. An idle flow through the load balancer ends after 4 minutes at least.

use crate::azure::outbound::{LOAD_BALANCER_IDLE_MINUTES, LOAD_BALANCER_IDLE_MINUTES_OF_AZURERM};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(508),
    name: "lb-idle-timeout-range",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS508-lb-idle-timeout-range.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.load_balancer_profile) else {
        return;
    };
    let timeout = &profile.idle_timeout_minutes;
    let Some(minutes) = cx.need(timeout) else {
        return;
    };
    let (who, range) = match cluster.written.vocabulary {
        Vocabulary::Azurerm => ("azurerm", LOAD_BALANCER_IDLE_MINUTES_OF_AZURERM),
        Vocabulary::Arm => ("Azure", LOAD_BALANCER_IDLE_MINUTES),
    };
    if range.contains(&*minutes) {
        return;
    }
    let (low, high) = (range.start(), range.end());
    cx.report(
        timeout,
        format!(
            "idle timeout of {minutes} minutes is outside the {low} to {high} that {who} takes"
        ),
    )
    .label("the idle timeout")
    .help(format!("use {low} to {high} minutes"));
}
