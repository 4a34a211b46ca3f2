//! AKS308. Without overlay, pods take their addresses from a subnet.

use super::conditions::{all, is, is_absent, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(308),
    name: "pod-cidr-with-flat-azure",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS308-pod-cidr-with-flat-azure.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let range = is_set(&cluster.pod_cidr);
    let azure = is(&cluster.network_plugin, |plugin| {
        *plugin == NetworkPlugin::Azure
    });
    let flat = is_absent(&cluster.network_plugin_mode);
    if !all(&[range, azure, flat], cx) {
        return;
    }
    let vocabulary = cluster.written.vocabulary;
    let (range, mode) = (
        vocabulary.spell("pod_cidr"),
        vocabulary.spell("network_plugin_mode"),
    );
    let message =
        format!("{range} needs the mode overlay with the network plugin azure, and no mode is set");
    let report = cx
        .report(&cluster.pod_cidr, message)
        .label("needs the mode overlay")
        .also(&cluster.network_plugin, "the network plugin")
        .help(format!("set {mode} to overlay, or leave {range} out"));
    // Azure itself takes the range and does not use it; azurerm refuses it.
    if vocabulary == Vocabulary::Arm {
        report.severity(Severity::Warning);
    }
}
