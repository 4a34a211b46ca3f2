//! AKS511. The Basic load balancer takes no profile of the way out.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, LoadBalancerSku};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(511),
    name: "outbound-profile-with-basic-load-balancer",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS511-outbound-profile-with-basic-load-balancer.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.load_balancer_profile.is_absent() && cluster.nat_gateway_profile.is_absent() {
        return;
    }
    // Before the profiles: a SKU that is not known says nothing about them, and no other rule waits for it.
    if cx
        .need(&cluster.load_balancer_sku)
        .is_none_or(|sku| *sku != LoadBalancerSku::Basic)
    {
        return;
    }
    cx.each([()], |(), cx| {
        check_profile(
            cluster,
            &cluster.load_balancer_profile,
            "load balancer profile",
            cx,
        );
    });
    cx.each([()], |(), cx| {
        check_profile(
            cluster,
            &cluster.nat_gateway_profile,
            "NAT gateway profile",
            cx,
        );
    });
}

fn check_profile<T>(cluster: &Cluster, profile: &Value<T>, what: &str, cx: &mut Cx<'_>) {
    if cx.need(profile).is_none() {
        return;
    }
    cx.report(
        profile,
        format!("a {what} is set, and the load balancer SKU is basic"),
    )
    .label("for the SKU standard only")
    .also(&cluster.load_balancer_sku, "the load balancer")
    .help("use the SKU standard, or remove the profile");
}
