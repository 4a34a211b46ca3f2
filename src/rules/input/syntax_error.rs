//! AKS001. A file or block does not parse; whoever reads it says so.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::SYNTAX_ERROR,
    name: "syntax-error",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS001-syntax-error.md"),
    check: Check::Input,
};
