//! AKS002. A file cannot be read; whoever opens it says so.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::UNREADABLE_INPUT,
    name: "unreadable-input",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS002-unreadable-input.md"),
    check: Check::Input,
};
