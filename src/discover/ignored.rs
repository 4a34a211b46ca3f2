//! What .gitignore and .ignore leave out, as git and ripgrep understand them. Reads them as any other file of the project:
//! bounded, and never a pipe, a device or a link out of the project.

use std::fs::DirEntry;
use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};

use super::read::read_bytes;
use super::walk::is_readable;

/// The largest ignore file that counts, in bytes; a larger one is taken for none.
const MAX_FILE: u64 = 256 << 10;

/// The ignore files of a folder and, behind them, of those around it; folders without any are left out.
#[derive(Debug)]
pub(super) struct Ignored {
    /// `.ignore`.
    own: Gitignore,
    /// `.gitignore`, inside a repository or not.
    git: Gitignore,
    around: Option<Arc<Ignored>>,
}

impl Ignored {
    /// Returns what counts inside `folder`, which has these entries; `None` if there is no ignore file up to the start of
    /// the walk.
    pub(super) fn within(
        folder: &Path,
        entries: &[DirEntry],
        root: &Path,
        around: Option<&Arc<Ignored>>,
    ) -> Option<Arc<Ignored>> {
        let read = |name: &str| {
            let entry = entries.iter().find(|entry| entry.file_name() == name)?;
            let kind = entry.file_type().ok()?;
            is_readable(&entry.path(), kind, root).then(|| parse(folder, &entry.path()))
        };
        let (own, git) = (read(".ignore"), read(".gitignore"));
        if own.is_none() && git.is_none() {
            return around.cloned();
        }
        Some(Arc::new(Ignored {
            own: own.unwrap_or_else(Gitignore::empty),
            git: git.unwrap_or_else(Gitignore::empty),
            around: around.cloned(),
        }))
    }

    /// Returns what the nearest file that speaks of a path says; any `.ignore` goes before every `.gitignore`.
    fn speaks_of(&self, path: &Path, is_folder: bool) -> Match<&Glob> {
        self.nearest(path, is_folder, |files| &files.own)
            .or(self.nearest(path, is_folder, |files| &files.git))
    }

    fn nearest(
        &self,
        path: &Path,
        is_folder: bool,
        which: fn(&Ignored) -> &Gitignore,
    ) -> Match<&Glob> {
        std::iter::successors(Some(self), |files| files.around.as_deref())
            .map(|files| which(files).matched(path, is_folder))
            .find(|found| !found.is_none())
            .unwrap_or(Match::None)
    }
}

/// Tells whether the walk passes over a path: an ignore file says so, or it is hidden and none wants it.
pub(super) fn leaves_out(ignored: Option<&Ignored>, path: &Path, is_folder: bool) -> bool {
    let said = ignored.map_or(Match::None, |files| files.speaks_of(path, is_folder));
    let name = path.file_name().unwrap_or_default();
    let hidden = name.as_encoded_bytes().starts_with(b".");
    said.is_ignore() || (hidden && said.is_none())
}

/// Reads an ignore file up to the first line that is no text; a line that is no pattern counts for nothing.
fn parse(folder: &Path, file: &Path) -> Gitignore {
    let bytes = read_bytes(file, MAX_FILE).unwrap_or_default();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut patterns = GitignoreBuilder::new(folder);
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = str::from_utf8(line) else {
            break;
        };
        let _no_pattern = patterns.add_line(None, line.strip_suffix('\r').unwrap_or(line));
    }
    patterns.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
mod tests {
    use super::super::walk::walk;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    use ignore::WalkBuilder;
    use proptest::prelude::*;

    use crate::source::FilePath;

    /// A folder of its own, which goes when this goes.
    struct Tree(PathBuf);

    impl Tree {
        fn new(files: &[(String, String)]) -> Self {
            static MADE: AtomicU32 = AtomicU32::new(0);
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let name = format!("aksnet-walk-{}-{number}", std::process::id());
            let root = std::env::temp_dir().join(name);
            fs::create_dir_all(&root).unwrap();
            let root = root.canonicalize().unwrap();
            for (path, text) in files {
                let file = root.join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            Tree(root)
        }

        fn walked(&self, no_ignore: bool) -> BTreeSet<String> {
            let mut found = BTreeSet::new();
            walk(&self.0, &self.0, no_ignore, &mut found);
            found.iter().map(FilePath::to_string).collect()
        }

        /// Walks as `ignore` itself does.
        fn reference(&self, no_ignore: bool) -> BTreeSet<String> {
            let walk = WalkBuilder::new(&self.0)
                .standard_filters(!no_ignore)
                .hidden(true)
                .require_git(false)
                .git_global(false)
                .git_exclude(false)
                .parents(false)
                .build();
            walk.filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
                .filter(|entry| entry.path().extension().is_some_and(|tf| tf == "tf"))
                .map(|entry| entry.path().strip_prefix(&self.0).unwrap().to_owned())
                .map(|path| path.to_str().unwrap().replace('\\', "/"))
                .collect()
        }
    }

    impl Drop for Tree {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn folder() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!["a/", "b/", ".h/"]), 0..4)
            .prop_map(|names| names.concat())
    }

    fn rules() -> impl Strategy<Value = String> {
        let names = vec![
            "a",
            "b",
            "x.tf",
            "*.tf",
            "*",
            "**",
            "a/",
            "/a",
            "a/b",
            "**/b",
            "a/**",
            ".h",
            ".*",
            "b/x.tf",
            "/x.tf",
            "[ab]",
            "{",
            "[",
            "# x",
            "\\#",
            "",
            " ",
            "x.tf ",
            "\u{feff}a",
            "a\r",
            "y.tf",
            "/*",
            "a/*",
            "a/**/b",
        ];
        let line = (any::<bool>(), prop::sample::select(names)).prop_map(|(but, name)| {
            if but {
                format!("!{name}")
            } else {
                name.to_owned()
            }
        });
        prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn the_walk_leaves_out_what_ignore_itself_leaves_out(
            folders in prop::collection::vec(folder(), 1..8),
            rules in prop::collection::vec((folder(), any::<bool>(), rules()), 0..6),
        ) {
            let mut files = Vec::new();
            for folder in folders {
                for name in ["x.tf", "y.tf", ".z.tf"] {
                    files.push((format!("{folder}{name}"), String::new()));
                }
            }
            for (folder, git, text) in rules {
                let name = if git { ".gitignore" } else { ".ignore" };
                files.push((format!("{folder}{name}"), text));
            }
            let tree = Tree::new(&files);
            prop_assert_eq!(tree.walked(false), tree.reference(false));
            prop_assert_eq!(tree.walked(true), tree.reference(true));
        }
    }

    #[test]
    fn lines_after_one_that_is_no_text_do_not_count() {
        let tree = Tree::new(&[
            ("x.tf".into(), String::new()),
            ("y.tf".into(), String::new()),
        ]);
        fs::write(tree.0.join(".gitignore"), b"y.tf\n\xff\nx.tf\n").unwrap();
        assert_eq!(tree.walked(false), tree.reference(false));
        assert_eq!(tree.walked(false).len(), 1);
    }

    #[test]
    fn a_huge_ignore_file_is_taken_for_none() {
        let rules = "x.tf\n".repeat(100_000);
        let tree = Tree::new(&[("x.tf".into(), String::new()), (".gitignore".into(), rules)]);
        assert_eq!(tree.walked(false).len(), 1);
    }
}
