//! A subnet, a pod range or a service range: what there is, and what takes of it, row by row.

use crate::azure::limits::{OWN_SERVICES, POD_BATCH, RESERVED_ADDRESSES};
use crate::capacity::account::Sheet;
use crate::capacity::{
    self, Demand, Moment, PodSource, Quantity, Supply, Taker, Verdict, formulas,
};
use crate::cidr::{Cidr, Family};
use crate::model::{Cluster, Network};
use crate::value::{Interval, List, State};

use super::facts::MOMENTS;
use super::number::Number;

/// What the number of nodes that a cluster may have is called.
pub(super) const NODES: &str = "nodes of a cluster";

/// A subnet, a pod range or a service range.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Space {
    /// `subnet`, `pod-range`, `service-range` or `nodes`.
    pub(super) kind: &'static str,
    /// What it is called in reports.
    pub(super) name: String,
    /// Its address in the code; `None` where it has none.
    pub(super) address: Option<String>,
    /// Its ranges as far as they are known.
    pub(super) ranges: Vec<String>,
    /// All its addresses, those that Azure keeps included.
    pub(super) size: Number,
    /// The addresses that Azure keeps.
    pub(super) reserved: i64,
    /// Those that are left to its users.
    pub(super) available: Number,
    pub(super) rows: Vec<Row>,
    pub(super) taken: [Number; 3],
    /// What is taken while all pools are upgraded at once.
    pub(super) taken_together: Number,
    /// What is taken when all pods of a pod subnet run; `None` where that is the same.
    pub(super) taken_full: Option<Number>,
    pub(super) left: [Number; 3],
    pub(super) verdict: Verdict,
    /// The longest prefix that would do at the most, and during an upgrade.
    pub(super) prefixes: [Interval; 2],
}

/// What takes of a space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// The cluster, where it is another one.
    pub(super) other_cluster: Option<String>,
    pub(super) pool: Option<String>,
    pub(super) count: [Number; 3],
    pub(super) each: Number,
    pub(super) taken: [Number; 3],
    /// Whether it may not exist.
    pub(super) uncertain: bool,
    /// Blocks of a node, pods for which they have addresses, addresses that stay unused.
    pub(super) blocks: Option<[Number; 3]>,
}

/// Returns a sheet in words.
pub(super) fn space(network: &Network, cluster: &Cluster, sheet: &Sheet) -> Space {
    let number = |quantity: &Quantity| Number::of(network, quantity);
    let budget = &sheet.budget;
    let (kind, name, address, list) = named(network, cluster, sheet);
    let reserved = match budget.of {
        Supply::Subnet(_) | Supply::Unseen(_) => RESERVED_ADDRESSES,
        Supply::PodRange(_) | Supply::Nodes(_) => 0,
    };
    let available = number(&budget.available);
    let size = match list {
        Some(list) => size(network, list, matches!(budget.of, Supply::PodRange(_))),
        None => available.clone(),
    };
    let full = budget.full().needed(Moment::Maximum);
    let plain = sheet.taken(Moment::Maximum);
    let differs = full.interval != plain.interval;
    let full = Quantity {
        interval: full.interval,
        grounds: full.grounds,
    };
    let together = budget.needed(Moment::Upgrade);
    let together = Quantity {
        interval: together.interval,
        grounds: together.grounds,
    };
    Space {
        kind,
        name,
        address,
        ranges: list.map_or_else(Vec::new, |list| {
            ranges(list, matches!(budget.of, Supply::PodRange(_)))
        }),
        size,
        reserved,
        available,
        rows: rows(network, cluster, sheet),
        taken: MOMENTS.map(|moment| number(&sheet.taken(moment))),
        taken_together: number(&together.resting_on(together_doubts(sheet))),
        taken_full: differs.then(|| number(&full.resting_on(together_doubts(sheet)))),
        left: MOMENTS.map(|moment| number(&sheet.left(moment))),
        verdict: sheet.verdict,
        prefixes: prefixes(network, sheet),
    }
}

