//! What the rules on addresses say of a budget that does not suffice: the sum row by row, and what would fit.

use crate::capacity::Addresses as Model;
use crate::capacity::{self, Budget, Demand, Moment, Need, Quantity, Supply};
use crate::cidr::{Cidr, Family};
use crate::finding::Severity;
use crate::model::Network;
use crate::rules::Cx;
use crate::value::Value;

/// The most pools that are pointed at beside the first; the rows name them all.
const POINTED_AT: usize = 4;

/// The most rows of a sum.
const MANY_ROWS: usize = 12;

/// What is said of a budget that does not suffice.
struct Words<'w> {
    message: String,
    /// The range, as it is written.
    range: &'w str,
    /// What is counted, and how much it takes.
    rows: Vec<(String, String)>,
    needed: i64,
    help: String,
    /// If it is not the rule's own.
    severity: Option<Severity>,
}

/// Says that addresses are lacking, with the sum and what would do.
pub(super) fn report_lack(budget: &Budget, model: Model, need: &Need, cx: &mut Cx<'_>) {
    let network = cx.network();
    let range = range_of(budget, cx);
    let needed = cx.computed(need.interval.low.unwrap_or(0));
    let there = cx.computed(budget.available.interval.high.unwrap_or(0));
    let message = match model {
        Model::NodesAndPods => format!(
            "the nodes and their pods need {needed} addresses, the subnet {range} has {there}"
        ),
        Model::OverlayNodes | Model::KubenetNodes => {
            format!("the nodes need {needed} addresses, the subnet {range} has {there}")
        }
        Model::OverlayRange | Model::KubenetRange => {
            format!("the nodes need {needed} addresses of the pod range, {range} has {there}")
        }
        Model::Batches => format!(
            "the nodes take at least {needed} addresses of the pod subnet {range}, which has {there}"
        ),
        Model::Blocks => format!(
            "the nodes take {needed} addresses of the pod subnet {range}, which has {there}"
        ),
    };
    let words = Words {
        message,
        range: &range,
        rows: rows(budget, network),
        needed: need.interval.low.unwrap_or(0),
        help: help(budget, model, network),
        severity: None,
    };
    say(budget, words, cx);
}

/// Says that full nodes will not find addresses for all their pods.
pub(super) fn report_full(budget: &Budget, need: &Need, cx: &mut Cx<'_>) {
    let network = cx.network();
    let range = range_of(budget, cx);
    let needed = cx.computed(need.interval.low.unwrap_or(0));
    let there = cx.computed(budget.available.interval.high.unwrap_or(0));
    let message =
        format!("full nodes take {needed} addresses of the pod subnet {range}, which has {there}");
    let prefix = need
        .interval
        .low
        .and_then(capacity::formulas::smallest_subnet);
    let help = match prefix {
        Some(prefix) => format!("use a /{prefix} or larger, or fewer pods on a node"),
        None => "use fewer nodes, or fewer pods on a node".to_owned(),
    };
    let words = Words {
        message,
        range: &range,
        rows: rows(budget, network),
        needed: need.interval.low.unwrap_or(0),
        help,
        severity: Some(Severity::Warning),
    };
    say(budget, words, cx);
}

/// Says that clusters do not fit a subnet together.
pub(super) fn report_shared(budget: &Budget, need: &Need, cx: &mut Cx<'_>) {
    let network = cx.network();
    let range = range_of(budget, cx);
    let needed = cx.computed(need.interval.low.unwrap_or(0));
    let there = cx.computed(budget.available.interval.high.unwrap_or(0));
    let mut clusters: Vec<_> = budget.certain().map(|demand| demand.cluster).collect();
    clusters.dedup();
    let message = format!(
        "{} clusters share the subnet {range}: they need {needed} addresses, it has {there}",
        clusters.len()
    );
    let prefix = budget.smallest_prefix(Moment::Maximum);
    let prefix = prefix.map_or("a larger one".to_owned(), |p| format!("a /{p} or larger"));
    let rows = budget.certain().map(|demand| {
        let cluster = capacity::cluster_name(network, demand.cluster);
        let text = demand.text(network, Moment::Maximum);
        let value = demand.needed(Moment::Maximum);
        (format!("{cluster}, {text}"), value)
    });
    let words = Words {
        message,
        range: &range,
        rows: shortened(rows.collect()),
        needed: need.interval.low.unwrap_or(0),
        help: format!("use {prefix}, or give each cluster a subnet of its own"),
        severity: None,
    };
    say(budget, words, cx);
}

