//! AKS131. The routes of a kubenet cluster reach its whole VNet: two clusters cannot have the same pods in it.

use std::collections::HashSet;

use super::kubenet::{self, Place};
use super::ranges;
use crate::finding::{RuleId, Severity};
use crate::model::{Id, Network, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(131),
    name: "kubenet-same-pod-cidr-in-peered-vnets",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(130)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS131-kubenet-same-pod-cidr-in-peered-vnets.md"),
    check: Check::Network(check),
};

/// A kubenet cluster in its VNet.
#[derive(Clone, Copy)]
struct Home<'a> {
    place: Place<'a>,
    vnet: Id<VirtualNetwork>,
}

fn check(network: &Network, cx: &mut Cx<'_>) {
    let mut homes: Vec<Home<'_>> = Vec::new();
    let places = kubenet::places(network, cx);
    cx.each(places, |place, cx| {
        let vnet = cx.need(&network.subnets[place.subnet].virtual_network);
        let known = |vnet: &Id<VirtualNetwork>| {
            let same =
                |home: &Home<'_>| home.place.cluster.id == place.cluster.id && home.vnet == *vnet;
            homes.iter().any(same)
        };
        if let Some(vnet) = vnet.map(|vnet| *vnet).filter(|vnet| !known(vnet)) {
            homes.push(Home { place, vnet });
        }
    });
    if homes.len() < 2 {
        return;
    }
    let peers = peers(network, cx);
    for (index, second) in homes.iter().enumerate() {
        let near = |first: &&Home<'_>| {
            first.place.cluster.id != second.place.cluster.id
                && (first.vnet == second.vnet
                    || peers.contains(&(first.vnet.index(), second.vnet.index())))
        };
        let mut said = false;
        cx.each(homes[..index].iter().filter(near), |first, cx| {
            said = said || check_pair(network, *first, *second, cx);
        });
    }
}

/// Returns the pairs of VNets that are peered, in both orders.
fn peers(network: &Network, cx: &mut Cx<'_>) -> HashSet<(usize, usize)> {
    let mut peers = HashSet::new();
    cx.each(&network.peerings.items, |peering, cx| {
        if let (Some(from), Some(to)) = (cx.need(&peering.from), cx.need(&peering.to)) {
            peers.insert((from.index(), to.index()));
            peers.insert((to.index(), from.index()));
        }
    });
    peers
}

/// Judges the pod ranges of two clusters, and returns whether they overlap.
fn check_pair(network: &Network, first: Home<'_>, second: Home<'_>, cx: &mut Cx<'_>) -> bool {
    for home in [first, second] {
        cx.need(&home.place.cluster.network_plugin);
        cx.need(&home.place.pool.vnet_subnet);
        cx.need(&network.subnets[home.place.subnet].virtual_network);
    }
    let place = if first.vnet == second.vnet {
        "the same VNet"
    } else {
        "a peered VNet"
    };
    let (a, b) = (
        &first.place.cluster.pod_cidrs,
        &second.place.cluster.pod_cidrs,
    );
    let mut said = false;
    let others = cx.need_elements(b);
    cx.each(others, |value, cx| {
        let Some(range) = cx.need(value) else {
            return;
        };
        let taken = cx.need_elements(a);
        cx.each(taken, |other, cx| {
            let Some(hit) = cx.need(other).filter(|hit| hit.overlaps(&range)) else {
                return;
            };
            if said {
                return;
            }
            said = true;
            let named = ranges::named(b, "pod range", &range, cx);
            let message = format!("{named} overlaps {hit} of another kubenet cluster in {place}");
            cx.report(value, message)
                .label("the pod range")
                .also(other, "the other cluster's pod range")
                .help("give each kubenet cluster a pod range of its own, or move both to Azure CNI Overlay");
        });
    });
    said
}
