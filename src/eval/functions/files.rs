//! Functions that read files: below the project root, and not without measure. What is not there is an error of the code;
//! what may not be looked at is not known.

use std::collections::VecDeque;
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use super::hashes::{Algorithm, Form, digest};
use super::reader::Reader;
use super::{Answer, Call, encoding, paths};
use crate::eval::failure::Failure;
use crate::eval::files::Files;
use crate::source::{FilePath, Found};
use crate::value::{Cause, Kind, ListKind, Tree, Unknown};

/// A function that may read files.
pub(crate) type ReadingFunction = fn(&mut Call<'_>, &mut Files<'_>) -> Answer;

/// All functions that read files, sorted by name.
const FUNCTIONS: &[(&str, ReadingFunction)] = &[
    ("file", file),
    ("filebase64", file_base64),
    ("filebase64sha256", |call, files| {
        hash(call, files, Algorithm::Sha256, Form::Base64)
    }),
    ("filebase64sha512", |call, files| {
        hash(call, files, Algorithm::Sha512, Form::Base64)
    }),
    ("fileexists", file_exists),
    ("filemd5", |call, files| {
        hash(call, files, Algorithm::Md5, Form::Hexadecimal)
    }),
    ("fileset", file_set),
    ("filesha1", |call, files| {
        hash(call, files, Algorithm::Sha1, Form::Hexadecimal)
    }),
    ("filesha256", |call, files| {
        hash(call, files, Algorithm::Sha256, Form::Hexadecimal)
    }),
    ("filesha512", |call, files| {
        hash(call, files, Algorithm::Sha512, Form::Hexadecimal)
    }),
];

/// Returns the function of a plain name that may read files; `None` when there is none.
pub(crate) fn find_reading(name: &str) -> Option<ReadingFunction> {
    let found = FUNCTIONS.iter().find(|(known, _)| *known == name)?;
    Some(found.1)
}

/// Returns that a file may not be looked at.
fn closed(call: &Call<'_>, kind: Kind) -> Failure {
    let unknown = Unknown::new(Cause::Function, call.here);
    Failure::Unknown(unknown.of_kind(kind).not_null())
}

/// Reads a path, and what lies there.
fn find(
    call: &Call<'_>,
    files: &Files<'_>,
    path: &Tree,
    kind: Kind,
) -> Result<(FilePath, Found), Failure> {
    let text = Reader::giving(kind).text(path)?;
    let path = files.path(&text).ok_or_else(|| closed(call, kind))?;
    match files.find(&path) {
        Found::Closed => Err(closed(call, kind)),
        found => Ok((path, found)),
    }
}

/// Reads the bytes of the file that a path names.
fn bytes_of(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    path: &Tree,
) -> Result<(FilePath, Arc<[u8]>), Failure> {
    let (path, _) = find(call, files, path, Kind::Text)?;
    let bytes = bytes_at(call, files, &path)?;
    Ok((path, bytes))
}

/// Reads the bytes of a file.
pub(super) fn bytes_at(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    path: &FilePath,
) -> Result<Arc<[u8]>, Failure> {
    match files.find(path) {
        Found::File => {}
        Found::Closed => return Err(closed(call, Kind::Text)),
        Found::Folder | Found::Nothing => {
            return Err(Failure::Wrong(format!("there is no file {path}")));
        }
    }
    let bytes = files.read(path).ok_or_else(|| closed(call, Kind::Text))?;
    call.spend(bytes.len() / 16)?;
    Ok(bytes)
}

/// Reads the text of the file that a path names.
pub(crate) fn text_of(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    path: &Tree,
) -> Result<(FilePath, String), Failure> {
    let (path, _) = find(call, files, path, Kind::Text)?;
    let text = text_at(call, files, &path)?;
    Ok((path, text))
}

/// Reads the text of a file.
pub(super) fn text_at(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    path: &FilePath,
) -> Result<String, Failure> {
    let bytes = bytes_at(call, files, path)?;
    call.create(bytes.len())?;
    match str::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Failure::Wrong(format!("{path} is not UTF-8 text"))),
    }
}

fn path<'a>(call: &Call<'a>) -> Result<&'a Tree, Failure> {
    match call.args {
        [path] => Ok(path),
        _ => Err(call.arity()),
    }
}