/// Returns the longest prefixes that would do; none where they would tell a secret.
fn prefixes(network: &Network, sheet: &Sheet) -> [Interval; 2] {
    [Moment::Maximum, Moment::Upgrade].map(|moment| {
        if Number::of(network, &sheet.taken(moment)).masked {
            Interval::default()
        } else {
            sheet.smallest_prefix(moment)
        }
    })
}

fn together_doubts(sheet: &Sheet) -> Vec<capacity::Ground> {
    sheet.budget.needed(Moment::Upgrade).doubts
}

type Named<'n> = (&'static str, String, Option<String>, Option<&'n List<Cidr>>);

fn named<'n>(network: &'n Network, cluster: &'n Cluster, sheet: &Sheet) -> Named<'n> {
    match sheet.budget.of {
        Supply::Subnet(id) => {
            let subnet = &network.subnets[id];
            let address = network.entity(subnet.id).address.clone();
            let inline = subnet.name.get().filter(|_| !subnet.name.sensitive);
            let vnet = subnet.virtual_network.get();
            let parent = vnet.map(|id| &network.entity(network.virtual_networks[*id].id).address);
            // Subnets inside a virtual network share its address.
            let name = match (inline, parent) {
                (Some(name), Some(parent)) if *parent == address => {
                    format!("{address}, subnet {name}")
                }
                _ => address.clone(),
            };
            ("subnet", name, Some(address), Some(&subnet.prefixes))
        }
        Supply::Unseen(_) => {
            let ground = sheet.budget.available.grounds.first();
            let unknown = ground.and_then(|ground| ground.unknown.as_ref());
            let needs = unknown.and_then(|unknown| network.provenance.needs(unknown.origin));
            let name = match needs {
                Some(needs) => format!("outside the code, {needs}"),
                None => "outside the code".to_owned(),
            };
            ("subnet", name, None, None)
        }
        Supply::PodRange(_) => (
            "pod-range",
            "pod range".to_owned(),
            None,
            Some(&cluster.pod_cidrs),
        ),
        Supply::Nodes(_) => ("nodes", NODES.to_owned(), None, None),
    }
}

/// Returns the IPv4 ranges of a list, `?` for one that is not known; only the first of a pod range counts.
fn ranges(list: &List<Cidr>, only_first: bool) -> Vec<String> {
    let State::Known(items) = &list.state else {
        return Vec::new();
    };
    let text = |item: &crate::value::Value<Cidr>| match &item.state {
        _ if item.sensitive || list.sensitive => Some("(sensitive)".to_owned()),
        State::Known(range) if range.family() == Family::V4 => Some(range.to_string()),
        State::Known(_) | State::Absent => None,
        State::Unknown(_) => Some("?".to_owned()),
        State::Invalid { text, .. } => Some(text.to_string()),
    };
    let most = if only_first { 1 } else { usize::MAX };
    items.iter().filter_map(text).take(most).collect()
}

/// Returns the addresses of the IPv4 ranges.
fn size(network: &Network, list: &List<Cidr>, only_first: bool) -> Number {
    let open = Quantity::exactly(0).upwards().on(list);
    let State::Known(items) = &list.state else {
        return Number::of(network, &open);
    };
    let mut sum = Quantity::exactly(0).on(list);
    for item in items {
        let part = match &item.state {
            State::Known(range) if range.family() == Family::V4 => {
                Quantity::exactly(formulas::addresses(range.prefix())).on(item)
            }
            State::Known(_) | State::Absent => continue,
            State::Unknown(_) | State::Invalid { .. } => Quantity::exactly(0).upwards().on(item),
        };
        sum = sum.plus(part);
        if only_first {
            break;
        }
    }
    Number::of(network, &sum)
}

