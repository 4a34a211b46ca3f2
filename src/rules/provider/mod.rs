//! Rules of the category `provider`.

mod change;
mod network_forcenew;
mod pod_cidr_expansion_recreates;
mod removed_attribute_for_provider_version;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &network_forcenew::RULE,
    &pod_cidr_expansion_recreates::RULE,
    &removed_attribute_for_provider_version::RULE,
];
