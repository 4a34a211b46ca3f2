//! AKS306. AKS writes the routes of kubenet into your table, for which it needs an identity that you made.

use super::conditions::{all, is, is_set};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IdentityKind, NetworkPlugin};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(306),
    name: "kubenet-byo-route-table-system-identity",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS306-kubenet-byo-route-table-system-identity.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let kubenet = is(&cluster.network_plugin, |plugin| {
        *plugin == NetworkPlugin::Kubenet
    });
    let identity = &cluster.identity.kind;
    let system = is(identity, |kind| *kind == IdentityKind::SystemAssigned);
    if kubenet.is_false() || system.is_false() {
        return;
    }
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(subnet) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let table = &cx.network().subnets[*subnet].route_table;
        if !all(&[kubenet.clone(), system.clone(), is_set(table)], cx) {
            return;
        }
        let message = "kubenet with a route table of your own needs an identity of your own, and it is SystemAssigned";
        cx.report(identity, message.to_owned())
            .label("an identity that AKS makes")
            .also(&cluster.network_plugin, "the network plugin")
            .also(table, "the route table of the nodes")
            .help("use a user-assigned identity with the role Network Contributor on the route table");
    });
}
