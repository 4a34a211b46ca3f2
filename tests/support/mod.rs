//! What the tests share: the pages of `rules/`, one way to run aksnet over texts, one to run the program, and a reader of
//! the published schemas.

pub(crate) mod cli;
pub(crate) mod page;
pub(crate) mod recorded;
pub(crate) mod run;
pub(crate) mod schema;

use std::path::PathBuf;

/// Returns the folder of the package.
pub(crate) fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Tells whether generated text is to be written anew instead of compared.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value != "0")
}
