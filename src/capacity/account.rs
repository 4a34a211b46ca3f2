//! Everything that one cluster takes of, with what is left and what runs out first. Counts nothing anew: it puts budgets
//! together.

use super::budget::{Budget, Verdict};
use super::demand::{Demand, Moment, Supply};
use super::outbound::{self, Outbound};
use super::quantity::Quantity;
use super::{pool, unseen};
use crate::model::{Cluster, Id, Network, NetworkModel, NodePool};
use crate::value::Interval;

/// Everything that one cluster takes of.
#[derive(Clone, Debug)]
pub struct Account<'n> {
    /// The cluster.
    pub cluster: &'n Cluster,
    /// How its pods get their addresses; `None` where that is open.
    pub model: Option<NetworkModel>,
    /// What it takes of: subnets, the pod range, and the number of nodes that a cluster may have.
    pub sheets: Vec<Sheet>,
    /// How far each pool can grow.
    pub growths: Vec<Growth>,
    /// The outbound ports, where these count.
    pub outbound: Option<Outbound>,
}

/// One thing that a cluster takes of.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What there is of it, and all that takes of it, other clusters included.
    pub budget: Budget,
    /// Whether it suffices, as the rules judge it.
    pub verdict: Verdict,
}

/// How far a pool can grow, the others at their most nodes.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The pool.
    pub pool: Id<NodePool>,
    /// The most nodes with which all fits; `None` if not even none does.
    pub largest: Option<Interval>,
    /// The same while a pool is upgraded.
    pub largest_with_surge: Option<Interval>,
    /// The sheets that may be the first to be full; one where that is known.
    pub first: Vec<usize>,
}

/// Returns the accounts of all clusters, in the order of the code.
pub fn of(network: &Network) -> Vec<Account<'_>> {
    let all = super::of(network);
    let clusters = network.clusters.iter();
    clusters
        .map(|cluster| account(network, cluster, &all))
        .collect()
}

fn account<'n>(network: &'n Network, cluster: &'n Cluster, all: &[Budget]) -> Account<'n> {
    let whole = |own: Budget| {
        let whole = all.iter().find(|budget| budget.of == own.of).cloned();
        let budget = whole.unwrap_or(own);
        let verdict = budget.judged_together().verdict();
        Sheet { budget, verdict }
    };
    let mut own = super::of_cluster(network, cluster);
    own.extend(unseen::of_cluster(network, cluster));
    let mut sheets: Vec<Sheet> = own.into_iter().map(whole).collect();
    sheets.sort_by_key(|sheet| rank(sheet.budget.of));
    let pools = cluster.pools.iter();
    Account {
        cluster,
        model: model(network, cluster),
        growths: pools.map(|pool| growth(network, *pool, &sheets)).collect(),
        sheets,
        outbound: outbound::of(network, cluster),
    }
}

/// Returns the model; a pod subnet that gives its addresses in blocks is one of its own.
pub fn model(network: &Network, cluster: &Cluster) -> Option<NetworkModel> {
    let model = cluster.model(network.pools_of(cluster))?;
    let first = network.pools_of(cluster).next();
    let source = first.map(|first| pool::pod_source(network, cluster, first).0);
    match (model, source) {
        (NetworkModel::PodSubnet, Some(pool::PodSource::PodSubnetBlocks)) => {
            Some(NetworkModel::PodSubnetStatic)
        }
        (NetworkModel::PodSubnet, Some(pool::PodSource::Unknown)) => None,
        (model, _) => Some(model),
    }
}

fn rank(supply: Supply) -> u8 {
    match supply {
        Supply::Subnet(_) | Supply::Unseen(_) => 0,
        Supply::PodRange(_) => 1,
        Supply::Nodes(_) => 2,
    }
}

fn growth(network: &Network, pool: Id<NodePool>, sheets: &[Sheet]) -> Growth {
    let takes = |sheet: &Sheet| {
        let mut demands = sheet.budget.demands.iter();
        demands.any(|demand| demand.pool() == Some(pool))
    };
    let limits = |upgrade| -> Vec<(usize, Option<Interval>)> {
        let sheets = sheets.iter().enumerate().filter(|(_, sheet)| takes(sheet));
        sheets
            .map(|(at, sheet)| (at, sheet.budget.largest_count(pool, network, upgrade)))
            .collect()
    };
    let without = limits(false);
    Growth {
        pool,
        largest: least(&without),
        largest_with_surge: least(&limits(true)),
        first: first(&without),
    }
}

/// Returns the least of some limits; `None` if one leaves no room at all.
fn least(limits: &[(usize, Option<Interval>)]) -> Option<Interval> {
    let mut least: Option<Interval> = None;
    for (_, limit) in limits {
        let limit = (*limit)?;
        least = Some(match least {
            None => limit,
            Some(known) => Interval {
                low: known.low.zip(limit.low).map(|(a, b)| a.min(b)),
                high: [known.high, limit.high].into_iter().flatten().min(),
            },
        });
    }
    least
}

