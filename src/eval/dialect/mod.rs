//! How each language converts and compares values. Knows no functions and no expressions.

pub(crate) mod terraform;
