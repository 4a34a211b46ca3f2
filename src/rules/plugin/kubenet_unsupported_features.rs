//! AKS305. Kubenet has neither virtual nodes nor a closed way out.

use super::conditions::{Condition, all, is, is_set, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(305),
    name: "kubenet-unsupported-features",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS305-kubenet-unsupported-features.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (virtual_nodes, outbound) = (&cluster.virtual_nodes_subnet, &cluster.outbound_type);
    let closed = is(outbound, |kind| {
        matches!(kind, OutboundType::None | OutboundType::Block)
    });
    check_feature(
        cluster,
        virtual_nodes,
        is_set(virtual_nodes),
        "virtual nodes need",
        cx,
    );
    check_feature(
        cluster,
        outbound,
        closed,
        "a cluster without a way out needs",
        cx,
    );
}

/// Says so if the feature is there, and the plugin is kubenet.
fn check_feature<T>(
    cluster: &Cluster,
    value: &Value<T>,
    there: Condition,
    what: &str,
    cx: &mut Cx<'_>,
) {
    cx.each([there], |there, cx| {
        let plugin = &cluster.network_plugin;
        let kubenet = is(plugin, |plugin| *plugin == NetworkPlugin::Kubenet);
        if !all(&[kubenet, there], cx) {
            return;
        }
        let but = it_is(plugin, cx);
        let message = format!("{what} the network plugin azure, and {but}");
        cx.report(value, message)
            .label("not with kubenet")
            .also(plugin, "the network plugin")
            .help("use the network plugin azure");
    });
}
