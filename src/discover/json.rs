//! JSON files: most of those in a project are nobody's business, and must cost little.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use memchr::memmem;

/// Words that stand in every plan and state.
const TERRAFORM: &[&str] = &["\"terraform_version\"", "\"format_version\""];

/// Words that stand in all that Azure prints: how ids begin, and what an id is called.
const AZURE: &[&str] = &["\"/subscriptions/", "\"id\""];

/// Words of which one stands in what Azure prints about clusters and networks.
const PROVIDERS: &[&str] = &[
    "/providers/Microsoft.ContainerService/",
    "/providers/Microsoft.Network/",
    "/providers/microsoft.containerservice/",
    "/providers/microsoft.network/",
];

/// Words of which one stands in each ARM template and parameters file.
const TEMPLATES: &[&str] = &[
    "\"contentVersion\"",
    "eploymentTemplate.json",
    "eploymentParameters.json",
    "\"contentversion\"",
    "eploymenttemplate.json",
    "eploymentparameters.json",
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
    TERRAFORM.iter().all(holds)
        || TEMPLATES.iter().any(holds)
        || AZURE.iter().all(holds) && PROVIDERS.iter().any(holds)
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
    Ok((may_matter(&bytes) || may_matter_wide(&bytes)).then_some(bytes))
}

/// Tells the same of a text in UTF-16, as PowerShell writes it: it cannot be read, but whoever names it is told so.
fn may_matter_wide(text: &[u8]) -> bool {
    let wide = text.starts_with(&[0xff, 0xfe]) || text.starts_with(&[0xfe, 0xff]);
    let narrow = || text.iter().copied().filter(|byte| *byte != 0);
    wide && may_matter(&narrow().collect::<Vec<u8>>())
}
