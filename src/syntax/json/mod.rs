//! JSON with the place of every value. Knows nothing about what a file means.

mod literal;
mod read;

pub(super) use literal::Literal;
pub(super) use read::{Dialect, read};
