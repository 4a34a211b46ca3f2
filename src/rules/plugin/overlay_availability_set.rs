//! AKS333. Azure CNI Overlay needs scale sets.

use super::conditions::{all, cluster_of, is};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPlugin, NodePool, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(333),
    name: "overlay-availability-set",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS333-overlay-availability-set.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let set = is(&pool.kind, |kind| {
        kind.eq_ignore_ascii_case("AvailabilitySet")
    });
    if set.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
    let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
    if !all(&[set, azure, overlay], cx) {
        return;
    }
    let message = "a pool of the type AvailabilitySet does not go with network plugin mode overlay";
    cx.report(&pool.kind, message.to_owned())
        .label("an availability set")
        .also(mode, "the mode")
        .help("use the type VirtualMachineScaleSets");
}
