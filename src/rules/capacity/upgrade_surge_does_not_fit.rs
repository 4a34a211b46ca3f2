//! AKS213. An upgrade adds nodes before it takes old ones away, and these need addresses too.

use super::{addresses, wording};
use crate::capacity::{self, Budget, Demand, Moment, Need, Quantity, Verdict};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Id, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(213),
    name: "upgrade-surge-does-not-fit",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Upgrade),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS213-upgrade-surge-does-not-fit.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut said: Vec<Id<NodePool>> = Vec::new();
    let budgets = capacity::of_cluster(cx.network(), cluster);
    let counted = budgets.iter().filter(|budget| addresses::counts(budget));
    cx.each(counted, |budget, cx| {
        let need = budget.needed(Moment::Maximum);
        match budget.verdict(Moment::Maximum) {
            Verdict::Exceeds => {}
            Verdict::Open => cx.open_on(need.doubts.iter().chain(&budget.available.grounds)),
            Verdict::Fits => said.extend(check_one(budget, &need, &said, cx)),
        }
    });
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        cx.open(&pool.vnet_subnet);
    });
}

/// Judges the pool whose surge takes most, and returns it if it does not fit. Pools are upgraded one at a time; if they are
/// not, more of them do not fit.
fn check_one(
    budget: &Budget,
    need: &Need,
    said: &[Id<NodePool>],
    cx: &mut Cx<'_>,
) -> Option<Id<NodePool>> {
    let extra = |demand: &Demand| demand.surge.clone().times(demand.each.clone());
    let all: Vec<(Quantity, &Demand)> = budget.certain().map(|d| (extra(d), d)).collect();
    let most = all
        .iter()
        .max_by_key(|(extra, _)| extra.interval.high.unwrap_or(i64::MAX))?;
    let upgrade = need.interval.plus(most.0.interval);
    match Verdict::of(upgrade, budget.available.interval) {
        Verdict::Fits => return None,
        Verdict::Exceeds
            if all
                .iter()
                .all(|(extra, _)| extra.interval.exact().is_some()) => {}
        Verdict::Exceeds | Verdict::Open => {
            let doubts = all.iter().flat_map(|(extra, _)| extra.doubts());
            cx.open_on(need.doubts.iter().chain(doubts));
            return None;
        }
    }
    let (extra, demand) = most;
    let pool = demand.pool().filter(|pool| !said.contains(pool))?;
    cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
    cx.rest_on(&demand.surge.grounds);
    wording::report_surge(budget, demand, extra.interval.exact()?, cx);
    Some(pool)
}