/// Returns the limits that may be the least.
fn first(limits: &[(usize, Option<Interval>)]) -> Vec<usize> {
    let full = |limit: &Option<Interval>| limit.is_none_or(|limit| limit.high == Some(0));
    if limits.iter().any(|(_, limit)| full(limit)) {
        let none = limits.iter().filter(|(_, limit)| full(limit));
        return none.map(|(at, _)| *at).collect();
    }
    let highs = limits.iter().filter_map(|(_, limit)| (*limit)?.high);
    let most = highs.min();
    let may = |limit: Option<Interval>| {
        let low = limit.and_then(|limit| limit.low);
        low.zip(most).is_none_or(|(low, most)| low <= most)
    };
    let may = limits.iter().filter(|(_, limit)| may(*limit));
    may.map(|(at, _)| *at).collect()
}

impl Account<'_> {
    /// Returns whether everything suffices.
    pub fn verdict(&self) -> Verdict {
        let verdicts = || self.sheets.iter().map(|sheet| sheet.verdict);
        if verdicts().any(|verdict| verdict == Verdict::Exceeds) {
            Verdict::Exceeds
        } else if verdicts().all(|verdict| verdict == Verdict::Fits) {
            Verdict::Fits
        } else {
            Verdict::Open
        }
    }

    /// Returns the nodes of the cluster at a moment.
    pub fn nodes(&self, moment: Moment) -> Quantity {
        let is_nodes = |sheet: &&Sheet| matches!(sheet.budget.of, Supply::Nodes(_));
        match self.sheets.iter().find(is_nodes) {
            Some(sheet) => sheet.taken(moment),
            None => Quantity::exactly(0),
        }
    }

    /// Returns the pool that grows first: the one with the most nodes.
    pub fn largest_pool(&self, network: &Network) -> Option<&Growth> {
        let most = |growth: &&Growth| {
            let most = pool::nodes(&network.pools[growth.pool]).interval;
            (
                most.high.unwrap_or(i64::MAX),
                std::cmp::Reverse(growth.pool.index()),
            )
        };
        self.growths.iter().max_by_key(most)
    }

    /// Returns the most nodes of the cluster when that pool grows; `None` if none fit.
    pub fn largest(&self, network: &Network, upgrade: bool) -> Option<Interval> {
        let growing = self.largest_pool(network)?;
        let largest = if upgrade {
            growing.largest_with_surge
        } else {
            growing.largest
        };
        let others = self.cluster.pools.iter().filter(|id| **id != growing.pool);
        let others = others.map(|id| pool::nodes(&network.pools[*id]).interval);
        others.fold(largest, |sum, one| Some(sum?.plus(one)))
    }

    /// Returns the pods that the nodes may run at a moment.
    pub fn pods(&self, network: &Network, moment: Moment) -> Quantity {
        let is_nodes = |sheet: &&Sheet| matches!(sheet.budget.of, Supply::Nodes(_));
        let sheet = self.sheets.iter().find(is_nodes);
        let demands = sheet.into_iter().flat_map(|sheet| &sheet.budget.demands);
        let pods = |demand: &Demand| match demand.pool() {
            Some(id) => {
                let pods = demand
                    .count(moment)
                    .times(pool::max_pods(&network.pools[id]));
                if demand.is_certain(true) {
                    pods
                } else {
                    pods.or_nothing()
                }
            }
            None => Quantity::exactly(0),
        };
        demands.map(pods).fold(Quantity::exactly(0), Quantity::plus)
    }
}

impl Sheet {
    /// Returns what is taken at a moment; during an upgrade one pool at a time.
    pub fn taken(&self, moment: Moment) -> Quantity {
        let need = match moment {
            Moment::Now | Moment::Maximum => self.budget.needed(moment),
            Moment::Upgrade => self.budget.upgraded(),
        };
        Quantity {
            interval: need.interval,
            grounds: need.grounds,
        }
        .resting_on(need.doubts)
    }

    /// Returns what is left at a moment; less than nothing where it does not suffice.
    pub fn left(&self, moment: Moment) -> Quantity {
        let taken = self.taken(moment);
        let available = self.budget.available.clone();
        let minus = |a: Option<i64>, b: Option<i64>| a.zip(b).map(|(a, b)| a.saturating_sub(b));
        let interval = Interval {
            low: minus(available.interval.low, taken.interval.high),
            high: minus(available.interval.high, taken.interval.low),
        };
        Quantity {
            interval,
            ..available
        }
        .resting_on(taken.grounds)
    }

    /// Returns the longest prefix that would do at a moment; between bounds where what is needed is not known.
    pub fn smallest_prefix(&self, moment: Moment) -> Interval {
        let needed = self.taken(moment).interval;
        let prefix = |needed: Option<i64>| {
            let prefix = match self.budget.of {
                Supply::Subnet(_) | Supply::Unseen(_) => super::formulas::smallest_subnet(needed?),
                Supply::PodRange(_) => super::formulas::smallest_range(needed?),
                Supply::Nodes(_) => None,
            };
            prefix.map(i64::from)
        };
        Interval {
            low: prefix(needed.high),
            high: prefix(needed.low),
        }
    }
}
