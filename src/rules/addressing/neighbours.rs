//! Which networks near a cluster a range of its own meets: VNets peered with its VNet, and those that the configuration names.
//! No rule itself.

use super::ranges;
use crate::cidr::Cidr;
use crate::model::Cluster;
use crate::rules::{Cx, nearby};
use crate::value::{List, Value};

/// Reports each range of a list that meets a network nearby.
pub(super) fn check(cluster: &Cluster, list: &List<Cidr>, what: &str, cx: &mut Cx<'_>) {
    let own = cx.need_elements(list);
    cx.each(own, |value, cx| {
        if cx.need(value).is_some() {
            check_peers(cluster, list, value, what, cx);
            check_site(cluster, list, value, what, cx);
        }
    });
}

fn check_peers(
    cluster: &Cluster,
    list: &List<Cidr>,
    value: &Value<Cidr>,
    what: &str,
    cx: &mut Cx<'_>,
) {
    nearby::each_vnet(cluster, cx, |vnet, cx| {
        nearby::each_peer(vnet, cx, |peer, peering, cx| {
            let spaces = cx.need_elements(&cx.network().virtual_networks[peer].address_space);
            cx.each(spaces, |space, cx| {
                let (Some(range), Some(taken)) = (cx.need(value), cx.need(space)) else {
                    return;
                };
                if !range.overlaps(&taken) {
                    return;
                }
                let named = ranges::named(list, what, &range, cx);
                let advice = advice(cluster, what, cx);
                let message = format!("{named} overlaps the range {taken} of a peered VNet");
                cx.report(value, message)
                    .label(format!("the {what}"))
                    .also(space, "the peered VNet's range")
                    .also(&peering.to, "the peering")
                    .help(advice);
            });
        });
    });
}

fn check_site(
    cluster: &Cluster,
    list: &List<Cidr>,
    value: &Value<Cidr>,
    what: &str,
    cx: &mut Cx<'_>,
) {
    let Some(range) = cx.need(value) else {
        return;
    };
    let sites = cx.site_ranges().iter();
    let hit: Vec<String> = sites
        .filter(|site| site.cidr.overlaps(&range))
        .map(ToString::to_string)
        .collect();
    // A network that AKS makes for the cluster is joined to nothing.
    if hit.is_empty() || !nearby::is_attached(cluster, cx) {
        return;
    }
    let named = ranges::named(list, what, &range, cx);
    let advice = advice(cluster, what, cx);
    let message = format!("{named} overlaps {}", hit.join(", and "));
    cx.report(value, message)
        .label(format!("the {what}"))
        .help(advice);
}

fn advice(cluster: &Cluster, what: &str, cx: &Cx<'_>) -> String {
    if what == "pod range" {
        ranges::pod_advice(cluster, cx)
    } else {
        ranges::service_advice(cluster, cx)
    }
}
