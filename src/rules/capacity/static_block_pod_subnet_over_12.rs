//! AKS210. A pod subnet whose addresses go out in blocks is a /12 at the most.

use crate::azure::limits::STATIC_BLOCK_PREFIX;
use crate::cidr::Family;
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, PodIpAllocation};

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(210),
    name: "static-block-pod-subnet-over-12",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS210-static-block-pod-subnet-over-12.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(allocation) = cx.need(&pool.pod_ip_allocation) else {
        return;
    };
    if *allocation != PodIpAllocation::StaticBlock {
        return;
    }
    let Some(subnet) = cx.need(&pool.pod_subnet) else {
        return;
    };
    let prefixes = cx.need_elements(&cx.network().subnets[*subnet].prefixes);
    cx.each(prefixes, |prefix, cx| {
        let Some(range) = cx.need(prefix) else {
            return;
        };
        if range.family() == Family::V6 || range.prefix() >= STATIC_BLOCK_PREFIX {
            return;
        }
        cx.report(
            prefix,
            format!("the pod subnet {range} is larger than /{STATIC_BLOCK_PREFIX}, the most for static blocks"),
        )
        .label("too large for static blocks")
        .also(&pool.pod_ip_allocation, "static blocks")
        .help(format!("use a /{STATIC_BLOCK_PREFIX} or smaller"));
    });
}
