//! The project root and the walk below it.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder, WalkState};

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

/// Collects the files of known types below `start`.
pub(super) fn walk(start: &Path, root: &Path, no_ignore: bool, found: &mut BTreeSet<FilePath>) {
    let files = Mutex::new(Vec::new());
    let walker = WalkBuilder::new(start)
        .standard_filters(!no_ignore)
        .hidden(true)
        .require_git(false)
        // What a machine's own git settings or the folders above the project say must not change a result.
        .git_global(false)
        .git_exclude(false)
        .parents(false)
        .threads(
            std::thread::available_parallelism()
                .map_or(1, usize::from)
                .min(8),
        )
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            if let Ok(entry) = entry
                && let Some(file) = known_file(&entry, root)
                && let Ok(mut files) = files.lock()
            {
                files.push(file);
            }
            WalkState::Continue
        })
    });
    found.extend(files.into_inner().unwrap_or_default());
}

fn known_file(entry: &DirEntry, root: &Path) -> Option<FilePath> {
    let kind = entry.file_type()?;
    let path = below(entry.path(), root)?;
    let readable = kind.is_file() || (kind.is_symlink() && leads_below(entry.path(), root));
    let wanted = matches!(
        language(&path)?,
        Language::Terraform | Language::AutomaticVarFile
    );
    (readable && wanted).then_some(path)
}

/// Tells whether a link leads to a file below the root.
fn leads_below(path: &Path, root: &Path) -> bool {
    path.canonicalize()
        .is_ok_and(|target| target.starts_with(root) && target.is_file())
}

/// Adds the automatic var files beside modules that ignore files leave out: people keep them out of git, Terraform reads
/// them all the same.
pub(super) fn automatic_var_files(root: &Path, found: &mut BTreeSet<FilePath>) {
    let folders: BTreeSet<FilePath> = found.iter().map(FilePath::parent).collect();
    for folder in folders {
        let files = files_in(root, &folder);
        found.extend(
            files
                .into_iter()
                .filter(|file| language(file) == Some(Language::AutomaticVarFile)),
        );
    }
}

/// Returns the files directly in a folder below the root.
pub(super) fn files_in(root: &Path, folder: &FilePath) -> Vec<FilePath> {
    let entries = walkdir::WalkDir::new(root.join(folder.as_str()))
        .min_depth(1)
        .max_depth(1);
    let file = |entry: walkdir::DirEntry| {
        let kind = entry.file_type();
        let readable = kind.is_file() || (kind.is_symlink() && leads_below(entry.path(), root));
        readable.then(|| below(entry.path(), root)).flatten()
    };
    entries
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter_map(file)
        .collect()
}

/// Returns the path below the root; `None` outside it, and where it is not valid Unicode.
pub(super) fn below(path: &Path, root: &Path) -> Option<FilePath> {
    let segments = path.strip_prefix(root).ok()?.components();
    let names = segments.map(|segment| match segment {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    FilePath::of(names.collect::<Option<Vec<&str>>>()?)
}
