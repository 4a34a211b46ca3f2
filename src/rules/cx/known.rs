//! Values that a rule may rely on.

use std::fmt;
use std::ops::Deref;

use crate::value::ProvId;

/// A value that is known. Prints as its author wrote it, masked when it is sensitive.
#[derive(Clone, Debug)]
pub struct Known<'v, T> {
    pub(super) value: &'v T,
    pub(super) written: Option<String>,
    pub(super) sensitive: bool,
    pub(super) prov: ProvId,
}

impl<T> Deref for Known<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: fmt::Display> fmt::Display for Known<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sensitive {
            return f.write_str("(sensitive)");
        }
        match &self.written {
            Some(text) => f.write_str(text),
            None => self.value.fmt(f),
        }
    }
}

impl<T> Known<'_, T> {
    /// Returns where the value came from.
    pub fn prov(&self) -> ProvId {
        self.prov
    }
}
