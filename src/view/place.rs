//! Places as reports print them.

use serde::Serialize;

use crate::finding::Finding;
use crate::source::{FilePath, Position, Source, Sources, Span};

use super::plain::clean;

/// A place in a file, as JSON has it.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct Location {
    file: String,
    start: Point,
    end: Point,
}

/// A point in a file: line and column from 1, offset in bytes of the file.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Point {
            line: position.line,
            column: position.column,
            offset: position.offset,
        }
    }
}

/// Returns the place of a span; the end is exclusive.
pub(super) fn location(sources: &Sources, span: Span) -> Location {
    let source = sources.get(span.source);
    Location {
        file: source.name.clone(),
        start: source.position(span.start).into(),
        end: source.position(span.end).into(),
    }
}

/// Returns the path of a source from the top of the repository, for services that show the repository; for a file outside it
/// the path as shown.
pub(super) fn repository_path(source: &Source) -> &str {
    let path = source.path.as_ref().map(FilePath::as_str);
    path.unwrap_or(&source.name)
}

/// Returns the first place and the place after the last of a span.
pub(super) fn ends(source: &Source, span: Span) -> [Position; 2] {
    [source.position(span.start), source.position(span.end)]
}

/// Returns the other places of a finding: its labels, then the steps of the trail that no label has told.
pub(super) fn others(finding: &Finding) -> Vec<(Span, &str)> {
    let mut told: Vec<(Span, &str)> = Vec::new();
    let labels = finding.labels.iter().map(|l| (l.span, l.text.as_str()));
    let hops = finding.trail.iter().map(|h| (h.span, h.text.as_str()));
    for label in labels.chain(hops) {
        if !told.contains(&label) {
            told.push(label);
        }
    }
    told
}

/// Returns `path:line:column` of a span's first character, on one line.
pub(super) fn short(sources: &Sources, span: Span) -> String {
    let source = sources.get(span.source);
    let start = source.position(span.start);
    format!("{}:{}:{}", clean(&source.name), start.line, start.column)
}