/// Says that the extra nodes of an upgrade do not fit.
pub(super) fn report_surge(budget: &Budget, demand: &Demand, extra: i64, cx: &mut Cx<'_>) {
    let network = cx.network();
    let Some(pool) = demand.pool() else {
        return;
    };
    let range = range_of(budget, cx);
    let all = budget.needed(Moment::Maximum).interval.low.unwrap_or(0);
    let all = all.saturating_add(extra);
    let needed = cx.computed(all);
    let there = cx.computed(budget.available.interval.high.unwrap_or(0));
    let what = match budget.of {
        Supply::PodRange(_) => "pod range",
        Supply::Subnet(_) | Supply::Unseen(_) | Supply::Nodes(_) => "subnet",
    };
    let nodes = if cx.is_masked() {
        "more nodes".to_owned()
    } else {
        let count = demand.surge.interval.low.unwrap_or(0);
        many(count, "more node", "more nodes")
    };
    let message =
        format!("an upgrade at full size needs {needed} addresses, the {what} {range} has {there}");
    let name = capacity::pool_name(network, pool);
    let each = match demand.each.interval.exact() {
        Some(1) | None => String::new(),
        Some(each) => format!(" x {each}"),
    };
    let mut rows = rows(budget, network);
    let surge = format!("upgrade of pool {name}: {nodes}{each}");
    rows.push((surge, extra.to_string()));
    let help = surge_help(budget, demand, all, network);
    let mut report = cx
        .report(&network.pools[pool].max_surge, message)
        .label(format!("{nodes} while it is upgraded"));
    if let Some(value) = place_of(budget, network) {
        report = report.also(value, there_label(budget));
    }
    for (text, value) in rows {
        report = report.row(text, value);
    }
    report
        .row("needed", needed)
        .row(there_text(budget, &range), there)
        .help(help);
}

/// Returns what would leave room for an upgrade that needs so much.
fn surge_help(budget: &Budget, demand: &Demand, needed: i64, network: &Network) -> String {
    let prefix = match budget.of {
        Supply::PodRange(_) => capacity::formulas::smallest_range(needed),
        Supply::Subnet(_) | Supply::Unseen(_) | Supply::Nodes(_) => {
            capacity::formulas::smallest_subnet(needed)
        }
    };
    let larger = prefix.map_or_else(
        || "use a larger range".to_owned(),
        |prefix| format!("use a /{prefix} or larger"),
    );
    let most = most_nodes(budget, demand, network, true);
    match (most.filter(|most| *most > 0), demand.pool()) {
        (Some(most), Some(pool)) => {
            let name = capacity::pool_name(network, pool);
            let nodes = many(most, "node", "nodes");
            format!("{larger}, or at most {nodes} in pool {name}")
        }
        (None, _) | (_, None) => larger,
    }
}

/// Points at what takes most, at the others and at the range, and counts it all.
fn say(budget: &Budget, words: Words<'_>, cx: &mut Cx<'_>) {
    let network = cx.network();
    let masked = cx.is_masked();
    let there = budget.available.interval.high.unwrap_or(0);
    let mut takers: Vec<&Demand> = budget.certain().filter(|d| d.pool().is_some()).collect();
    takers.sort_by_key(|demand| std::cmp::Reverse(demand.needed(Moment::Maximum).interval.low));
    let text = |demand: &Demand| {
        let count = demand.count(Moment::Maximum).interval.low.unwrap_or(0);
        let pool = demand.pool().map(|pool| &network.pools[pool]);
        let scales = pool.is_some_and(|pool| pool.auto_scaling.get() == Some(&true));
        let nodes = many(count, "node", "nodes");
        match (masked, scales) {
            (true, _) => "its nodes".to_owned(),
            (false, true) => nodes + " at the most",
            (false, false) => nodes,
        }
    };
    let value = |demand: &Demand| {
        let pool = demand.pool()?;
        Some(capacity::pool::nodes_value(&network.pools[pool]))
    };
    let Some((first, most)) = takers.first().and_then(|d| Some((*d, value(d)?))) else {
        return;
    };
    let mut report = cx.report(most, words.message).label(text(first));
    for demand in takers.iter().skip(1).take(POINTED_AT) {
        if let Some(value) = value(demand) {
            report = report.also(value, text(demand));
        }
    }
    if let Some(value) = place_of(budget, network) {
        report = report.also(value, there_label(budget));
    }
    if let Some(severity) = words.severity {
        report = report.severity(severity);
    }
    for (text, value) in words.rows {
        report = report.row(text, value);
    }
    report
        .row("needed", words.needed)
        .row(there_text(budget, words.range), there)
        .help(words.help);
}

