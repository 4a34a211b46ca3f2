//! The project root and the walk below it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, DirEntry, FileType};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::ignored::{Ignored, leaves_out};
use super::neighbours::other_tool;
use super::{Language, language};
use crate::source::FilePath;

/// Returns the git top level around the paths, else the outermost ancestor that holds aksnet.toml, else the working
/// directory if it holds them, else their common folder.
pub(super) fn project_root(paths: &[PathBuf], here: &Path) -> PathBuf {
    let folder = |path: &PathBuf| {
        if path.is_dir() {
            path.clone()
        } else {
            path.parent().unwrap_or(path).to_owned()
        }
    };
    let folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    let common = folders.iter().skip(1).fold(
        folders.first().cloned().unwrap_or(here.to_owned()),
        |common, next| {
            let shared = common
                .components()
                .zip(next.components())
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a);
            shared.collect()
        },
    );
    let git = common.ancestors().find(|dir| dir.join(".git").exists());
    let configured = || {
        common
            .ancestors()
            .filter(|dir| dir.join("aksnet.toml").is_file())
            .last()
    };
    if let Some(root) = git.or_else(configured) {
        return root.to_owned();
    }
    if common.starts_with(here) {
        here.to_owned()
    } else {
        common
    }
}

/// A folder that the walk has come to.
struct Folder {
    path: PathBuf,
    /// What the ignore files around it leave out; `None` if there are none.
    around: Option<Arc<Ignored>>,
}

/// Collects the files of known types below `start`, level by level: no depth of folders is too deep for that. No link is
/// followed to a folder.
pub(super) fn walk(start: &Path, root: &Path, no_ignore: bool, found: &mut BTreeSet<FilePath>) {
    let mut level = vec![Folder {
        path: start.to_owned(),
        around: None,
    }];
    while !level.is_empty() {
        let read = level
            .par_iter()
            .map(|folder| folder.read(root, no_ignore))
            .collect::<Vec<_>>();
        level.clear();
        for (files, folders) in read {
            found.extend(files);
            level.extend(folders);
        }
    }
}

impl Folder {
    /// Returns the files of known types and the folders directly in it; nothing if it cannot be read.
    fn read(&self, root: &Path, no_ignore: bool) -> (Vec<FilePath>, Vec<Folder>) {
        let entries: Vec<DirEntry> = fs::read_dir(&self.path)
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .collect();
        let ignored = if no_ignore {
            None
        } else {
            Ignored::within(&self.path, &entries, root, self.around.as_ref())
        };
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in &entries {
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let path = entry.path();
            if leaves_out(ignored.as_deref(), &path, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                let around = ignored.clone();
                folders.push(Folder { path, around });
            } else {
                files.extend(known_file(&path, kind, root));
            }
        }
        (files, folders)
    }
}

fn known_file(path: &Path, kind: FileType, root: &Path) -> Option<FilePath> {
    let file = below(path, root)?;
    let wanted = match language(&file) {
        Some(
            Language::Terraform
            | Language::AutomaticVarFile
            | Language::VarFile
            | Language::Bicep
            | Language::BicepParameters
            | Language::Json,
        ) => true,
        Some(Language::Lock | Language::Settings) => false,
        None => other_tool(&file).is_some(),
    };
    (wanted && is_readable(path, kind, root)).then_some(file)
}

/// Tells whether it is a file, itself or by a link that does not lead out of the root: a pipe or a device may have no end.
pub(super) fn is_readable(path: &Path, kind: FileType, root: &Path) -> bool {
    kind.is_file() || (kind.is_symlink() && leads_below(path, root))
}

/// Tells whether a link leads to a file below the root.
fn leads_below(path: &Path, root: &Path) -> bool {
    path.canonicalize()
        .is_ok_and(|target| target.starts_with(root) && target.is_file())
}

/// Adds what lies beside modules and the walk leaves out: lock files, which are hidden, and automatic var files that ignore
/// files name: people keep them out of git, Terraform reads them all the same.
pub(super) fn files_beside(root: &Path, found: &mut BTreeSet<FilePath>) {
    let modules = found
        .iter()
        .filter(|file| !matches!(language(file), None | Some(Language::Json)));
    let folders: BTreeSet<FilePath> = modules.map(FilePath::parent).collect();
    for folder in folders {
        let wanted = |file: &FilePath| match language(file) {
            Some(Language::AutomaticVarFile | Language::Lock) => true,
            Some(
                Language::Terraform
                | Language::VarFile
                | Language::Bicep
                | Language::BicepParameters
                | Language::Settings
                | Language::Json,
            ) => false,
            None => other_tool(file).is_some(),
        };
        found.extend(files_in(root, &folder).into_iter().filter(wanted));
    }
}

/// Returns the files directly in a folder below the root.
pub(super) fn files_in(root: &Path, folder: &FilePath) -> Vec<FilePath> {
    let entries = walkdir::WalkDir::new(root.join(folder.as_str()))
        .min_depth(1)
        .max_depth(1);
    let file = |entry: walkdir::DirEntry| {
        let readable = is_readable(entry.path(), entry.file_type(), root);
        readable.then(|| below(entry.path(), root)).flatten()
    };
    entries
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(file)
        .collect()
}

/// Returns the path below the root, `None` outside it; what is not valid Unicode in it is replaced.
pub(super) fn below(path: &Path, root: &Path) -> Option<FilePath> {
    let segments = path.strip_prefix(root).ok()?.components();
    let names = segments.map(|segment| match segment {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    FilePath::of(names.collect::<Option<Vec<Cow<'_, str>>>>()?)
}
