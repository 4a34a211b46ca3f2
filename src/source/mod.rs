//! Source texts and places in them: ids, byte spans, lines and columns, names, comments. Reads no file itself.

mod loader;
mod path;

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

pub use loader::{Found, LARGEST, Loader, MOST};
pub use path::FilePath;

/// The number of a text in [`Sources`], in the order of adding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SourceId(pub u32);

/// A half-open range of bytes in one source, counted after a byte order mark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Span {
    /// The text that the bytes are in.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Returns the span of `start..end` in `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            source,
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// Returns the smallest span that covers both; `self` when they are in different sources.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Tells whether `inner` lies inside this span.
    pub fn covers(self, inner: Span) -> bool {
        self.source == inner.source && self.start <= inner.start && inner.end <= self.end
    }

    /// Returns the bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A name from a source: an attribute, a variable, a resource type. Cheap to clone, compared by its text.
///
/// There is no table of names for the whole process: it would only ever grow in a language server.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(Arc<str>);

impl Symbol {
    /// Returns the name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Self {
        Symbol(text.into())
    }
}

impl From<String> for Symbol {
    fn from(text: String) -> Self {
        Symbol(text.into())
    }
}

impl From<Arc<str>> for Symbol {
    fn from(text: Arc<str>) -> Self {
        Symbol(text)
    }
}

impl Deref for Symbol {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Symbol {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A name where it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The name itself.
    pub text: Symbol,
    /// Its characters, without quotes.
    pub span: Span,
}

/// A comment, and the code that a suppression in it would cover.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The comment with its marks (`#`, `//`, `/* */`), without the line's end.
    pub span: Span,
    /// The rest of its line, or for a comment on its own line the line, attribute or block below it.
    pub covers: Span,
}

/// A place as people count it: line and column from 1, column in characters, offset in bytes of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The byte in the file, a byte order mark counted.
    pub offset: u32,
}

/// One text that aksnet has read.
#[derive(Debug)]
pub struct Source {
    /// Its number.
    pub id: SourceId,
    /// The path as shown: from the working directory, `/` between segments.
    pub name: String,
    /// The path below the project root; `None` for a file that a flag names outside it.
    pub path: Option<FilePath>,
    /// The path to open it by; empty for a text that is only in memory.
    pub disk: PathBuf,
    /// The text without a byte order mark.
    pub text: String,
    /// Whether the file began with a byte order mark.
    pub byte_order_mark: bool,
    hidden: OnceLock<Vec<Span>>,
    lines: OnceLock<Vec<u32>>,
    blocks: OnceLock<Vec<usize>>,
}

/// The bytes of a block; the characters before each block are counted once, for lines can be as long as their file.
const BLOCK: usize = 4096;

impl Source {
    /// Returns the first byte of each line.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX)))
                .collect()
        })
    }

    /// Says which parts must never be shown; only the first word counts.
    pub fn hide(&self, parts: Vec<Span>) {
        let _ = self.hidden.set(parts);
    }

    /// Returns the parts that must never be shown.
    pub fn hidden(&self) -> &[Span] {
        self.hidden.get().map_or(&[], Vec::as_slice)
    }

    /// Returns where `byte` is; past the end it is the end.
    pub fn position(&self, byte: u32) -> Position {
        let mut byte = byte.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        while !self.text.is_char_boundary(byte as usize) {
            byte -= 1;
        }
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= byte).max(1);
        let start = starts[line - 1] as usize;
        let column = self.characters(byte as usize) - self.characters(start) + 1;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position {
            line: narrow(line),
            column: narrow(column),
            offset: byte + if self.byte_order_mark { 3 } else { 0 },
        }
    }

    /// Returns how many characters begin before `byte`.
    fn characters(&self, byte: usize) -> usize {
        let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
        let count = |bytes: &[u8]| bytes.iter().filter(begins).count();
        let blocks = self.blocks.get_or_init(|| {
            let mut before = 0;
            let chunks = self.text.as_bytes().chunks(BLOCK);
            let mut starts = Vec::new();
            for block in chunks {
                starts.push(before);
                before += count(block);
            }
            starts
        });
        let block = (byte / BLOCK).min(blocks.len().saturating_sub(1));
        let before = blocks.get(block).copied().unwrap_or(0);
        before + count(&self.text.as_bytes()[block * BLOCK..byte])
    }

    /// Returns the characters of a range, empty if it does not lie on characters of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// All texts of a run. Texts are only ever added, so that a [`Span`] stays good.
#[derive(Default, Debug)]
pub struct Sources {
    files: RwLock<Vec<Arc<Source>>>,
}

impl Sources {
    /// Adds a text and returns its number. A leading byte order mark is taken off and remembered.
    pub fn add(&self, name: &str, path: Option<FilePath>, disk: PathBuf, text: String) -> SourceId {
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        let id = SourceId(u32::try_from(files.len()).unwrap_or(u32::MAX));
        let byte_order_mark = text.starts_with('\u{feff}');
        let text = if byte_order_mark {
            text['\u{feff}'.len_utf8()..].to_owned()
        } else {
            text
        };
        files.push(Arc::new(Source {
            id,
            name: name.to_owned(),
            path,
            disk,
            text,
            byte_order_mark,
            hidden: OnceLock::new(),
            lines: OnceLock::new(),
            blocks: OnceLock::new(),
        }));
        id
    }

    /// Returns a text by its number.
    ///
    /// # Panics
    /// When the number is not from this collection.
    pub fn get(&self, id: SourceId) -> Arc<Source> {
        Arc::clone(&self.files.read().unwrap_or_else(PoisonError::into_inner)[id.0 as usize])
    }

    /// Returns all texts, in the order of adding.
    pub fn all(&self) -> Vec<Arc<Source>> {
        self.files
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Returns the characters of a span.
    pub fn slice(&self, span: Span) -> String {
        self.get(span.source).slice(span).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_the_byte_order_mark() {
        let sources = Sources::default();
        let id = sources.add("x", None, PathBuf::new(), "\u{feff}a\näö = 1\n".to_owned());
        let source = sources.get(id);
        let place = |byte| {
            let place = source.position(byte);
            (place.line, place.column, place.offset)
        };
        assert_eq!(place(2 + 5), (2, 4, 10));
        assert_eq!(place(99), (3, 1, 14));
    }
}
