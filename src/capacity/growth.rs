//! How far a pool can grow until something is full, and what an upgrade adds meanwhile.

use super::budget::{Budget, Need, Verdict};
use super::demand::{Demand, Moment};
use super::pool;
use super::quantity::{Ground, Quantity};
use crate::model::{Id, Network, NodePool};
use crate::value::Interval;

/// The pool whose upgrade takes most of a budget, the pools being upgraded one at a time.
#[derive(Debug)]
pub struct Upgrade<'b> {
    /// What the pool takes.
    pub demand: &'b Demand,
    /// What its extra nodes take.
    pub extra: Quantity,
    /// What is not known of the extra nodes of all pools; empty if all is.
    pub doubts: Vec<Ground>,
    /// Whether what the extra nodes of every pool take is known.
    pub known: bool,
}

impl Budget {
    /// Returns the pool whose upgrade takes most; `None` where nobody takes.
    pub fn upgrade(&self) -> Option<Upgrade<'_>> {
        let extra = |demand: &Demand| demand.surge.clone().times(demand.each.clone());
        let all: Vec<(Quantity, &Demand)> = self.certain().map(|d| (extra(d), d)).collect();
        let known = all
            .iter()
            .all(|(extra, _)| extra.interval.exact().is_some());
        let doubts = all.iter().flat_map(|(extra, _)| extra.doubts());
        let doubts = doubts.cloned().collect();
        let (extra, demand) = all
            .into_iter()
            .max_by_key(|(extra, _)| extra.interval.high.unwrap_or(i64::MAX))?;
        Some(Upgrade {
            demand,
            extra,
            doubts,
            known,
        })
    }

    /// Returns what is needed with each pool at its most nodes while one of them is upgraded, the one that takes most.
    pub fn upgraded(&self) -> Need {
        let need = self.needed(Moment::Maximum);
        let alone = self.is_of_one_cluster();
        let extras = self.demands.iter().map(|demand| {
            let extra = demand.surge.clone().times(demand.each.clone());
            if demand.is_certain(alone) {
                extra
            } else {
                extra.or_nothing()
            }
        });
        let most = extras.reduce(|a, b| {
            let interval = Interval {
                low: a.interval.low.max(b.interval.low),
                high: a.interval.high.zip(b.interval.high).map(|(a, b)| a.max(b)),
            };
            Quantity { interval, ..a }.resting_on(b.grounds)
        });
        let most = most.unwrap_or_else(|| Quantity::exactly(0));
        let doubts = most.doubts().cloned();
        Need {
            interval: need.interval.plus(most.interval),
            doubts: need.doubts.iter().cloned().chain(doubts).collect(),
            grounds: Quantity {
                interval: most.interval,
                grounds: need.grounds,
            }
            .resting_on(most.grounds)
            .grounds,
        }
    }

    /// Returns the greatest number of nodes of a pool with which all fits, the other pools at their most; with the extra nodes
    /// of an upgrade, one pool at a time, where `upgrade` says so. `None` if not even no node fits, or the pool takes nothing.
    pub fn largest_count(
        &self,
        pool: Id<NodePool>,
        network: &Network,
        upgrade: bool,
    ) -> Option<Interval> {
        let own = self.demands.iter().find(|d| d.pool() == Some(pool))?;
        let others = Budget {
            demands: self
                .demands
                .iter()
                .filter(|demand| demand.pool() != Some(pool))
                .cloned()
                .collect(),
            ..self.clone()
        };
        let taken = others.needed(Moment::Maximum).interval;
        let surges = others.surges();
        let available = self.available.interval;
        let high = available.high.zip(taken.low).zip(own.each.interval.low);
        let high = high.map(|((available, taken), each)| {
            let extra = |nodes| surge(own, network, nodes).low.unwrap_or(0);
            let other = surges.low.unwrap_or(0);
            Room::new(available, taken, each, other).most(upgrade, extra)
        });
        let low = available.low.zip(taken.high).zip(own.each.interval.high);
        let low = low.map(|((available, taken), each)| {
            let extra = |nodes| surge(own, network, nodes).high.unwrap_or(i64::MAX);
            let other = surges.high.unwrap_or(i64::MAX);
            Room::new(available, taken, each, other).most(upgrade, extra)
        });
        match high {
            _ if own.perhaps_elsewhere => Some(Interval {
                low: low.map(|low| low.unwrap_or(0)),
                high: None,
            }),
            Some(None) => None,
            _ => Some(Interval {
                low: low.map(|low| low.unwrap_or(0)),
                high: high.flatten(),
            }),
        }
    }

    /// Returns what the extra nodes of the pool take that takes most.
    fn surges(&self) -> Interval {
        let extra = |demand: &Demand| demand.surge.interval.times(demand.each.interval);
        let all = self.demands.iter();
        let alone = self.is_of_one_cluster();
        let known = all.clone().filter(|demand| demand.is_certain(alone));
        Interval {
            low: known.filter_map(|d| extra(d).low).max().or(Some(0)),
            high: all
                .map(|d| extra(d).high)
                .try_fold(0, |most, one| Some(most.max(one?))),
        }
    }

    /// Returns whether it suffices while one pool is upgraded.
    pub fn upgrade_verdict(&self) -> Verdict {
        Verdict::of(self.upgraded().interval, self.available.interval)
    }
}

/// Returns the extra nodes of an upgrade of a pool with so many.
fn surge(demand: &Demand, network: &Network, nodes: i64) -> Interval {
    match demand.pool() {
        Some(id) => pool::surge(&network.pools[id], &Quantity::exactly(nodes)).interval,
        None => Interval::exactly(0),
    }
}

/// What is left for the nodes of one pool.
struct Room {
    free: i64,
    each: i64,
    /// What the upgrade of another pool takes.
    other: i64,
}

impl Room {
    fn new(available: i64, taken: i64, each: i64, other: i64) -> Self {
        Room {
            free: available.saturating_sub(taken),
            each,
            other,
        }
    }

    /// Returns the most nodes; `None` if there is no room for none, no end where they take nothing.
    fn most(&self, upgrade: bool, extra: impl Fn(i64) -> i64) -> Option<i64> {
        let fits = |nodes: i64| {
            let nodes_take = nodes.saturating_mul(self.each);
            let extra = if upgrade {
                extra(nodes).saturating_mul(self.each).max(self.other)
            } else {
                0
            };
            nodes_take.saturating_add(extra) <= self.free
        };
        if !fits(0) {
            return None;
        }
        let (mut low, mut high) = (0, self.free.max(0) + 1);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if fits(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }
}
