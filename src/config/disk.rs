//! The file of aksnet.toml on the disk: read within bounds, named as it is shown. Knows nothing of what stands in it.

use std::io::{self, Read as _};
use std::path::Path;

use super::Error;
use crate::source::FilePath;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// Returns the file; an error if a link leads out of the project root.
pub(super) fn inside<'f>(file: &'f Path, project_root: &Path) -> Result<&'f Path, Error> {
    let real = file
        .canonicalize()
        .ok()
        .zip(project_root.canonicalize().ok());
    if real.is_some_and(|(file, root)| file.starts_with(root)) {
        return Ok(file);
    }
    Err(Error::Read {
        name: shown(file),
        source: io::Error::other("a link leads out of the project; name the file with --config"),
    })
}

/// Reads a text of bounded size.
pub(super) fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    let file = std::fs::File::open(file)?;
    file.take(MAX_FILE + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_FILE {
        let words = format!("it is larger than {} MiB", MAX_FILE >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    Ok(text)
}

/// Returns a file as shown: from the working directory where it lies below it, `/` between segments.
pub(super) fn shown(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let short = file.strip_prefix(&here).unwrap_or(file);
    let short = short.strip_prefix(".").unwrap_or(short);
    short.display().to_string().replace('\\', "/")
}

/// Returns the path below the project root, `None` if the file is not there.
pub(super) fn below(file: &Path, project_root: &Path) -> Option<FilePath> {
    let file = std::path::absolute(file).ok()?;
    let root = std::path::absolute(project_root).ok()?;
    FilePath::new(file.strip_prefix(root).ok()?.to_str()?)
}
