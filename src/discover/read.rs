//! Reading files: bounded, as UTF-8, side by side.

use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::walk::files_in;
use super::{
    Error, File, INSTALLED, Language, Named, json, language, neighbours, resolve_file,
    working_directory,
};
use crate::finding::{RuleId, Trouble};
use crate::source::{FilePath, SourceId, Sources, Span};

/// The largest file that is read, in bytes: far above any file that people write, for parsing takes a hundred times as much.
const MAX_FILE: u64 = 4 << 20;

/// What may still be read through links to folders, in bytes: links can give a folder any number of paths.
#[derive(Debug)]
pub struct ThroughLinks(usize);

/// What a folder counts for that is reached through a link, however small its files are, in bytes.
const LINKED_FOLDER: usize = 4096;

impl Default for ThroughLinks {
    fn default() -> Self {
        ThroughLinks(64 << 20)
    }
}

/// Reads the Terraform files of a folder that the walk left out; empty if there is no such folder. A folder that a link
/// leads out of the root or back to a folder around it is no such folder.
pub fn read_folder(
    root: &Path,
    folder: &FilePath,
    sources: &Sources,
    through_links: &mut ThroughLinks,
) -> (Vec<File>, Vec<Trouble>) {
    let here = working_directory();
    let full = root.join(folder.as_str());
    let real = full.canonicalize().ok().filter(|dir| dir.starts_with(root));
    let Some(real) = real.filter(|real| *real == full || !leads_back(&full, real, root)) else {
        return (Vec::new(), Vec::new());
    };
    let linked = real != full;
    if linked && through_links.0 == 0 {
        return (Vec::new(), Vec::new());
    }
    let terraform = |file: &FilePath| language(file) == Some(Language::Terraform);
    let mut found = files_in(root, folder)
        .into_iter()
        .filter(terraform)
        .collect();
    neighbours::take_out(&mut found);
    let (files, troubles) = read_all(root, &here, found, &Named::default(), None, sources);
    if linked {
        let size = |file: &File| sources.get(file.source).text.len();
        let bytes: usize = files.iter().map(size).sum();
        through_links.0 = through_links.0.saturating_sub(bytes.max(LINKED_FOLDER));
    }
    (files, troubles)
}

/// Reads a Bicep file or ARM template that the walk left out; none if there is no such file, or a link leads to it.
pub fn read_file(root: &Path, path: &FilePath, sources: &Sources) -> (Vec<File>, Vec<Trouble>) {
    let full = root.join(path.as_str());
    let is_there = full.canonicalize().is_ok_and(|real| real == full) && full.is_file();
    let is_template = matches!(language(path), Some(Language::Bicep | Language::Json));
    if !is_there || !is_template || root.as_os_str().is_empty() {
        return (Vec::new(), Vec::new());
    }
    let found = BTreeSet::from([path.clone()]);
    let here = working_directory();
    read_all(root, &here, found, &Named::default(), None, sources)
}

/// Reads a template from the folder in which Bicep keeps those of registries, if it is there and does not lie elsewhere.
pub fn read_kept(cache: &Path, path: &FilePath, sources: &Sources) -> Option<File> {
    let cache = cache.canonicalize().ok()?;
    let disk = cache.join(path.as_str()).canonicalize().ok()?;
    let text = read_text(
        (disk.starts_with(&cache) && disk.is_file()).then_some(&disk)?,
        MAX_FILE,
    );
    let shown = slashes(&disk.to_string_lossy());
    let source = sources.add(&shown, None, disk, text.ok()?);
    Some(File {
        source,
        path: path.clone(),
        language: Language::Json,
        readable: true,
    })
}

/// Tells whether a folder is, under another name, one of the folders that its path goes through.
fn leads_back(full: &Path, real: &Path, root: &Path) -> bool {
    let mut around = full
        .ancestors()
        .skip(1)
        .take_while(|dir| dir.starts_with(root));
    around.any(|dir| dir.canonicalize().is_ok_and(|dir| dir == *real))
}

/// Reads the lists of installed modules beside the files, in the order of their folders. A list that cannot be read, or that
/// a link leads out of the root, is no list.
pub(super) fn read_installed(root: &Path, found: &BTreeSet<FilePath>) -> Vec<(FilePath, String)> {
    let folders: BTreeSet<FilePath> = found.iter().map(FilePath::parent).collect();
    let list = |folder: FilePath| {
        let path = root.join(folder.as_str()).join(INSTALLED);
        let real = path.canonicalize().ok()?;
        let below = real.starts_with(root) && real.is_file();
        let text = read_text(below.then_some(&real)?, MAX_FILE).ok()?;
        Some((folder, text))
    };
    folders.into_iter().filter_map(list).collect()
}

/// Reads a file that a flag names, wherever it lies.
pub fn read_named(path: &Path, sources: &Sources) -> Result<SourceId, Error> {
    let text = read_text(path, MAX_FILE).map_err(|source| Error::VarFile {
        path: path.to_owned(),
        source,
    })?;
    Ok(sources.add(
        &slashes(&path.to_string_lossy()),
        None,
        path.to_owned(),
        text,
    ))
}

/// Reads a file that the configuration names; `below` is its path if that lies below the project root.
pub(super) fn read_outside(
    disk: &Path,
    below: Option<FilePath>,
    root: &Path,
    sources: &Sources,
) -> io::Result<SourceId> {
    // A pipe or device may never end.
    if !std::fs::metadata(disk)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let text = read_text(disk, MAX_FILE)?;
    let full = match &below {
        Some(below) => root.join(below.as_str()),
        None => disk.canonicalize()?,
    };
    let shown = shown(&full, root, &working_directory());
    Ok(sources.add(&shown, below, full, text))
}

