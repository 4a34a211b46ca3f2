//! What there is of something, and all that takes of it.

use std::collections::BTreeMap;

use super::demand::{Demand, Moment, Supply};
use super::formulas;
use super::quantity::{Ground, Quantity};
use crate::truth::ConditionId;
use crate::value::{EntityId, Interval};

/// What there is of something, and all that takes of it.
#[derive(Clone, Debug)]
pub struct Budget {
    /// What it is.
    pub of: Supply,
    /// The addresses, or nodes, that are there for its users.
    pub available: Quantity,
    /// What takes of it, in the order of clusters and pools.
    pub demands: Vec<Demand>,
    /// Why there may be more that takes of it.
    pub more: Option<Ground>,
}

/// What is needed: between what bounds, on what the lower one rests, and what leaves a gap between them.
#[derive(Clone, Debug)]
pub struct Need {
    /// The least and the most that is needed.
    pub interval: Interval,
    /// What the least rests on.
    pub grounds: Vec<Ground>,
    /// What is not known.
    pub doubts: Vec<Ground>,
}

/// Whether what is there suffices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It does, whatever is not known.
    Fits,
    /// It does not, whatever is not known.
    Exceeds,
    /// That depends on what is not known.
    Open,
}

impl Verdict {
    /// Judges what is needed against what is there.
    pub fn of(needed: Interval, available: Interval) -> Self {
        let exceeds = needed.low.zip(available.high).is_some_and(|(n, a)| n > a);
        let fits = needed.high.zip(available.low).is_some_and(|(n, a)| n <= a);
        match (exceeds, fits) {
            (true, _) => Verdict::Exceeds,
            (false, true) => Verdict::Fits,
            (false, false) => Verdict::Open,
        }
    }
}

impl Budget {
    /// Returns what is needed at a moment.
    pub fn needed(&self, moment: Moment) -> Need {
        self.sum(|demand| demand.needed(moment))
    }

    /// Returns the budget as it is when all pods run.
    #[must_use]
    pub fn full(&self) -> Budget {
        let full = |demand: &Demand| Demand {
            each: demand.each_full.clone(),
            ..demand.clone()
        };
        Budget {
            demands: self.demands.iter().map(full).collect(),
            ..self.clone()
        }
    }

    /// Returns whether it suffices at a moment.
    pub fn verdict(&self, moment: Moment) -> Verdict {
        Verdict::of(self.needed(moment).interval, self.available.interval)
    }

    /// Returns the demands that exist wherever the cluster does; in a budget of several clusters, those that exist for sure.
    pub fn certain(&self) -> impl Iterator<Item = &Demand> {
        let alone = self.is_of_one_cluster();
        self.demands
            .iter()
            .filter(move |demand| demand.is_certain(alone))
    }

    /// Tells whether one cluster alone takes of it.
    pub fn is_of_one_cluster(&self) -> bool {
        let mut clusters = self.demands.iter().map(|demand| demand.cluster);
        let first = clusters.next();
        clusters.all(|cluster| Some(cluster) == first)
    }

    /// Returns the part of the budget that one cluster takes of.
    #[must_use]
    pub fn of_cluster(&self, cluster: EntityId) -> Budget {
        let own = self.demands.iter().filter(|d| d.cluster == cluster);
        Budget {
            demands: own.cloned().collect(),
            ..self.clone()
        }
    }

    /// Returns the longest prefix with which all fits; `None` when that hangs on something that is not known, or none is
    /// short enough.
    pub fn smallest_prefix(&self, moment: Moment) -> Option<u8> {
        let needed = self.needed(moment).interval.high?;
        match self.of {
            Supply::Subnet(_) | Supply::Unseen(_) => formulas::smallest_subnet(needed),
            Supply::PodRange(_) => formulas::smallest_range(needed),
            Supply::Nodes(_) => None,
        }
    }

    /// Sums what the demands need. What may not exist adds to the upper bound alone, and of what never exists together
    /// only the larger part.
    fn sum(&self, needed: impl Fn(&Demand) -> Quantity) -> Need {
        let mut least = Quantity::exactly(0);
        let mut doubts: Vec<Ground> = self.more.iter().cloned().collect();
        for demand in self.certain() {
            let quantity = needed(demand);
            doubts.extend(quantity.doubts().cloned());
            if quantity.interval.low == Some(0) {
                let interval = least.interval.plus(quantity.interval);
                least = Quantity { interval, ..least };
            } else {
                least = least.plus(quantity);
            }
        }
        let mut most = least.interval.high;
        let alone = self.is_of_one_cluster();
        let mut sides: BTreeMap<ConditionId, [Option<i64>; 2]> = BTreeMap::new();
        for demand in &self.demands {
            if demand.is_certain(alone) {
                continue;
            }
            let quantity = needed(demand);
            doubts.extend(demand.doubt.clone());
            doubts.extend(quantity.doubts().cloned());
            let high = quantity.interval.high;
            match demand.presence.conditions.first() {
                Some(condition) => {
                    let both = sides.entry(condition.id).or_insert([Some(0); 2]);
                    let side = &mut both[usize::from(condition.negated)];
                    *side = side.zip(high).map(|(a, b)| a.saturating_add(b));
                }
                None => most = most.zip(high).map(|(a, b)| a.saturating_add(b)),
            }
        }
        for [on, off] in sides.into_values() {
            let larger = on.zip(off).map(|(a, b)| a.max(b));
            most = most.zip(larger).map(|(a, b)| a.saturating_add(b));
        }
        if self.more.is_some() {
            most = None;
        }
        Need {
            interval: Interval {
                low: least.interval.low,
                high: most,
            },
            grounds: least.grounds,
            doubts,
        }
    }
}
