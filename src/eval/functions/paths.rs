//! Paths as texts, with `/` between their segments. No file system is asked.

use std::sync::Arc;

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::Failure;
use crate::value::{Cause, Kind, Unknown};

fn path(call: &Call<'_>) -> Result<Arc<str>, Failure> {
    match call.args {
        [path] => Reader::giving(Kind::Text).text(path),
        _ => Err(call.arity()),
    }
}

/// Returns that a path depends on the machine that Terraform runs on.
fn machine(call: &Call<'_>) -> Failure {
    let unknown = Unknown::new(Cause::Function, call.here);
    Failure::Unknown(unknown.of_kind(Kind::Text).not_null())
}

/// `abspath(path)`: known of a path that is absolute.
pub(super) fn absolute(call: &mut Call<'_>) -> Answer {
    let path = path(call)?;
    if path.starts_with('/') {
        return call.text(clean(&path));
    }
    Err(machine(call))
}

/// `pathexpand(path)`: a leading `~` is somebody's home.
pub(super) fn expand(call: &mut Call<'_>) -> Answer {
    let path = path(call)?;
    if path.starts_with('~') {
        return Err(machine(call));
    }
    call.text(&*path)
}

/// `basename(path)`
pub(super) fn base_name(call: &mut Call<'_>) -> Answer {
    let path = path(call)?;
    let trimmed = path.trim_end_matches('/');
    let name = match (trimmed.is_empty(), path.is_empty()) {
        (true, true) => ".",
        (true, false) => "/",
        (false, _) => trimmed.rsplit('/').next().unwrap_or(trimmed),
    };
    call.text(name)
}

/// `dirname(path)`
pub(super) fn folder_name(call: &mut Call<'_>) -> Answer {
    let path = path(call)?;
    let end = path.rfind('/').map_or(0, |at| at + 1);
    call.text(clean(&path[..end]))
}

/// Returns the shortest path that means the same: no `.`, no segment in front of `..`, no slash twice or at the end.
pub(super) fn clean(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match (segment, segments.last()) {
            ("" | ".", _) => {}
            ("..", None) if absolute => {}
            ("..", Some(last)) if *last != ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    match (absolute, segments.is_empty()) {
        (true, _) => format!("/{}", segments.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => segments.join("/"),
    }
}
