//! What the evaluator may ask for when an expression names a file: one more file below the project root.

use std::sync::Arc;

use super::{FilePath, Source};

/// What lies at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Something that is not looked at: outside the project root by way of a link, or neither file nor folder.
    Closed,
}

/// The files below the project root, read when something needs them.
pub trait Loader: Sync {
    /// Tells what lies at a path.
    fn find(&self, path: &FilePath) -> Found;

    /// Returns the bytes of a file; `None` if it cannot be read or has more than [`LARGEST`].
    fn read(&self, path: &FilePath) -> Option<Arc<[u8]>>;

    /// Returns the names in a folder and what they are, sorted; `None` if it cannot be read or has more than [`MOST`].
    fn list(&self, folder: &FilePath) -> Option<Vec<(String, Found)>>;

    /// Returns a text that was read as a source, so that spans can point into it; the same for the same path.
    fn source(&self, path: &FilePath, text: &str) -> Arc<Source>;
}

/// The bytes of the largest file that is read for an expression.
pub const LARGEST: usize = 1 << 20;

/// The most names of a folder that are looked at.
pub const MOST: usize = 10_000;
