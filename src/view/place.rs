//! Places as reports print them.

use serde::Serialize;

use crate::source::{Position, Sources, Span};

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

/// Returns `path:line:column` of a span's first character, on one line.
pub(super) fn short(sources: &Sources, span: Span) -> String {
    let source = sources.get(span.source);
    let start = source.position(span.start);
    format!("{}:{}:{}", clean(&source.name), start.line, start.column)
}
