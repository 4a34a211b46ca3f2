//! What a budget is about, and what is said of it for sure: rules and the command of budgets take both from here.

use super::budget::{Budget, Verdict};
use super::demand::{Demand, Moment, Supply, Taker};
use super::pool::PodSource;

/// Which addresses run out, and how the pods get theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Addresses {
    /// Overlay: those of the pod range.
    OverlayRange,
    /// Overlay, pods in a subnet of their own, or a plugin of the user: those of the node subnet.
    OverlayNodes,
    /// Pods in the node subnet: its own.
    NodesAndPods,
    /// Kubenet: those of the node subnet.
    KubenetNodes,
    /// Kubenet: those of the pod range.
    KubenetRange,
    /// A pod subnet, sixteen at a time: its own.
    Batches,
    /// A pod subnet, in blocks that stay with the node: its own.
    Blocks,
}

/// What a budget is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// It is these addresses.
    Is(Addresses),
    /// That hangs on values that are not known.
    Open,
    /// No addresses of nodes and pods.
    Other,
}

impl Budget {
    /// Returns what it is about.
    pub fn about(&self) -> About {
        let takes = |source: PodSource, pods: bool| {
            let of_pods = |demand: &Demand| matches!(demand.taker, Taker::Pods(_));
            let mut demands = self.demands.iter().filter(|d| d.pool().is_some());
            demands.any(|demand| demand.source == source && of_pods(demand) == pods)
        };
        let any = |source| takes(source, true) || takes(source, false);
        match self.of {
            Supply::PodRange(_) if any(PodSource::Unknown) => About::Open,
            Supply::PodRange(_) if any(PodSource::Kubenet) => About::Is(Addresses::KubenetRange),
            Supply::PodRange(_) => About::Is(Addresses::OverlayRange),
            Supply::Subnet(_) | Supply::Unseen(_) if takes(PodSource::NodeSubnet, false) => {
                About::Is(Addresses::NodesAndPods)
            }
            Supply::Subnet(_) | Supply::Unseen(_) if takes(PodSource::PodSubnetBlocks, true) => {
                About::Is(Addresses::Blocks)
            }
            Supply::Subnet(_) | Supply::Unseen(_) if takes(PodSource::PodSubnet, true) => {
                About::Is(Addresses::Batches)
            }
            Supply::Subnet(_) | Supply::Unseen(_) if any(PodSource::Unknown) => About::Open,
            Supply::Subnet(_) | Supply::Unseen(_) if takes(PodSource::Kubenet, false) => {
                About::Is(Addresses::KubenetNodes)
            }
            Supply::Subnet(_) | Supply::Unseen(_)
                if self.demands.iter().any(|d| d.pool().is_some()) =>
            {
                About::Is(Addresses::OverlayNodes)
            }
            Supply::Subnet(_) | Supply::Unseen(_) | Supply::Nodes(_) => About::Other,
        }
    }

    /// Returns whether it suffices with each pool at its most nodes, as far as that can be said: while it is not known which
    /// addresses it is about, nothing is said to be lacking.
    pub fn judged(&self) -> Verdict {
        match (self.about(), self.verdict(Moment::Maximum)) {
            (About::Open, Verdict::Exceeds) => Verdict::Open,
            (_, verdict) => verdict,
        }
    }

    /// Returns whether it suffices for all clusters that take of it: if one alone is too much, that is said of it alone.
    pub fn judged_together(&self) -> Together {
        if self.is_of_one_cluster() {
            return Together::Alone(self.judged());
        }
        let clusters = self.demands.iter().map(|demand| demand.cluster);
        let mut alone: Vec<_> = clusters.collect();
        alone.dedup();
        let alone: Vec<Budget> = alone.into_iter().map(|one| self.of_cluster(one)).collect();
        let exceeds = |one: &Budget| one.verdict(Moment::Maximum) == Verdict::Exceeds;
        if !alone.iter().any(exceeds) {
            return Together::Shared(self.verdict(Moment::Maximum));
        }
        let said = alone.iter().any(|one| one.judged() == Verdict::Exceeds);
        Together::Alone(if said {
            Verdict::Exceeds
        } else {
            Verdict::Open
        })
    }
}

/// Whether a budget suffices for all clusters that take of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Together {
    /// One cluster alone takes of it, or what is wrong is wrong with one alone.
    Alone(Verdict),
    /// Several take of it, and each alone is not too much.
    Shared(Verdict),
}

impl Together {
    /// Returns whether it suffices.
    pub fn verdict(self) -> Verdict {
        match self {
            Together::Alone(verdict) | Together::Shared(verdict) => verdict,
        }
    }
}
