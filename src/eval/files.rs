//! The files that expressions of one root name, read once and not more than so many of them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::{FilePath, Found, LARGEST, Loader, Source};

/// The bytes that the roots of a run may read together; each has an equal share, and at least one file of any size.
const BYTES: usize = 16 << 20;

/// The names in folders that one root may look at.
const NAMES: usize = 50_000;

/// The files that one root may read.
pub(crate) struct Files<'p> {
    loader: &'p dyn Loader,
    /// The folder that relative paths start from; in Terraform where it runs.
    folder: FilePath,
    bytes_left: usize,
    names_left: usize,
    read: HashMap<FilePath, Option<Arc<[u8]>>>,
}

impl<'p> Files<'p> {
    /// Returns the files that one of so many roots may read.
    pub(super) fn new(loader: &'p dyn Loader, folder: FilePath, roots: usize) -> Self {
        Files {
            loader,
            folder,
            bytes_left: (BYTES / roots.max(1)).max(LARGEST),
            names_left: NAMES,
            read: HashMap::new(),
        }
    }

    /// Returns the path below the project root that a text means, `None` if it leads out of it or to a home.
    pub(crate) fn path(&self, text: &str) -> Option<FilePath> {
        if text.starts_with('~') {
            return None;
        }
        self.folder.join(text)
    }

    /// Tells what lies at a path.
    pub(crate) fn find(&self, path: &FilePath) -> Found {
        self.loader.find(path)
    }

    /// Tells what lies around a path where nothing lies.
    pub(crate) fn find_around(&self, path: &FilePath) -> Found {
        let mut folder = path.parent();
        while !folder.as_str().is_empty() {
            match self.find(&folder) {
                Found::Nothing => folder = folder.parent(),
                found => return found,
            }
        }
        Found::Folder
    }

    /// Returns the bytes of a file; `None` if it cannot be read or would be too much.
    pub(crate) fn read(&mut self, path: &FilePath) -> Option<Arc<[u8]>> {
        if let Some(known) = self.read.get(path) {
            return known.clone();
        }
        let bytes = self.loader.read(path);
        let left = bytes
            .as_ref()
            .and_then(|bytes| self.bytes_left.checked_sub(bytes.len()));
        let bytes = bytes.filter(|_| left.is_some());
        self.bytes_left = left.unwrap_or(self.bytes_left);
        self.read.insert(path.clone(), bytes.clone());
        bytes
    }

    /// Returns the names in a folder and what they are; `None` if they are not known or would be too many.
    pub(crate) fn list(&mut self, folder: &FilePath) -> Option<Vec<(String, Found)>> {
        let names = self.loader.list(folder)?;
        self.names_left = self.names_left.checked_sub(names.len() + 1)?;
        Some(names)
    }

    /// Returns a text that was read as a source.
    pub(super) fn source(&self, path: &FilePath, text: &str) -> Arc<Source> {
        self.loader.source(path, text)
    }
}
