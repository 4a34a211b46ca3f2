//! AKS213. An upgrade adds nodes before it takes old ones away, and these need addresses too.

use super::{addresses, wording};
use crate::capacity::{self, Budget, Moment, Need, Verdict};
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
    let upgrade = budget.upgrade()?;
    let needed = need.interval.plus(upgrade.extra.interval);
    match Verdict::of(needed, budget.available.interval) {
        Verdict::Fits => return None,
        Verdict::Exceeds if upgrade.known => {}
        Verdict::Exceeds | Verdict::Open => {
            cx.open_on(need.doubts.iter().chain(&upgrade.doubts));
            return None;
        }
    }
    let (extra, demand) = (&upgrade.extra, upgrade.demand);
    let pool = demand.pool().filter(|pool| !said.contains(pool))?;
    cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
    cx.rest_on(&demand.surge.grounds);
    wording::report_surge(budget, demand, extra.interval.exact()?, cx);
    Some(pool)
}
