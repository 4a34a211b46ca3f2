//! How the rules on addresses find and judge their budgets. No rule itself; `wording` says what is found.

use super::wording;
use crate::capacity::{self, About, Addresses as Model, Budget, Moment, Supply, Taker, Verdict};
use crate::model::Cluster;
use crate::rules::Cx;

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
    let unclear = |budget: &&Budget| concerns(budget, model) && budget.about() == About::Open;
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
    let of_kind = |budget: &&Budget| budget.about() == About::Is(model);
    cx.each(budgets.iter().filter(of_kind), |budget, cx| {
        visit(budget, cx);
    });
}

/// Tells whether a budget is one of addresses that nodes or pods take.
pub(super) fn counts(budget: &Budget) -> bool {
    matches!(budget.about(), About::Is(_) | About::Open)
}

fn judge(budget: &Budget, model: Model, cx: &mut Cx<'_>) {
    let need = budget.needed(Moment::Maximum);
    match budget.judged() {
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
