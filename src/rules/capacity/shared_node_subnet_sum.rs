//! AKS235. Clusters that fit a subnet each alone may not fit it together.

use super::wording;
use crate::capacity::{self, Budget, Moment, Supply, Together, Verdict};
use crate::finding::{RuleId, Severity};
use crate::model::Network;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(235),
    name: "shared-node-subnet-sum",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS235-shared-node-subnet-sum.md"),
    check: Check::Network(check),
};

fn check(network: &Network, cx: &mut Cx<'_>) {
    let shared =
        |budget: &&Budget| matches!(budget.of, Supply::Subnet(_)) && !budget.is_of_one_cluster();
    let budgets = capacity::of(network);
    cx.each(budgets.iter().filter(shared), check_one);
}

fn check_one(budget: &Budget, cx: &mut Cx<'_>) {
    let Together::Shared(verdict) = budget.judged_together() else {
        return;
    };
    let need = budget.needed(Moment::Maximum);
    match verdict {
        Verdict::Fits => {}
        Verdict::Open => cx.open_on(need.doubts.iter().chain(&budget.available.grounds)),
        Verdict::Exceeds => {
            cx.rest_on(need.grounds.iter().chain(&budget.available.grounds));
            wording::report_shared(budget, &need, cx);
        }
    }
}
