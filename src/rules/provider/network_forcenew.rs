//! AKS803. Some network settings cannot be changed in place: Terraform deletes the cluster.

use super::change::{Difference, Recreated, Said, difference, list_difference, recreated};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, DataPlane, Network, NetworkPlugin, NetworkPolicy, PluginMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(803),
    name: "network-forcenew",
    category: Category::Provider,
    kind: Kind::Immutability,
    stage: Some(Stage::Apply),
    severity: Severity::Warning,
    dialects: Dialects::PLAN,
    yields_to: &[RuleId(804)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS803-network-forcenew.md"),
    check: Check::Change(check),
};

/// A check of one attribute of a cluster.
type Attribute = fn(&Recreated<'_>, &mut Cx<'_>);

/// The attributes that azurerm marks as forcing a new cluster. Source: azurerm 5.2.0,
/// `internal/services/containers/kubernetes_cluster_resource.go`, read 2026-11-22.
const ATTRIBUTES: &[Attribute] = &[
    |c, cx| {
        scalar(
            c,
            "network_profile.network_plugin",
            |x| &x.network_plugin,
            to_overlay,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.network_plugin_mode",
            |x| &x.network_plugin_mode,
            into_overlay,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.network_data_plane",
            |x| &x.network_data_plane,
            to_cilium,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.network_policy",
            |x| &x.network_policy,
            policy_in_place,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.network_mode",
            |x| &x.network_mode,
            never,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.load_balancer_sku",
            |x| &x.load_balancer_sku,
            never,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "network_profile.dns_service_ip",
            |x| &x.dns_service_ip,
            never,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "private_cluster_enabled",
            |x| &x.private_cluster_enabled,
            never,
            cx,
        );
    },
    |c, cx| {
        scalar(
            c,
            "private_dns_zone_id",
            |x| &x.private_dns_zone_id,
            never,
            cx,
        );
    },
    |c, cx| {
        list(
            c,
            "ip_versions",
            &["network_profile.ip_versions"],
            |x| &x.ip_versions,
            cx,
        );
    },
    |c, cx| {
        list(
            c,
            "pod_cidr",
            &["network_profile.pod_cidr", "network_profile.pod_cidrs"],
            |x| &x.pod_cidrs,
            cx,
        );
    },
    |c, cx| {
        list(
            c,
            "service_cidr",
            &[
                "network_profile.service_cidr",
                "network_profile.service_cidrs",
            ],
            |x| &x.service_cidrs,
            cx,
        );
    },
];

fn check(before: &Network, after: &Network, cx: &mut Cx<'_>) {
    for cluster in recreated(before, after) {
        cx.each(ATTRIBUTES, |attribute, cx| attribute(&cluster, cx));
    }
}

fn scalar<T: std::fmt::Display + PartialEq>(
    cluster: &Recreated<'_>,
    attribute: &str,
    of: impl for<'c> Fn(&'c Cluster) -> &'c Value<T>,
    in_place: fn(&Cluster, &Cluster) -> bool,
    cx: &mut Cx<'_>,
) {
    let said = cluster.said_of(&[attribute]);
    if said == Said::Innocent || (said == Said::Nothing && in_place(cluster.before, cluster.after))
    {
        return;
    }
    let (old, new) = (of(cluster.before), of(cluster.after));
    if let Some(difference) = difference(old, new, said, cx) {
        let name = attribute.rsplit('.').next().unwrap_or(attribute);
        tell(name, &difference, new, cx);
    }
}

fn list<T: std::fmt::Display + PartialEq>(
    cluster: &Recreated<'_>,
    name: &str,
    attributes: &[&str],
    of: impl for<'c> Fn(&'c Cluster) -> &'c Value<Vec<Value<T>>>,
    cx: &mut Cx<'_>,
) {
    let said = cluster.said_of(attributes);
    if said == Said::Innocent {
        return;
    }
    let (old, new) = (of(cluster.before), of(cluster.after));
    if let Some(difference) = list_difference(old, new, said, cx) {
        tell(name, &difference, new, cx);
    }
}

fn tell<T>(name: &str, difference: &Difference, at: &Value<T>, cx: &mut Cx<'_>) {
    let (old, new) = (difference.old.as_deref(), difference.new.as_deref());
    let change = match (old, new) {
        (Some(old), Some(new)) => format!("{name} changes from {old} to {new}"),
        (None, Some(new)) => format!("{name} is set to {new}"),
        (Some(old), None) => format!("{name} is taken away, which was {old}"),
        (None, None) => return,
    };
    let label = old.map_or_else(|| "was not set".to_owned(), |old| format!("was {old}"));
    cx.report(
        at,
        format!("{change}: Terraform deletes the cluster and creates it anew"),
    )
    .label(label)
    .help("take the change back, or move the workloads to a second cluster before you apply it");
}

fn never(_: &Cluster, _: &Cluster) -> bool {
    false
}

/// From kubenet to overlay.
fn to_overlay(before: &Cluster, after: &Cluster) -> bool {
    before.network_plugin.get() == Some(&NetworkPlugin::Kubenet)
        && after.network_plugin.get() == Some(&NetworkPlugin::Azure)
        && into_overlay(before, after)
}

fn into_overlay(_: &Cluster, after: &Cluster) -> bool {
    after.network_plugin_mode.get() == Some(&PluginMode::Overlay)
}

fn to_cilium(_: &Cluster, after: &Cluster) -> bool {
    after.network_data_plane.get() == Some(&DataPlane::Cilium)
}

fn policy_in_place(before: &Cluster, after: &Cluster) -> bool {
    before.network_policy.is_absent() || after.network_policy.get() == Some(&NetworkPolicy::Cilium)
}
