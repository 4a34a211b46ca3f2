//! How the rules on ranges speak of them, and how they find the ranges of a cluster's network. No rule itself.

use std::fmt;
use std::net::IpAddr;

use crate::azure::ranges::RESERVED;
use crate::cidr::Cidr;
use crate::model::{Cluster, Id, NetworkPlugin, PluginMode, VirtualNetwork};
use crate::rules::{Cx, Known};
use crate::value::{List, State, Value};

/// What a range of the cluster's network is.
#[derive(Clone, Copy, Debug)]
pub(super) enum NetworkRange {
    /// A range of the VNet.
    AddressSpace,
    /// A range of a node pool's subnet.
    NodeSubnet,
}

impl fmt::Display for NetworkRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NetworkRange::AddressSpace => "VNet range",
            NetworkRange::NodeSubnet => "node subnet",
        })
    }
}

/// Returns whose value it is, as the beginning of a sentence: Azure's, or nobody's in particular.
pub(super) fn owner<T>(value: &Value<T>, cx: &Cx<'_>) -> &'static str {
    if cx.is_default(value) {
        "Azure's default "
    } else {
        ""
    }
}

/// Returns what a range is called in a message: `Azure's default service range 10.0.0.0/16`.
pub(super) fn named(list: &List<Cidr>, what: &str, range: &Known<'_, Cidr>, cx: &Cx<'_>) -> String {
    format!("{}{what} {range}", owner(list, cx))
}

/// Returns the ranges of a list that are known, without asking for them.
pub(super) fn known(list: &List<Cidr>) -> impl Iterator<Item = &Cidr> + Clone {
    list.get().into_iter().flatten().filter_map(Value::get)
}

/// Returns what to do about a DNS service IP that is not in the range, or not one that it may have.
pub(super) fn dns_advice(range: &Cidr) -> String {
    match range.nth(10).or_else(|| range.nth(2)) {
        Some(ip) => format!(
            "use an address inside {}, by convention the tenth: {ip}",
            range.trunc()
        ),
        None => "use a larger service range: it has no room for DNS".to_owned(),
    }
}

/// Returns what to do about a service range that is taken.
pub(super) fn service_advice(cluster: &Cluster, cx: &Cx<'_>) -> String {
    let advice = "set a service range that nothing in or near the VNet uses";
    let tenth: Option<(Cidr, IpAddr)> =
        free(&SERVICE_CANDIDATES, cluster, cx).and_then(|r| Some((r, r.nth(10)?)));
    match tenth {
        Some((range, ip)) => {
            format!("{advice}, such as {range}, with the DNS service IP {ip}")
        }
        None => advice.to_owned(),
    }
}

/// Returns what to do about a pod range that is taken.
pub(super) fn pod_advice(cluster: &Cluster, cx: &Cx<'_>) -> String {
    let advice = "set a pod range that nothing in or near the VNet uses";
    match free(&POD_CANDIDATES, cluster, cx) {
        Some(range) => format!("{advice}, such as {range}"),
        None => advice.to_owned(),
    }
}

/// Private ranges of the usual size for services. None meets one for pods, so that both pieces of advice can be followed.
const SERVICE_CANDIDATES: [Cidr; 3] = [
    Cidr::v4([172, 16, 0, 0], 16),
    Cidr::v4([172, 20, 0, 0], 16),
    Cidr::v4([10, 100, 0, 0], 16),
];

/// Private ranges of the usual size for pods.
const POD_CANDIDATES: [Cidr; 3] = [
    Cidr::v4([192, 168, 0, 0], 16),
    Cidr::v4([172, 24, 0, 0], 16),
    Cidr::v4([10, 200, 0, 0], 16),
];

/// Returns the first of some ranges that meets nothing that is known.
fn free(candidates: &[Cidr], cluster: &Cluster, cx: &Cx<'_>) -> Option<Cidr> {
    let network = cx.network();
    let spaces = network.virtual_networks.iter().map(|v| &v.address_space);
    let subnets = network.subnets.iter().map(|s| &s.prefixes);
    let taken: Vec<&Cidr> = spaces
        .chain(subnets)
        .chain([&cluster.pod_cidrs, &cluster.service_cidrs])
        .flat_map(known)
        .chain(&RESERVED)
        .chain(cx.site_ranges().iter().map(|site| &site.cidr))
        .collect();
    candidates
        .iter()
        .copied()
        .find(|candidate| !taken.iter().any(|range| range.overlaps(candidate)))
}

/// Returns whether pods take their addresses from the pod range; with a flat Azure CNI they do not, whatever is written.
/// `None` with a note if that is not known.
pub(super) fn pods_outside_vnet(cluster: &Cluster, cx: &mut Cx<'_>) -> Option<bool> {
    // Without a plugin Azure chooses kubenet or overlay, by the version: both have a pod range.
    if cx.is_default(&cluster.pod_cidrs) || cx.is_default(&cluster.network_plugin) {
        return Some(true);
    }
    let plugins = cx.need_alternatives(&cluster.network_plugin)?;
    if !plugins.contains(&NetworkPlugin::Azure) {
        return Some(true);
    }
    let flat = cx.need_absence(&cluster.network_plugin_mode)?;
    let overlay = !flat && *cx.need(&cluster.network_plugin_mode)? == PluginMode::Overlay;
    if !overlay && plugins.iter().any(|plugin| *plugin != NetworkPlugin::Azure) {
        cx.open(&cluster.network_plugin);
        return None;
    }
    Some(overlay)
}

/// Hands out each range of the VNet that the nodes are in; where that is not known, the ranges of their subnets.
pub(super) fn each_network_range(
    cluster: &Cluster,
    cx: &mut Cx<'_>,
    mut visit: impl FnMut(&Value<Cidr>, NetworkRange, &mut Cx<'_>),
) {
    let mut seen = Vec::new();
    let mut seen_subnets = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(id) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let id = *id;
        let subnet = &cx.network().subnets[id];
        let vnet = cx.need(&subnet.virtual_network).map(|vnet| *vnet);
        if let Some(vnet) = vnet.filter(|vnet| !seen.contains(vnet)) {
            seen.push(vnet);
            visit_space(vnet, cx, &mut visit);
        }
        if seen_subnets.contains(&id) || vnet.is_some_and(|vnet| is_whole(vnet, cx)) {
            return;
        }
        seen_subnets.push(id);
        let prefixes = cx.need_elements(&subnet.prefixes);
        cx.each(prefixes, |prefix, cx| {
            visit(prefix, NetworkRange::NodeSubnet, cx);
        });
    });
}

fn visit_space(
    vnet: Id<VirtualNetwork>,
    cx: &mut Cx<'_>,
    visit: &mut impl FnMut(&Value<Cidr>, NetworkRange, &mut Cx<'_>),
) {
    cx.each([vnet], |vnet, cx| {
        let spaces = cx.need_elements(&cx.network().virtual_networks[vnet].address_space);
        cx.each(spaces, |space, cx| {
            visit(space, NetworkRange::AddressSpace, cx);
        });
    });
}

/// Tells whether all ranges of the VNet are known, so that its subnets tell nothing new.
fn is_whole(vnet: Id<VirtualNetwork>, cx: &Cx<'_>) -> bool {
    match &cx.network().virtual_networks[vnet].address_space.state {
        State::Known(spaces) => spaces.iter().all(|space| space.get().is_some()),
        State::Absent | State::Invalid { .. } | State::Unknown(_) => false,
    }
}
