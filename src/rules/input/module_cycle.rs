//! AKS010. Modules call each other in a circle.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::MODULE_CYCLE,
    name: "module-cycle",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS010-module-cycle.md"),
    check: Check::Input,
};
