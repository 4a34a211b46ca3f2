//! AKS337. The security features of advanced networking are Cilium's.

use super::conditions::{all, is, it_is};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, NetworkPlugin, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{State, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(337),
    name: "acns-security-without-cilium",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[RuleId(312)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS337-acns-security-without-cilium.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (plugin, plane) = (&cluster.network_plugin, &cluster.network_data_plane);
    // In ARM one switch stands for all features that there are.
    let State::Known(profile) = &cluster.advanced_networking.state else {
        cx.open(&cluster.advanced_networking);
        return;
    };
    let security = &profile.security_enabled;
    if cluster.written.vocabulary == Vocabulary::Arm || is(security, |on| *on).is_false() {
        return;
    }
    let on = is(security, |on| *on);
    let cilium = is(plane, |plane| *plane == DataPlane::Cilium);
    if cilium.is_true() {
        let other = is(plugin, |plugin| *plugin != NetworkPlugin::Azure);
        if all(&[on, other], cx) {
            let but = it_is(plugin, cx);
            let message = format!("security_enabled needs the network plugin azure, and {but}");
            say(cluster, security, plugin, message, cx);
        }
    } else if all(&[on, is(plane, |plane| *plane != DataPlane::Cilium)], cx) {
        let but = it_is(plane, cx);
        let message = format!("security_enabled needs the data plane cilium, and {but}");
        say(cluster, security, plane, message, cx);
    }
}

/// Reports the switch, and what it does not go with.
fn say<T>(
    cluster: &Cluster,
    security: &Value<bool>,
    other: &Value<T>,
    message: String,
    cx: &mut Cx<'_>,
) {
    cx.report(security, message)
        .label("needs Azure CNI with Cilium")
        .also(other, "does not go with it")
        .also(&cluster.network_plugin, "the network plugin")
        .help("set the network plugin to azure and the data plane to cilium, or leave security_enabled out");
}
