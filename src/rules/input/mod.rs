//! Rules of the category `input`.

mod evaluation_budget_exceeded;
mod module_cycle;
mod module_not_found;
mod suppression_expired;
mod suppression_unknown_rule;
mod suppression_unused;
mod suppression_without_reason;
mod syntax_error;
mod syntax_not_supported;
mod unreadable_input;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &syntax_error::RULE,
    &unreadable_input::RULE,
    &module_not_found::RULE,
    &suppression_unknown_rule::RULE,
    &suppression_without_reason::RULE,
    &suppression_unused::RULE,
    &suppression_expired::RULE,
    &evaluation_budget_exceeded::RULE,
    &syntax_not_supported::RULE,
    &module_cycle::RULE,
];
