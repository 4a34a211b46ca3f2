//! AKS121. Azure refuses a service range that meets any subnet of the VNet that the nodes are in.

use super::ranges;
use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Id, Subnet, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(121),
    name: "service-cidr-overlaps-subnet",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS121-service-cidr-overlaps-subnet.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let (mut judged, mut vnets) = (Vec::new(), Vec::new());
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(own) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let own = *own;
        once(own, &mut judged, |subnet| {
            cx.each([subnet], |subnet, cx| check_subnet(cluster, subnet, cx));
        });
        let subnet = &cx.network().subnets[own];
        if let Some(vnet) = cx.need(&subnet.virtual_network)
            && !vnets.contains(&*vnet)
        {
            vnets.push(*vnet);
            check_neighbours(cluster, *vnet, &mut judged, cx);
        }
    });
}

/// Judges the other subnets of the VNet, and those that may lie in it.
fn check_neighbours(
    cluster: &Cluster,
    vnet: Id<VirtualNetwork>,
    judged: &mut Vec<Id<Subnet>>,
    cx: &mut Cx<'_>,
) {
    cx.each(
        cx.network().subnets.with_ids(),
        |(id, subnet), cx| match subnet.virtual_network.get() {
            Some(other) if *other == vnet => {
                once(id, judged, |_| {
                    cx.need(&subnet.virtual_network);
                    check_subnet(cluster, id, cx);
                });
            }
            None if subnet.virtual_network.is_unknown() && overlaps(cluster, subnet) => {
                cx.open(&subnet.virtual_network);
            }
            Some(_) | None => {}
        },
    );
    cx.open_if_incomplete(&cx.network().subnets);
}

/// Runs `judge` for a subnet that was not judged before.
fn once(subnet: Id<Subnet>, judged: &mut Vec<Id<Subnet>>, judge: impl FnOnce(Id<Subnet>)) {
    if !judged.contains(&subnet) {
        judged.push(subnet);
        judge(subnet);
    }
}

fn overlaps(cluster: &Cluster, subnet: &Subnet) -> bool {
    let services = ranges::known(&cluster.service_cidrs);
    ranges::known(&subnet.prefixes).any(|prefix| services.clone().any(|s| s.overlaps(prefix)))
}

/// Judges one subnet, and says so at most once.
fn check_subnet(cluster: &Cluster, subnet: Id<Subnet>, cx: &mut Cx<'_>) {
    let subnet = &cx.network().subnets[subnet];
    let mut said = false;
    let services = cx.need_elements(&cluster.service_cidrs);
    cx.each(services, |service, cx| {
        if cx.need(service).is_none() {
            return;
        }
        let prefixes = cx.need_elements(&subnet.prefixes);
        cx.each(prefixes, |prefix, cx| {
            said = said || check_pair(cluster, service, prefix, cx);
        });
    });
}

/// Judges two ranges and returns whether they overlap.
fn check_pair(
    cluster: &Cluster,
    service: &Value<Cidr>,
    prefix: &Value<Cidr>,
    cx: &mut Cx<'_>,
) -> bool {
    let (Some(range), Some(taken)) = (cx.need(service), cx.need(prefix)) else {
        return false;
    };
    if !range.overlaps(&taken) {
        return false;
    }
    let named = ranges::named(&cluster.service_cidrs, "service range", &range, cx);
    let advice = ranges::service_advice(cluster, cx);
    cx.report(
        service,
        format!("{named} overlaps the subnet {taken} of the cluster's VNet"),
    )
    .label("the service range")
    .also(prefix, "the subnet's range")
    .help(advice);
    true
}
