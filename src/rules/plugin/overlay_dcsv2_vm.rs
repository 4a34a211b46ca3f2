//! AKS332. Azure CNI Overlay does not run on `DCsv2` machines.

use super::conditions::{all, cluster_of, is};
use crate::finding::{RuleId, Severity};
use crate::model::{NetworkPlugin, NodePool, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(332),
    name: "overlay-dcsv2-vm",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS332-overlay-dcsv2-vm.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let old = is(&pool.vm_size, |size| is_dcsv2(size));
    if old.is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
    let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
    let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
    if !all(&[old, azure, overlay], cx) {
        return;
    }
    let Some(size) = cx.need(&pool.vm_size) else {
        return;
    };
    let message = format!("VM size {size} does not go with network plugin mode overlay");
    cx.report(&pool.vm_size, message)
        .label("a DCsv2 machine")
        .also(mode, "the mode")
        .help("use a size of the series DCasv5 or DCadsv5");
}

/// Tells whether it is a size like `Standard_DC4s_v2`.
fn is_dcsv2(size: &str) -> bool {
    let size = size.to_ascii_lowercase();
    let cores = size
        .strip_prefix("standard_dc")
        .and_then(|size| size.strip_suffix("s_v2"));
    cores.is_some_and(|cores| !cores.is_empty() && cores.bytes().all(|c| c.is_ascii_digit()))
}
