//! Rules of the category `plugin`.

mod cilium_policy_without_cilium_data_plane;
mod kubenet_retired;
mod network_policy_missing;

use super::Rule;

/// The rules of this category.
pub(super) static RULES: &[&Rule] = &[
    &kubenet_retired::RULE,
    &cilium_policy_without_cilium_data_plane::RULE,
    &network_policy_missing::RULE,
];
