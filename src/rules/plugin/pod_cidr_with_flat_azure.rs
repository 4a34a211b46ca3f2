//! AKS308. Without overlay, pods take their addresses from a subnet.

use super::conditions::{all, is, is_absent, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(308),
    name: "pod-cidr-with-flat-azure",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS308-pod-cidr-with-flat-azure.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if !cluster.written.pod_cidr || cx.is_default(&cluster.pod_cidrs) {
        return;
    }
    let range = is_set(&cluster.pod_cidrs);
    let azure = is(&cluster.network_plugin, |plugin| {
        *plugin == NetworkPlugin::Azure
    });
    let flat = is_absent(&cluster.network_plugin_mode);
    if !all(&[range, azure, flat], cx) {
        return;
    }
    let message =
        "pod_cidr needs the mode overlay with the network plugin azure, and no mode is set";
    cx.report(&cluster.pod_cidrs, message.to_owned())
        .label("needs the mode overlay")
        .also(&cluster.network_plugin, "the network plugin")
        .help("set network_plugin_mode to \"overlay\", or leave pod_cidr out");
}
