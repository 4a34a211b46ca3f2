//! Rules of the category `egress`.

mod basic_load_balancer;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[&basic_load_balancer::RULE];
