//! AKS342. Azure CNI without a mode takes pod addresses from the node subnet.

use super::conditions::{all, is, is_absent};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(342),
    name: "overlay-vs-flat-by-default",
    category: Category::Plugin,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(308), RuleId(325)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS342-overlay-vs-flat-by-default.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let plugin = &cluster.network_plugin;
    let mut conditions = vec![
        is(plugin, |plugin| *plugin == NetworkPlugin::Azure),
        is_absent(&cluster.network_plugin_mode),
        is_absent(&cluster.virtual_nodes_subnet),
    ];
    let pools = cx.network().pools_of(cluster);
    conditions.extend(pools.map(|pool| is_absent(&pool.pod_subnet)));
    if !all(&conditions, cx) {
        return;
    }
    let message =
        "network plugin azure without a mode gives each pod an address of the node subnet";
    cx.report(plugin, message.to_owned())
        .label("no mode is set")
        .help("set the mode overlay, unless pods must be reached from the VNet by their own addresses");
}
