//! AKS007. The day of a suppression has passed.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SUPPRESSION_EXPIRED,
    name: "suppression-expired",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS007-suppression-expired.md"),
    check: Check::Input,
};
