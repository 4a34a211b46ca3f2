//! What every format tells of a cluster's capacity. Counts nothing: it puts words to the numbers of an account.

use crate::capacity::account::{Account, Growth, Sheet};
use crate::capacity::{self, Moment, Verdict};
use crate::model::{Cluster, Id, Network, NetworkModel, NodePool};
use crate::value::Interval;
use crate::what_if::Objection;

use super::egress::{Ports, outbound};
use super::number::Number;
use super::space::{Space, space};

/// The moments that are shown, in their order.
pub(super) const MOMENTS: [Moment; 3] = [Moment::Now, Moment::Maximum, Moment::Upgrade];

/// What is told of a cluster as it is, or as it would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Facts {
    pub(super) model: Option<NetworkModel>,
    pub(super) verdict: Verdict,
    pub(super) nodes: [Number; 3],
    pub(super) pods: [Number; 3],
    /// The most nodes of the cluster when its largest pool grows; `None` if none fit.
    pub(super) largest: Option<Number>,
    pub(super) largest_with_surge: Option<Number>,
    /// The pods of the most nodes, where the pools agree about them.
    pub(super) largest_pods: Option<Number>,
    pub(super) pools: Vec<Pool>,
    /// The place of the largest pool in [`Facts::pools`].
    pub(super) growing: Option<usize>,
    pub(super) spaces: Vec<Space>,
    pub(super) services: Vec<Space>,
    pub(super) ports: Option<Ports>,
    /// What is not counted, and why.
    pub(super) notes: Vec<String>,
    /// What the rules have against it; empty where they were not asked.
    pub(super) objections: Vec<Objection>,
}

/// How far a pool can grow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pool {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) nodes: Number,
    pub(super) max_pods: Number,
    pub(super) largest: Option<Number>,
    pub(super) largest_with_surge: Option<Number>,
    /// The spaces that may be full first.
    pub(super) first: Vec<String>,
    /// The addresses of a static egress gateway's public range.
    pub(super) gateway: Option<i64>,
}

/// Returns what is told of a cluster.
pub(super) fn facts(network: &Network, account: &Account<'_>, objections: &[Objection]) -> Facts {
    let number = |quantity: &capacity::Quantity| Number::of(network, quantity);
    let sheets = account.sheets.iter();
    let spaces: Vec<Space> = sheets.map(|s| space(network, account.cluster, s)).collect();
    let grown = |limit: Option<Interval>| {
        let basis = account
            .sheets
            .iter()
            .fold(Number::default(), |basis, sheet| {
                basis.and(&rests_on(network, sheet))
            });
        basis.like(limit)
    };
    let pools: Vec<Pool> = account
        .growths
        .iter()
        .map(|growth| pool(network, account.cluster, growth, &spaces, &grown))
        .collect();
    let growing = account.largest_pool(network).map(|growth| growth.pool);
    let growing = growing.and_then(|id| account.growths.iter().position(|g| g.pool == id));
    let largest = account.largest(network, false);
    let pods = pods_of_all(&pools);
    let largest_pods = pods.zip(largest).and_then(|(pods, nodes)| {
        let all = nodes.times(pods.interval);
        grown(Some(all))
    });
    Facts {
        model: account.model,
        verdict: account.verdict(),
        nodes: MOMENTS.map(|moment| number(&account.nodes(moment))),
        pods: MOMENTS.map(|moment| number(&account.pods(network, moment))),
        largest: grown(largest),
        largest_with_surge: grown(account.largest(network, true)),
        largest_pods,
        pools,
        growing,
        spaces,
        services: super::space::services(network, account.cluster),
        ports: account
            .outbound
            .as_ref()
            .map(|ports| outbound(network, ports)),
        notes: notes(network, account),
        objections: objections.to_vec(),
    }
}

/// Returns what everything about a sheet rests on: why it is not known, and whether it must be masked.
fn rests_on(network: &Network, sheet: &Sheet) -> Number {
    let left = sheet.left(Moment::Upgrade);
    Number::of(network, &left)
}

/// Returns the pods of a node, if all pools agree.
fn pods_of_all(pools: &[Pool]) -> Option<Number> {
    let first = pools.first()?.max_pods.clone();
    let same = pools
        .iter()
        .all(|pool| pool.max_pods.interval == first.interval);
    same.then_some(first)
}

fn pool(
    network: &Network,
    cluster: &Cluster,
    growth: &Growth,
    spaces: &[Space],
    grown: &dyn Fn(Option<Interval>) -> Option<Number>,
) -> Pool {
    let pool = &network.pools[growth.pool];
    let first = growth.first.iter().map(|at| spaces[*at].name.clone());
    Pool {
        name: super::space::short(network, cluster, capacity::pool_name(network, growth.pool)),
        address: network.entity(pool.id).address.clone(),
        nodes: Number::of(network, &capacity::pool::nodes(pool)),
        max_pods: Number::of(network, &capacity::pool::max_pods(pool)),
        largest: grown(growth.largest),
        largest_with_surge: grown(growth.largest_with_surge),
        first: first.collect(),
        gateway: capacity::pool::gateway_addresses(pool),
    }
}

/// Returns what is not counted.
fn notes(network: &Network, account: &Account<'_>) -> Vec<String> {
    let lacks_subnet = |id: &&Id<NodePool>| network.pools[**id].vnet_subnet.is_absent();
    let pools = account.cluster.pools.iter().filter(lacks_subnet);
    let names: Vec<&str> = pools.map(|id| capacity::pool_name(network, *id)).collect();
    let mut notes = Vec::new();
    match names.as_slice() {
        [] => {}
        [one] => notes.push(format!(
            "pool {one} has no subnet in the code: AKS makes one, which is not counted"
        )),
        many => notes.push(format!(
            "the pools {} have no subnet in the code: AKS makes one, which is not counted",
            many.join(", ")
        )),
    }
    let more = network.pools.incomplete.as_ref();
    notes.extend(more.map(|unknown| {
        let because = network.provenance.because(unknown.cause, unknown.origin);
        format!("there may be more pools: {because}")
    }));
    let entity = network.entity(account.cluster.id);
    let around = &network.instances.get(entity.instance).presence;
    if !entity.presence.and(around).truth.is_true() {
        notes.push(
            "it is not known whether this cluster exists; the numbers hold if it does".into(),
        );
    }
    notes
}

/// Returns a verdict in one word or two.
pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fits => "fits",
        Verdict::Exceeds => "does not fit",
        Verdict::Open => "unknown",
    }
}

/// Returns what a model is called.
pub(super) fn model_word(model: Option<NetworkModel>) -> String {
    model.map_or_else(|| "unknown".to_owned(), |model| model.to_string())
}