/// `file(path)`
fn file(call: &mut Call<'_>, files: &mut Files<'_>) -> Answer {
    let (_, text) = text_of(call, files, path(call)?)?;
    Ok(call.make(text))
}

/// `filebase64(path)`
fn file_base64(call: &mut Call<'_>, files: &mut Files<'_>) -> Answer {
    let (_, bytes) = bytes_of(call, files, path(call)?)?;
    call.create(bytes.len().saturating_mul(2))?;
    Ok(call.make(encoding::base64(&bytes)))
}

/// `filesha256(path)` and its like
fn hash(call: &mut Call<'_>, files: &mut Files<'_>, algorithm: Algorithm, form: Form) -> Answer {
    let (_, bytes) = bytes_of(call, files, path(call)?)?;
    call.text(digest(algorithm, form, &bytes))
}

/// `fileexists(path)`: a folder is an error.
fn file_exists(call: &mut Call<'_>, files: &mut Files<'_>) -> Answer {
    match find(call, files, path(call)?, Kind::Bool)? {
        (_, Found::File) => Ok(call.make(true)),
        (path, Found::Nothing) => match files.find_around(&path) {
            Found::File => Err(Failure::Wrong(format!("{path} is inside a file"))),
            Found::Nothing | Found::Folder | Found::Closed => Ok(call.make(false)),
        },
        (path, Found::Folder | Found::Closed) => Err(Failure::Wrong(format!("{path} is a folder"))),
    }
}

/// `fileset(folder, pattern)`
fn file_set(call: &mut Call<'_>, files: &mut Files<'_>) -> Answer {
    let [folder, pattern] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::List);
    let (text, pattern) = (reader.text(folder)?, reader.text(pattern)?);
    let pattern = paths::clean(&pattern);
    let (folder, _) = find(call, files, folder, Kind::List)?;
    if text.contains(['*', '?', '[', '{', '\\']) || pattern.starts_with("..") {
        return Err(call.not_supported(Kind::List));
    }
    let Some(glob) = glob(&pattern) else {
        return Err(call.not_supported(Kind::List));
    };
    let depth = if pattern.contains("**") {
        usize::MAX
    } else {
        pattern.matches('/').count()
    };
    let mut names = walk(call, files, &folder, depth, &glob)?;
    names.sort();
    let mut items = Vec::new();
    for name in names {
        items.push(call.text(name)?);
    }
    call.sequence(ListKind::Set, items)
}

/// Returns a pattern that means to us what it means to Terraform, `None` for one that may not.
fn glob(pattern: &str) -> Option<GlobMatcher> {
    let odd = |segment: &str| segment.contains("**") && segment != "**";
    if pattern.contains(['[', '\\']) || pattern.split('/').any(odd) {
        return None;
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    Some(glob.ok()?.compile_matcher())
}

/// Returns the files below a folder that a pattern matches, as seen from it.
fn walk(
    call: &mut Call<'_>,
    files: &mut Files<'_>,
    start: &FilePath,
    depth: usize,
    glob: &GlobMatcher,
) -> Result<Vec<String>, Failure> {
    let mut matching = Vec::new();
    if files.find(start) != Found::Folder {
        return Ok(matching);
    }
    let mut waiting = VecDeque::from([(start.clone(), String::new(), 0)]);
    while let Some((folder, prefix, level)) = waiting.pop_front() {
        let names = files
            .list(&folder)
            .ok_or_else(|| closed(call, Kind::List))?;
        for (name, found) in names {
            let seen = prefix.clone() + &name;
            call.create(seen.len() + size_of::<Tree>())?;
            match found {
                Found::File if glob.is_match(&seen) => matching.push(seen),
                Found::Folder if level < depth => {
                    let inside = FilePath::of(
                        folder
                            .as_str()
                            .split('/')
                            .filter(|s| !s.is_empty())
                            .chain([name.as_str()]),
                    );
                    let inside = inside.ok_or_else(|| closed(call, Kind::List))?;
                    waiting.push_back((inside, seen + "/", level + 1));
                }
                Found::Closed if level < depth || glob.is_match(&seen) => {
                    return Err(closed(call, Kind::List));
                }
                Found::File | Found::Folder | Found::Nothing | Found::Closed => {}
            }
        }
    }
    Ok(matching)
}
