//! Paths below the project root, as texts. Asks no file system.

use std::fmt;

/// A path below the project root: `/` between segments, no `.` or `..`, empty for the root itself.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct FilePath(String);

impl FilePath {
    /// Returns the path that `text` means below the root, `None` if it leads out of it.
    pub fn new(text: &str) -> Option<Self> {
        FilePath::default().join(text)
    }

    /// Returns the path of these names, each inside the one before: a name that the disk has may hold what would part two
    /// names in a text. `None` if one is no name.
    pub fn of(names: impl IntoIterator<Item = impl AsRef<str>>) -> Option<Self> {
        let name = |name: &str| {
            let is_name = !matches!(name, "" | "." | "..") && !name.contains('/');
            is_name.then(|| name.to_owned())
        };
        let names: Option<Vec<String>> = names.into_iter().map(|n| name(n.as_ref())).collect();
        names.map(|names| FilePath(names.join("/")))
    }

    /// Returns the path that the relative `text` means from this folder, `None` if it leads out of the root or is absolute.
    pub fn join(&self, text: &str) -> Option<Self> {
        if text.starts_with('/') || (cfg!(windows) && text.contains(':')) {
            return None;
        }
        let mut segments: Vec<&str> = self.0.split('/').filter(|s| !s.is_empty()).collect();
        for segment in text.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                other => segments.push(other),
            }
        }
        Some(FilePath(segments.join("/")))
    }

    /// Returns the folder that holds this path; the root's is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        FilePath(
            self.0
                .rsplit_once('/')
                .map_or(String::new(), |(dir, _)| dir.to_owned()),
        )
    }

    /// Returns the way to this path from a folder: `../../modules/net`, `.` for the folder itself.
    pub fn seen_from(&self, folder: &FilePath) -> String {
        let segments = |path: &'_ FilePath| path.0.split('/').filter(|s| !s.is_empty()).count();
        let (from, to) = (&folder.0, &self.0);
        let pairs = from.split('/').zip(to.split('/'));
        let shared = pairs.take_while(|(a, b)| a == b && !a.is_empty()).count();
        let up = std::iter::repeat_n("..", segments(folder) - shared);
        let down = to.split('/').skip(shared).filter(|s| !s.is_empty());
        let way: Vec<&str> = up.chain(down).collect();
        if way.is_empty() {
            ".".to_owned()
        } else {
            way.join("/")
        }
    }

    /// Returns the last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Tells whether this path is `folder` or lies below it.
    pub fn is_below(&self, folder: &FilePath) -> bool {
        folder.0.is_empty()
            || self.0 == folder.0
            || self
                .0
                .strip_prefix(&folder.0)
                .is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the text, `/` between segments.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        let dir = FilePath::new("envs/prod").unwrap();
        assert_eq!(
            dir.join("../../modules/./net").unwrap().as_str(),
            "modules/net"
        );
        assert_eq!(dir.join("../../../other"), None);
        assert_eq!(dir.join("/etc"), None);
        assert!(
            FilePath::new("a/b")
                .unwrap()
                .is_below(&FilePath::new("a").unwrap())
        );
        assert!(
            !FilePath::new("ab")
                .unwrap()
                .is_below(&FilePath::new("a").unwrap())
        );
    }

    #[test]
    fn ways_lead_from_folder_to_folder() {
        let path = |text| FilePath::new(text).unwrap();
        let way = |to, from| path(to).seen_from(&path(from));
        assert_eq!(way("modules/net", "envs/prod"), "../../modules/net");
        assert_eq!(way("a/b", "a"), "b");
        assert_eq!(way("a", "a/b"), "..");
        assert_eq!(way("", ""), ".");
        assert_eq!(way("a", "a"), ".");
        assert_eq!(way("ab", "a"), "../ab");
    }
}
