//! Paths to texts: the project root, the walk below it, reading. Nothing else touches the file system but what is handed out
//! here; no link is followed out of the project root.

mod ignored;
mod json;
mod load;
mod neighbours;
mod read;
mod walk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::finding::Trouble;
use crate::source::{FilePath, Source, SourceId, Sources};

pub use load::{Disk, Memory};
pub use read::{StandIn, ThroughLinks, read_file, read_folder, read_kept, read_named};
use read::{read_all, read_installed, read_outside};
use walk::{below, files_beside, project_root, walk};

/// What keeps a run from starting.
#[derive(thiserror::Error, Debug)]
pub enum Error {
    /// A path that does not exist or cannot be reached.
    #[error("cannot open {}", .path.display())]
    Unreachable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A var file that cannot be read.
    #[error("cannot read the var file {}", .path.display())]
    VarFile {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

/// What a file is, told by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// A file of a Terraform module.
    Terraform,
    /// A var file that Terraform reads by itself.
    AutomaticVarFile,
    /// Another var file.
    VarFile,
    /// A Bicep file.
    Bicep,
    /// A Bicep parameter file.
    BicepParameters,
    /// JSON that speaks as what aksnet reads does; its shape tells what it is.
    Json,
    /// `.terraform.lock.hcl`: says which provider versions the root beside it uses, and stands for everything below its folder.
    Lock,
    /// aksnet.toml: stands for everything below its folder.
    Settings,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: SourceId,
    /// Its path below the project root.
    pub path: FilePath,
    /// What it is.
    pub language: Language,
    /// Whether all of it could be read.
    pub readable: bool,
}

/// The files that a user named, by themselves or by a folder around them.
#[derive(Clone, Debug, Default)]
pub struct Named {
    files: BTreeSet<FilePath>,
    folders: BTreeSet<FilePath>,
}

impl Named {
    /// Tells whether a file was named.
    pub fn contains(&self, path: &FilePath) -> bool {
        let mut folders = std::iter::successors(Some(path.parent()), |dir| {
            (!dir.as_str().is_empty()).then(|| dir.parent())
        });
        self.files.contains(path) || folders.any(|dir| self.folders.contains(&dir))
    }

    /// Tells whether a text is that of a file that was named.
    pub fn holds(&self, source: &Source) -> bool {
        source.path.as_ref().is_some_and(|path| self.contains(path))
    }

    /// Tells whether a file was named by its own name.
    pub fn by_name(&self, path: &FilePath) -> bool {
        self.files.contains(path)
    }

    /// Names a folder.
    pub fn add_folder(&mut self, folder: FilePath) {
        self.folders.insert(folder);
    }
}

/// Everything that was found and read.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The folder that nothing is read outside of.
    pub root: PathBuf,
    /// The files that were read, sorted by path.
    pub files: Vec<File>,
    /// What the user named.
    pub named: Named,
    /// Files that cannot be read.
    pub troubles: Vec<Trouble>,
    /// Files that were seen and are not read, sorted by path, each with the reason.
    pub left_alone: Vec<(FilePath, &'static str)>,
    /// Whether a file of a known type lies under the paths.
    pub known: bool,
    /// Terraform's lists of installed modules: the folder whose list it is, and its text.
    pub installed: Vec<(FilePath, String)>,
}

impl Discovery {
    /// Returns the file of the project that a path means, if it was read.
    pub fn read_already(&self, named: &Path) -> Option<FilePath> {
        let full = named.canonicalize().ok()?;
        let path = below(&full, &self.root)?;
        self.files
            .iter()
            .any(|file| file.path == path)
            .then_some(path)
    }

    /// Returns the named files that are not read, each with the reason.
    pub fn named_left_alone(&self) -> Vec<(FilePath, &'static str)> {
        let all = self.left_alone.iter();
        let named = all.filter(|(path, _)| self.named.contains(path));
        named.cloned().collect()
    }

