//! A value that is not what is wanted, as it is written. Judges nothing.

use std::fmt;

use crate::value::Problem;

/// What is written where something else is wanted. Prints as it is written, quoted, masked when it is sensitive.
#[derive(Clone, Debug)]
pub struct Slip<'v> {
    /// What is wrong with it.
    pub problem: &'v Problem,
    pub(super) text: &'v str,
    pub(super) sensitive: bool,
}

impl Slip<'_> {
    /// Tells whether it is an empty string; a sensitive one is not looked at.
    pub fn is_empty(&self) -> bool {
        !self.sensitive && self.text.is_empty()
    }
}

impl fmt::Display for Slip<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sensitive {
            return f.write_str("(sensitive)");
        }
        write!(f, "{:?}", self.text)
    }
}
