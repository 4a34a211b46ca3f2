//! AKS334. With overlay, names of the network become labels of nodes.

use super::conditions::{all, cluster_of, is, is_set};
use std::sync::Arc;

use crate::azure::names;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NetworkPlugin, NodePool, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(334),
    name: "overlay-name-too-long",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS334-overlay-name-too-long.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if is_set(&pool.vnet_subnet).is_false() {
        return;
    }
    let Some(cluster) = cluster_of(pool, cx) else {
        return;
    };
    let Some(id) = cx.need(&pool.vnet_subnet) else {
        return;
    };
    let subnet = &cx.network().subnets[*id];
    check_name(cluster, &subnet.name, "subnet", cx);
    let Some(vnet) = cx.need(&subnet.virtual_network) else {
        return;
    };
    let vnet = &cx.network().virtual_networks[*vnet];
    check_name(cluster, &vnet.name, "VNet", cx);
    check_name(cluster, &vnet.resource_group, "resource group", cx);
}

/// Judges one name.
fn check_name(cluster: &Cluster, name: &Value<Arc<str>>, what: &str, cx: &mut Cx<'_>) {
    cx.each([name], |name, cx| {
        let long = is(name, |name| name.chars().count() > names::NODE_LABEL_CHARACTERS);
        let (plugin, mode) = (&cluster.network_plugin, &cluster.network_plugin_mode);
        let azure = is(plugin, |plugin| *plugin == NetworkPlugin::Azure);
        let overlay = is(mode, |mode| *mode == PluginMode::Overlay);
        if !all(&[long, azure, overlay], cx) {
            return;
        }
        let limit = names::NODE_LABEL_CHARACTERS;
        let message = format!(
            "the {what}'s name is longer than the {limit} characters that overlay can label nodes with"
        );
        cx.report(name, message)
            .label("too long")
            .also(mode, "the mode")
            .help("use a shorter name, which means a new one of its kind");
    });
}