/// Returns the service ranges of a cluster: how many services come is not in the code.
pub(super) fn services(network: &Network, cluster: &Cluster) -> Vec<Space> {
    let list = &cluster.service_cidrs;
    let ranges = ranges(list, false);
    if ranges.is_empty() && !list.is_unknown() {
        return Vec::new();
    }
    let size = size(network, list, false);
    let users = size.like(Some(size.interval.map(|all| (all - OWN_SERVICES).max(0))));
    vec![Space {
        kind: "service-range",
        name: "service range".to_owned(),
        address: None,
        ranges,
        available: users.unwrap_or_default(),
        size,
        reserved: OWN_SERVICES,
        rows: Vec::new(),
        taken: Default::default(),
        taken_together: Number::default(),
        taken_full: None,
        left: Default::default(),
        verdict: Verdict::Open,
        prefixes: Default::default(),
    }]
}

fn rows(network: &Network, cluster: &Cluster, sheet: &Sheet) -> Vec<Row> {
    let budget = &sheet.budget;
    let taken = |demand: &&Demand| demand.needed(Moment::Upgrade).interval.high != Some(0);
    let alone = budget.is_of_one_cluster();
    let row = |demand: &Demand| {
        let number = |quantity: &Quantity| Number::of(network, quantity);
        let count = MOMENTS.map(|moment| number(&demand.count(moment)));
        let each = number(&demand.each);
        let masked = each.masked || count.iter().any(|count| count.masked);
        let pool = demand
            .pool()
            .map(|pool| capacity::pool_name(network, pool).to_owned());
        let other = demand.cluster != cluster.id;
        Row {
            kind: kind(demand),
            text: if masked {
                format!("pool {}: (sensitive)", pool.as_deref().unwrap_or_default())
            } else {
                short(network, cluster, &demand.text(network, Moment::Maximum))
            },
            other_cluster: other
                .then(|| capacity::cluster_name(network, demand.cluster).to_owned()),
            pool,
            blocks: blocks(network, demand),
            count,
            each,
            taken: MOMENTS.map(|moment| number(&demand.needed(moment))),
            uncertain: !demand.is_certain(alone),
        }
    };
    budget.demands.iter().filter(taken).map(row).collect()
}

/// Returns text without the module that the cluster is in: pools without a known name are called by their address.
pub(super) fn short(network: &Network, cluster: &Cluster, text: &str) -> String {
    let address = &network.entity(cluster.id).address;
    match address
        .rfind("azurerm_")
        .or_else(|| address.rfind("azapi_"))
    {
        Some(at) if address[..at].starts_with("module.") => text.replace(&address[..at], ""),
        Some(_) | None => text.to_owned(),
    }
}

fn kind(demand: &Demand) -> &'static str {
    match demand.taker {
        Taker::Nodes(_) => "nodes",
        Taker::NodesAndPods(_) => "nodes-and-pods",
        Taker::Pods(_) => "pods",
        Taker::PrivateEndpoint => "private-endpoint",
        Taker::ApiServer => "api-server",
    }
}

/// Returns the blocks of a node where addresses go out in blocks.
fn blocks(network: &Network, demand: &Demand) -> Option<[Number; 3]> {
    if demand.source != PodSource::PodSubnetBlocks || !matches!(demand.taker, Taker::Pods(_)) {
        return None;
    }
    let pods = capacity::pool::max_pods(&network.pools[demand.pool()?]);
    let number = |quantity: Quantity| Number::of(network, &quantity);
    let each = || demand.each.clone();
    Some([
        number(each().map(|each| each / POD_BATCH)),
        number(each().map(|each| each - 1)),
        match pods.interval.exact() {
            Some(exact) => number(pods.map(|_| formulas::block_waste(exact))),
            None => number(Quantity {
                interval: Interval {
                    low: Some(0),
                    high: Some(POD_BATCH - 1),
                },
                ..pods
            }),
        },
    ])
}
