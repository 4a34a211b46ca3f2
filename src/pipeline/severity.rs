//! Step 1: how severe an observation is.

use crate::config::Config;
use crate::finding::{Observation, Severity};

/// Returns the configured severity, else the observation's own, else its rule's.
pub(super) fn of(observation: &Observation, config: &Config) -> Severity {
    config
        .configured_severity(observation.rule)
        .or(observation.severity)
        .unwrap_or_else(|| config.severity_of(observation.rule))
}