/// Returns a row for each demand that is certain.
fn rows(budget: &Budget, network: &Network) -> Vec<(String, String)> {
    let taken = |demand: &&Demand| demand.needed(Moment::Maximum).interval.high != Some(0);
    let row = |demand: &Demand| {
        let text = demand.text(network, Moment::Maximum);
        (text, demand.needed(Moment::Maximum))
    };
    shortened(budget.certain().filter(taken).map(row).collect())
}

/// Returns rows as they are shown: of many only the first, the others as one.
pub(super) fn shortened(mut rows: Vec<(String, Quantity)>) -> Vec<(String, String)> {
    if rows.len() > MANY_ROWS {
        let others = rows.split_off(MANY_ROWS - 1);
        let text = format!("{} more", others.len());
        let sum = others.into_iter().map(|(_, value)| value);
        let sum = sum.reduce(Quantity::plus);
        rows.extend(sum.map(|sum| (text, sum)));
    }
    let shown = rows
        .into_iter()
        .map(|(text, value)| (text, value.to_string()));
    shown.collect()
}

/// Returns the first IPv4 range that a budget is about.
fn place_of<'n>(budget: &Budget, network: &'n Network) -> Option<&'n Value<Cidr>> {
    ranges(budget, network)?
        .iter()
        .find(|range| range.get().is_some_and(|r| r.family() == Family::V4))
}

fn ranges<'n>(budget: &Budget, network: &'n Network) -> Option<&'n [Value<Cidr>]> {
    let list = match budget.of {
        Supply::Unseen(_) => return None,
        Supply::Subnet(id) => &network.subnets[id].prefixes,
        Supply::PodRange(id) | Supply::Nodes(id) => {
            let cluster = network.clusters.iter().find(|cluster| cluster.id == id)?;
            &cluster.pod_cidrs
        }
    };
    list.get().map(Vec::as_slice)
}

/// Returns the IPv4 ranges that a budget is about, as they are written.
fn range_of(budget: &Budget, cx: &mut Cx<'_>) -> String {
    let all = ranges(budget, cx.network()).unwrap_or_default();
    let mut known: Vec<String> = all
        .iter()
        .filter_map(|range| cx.need(range))
        .filter(|range| range.family() == Family::V4)
        .map(|range| range.to_string())
        .collect();
    if matches!(budget.of, Supply::PodRange(_)) {
        known.truncate(1);
    }
    known.join(" and ")
}

fn there_text(budget: &Budget, range: &str) -> String {
    match budget.of {
        Supply::Subnet(_) | Supply::Unseen(_) => format!("{range} without the 5 that Azure keeps"),
        Supply::PodRange(_) | Supply::Nodes(_) => range.to_owned(),
    }
}

fn there_label(budget: &Budget) -> String {
    match budget.of {
        Supply::Subnet(_) | Supply::Unseen(_) => "the subnet's range".to_owned(),
        Supply::PodRange(_) | Supply::Nodes(_) => "the pod range".to_owned(),
    }
}

/// Returns what would fit: the smallest range, the most nodes where there is one pool, another model.
fn help(budget: &Budget, model: Model, network: &Network) -> String {
    let mut ways = Vec::new();
    let needed = budget.needed(Moment::Maximum).interval.low;
    let prefix = budget
        .smallest_prefix(Moment::Maximum)
        .or_else(|| match budget.of {
            Supply::Subnet(_) | Supply::Unseen(_) => capacity::formulas::smallest_subnet(needed?),
            Supply::PodRange(_) => capacity::formulas::smallest_range(needed?),
            Supply::Nodes(_) => None,
        });
    if let Some(prefix) = prefix {
        ways.push(format!("a /{prefix} or larger"));
    }
    let pools: Vec<&Demand> = budget.certain().filter(|d| d.pool().is_some()).collect();
    let most = match pools.as_slice() {
        [only] => most_nodes(budget, only, network, false),
        _ => None,
    };
    if let Some(most) = most.filter(|most| *most > 0) {
        ways.push(format!("at most {}", many(most, "node", "nodes")));
    }
    if model == Model::NodesAndPods {
        ways.push("Azure CNI Overlay, whose pods take no addresses of the subnet".to_owned());
    }
    match ways.as_slice() {
        [] => "use a larger range, or fewer nodes".to_owned(),
        [only] => format!("use {only}, or fewer nodes"),
        [others @ .., last] => format!("use {}, or {last}", others.join(", ")),
    }
}

/// Returns the most nodes of a pool with which all fits; `None` when that hangs on something that is not known.
fn most_nodes(budget: &Budget, demand: &Demand, network: &Network, upgrade: bool) -> Option<i64> {
    let most = budget.largest_count(demand.pool()?, network, upgrade)?;
    most.exact()
}

fn many(count: i64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
