//! AKS008. A value was given up because it would cost too much.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::BUDGET_EXCEEDED,
    name: "evaluation-budget-exceeded",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS008-evaluation-budget-exceeded.md"),
    check: Check::Input,
};
