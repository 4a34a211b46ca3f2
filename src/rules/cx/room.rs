//! How much a check may say, and what it said.

use crate::finding::{Observation, Undecided};

/// How much a check may say.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct Room {
    /// How many observations.
    pub(in crate::rules) observations: usize,
    /// How many notes of what it cannot decide.
    pub(in crate::rules) undecided: usize,
}

/// What a check said.
#[derive(Debug, Default)]
pub(in crate::rules) struct Said {
    /// What is wrong.
    pub(in crate::rules) observations: Vec<Observation>,
    /// What could not be decided.
    pub(in crate::rules) undecided: Vec<Undecided>,
    /// Whether there was more.
    pub(in crate::rules) cut: bool,
}