/// Reads files side by side; their numbers follow their paths.
pub(super) fn read_all(
    root: &Path,
    here: &Path,
    found: BTreeSet<FilePath>,
    named: &Named,
    stand_in: Option<&StandIn>,
    sources: &Sources,
) -> (Vec<File>, Vec<Trouble>) {
    let paths: Vec<FilePath> = found.into_iter().collect();
    let texts: Vec<Option<Read>> = paths
        .par_iter()
        .map(|path| {
            let disk = root.join(path.as_str());
            let instead = stand_in.filter(|stand_in| stand_in.path == disk);
            match (instead, language(path)) {
                (Some(stand_in), _) => Some(stand_in.content.clone()),
                (None, Some(Language::Json)) => Read::json(&disk, named.by_name(path)),
                (None, _) => Some(Read::misnamed(&disk).unwrap_or_else(|| Read::from(&disk))),
            }
        })
        .collect();
    let mut files = Vec::new();
    let mut troubles = Vec::new();
    for (path, read) in paths.into_iter().zip(texts) {
        let (Some(language), Some(read)) = (language(&path), read) else {
            continue;
        };
        let disk = root.join(path.as_str());
        let shown = shown(&disk, root, here);
        let source = sources.add(&shown, Some(path.clone()), disk, read.text);
        let readable = read.fault.is_none();
        if let Some(fault) = read.fault
            // A file that only lies somewhere below a named folder may belong to anything.
            && (named.by_name(&path) || matches!(language, Language::Terraform | Language::Bicep))
        {
            troubles.push(Trouble::new(
                RuleId::UNREADABLE_INPUT,
                Span::new(source, 0, 0),
                "",
                format!("cannot read {shown}: {fault}"),
            ));
        }
        files.push(File {
            source,
            path,
            language,
            readable,
        });
    }
    (files, troubles)
}

/// A text that stands for a file, whether that is there or not: standard input.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// The file that it stands for.
    pub path: PathBuf,
    content: Read,
}

impl StandIn {
    /// Reads what shall stand for a file.
    pub fn read(path: PathBuf, from: impl io::Read) -> Self {
        StandIn {
            path,
            content: Read::of(bytes(from, MAX_FILE)),
        }
    }

    /// Returns the same for the file's place on disk.
    pub(super) fn resolved(&self) -> Result<Self, Error> {
        Ok(StandIn {
            path: resolve_file(&self.path)?,
            content: self.content.clone(),
        })
    }
}

/// A file as far as it can be read.
#[derive(Clone, Debug)]
struct Read {
    /// Its text; of a file that is no text what can be read of it, each other byte a question mark.
    text: String,
    /// Why it cannot be read as it should.
    fault: Option<String>,
}

impl Read {
    /// Returns JSON that may matter; `None` for other JSON, which is nobody's business.
    fn json(path: &Path, named: bool) -> Option<Self> {
        match json::read(path, named) {
            Ok(bytes) => bytes.map(|bytes| Read::of(Ok(bytes))),
            Err(error) => named.then(|| Read::of(Err(error))),
        }
    }

    /// Returns the file whose name is shown as this one because it is not UTF-8; `None` if there is none.
    fn misnamed(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if !name.contains(char::REPLACEMENT_CHARACTER) || path.exists() {
            return None;
        }
        let mut entries = std::fs::read_dir(path.parent()?).ok()?.flatten();
        let entry = entries.find(|entry| entry.file_name().to_string_lossy() == name)?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let text = is_file.then(|| Read::from(&entry.path()).text);
        Some(Read {
            text: text.unwrap_or_default(),
            fault: Some("its name is not UTF-8".to_owned()),
        })
    }

    fn from(path: &Path) -> Self {
        Read::of(read_bytes(path, MAX_FILE))
    }

    fn of(bytes: io::Result<Vec<u8>>) -> Self {
        match bytes {
            Ok(bytes) => String::from_utf8(bytes).map_or_else(
                |error| Read {
                    text: legible(error.as_bytes()),
                    fault: Some("it is not UTF-8 text".to_owned()),
                },
                |text| Read { text, fault: None },
            ),
            Err(error) => Read {
                text: String::new(),
                fault: Some(error.to_string()),
            },
        }
    }
}

/// Returns the characters among bytes, each other byte a question mark, so that places stay true.
fn legible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// Reads a text of at most `most` bytes.
pub(super) fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_bytes(path, most)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text"))
}

pub(super) fn read_bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    bytes(std::fs::File::open(path)?, most)
}

fn bytes(from: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let words = format!("it is larger than {} MiB", most >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    Ok(bytes)
}

/// Returns the path as shown: from the working directory, absolute outside the project.
pub(super) fn shown(path: &Path, root: &Path, here: &Path) -> String {
    let relative = path
        .strip_prefix(here)
        .map(Path::to_owned)
        .ok()
        .or_else(|| {
            let up = here
                .strip_prefix(root)
                .ok()?
                .components()
                .filter(|c| matches!(c, Component::Normal(_)))
                .count();
            let mut relative: PathBuf = std::iter::repeat_n("..", up).collect();
            relative.push(path.strip_prefix(root).ok()?);
            Some(relative)
        });
    let relative = relative.unwrap_or_else(|| path.to_owned());
    slashes(&relative.to_string_lossy())
}

/// Returns a path with `/` between its segments; elsewhere than on Windows a backslash is a letter.
fn slashes(path: &str) -> String {
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    }
}
