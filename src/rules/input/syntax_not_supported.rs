//! AKS009. The language allows it, aksnet does not understand it yet.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SYNTAX_NOT_SUPPORTED,
    name: "syntax-not-supported",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS009-syntax-not-supported.md"),
    check: Check::Input,
};
