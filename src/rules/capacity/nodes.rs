//! How the rules on the number of nodes judge a cluster and speak of it. No rule itself.

use super::wording::shortened;
use crate::capacity::{self, Budget, Demand, Moment, Need, PodSource, Quantity, Supply, Verdict};
use crate::model::Cluster;
use crate::rules::{Cx, Report};

/// Returns what a cluster counts of nodes; `None` if it has no pools.
pub(super) fn budget(cluster: &Cluster, cx: &Cx<'_>) -> Option<Budget> {
    let mut budgets = capacity::of_cluster(cx.network(), cluster).into_iter();
    budgets.find(|budget| matches!(budget.of, Supply::Nodes(_)))
}

/// Returns where the pods get their addresses, if it is the same for all pools.
pub(super) fn source(budget: &Budget) -> Option<PodSource> {
    let first = budget.demands.first()?.source;
    let same = budget.demands.iter().all(|demand| demand.source == first);
    same.then_some(first)
}

/// Calls `exceeds` with the number of nodes if it is over `most` for sure; notes what leaves that open.
pub(super) fn check(
    budget: &Budget,
    most: i64,
    cx: &mut Cx<'_>,
    exceeds: impl FnOnce(String, &mut Cx<'_>),
) {
    let need = budget.needed(Moment::Maximum);
    match Verdict::of(need.interval, Quantity::exactly(most).interval) {
        Verdict::Fits => {}
        Verdict::Open => cx.open_on(&need.doubts),
        Verdict::Exceeds => {
            rest_on(budget, &need, cx);
            let count = cx.computed(need.interval.low.unwrap_or(0));
            exceeds(count, cx);
        }
    }
}

/// Notes what is not known, the plugin included, unless there are no more than `most` nodes for sure.
pub(super) fn open_unless_fits(budget: &Budget, most: i64, cx: &mut Cx<'_>) {
    let need = budget.needed(Moment::Maximum);
    let fits = Verdict::of(need.interval, Quantity::exactly(most).interval) == Verdict::Fits;
    if !fits {
        cx.open_on(need.doubts.iter().chain(&budget.available.grounds));
    }
}

fn rest_on(budget: &Budget, need: &Need, cx: &mut Cx<'_>) {
    cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
}

/// Points at the largest pool, and counts them all.
pub(super) fn report<'c, 'a>(
    budget: &Budget,
    message: String,
    cx: &'c mut Cx<'a>,
) -> Report<'c, 'a> {
    let network = cx.network();
    let nodes = |demand: &Demand| demand.needed(Moment::Maximum).interval.low;
    let largest = budget.certain().max_by_key(|demand| nodes(demand));
    let place = largest.and_then(Demand::pool);
    let rows = budget.certain().map(|demand| {
        let text = demand
            .pool()
            .map_or("", |pool| capacity::pool_name(network, pool));
        (format!("pool {text}"), demand.needed(Moment::Maximum))
    });
    let mut report = match place {
        Some(pool) => {
            let value = capacity::pool::nodes_value(&network.pools[pool]);
            cx.report(value, message).label("the largest pool")
        }
        None => cx.report_entity(budget.demands[0].cluster, message),
    };
    let rows = shortened(rows.collect());
    if rows.len() > 1 {
        for (text, value) in rows {
            report = report.row(text, value);
        }
    }
    report
}
