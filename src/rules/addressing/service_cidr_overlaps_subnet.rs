//! AKS121. Azure refuses a service range that meets any subnet of the VNet that the nodes are in.

use std::cell::OnceCell;
use std::collections::HashSet;

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

/// A cluster, and what is found once for all its clashes.
struct Judged<'a> {
    cluster: &'a Cluster,
    subnets: HashSet<Id<Subnet>>,
    advice: OnceCell<String>,
}

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut vnets = Vec::new();
    let mut judged = Judged {
        cluster,
        subnets: HashSet::new(),
        advice: OnceCell::new(),
    };
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(own) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let own = *own;
        if judged.subnets.insert(own) {
            cx.each([own], |subnet, cx| check_subnet(&judged, subnet, cx));
        }
        let subnet = &cx.network().subnets[own];
        if let Some(vnet) = cx.need(&subnet.virtual_network)
            && !vnets.contains(&*vnet)
        {
            vnets.push(*vnet);
            check_neighbours(&mut judged, *vnet, cx);
        }
    });
}

/// Judges the other subnets of the VNet, and those that may lie in it.
fn check_neighbours(judged: &mut Judged<'_>, vnet: Id<VirtualNetwork>, cx: &mut Cx<'_>) {
    cx.each(
        cx.network().subnets.with_ids(),
        |(id, subnet), cx| match subnet.virtual_network.get() {
            Some(other) if *other == vnet => {
                if judged.subnets.insert(id) {
                    cx.need(&subnet.virtual_network);
                    check_subnet(judged, id, cx);
                }
            }
            None if subnet.virtual_network.is_unknown() && overlaps(judged.cluster, subnet) => {
                cx.open(&subnet.virtual_network);
            }
            Some(_) | None => {}
        },
    );
    cx.open_if_incomplete(&cx.network().subnets);
}

fn overlaps(cluster: &Cluster, subnet: &Subnet) -> bool {
    let services = ranges::known(&cluster.service_cidrs);
    ranges::known(&subnet.prefixes).any(|prefix| services.clone().any(|s| s.overlaps(prefix)))
}

/// Judges one subnet, and says so at most once.
fn check_subnet(judged: &Judged<'_>, subnet: Id<Subnet>, cx: &mut Cx<'_>) {
    let subnet = &cx.network().subnets[subnet];
    let mut said = false;
    let services = cx.need_elements(&judged.cluster.service_cidrs);
    cx.each(services, |service, cx| {
        if cx.need(service).is_none() {
            return;
        }
        let prefixes = cx.need_elements(&subnet.prefixes);
        cx.each(prefixes, |prefix, cx| {
            said = said || check_pair(judged, service, prefix, cx);
        });
    });
}

/// Judges two ranges and returns whether they overlap.
fn check_pair(
    judged: &Judged<'_>,
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
    let named = ranges::named(&judged.cluster.service_cidrs, "service range", &range, cx);
    let advice = judged
        .advice
        .get_or_init(|| ranges::service_advice(judged.cluster, cx));
    cx.report(
        service,
        format!("{named} overlaps the subnet {taken} of the cluster's VNet"),
    )
    .label("the service range")
    .also(prefix, "the subnet's range")
    .help(advice.clone());
    true
}
