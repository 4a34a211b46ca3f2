//! AKS335. Node auto provisioning does not know every network.

use super::conditions::{Condition, all, has_ipv6, is, is_set, is_windows};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, LoadBalancerSku, NetworkPlugin, NetworkPolicy, NodeProvisioning};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(335),
    name: "node-auto-provisioning-unsupported-network",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS335-node-auto-provisioning-unsupported-network.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    check_setting(
        cluster,
        &cluster.network_plugin,
        "the network plugin kubenet",
        cx,
        |plugin| *plugin == NetworkPlugin::Kubenet,
    );
    check_setting(
        cluster,
        &cluster.network_policy,
        "the network policy calico",
        cx,
        |policy| *policy == NetworkPolicy::Calico,
    );
    check_setting(
        cluster,
        &cluster.load_balancer_sku,
        "the Basic load balancer",
        cx,
        |sku| *sku == LoadBalancerSku::Basic,
    );
    let families = &cluster.ip_versions;
    check_condition(cluster, has_ipv6(cluster), families, "IPv6", cx);
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        check_condition(
            cluster,
            is_windows(pool),
            &pool.os_type,
            "Windows pools",
            cx,
        );
        let subnet = &pool.pod_subnet;
        check_condition(cluster, is_set(subnet), subnet, "pod subnets", cx);
    });
}

/// Judges a setting that must not be what the test says.
fn check_setting<T>(
    cluster: &Cluster,
    value: &Value<T>,
    what: &str,
    cx: &mut Cx<'_>,
    test: impl Fn(&T) -> bool,
) {
    check_condition(cluster, is(value, test), value, what, cx);
}

/// Says so if the condition holds, and nodes are provisioned.
fn check_condition<T>(
    cluster: &Cluster,
    unsupported: Condition,
    value: &Value<T>,
    what: &str,
    cx: &mut Cx<'_>,
) {
    cx.each([unsupported], |unsupported, cx| {
        let provisioning = &cluster.node_provisioning;
        let auto = is(provisioning, |mode| *mode == NodeProvisioning::Auto);
        if !all(&[auto, unsupported], cx) {
            return;
        }
        cx.report(value, format!("node auto provisioning does not go with {what}"))
            .label("not with node auto provisioning")
            .also(provisioning, "node auto provisioning")
            .help("use Azure CNI Overlay with the policy and data plane cilium, or size the pools yourself");
    });
}
