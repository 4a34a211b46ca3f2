//! AKS301. Azure retires kubenet.

use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(301),
    name: "kubenet-retired",
    category: Category::Plugin,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(307), RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS301-kubenet-retired.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let plugin = &cluster.network_plugin;
    let Some(all) = cx.need_alternatives(plugin) else {
        return;
    };
    let kubenet = all.iter().filter(|p| **p == NetworkPlugin::Kubenet).count();
    if kubenet == 0 {
        return;
    }
    if kubenet < all.len() {
        cx.open(plugin);
        return;
    }
    let owner = if cx.is_default(plugin) {
        "Azure's default network plugin"
    } else {
        "network plugin"
    };
    let day = retirements::KUBENET;
    let retired = cx.as_of() >= day;
    let verb = if retired {
        "was retired on"
    } else {
        "will be retired on"
    };
    let report = cx
        .report(plugin, format!("{owner} kubenet {verb} {day}"))
        .label("the network plugin")
        .help("use Azure CNI Overlay: plugin azure with mode overlay; a running cluster migrates in place");
    report.severity(if retired {
        Severity::Error
    } else {
        Severity::Warning
    });
}
