//! AKS006. A suppression takes nothing away.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SUPPRESSION_UNUSED,
    name: "suppression-unused",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS006-suppression-unused.md"),
    check: Check::Input,
};
