//! How the rules on addresses find and judge their budgets. No rule itself; `wording` says what is found.

use super::wording;
use crate::capacity::{self, Budget, Demand, Moment, PodSource, Supply, Taker, Verdict};
use crate::model::Cluster;
use crate::rules::Cx;

/// Which addresses run out, and how the pods get theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Model {
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
enum Kind {
    /// It is this.
    Is(Model),
    /// That hangs on values that are not known.
    Open,
    /// Nothing that these rules judge.
    Other,
}

/// Reports what a cluster lacks, for sure, of one kind of addresses.
pub(super) fn check(cluster: &Cluster, model: Model, cx: &mut Cx<'_>) {
    let nodes = matches!(
        model,
        Model::OverlayNodes | Model::NodesAndPods | Model::KubenetNodes
    );
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        if nodes {
            cx.open(&pool.vnet_subnet);
        } else if matches!(model, Model::Batches | Model::Blocks) {
            cx.open(&pool.pod_subnet);
        }
    });
    each_budget(cluster, model, cx, |budget, cx| {
        judge(budget, model, cx);
    });
    let budgets = capacity::of_cluster(cx.network(), cluster);
    let unclear = |budget: &&Budget| concerns(budget, model) && matches!(kind(budget), Kind::Open);
    cx.each(budgets.iter().filter(unclear), |budget, cx| {
        if budget.verdict(Moment::Maximum) != Verdict::Fits {
            let need = budget.needed(Moment::Maximum);
            cx.open_on(need.doubts.iter().chain(&budget.available.grounds));
        }
    });
}

/// Hands out the budgets of a cluster that are known to be of one kind.
pub(super) fn each_budget(
    cluster: &Cluster,
    model: Model,
    cx: &mut Cx<'_>,
    mut visit: impl FnMut(&Budget, &mut Cx<'_>),
) {
    let budgets = capacity::of_cluster(cx.network(), cluster);
    let of_kind = |budget: &&Budget| matches!(kind(budget), Kind::Is(found) if found == model);
    cx.each(budgets.iter().filter(of_kind), |budget, cx| {
        visit(budget, cx);
    });
}

/// Tells whether a budget is one of addresses that nodes or pods take.
pub(super) fn counts(budget: &Budget) -> bool {
    matches!(kind(budget), Kind::Is(_) | Kind::Open)
}

fn judge(budget: &Budget, model: Model, cx: &mut Cx<'_>) {
    let need = budget.needed(Moment::Maximum);
    match budget.verdict(Moment::Maximum) {
        Verdict::Fits => {}
        Verdict::Open => cx.open_on(need.doubts.iter().chain(&budget.available.grounds)),
        Verdict::Exceeds => {
            cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
            wording::report_lack(budget, model, &need, cx);
        }
    }
}

/// Tells whether a budget could be of this kind, were all known.
fn concerns(budget: &Budget, model: Model) -> bool {
    let takes = |pods: bool| {
        let mut demands = budget.demands.iter();
        demands
            .any(|demand| demand.pool().is_some() && matches!(demand.taker, Taker::Pods(_)) == pods)
    };
    let range = matches!(budget.of, Supply::PodRange(_));
    match model {
        Model::OverlayRange | Model::KubenetRange => range,
        Model::OverlayNodes | Model::NodesAndPods | Model::KubenetNodes => !range && takes(false),
        Model::Batches | Model::Blocks => !range && takes(true),
    }
}

fn kind(budget: &Budget) -> Kind {
    let takes = |source: PodSource, pods: bool| {
        let of_pods = |demand: &Demand| matches!(demand.taker, Taker::Pods(_));
        let mut demands = budget.demands.iter().filter(|d| d.pool().is_some());
        demands.any(|demand| demand.source == source && of_pods(demand) == pods)
    };
    let any = |source| takes(source, true) || takes(source, false);
    match budget.of {
        Supply::PodRange(_) if any(PodSource::Unknown) => Kind::Open,
        Supply::PodRange(_) if any(PodSource::Kubenet) => Kind::Is(Model::KubenetRange),
        Supply::PodRange(_) => Kind::Is(Model::OverlayRange),
        Supply::Subnet(_) if takes(PodSource::NodeSubnet, false) => Kind::Is(Model::NodesAndPods),
        Supply::Subnet(_) if takes(PodSource::PodSubnetBlocks, true) => Kind::Is(Model::Blocks),
        Supply::Subnet(_) if takes(PodSource::PodSubnet, true) => Kind::Is(Model::Batches),
        Supply::Subnet(_) if any(PodSource::Unknown) => Kind::Open,
        Supply::Subnet(_) if takes(PodSource::Kubenet, false) => Kind::Is(Model::KubenetNodes),
        Supply::Subnet(_) if budget.demands.iter().any(|d| d.pool().is_some()) => {
            Kind::Is(Model::OverlayNodes)
        }
        Supply::Subnet(_) | Supply::Nodes(_) => Kind::Other,
    }
}
