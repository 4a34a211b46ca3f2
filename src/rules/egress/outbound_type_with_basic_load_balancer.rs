//! AKS502. A way out other than the load balancer needs scale sets and a Standard load balancer.

use super::ways::other_way_out;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, LoadBalancerSku};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(502),
    name: "outbound-type-with-basic-load-balancer",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(501)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS502-outbound-type-with-basic-load-balancer.md"),
    check: Check::Cluster(check),
};

const AVAILABILITY_SET: &str = "AvailabilitySet";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let outbound = &cluster.outbound_type;
    let Some(way) = other_way_out(cluster, cx) else {
        return;
    };
    cx.each([&cluster.load_balancer_sku], |sku, cx| {
        if cx
            .need(sku)
            .is_some_and(|sku| *sku == LoadBalancerSku::Basic)
        {
            cx.report(
                outbound,
                format!(
                    "outbound type {way} needs the load balancer SKU standard, and it is basic"
                ),
            )
            .label("needs the SKU standard")
            .also(sku, "the load balancer")
            .help("use the SKU standard");
        }
    });
    let mut said = false;
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(kind) = cx.need(&pool.kind).filter(|_| !said) else {
            return;
        };
        if kind.eq_ignore_ascii_case(AVAILABILITY_SET) {
            said = true;
            cx.report(outbound, format!("outbound type {way} needs virtual machine scale sets, and a pool is an availability set"))
                .label("needs virtual machine scale sets")
                .also(&pool.kind, "the pool's kind")
                .help("make the pool of the type VirtualMachineScaleSets");
        }
    });
}
