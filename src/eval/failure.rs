//! Why an expression has no value: it is not known, or the language refuses it. Says nothing of where.

use crate::value::{Tree, Unknown};

/// The end of an evaluation that gives no value.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The value is not known; what is known of it all the same.
    Unknown(Unknown<Tree>),
    /// The language would refuse it: why, without a full stop.
    Wrong(String),
}

impl Failure {
    /// Returns a refusal.
    pub(crate) fn wrong(why: impl Into<String>) -> Self {
        Failure::Wrong(why.into())
    }
}

/// Returns a text in quotes, as a refusal names it: a long one is cut.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}...", &text[..end]),
        None => format!("{text:?}"),
    }
}
