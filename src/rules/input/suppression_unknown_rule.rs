//! AKS004. A suppression names no rule.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SUPPRESSION_UNKNOWN_RULE,
    name: "suppression-unknown-rule",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS004-suppression-unknown-rule.md"),
    check: Check::Input,
};
