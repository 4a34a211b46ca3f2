//! JSON files: most of those in a project are nobody's business, and must cost little.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use memchr::memmem;

/// Words of which all stand in a text that may matter, one list for each kind of text.
const WORDS: &[&[&str]] = &[
    &["\"format_version\"", "\"terraform_version\""],
    &["eploymentTemplate.json"],
    &["eploymentParameters.json"],
    &["eploymenttemplate.json"],
    &["eploymentparameters.json"],
    &["\"contentVersion\"", "\"resources\""],
];

/// The largest JSON file that is read as a whole to find the words in it, in bytes.
const READ_WHOLE: u64 = 4 << 20;

/// How far into a larger file the words are looked for, in bytes: Terraform writes them first.
const HEAD: u64 = 64 << 10;

/// The largest file that is read, in bytes: plans hold every attribute of every resource.
const MAX_FILE: u64 = 256 << 20;

/// Tells whether a text may be what aksnet reads.
pub(super) fn may_matter(text: &[u8]) -> bool {
    let holds = |word: &&str| memmem::find(text, word.as_bytes()).is_some();
    WORDS.iter().any(|words| words.iter().all(holds))
}

/// Returns the bytes of a file that may matter, `None` of another. A file that is `named` by itself is looked through
/// whatever its size.
pub(super) fn read(path: &Path, named: bool) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    if size > READ_WHOLE && !named {
        file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
        if !may_matter(&bytes) {
            return Ok(None);
        }
    }
    let left = (MAX_FILE + 1).saturating_sub(bytes.len() as u64);
    file.take(left).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        let words = format!("it is larger than {} MiB", MAX_FILE >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    Ok(may_matter(&bytes).then_some(bytes))
}
