//! AKS005. A suppression gives no reason, so it does not count.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SUPPRESSION_WITHOUT_REASON,
    name: "suppression-without-reason",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS005-suppression-without-reason.md"),
    check: Check::Input,
};