    /// Tells whether a file of a Terraform module, directly in its folder, was named, by itself or by a folder around it.
    pub fn names_in(&self, folder: &FilePath) -> bool {
        let terraform = |file: &FilePath| {
            !matches!(
                language(file),
                Some(Language::Bicep | Language::BicepParameters | Language::Json)
            )
        };
        let beside = |file: &FilePath| file.parent() == *folder && terraform(file);
        let inside = folder
            .join("x")
            .is_some_and(|file| self.named.contains(&file));
        inside || self.named.files.iter().any(beside)
    }
}

/// Where Terraform lists the modules that it has installed, below the folder of a root.
const INSTALLED: &str = ".terraform/modules/modules.json";

impl Discovery {
    /// Returns a file that the configuration names from a folder below the project root, wherever it lies.
    pub fn read_beside(
        &self,
        folder: &FilePath,
        file: &str,
        sources: &Sources,
    ) -> std::io::Result<SourceId> {
        let below = folder.join(file);
        let same = |have: &&File| Some(&have.path) == below.as_ref() && have.readable;
        if let Some(have) = self.files.iter().find(same) {
            return Ok(have.source);
        }
        if self.root.as_os_str().is_empty() {
            return Err(std::io::ErrorKind::NotFound.into());
        }
        let disk = self.root.join(folder.as_str()).join(file);
        read_outside(&disk, below, &self.root, sources)
    }
}

/// Returns texts that are in memory as if they had been read; all of them are named.
pub fn in_memory(texts: &[(&str, &str)], sources: &Sources) -> Discovery {
    let mut discovery = Discovery::default();
    discovery.named.add_folder(FilePath::default());
    let mut texts: Vec<(FilePath, &str)> = texts
        .iter()
        .filter_map(|(path, text)| Some((FilePath::new(path)?, *text)))
        .collect();
    texts.sort();
    let mut found = texts.iter().map(|(path, _)| path.clone()).collect();
    discovery.left_alone = neighbours::take_out(&mut found);
    texts.retain(|(path, _)| found.contains(path));
    for (path, text) in texts {
        if let Some(folder) = path.as_str().strip_suffix(INSTALLED) {
            let list = FilePath::new(folder).map(|folder| (folder, text.to_owned()));
            discovery.installed.extend(list);
        }
        let Some(language) = language(&path) else {
            continue;
        };
        if language == Language::Json && !json::may_matter(text.as_bytes()) {
            continue;
        }
        let source = sources.add(
            path.as_str(),
            Some(path.clone()),
            PathBuf::new(),
            text.to_owned(),
        );
        discovery.files.push(File {
            source,
            path,
            language,
            readable: true,
        });
        discovery.known = true;
    }
    discovery
}

/// Returns the project root of paths, as [`discover`] finds it.
pub fn root_of(paths: &[PathBuf], stand_in: Option<&StandIn>) -> Result<PathBuf, Error> {
    Ok(project_root(
        &resolve_all(paths, stand_in)?,
        &working_directory(),
    ))
}

fn resolve_all(paths: &[PathBuf], stand_in: Option<&StandIn>) -> Result<Vec<PathBuf>, Error> {
    let resolved = |path: &PathBuf| match stand_in {
        Some(stand_in) if stand_in.path == *path => resolve_file(path),
        _ => resolve(path),
    };
    paths.iter().map(resolved).collect()
}

/// Returns the place of a file that need not be there in a folder that is.
fn resolve_file(path: &Path) -> Result<PathBuf, Error> {
    let (Err(_), Some(name)) = (path.canonicalize(), path.file_name()) else {
        return resolve(path);
    };
    let folder = path.parent().filter(|dir| !dir.as_os_str().is_empty());
    Ok(resolve(folder.unwrap_or(Path::new(".")))?.join(name))
}

fn working_directory() -> PathBuf {
    std::env::current_dir()
        .and_then(|dir| dir.canonicalize())
        .unwrap_or_default()
}

fn resolve(path: &Path) -> Result<PathBuf, Error> {
    path.canonicalize().map_err(|source| Error::Unreachable {
        path: path.to_owned(),
        source,
    })
}

/// Finds the project root of `paths`, walks it and reads the files of known types. `paths` are as the user gave them; the
/// one that `stand_in` has is not read.
pub fn discover(
    paths: &[PathBuf],
    no_ignore: bool,
    stand_in: Option<&StandIn>,
    sources: &Sources,
) -> Result<Discovery, Error> {
    let here = working_directory();
    let full = resolve_all(paths, stand_in)?;
    let stand_in = stand_in.map(StandIn::resolved).transpose()?;
    let root = project_root(&full, &here);
    let mut found = BTreeSet::new();
    let mut named = Named::default();
    let mut known = false;
    walk(&root, &root, no_ignore, &mut found);
    for path in &full {
        let is_file = path.is_file() || stand_in.as_ref().is_some_and(|s| s.path == *path);
        known |= if is_file {
            name_file(path, &root, &mut found, &mut named)
        } else {
            name_folder(path, &root, no_ignore, &mut found, &mut named)
        };
    }
    files_beside(&root, &mut found);
    let left_alone = neighbours::take_out(&mut found);
    let installed = read_installed(&root, &found);
    let (files, troubles) = read_all(&root, &here, found, &named, stand_in.as_ref(), sources);
    let json = |file: &File| file.language == Language::Json && named.contains(&file.path);
    known |= files.iter().any(json);
    Ok(Discovery {
        root,
        files,
        named,
        troubles,
        left_alone,
        known,
        installed,
    })
}

/// Enters a file that the user named. Tells whether it is of a known type.
fn name_file(path: &Path, root: &Path, found: &mut BTreeSet<FilePath>, named: &mut Named) -> bool {
    let Some(below) = below(path, root) else {
        return false;
    };
    match language(&below) {
        Some(Language::Settings | Language::Lock) => named.add_folder(below.parent()),
        Some(
            Language::Terraform
            | Language::AutomaticVarFile
            | Language::VarFile
            | Language::Bicep
            | Language::BicepParameters,
        ) => {
            found.insert(below.clone());
            named.files.insert(below);
        }
        // Whether it is of a known type, its text tells.
        Some(Language::Json) => {
            found.insert(below.clone());
            named.files.insert(below);
            return false;
        }
        None => return false,
    }
    true
}

/// Enters a folder that the user named, and what lies below it even where ignore files leave it out. Tells whether there is
/// a file of a known type.
fn name_folder(
    path: &Path,
    root: &Path,
    no_ignore: bool,
    found: &mut BTreeSet<FilePath>,
    named: &mut Named,
) -> bool {
    let Some(below) = below(path, root) else {
        return false;
    };
    named.add_folder(below.clone());
    if is_known(found, &below) {
        return true;
    }
    walk(path, root, no_ignore, found);
    if !is_known(found, &below) {
        walk(path, root, true, found);
    }
    is_known(found, &below)
}

/// Tells whether there is a file below a folder whose name alone tells that its type is known.
fn is_known(found: &BTreeSet<FilePath>, folder: &FilePath) -> bool {
    let mut inside = found.iter().filter(|file| file.is_below(folder));
    inside.any(|file| !matches!(language(file), None | Some(Language::Json)))
}

/// Tells what a file is by its name.
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "Terraform does not read `.TF`"
)]
pub fn language(path: &FilePath) -> Option<Language> {
    let name = path.file_name();
    match name {
        "aksnet.toml" => return Some(Language::Settings),
        ".terraform.lock.hcl" => return Some(Language::Lock),
        _ => {}
    }
    match name.strip_suffix(".json").unwrap_or(name) {
        "terraform.tfvars" => Some(Language::AutomaticVarFile),
        name if name.ends_with(".auto.tfvars") => Some(Language::AutomaticVarFile),
        name if name.ends_with(".tfvars") => Some(Language::VarFile),
        name if name.ends_with(".tf") || name.ends_with(".tofu") => Some(Language::Terraform),
        name if name.ends_with(".bicep") => Some(Language::Bicep),
        name if name.ends_with(".bicepparam") => Some(Language::BicepParameters),
        stem if stem.len() < name.len() => neighbours::other_tool(path)
            .is_none()
            .then_some(Language::Json),
        _ => None,
    }
}
