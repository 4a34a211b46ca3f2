//! The files that expressions name: below the project root alone, regular files alone, of a bounded size.

use std::collections::{BTreeMap, HashMap};
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::read::{read_bytes, shown};
use super::{Discovery, working_directory};
use crate::source::{FilePath, Found, LARGEST, Loader, MOST, Source, SourceId, Sources};

/// The sources that were made of files so far.
#[derive(Debug, Default)]
struct Made(Mutex<HashMap<FilePath, SourceId>>);

impl Made {
    /// Returns the source of a path, made the first time.
    fn source(
        &self,
        sources: &Sources,
        path: &FilePath,
        add: impl FnOnce() -> SourceId,
    ) -> Arc<Source> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sources.get(*made.entry(path.clone()).or_insert_with(add))
    }
}

/// The files on disk below a project root.
#[derive(Debug)]
pub struct Disk<'s> {
    root: PathBuf,
    here: PathBuf,
    sources: &'s Sources,
    made: Made,
}

impl<'s> Disk<'s> {
    /// Returns the files below the root of what was discovered.
    pub fn of(discovery: &Discovery, sources: &'s Sources) -> Self {
        Disk {
            root: discovery.root.clone(),
            here: working_directory(),
            sources,
            made: Made::default(),
        }
    }

    fn full(&self, path: &FilePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Tells what lies at a full path when all links are followed.
    fn look(&self, full: &Path) -> Found {
        let Ok(real) = full.canonicalize() else {
            return self.look_around(full);
        };
        match real.metadata() {
            Ok(data) if real.starts_with(&self.root) => kind(data.file_type()),
            _ => Found::Closed,
        }
    }

    /// Tells whether nothing lies at a path that leads nowhere, or whether it leads out of the root.
    fn look_around(&self, full: &Path) -> Found {
        if full.symlink_metadata().is_ok() {
            return Found::Closed;
        }
        let around = full
            .ancestors()
            .skip(1)
            .find_map(|dir| dir.canonicalize().ok());
        match around {
            Some(dir) if dir.starts_with(&self.root) => Found::Nothing,
            _ => Found::Closed,
        }
    }
}

fn kind(kind: FileType) -> Found {
    if kind.is_file() {
        Found::File
    } else if kind.is_dir() {
        Found::Folder
    } else {
        Found::Closed
    }
}

impl Loader for Disk<'_> {
    fn find(&self, path: &FilePath) -> Found {
        self.look(&self.full(path))
    }

    fn read(&self, path: &FilePath) -> Option<Arc<[u8]>> {
        // Opening something else than a file may never return.
        if self.find(path) != Found::File {
            return None;
        }
        let bytes = read_bytes(&self.full(path), LARGEST as u64).ok()?;
        Some(bytes.into())
    }

    fn list(&self, folder: &FilePath) -> Option<Vec<(String, Found)>> {
        if self.find(folder) != Found::Folder {
            return None;
        }
        let mut names = Vec::new();
        for entry in self.full(folder).read_dir().ok()? {
            let entry = entry.ok()?;
            if names.len() == MOST {
                return None;
            }
            let found = match entry.file_type().ok()? {
                link if link.is_symlink() => match self.look(&entry.path()) {
                    Found::File => Found::File,
                    Found::Nothing | Found::Folder | Found::Closed => Found::Closed,
                },
                other => kind(other),
            };
            names.push((entry.file_name().into_string().ok()?, found));
        }
        names.sort_by(|(a, _), (b, _)| a.cmp(b));
        Some(names)
    }

    fn source(&self, path: &FilePath, text: &str) -> Arc<Source> {
        self.made.source(self.sources, path, || {
            let disk = self.full(path);
            let name = shown(&disk, &self.root, &self.here);
            self.sources
                .add(&name, Some(path.clone()), disk, text.to_owned())
        })
    }
}

/// Texts that are in memory, as files below an imagined project root.
#[derive(Debug)]
pub struct Memory<'s> {
    texts: BTreeMap<FilePath, Arc<[u8]>>,
    sources: &'s Sources,
    made: Made,
}

impl<'s> Memory<'s> {
    /// Returns the files of these paths and texts.
    pub fn of(texts: &[(&str, &str)], sources: &'s Sources) -> Self {
        let texts = texts
            .iter()
            .filter_map(|(path, text)| Some((FilePath::new(path)?, text.as_bytes().into())));
        Memory {
            texts: texts.collect(),
            sources,
            made: Made::default(),
        }
    }
}

impl Loader for Memory<'_> {
    fn find(&self, path: &FilePath) -> Found {
        if self.texts.contains_key(path) {
            return Found::File;
        }
        if self.texts.keys().any(|file| file.is_below(path)) {
            return Found::Folder;
        }
        Found::Nothing
    }

    fn read(&self, path: &FilePath) -> Option<Arc<[u8]>> {
        let bytes = self.texts.get(path)?;
        (bytes.len() <= LARGEST).then(|| Arc::clone(bytes))
    }

    fn list(&self, folder: &FilePath) -> Option<Vec<(String, Found)>> {
        let mut names = BTreeMap::new();
        for file in self.texts.keys().filter(|file| file.is_below(folder)) {
            let below = file.seen_from(folder);
            match below.split_once('/') {
                Some((name, _)) => names.insert(name.to_owned(), Found::Folder),
                None => names.insert(below, Found::File),
            };
        }
        (names.len() <= MOST).then(|| names.into_iter().collect())
    }

    fn source(&self, path: &FilePath, text: &str) -> Arc<Source> {
        self.made.source(self.sources, path, || {
            let name = path.as_str();
            self.sources
                .add(name, Some(path.clone()), PathBuf::new(), text.to_owned())
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder that is taken away at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            let name = format!("aksnet-load-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(folder.join("root/inside")).expect("a folder can be made");
            Folder(folder.canonicalize().expect("the folder is there"))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn nothing_outside_the_root_is_looked_at() {
        let folder = Folder::new();
        let root = folder.0.join("root");
        fs::write(folder.0.join("secret"), "secret").unwrap();
        fs::write(root.join("bytes"), [0xff, 0]).unwrap();
        fs::write(root.join("large"), vec![b'x'; LARGEST + 1]).unwrap();
        symlink(folder.0.join("secret"), root.join("out")).unwrap();
        symlink(&folder.0, root.join("up")).unwrap();
        symlink(root.join("bytes"), root.join("in")).unwrap();
        symlink(root.join("nowhere"), root.join("dangling")).unwrap();
        let sources = Sources::default();
        let discovery = Discovery {
            root,
            ..Discovery::default()
        };
        let disk = Disk::of(&discovery, &sources);
        let path = |text| FilePath::new(text).unwrap();
        let found = |text| disk.find(&path(text));
        assert_eq!(found("bytes"), Found::File);
        assert_eq!(found("in"), Found::File);
        assert_eq!(found("inside"), Found::Folder);
        assert_eq!(found("missing/file"), Found::Nothing);
        for closed in ["out", "up", "up/secret", "up/missing", "dangling"] {
            assert_eq!(found(closed), Found::Closed, "{closed}");
            assert_eq!(disk.read(&path(closed)), None, "{closed}");
        }
        assert_eq!(
            disk.read(&path("in")).as_deref(),
            Some([0xff, 0].as_slice())
        );
        assert_eq!(disk.read(&path("large")), None);
        let names = disk.list(&path("")).unwrap();
        let open: Vec<&str> = names
            .iter()
            .filter(|(_, found)| *found != Found::Closed)
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(open, ["bytes", "in", "inside", "large"]);
        assert_eq!(disk.list(&path("up")), None);
    }
}
