//! AKS003. Code names a local file or folder that is not there.

use crate::finding::{RuleId, Severity};
use crate::rules::{Category, Check, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId::MODULE_NOT_FOUND,
    name: "module-not-found",
    category: Category::Input,
    kind: Kind::Input,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS003-module-not-found.md"),
    check: Check::Input,
};
