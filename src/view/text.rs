//! A source as miette reads it: true lines and columns from the index that the source keeps, nothing in it that a terminal
//! would obey, and long lines cut around what is shown.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::source::{Source, SourceId, Sources, Span};

use super::plain::{clean, is_harmless_at};

/// Lines longer than this many bytes are cut: minified JSON.
const LONG_LINE: usize = 240;
/// The bytes around a label that are left of a long line.
const AROUND: usize = 60;
/// Labels at most this many lines apart share a frame.
pub(super) const NEAR: usize = 5;

/// A source that can be shown.
#[derive(Debug)]
pub(super) struct Text {
    source: Arc<Source>,
    name: String,
    /// The text with every harmful character replaced by another of the same length; `None` if there is none.
    clean: Option<String>,
}

/// The sources of one report, each made fit to be shown once.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    sources: &'a Sources,
    made: BTreeMap<SourceId, Arc<Text>>,
}

impl<'a> Texts<'a> {
    /// Returns the texts of `sources`.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Texts {
            sources,
            made: BTreeMap::new(),
        }
    }

    /// Returns one of them.
    pub(super) fn get(&mut self, id: SourceId) -> Arc<Text> {
        let sources = self.sources;
        let make = || Arc::new(Text::new(sources.get(id)));
        Arc::clone(self.made.entry(id).or_insert_with(make))
    }
}

/// Returns the text with the letters and digits of hidden parts replaced by stars of the same length.
fn veil(source: &Source, clean: Option<String>) -> Option<String> {
    if source.hidden().is_empty() {
        return clean;
    }
    let mut bytes = clean.unwrap_or_else(|| source.text.clone()).into_bytes();
    for part in source.hidden() {
        let within = bytes.get_mut(part.range()).unwrap_or_default();
        let telling = |byte: &&mut u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        within
            .iter_mut()
            .filter(telling)
            .for_each(|byte| *byte = b'*');
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

impl Text {
    fn new(source: Arc<Source>) -> Self {
        let name = clean(&source.name).into_owned();
        let clean = disarm(&source.text);
        let clean = veil(&source, clean);
        Text {
            source,
            name,
            clean,
        }
    }

    /// Returns the text, harmless.
    pub(super) fn as_str(&self) -> &str {
        self.clean.as_deref().unwrap_or(&self.source.text)
    }

    /// Returns the line that a byte is in, from 0.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        let starts = self.source.line_starts();
        starts
            .partition_point(|start| *start as usize <= byte)
            .max(1)
            - 1
    }

    /// Returns the bytes of a line with its end.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let starts = self.source.line_starts();
        let at = |line: usize| {
            starts
                .get(line)
                .map_or(self.as_str().len(), |s| *s as usize)
        };
        at(line)..at(line + 1)
    }

    /// Returns the part of a span that is underlined: on its first line, without the line's end, never outside the text.
    pub(super) fn underlined(&self, span: Span) -> Range<usize> {
        let text = self.as_str();
        let shown = text.trim_end().len();
        let start = text.floor_char_boundary((span.start as usize).min(shown));
        // The end of a file is shown at its last character.
        let start = if start == shown {
            text.floor_char_boundary(start.saturating_sub(1))
        } else {
            start
        };
        let line = self.line(self.line_of(start));
        let line_end = line.start + text[line].trim_end().len();
        let end = text.floor_char_boundary((span.end as usize).min(line_end.max(start)));
        start..end.max(start)
    }

    fn column(&self, byte: usize) -> usize {
        let start = self.line(self.line_of(byte)).start;
        self.as_str()[start..byte].chars().count()
    }

    /// Returns the bytes from `first` to `last`, cut around `shown` if a line among them is long.
    fn window(&self, first: usize, last: usize, shown: &Range<usize>) -> Range<usize> {
        let whole = self.line(first).start..self.line(last).end;
        if (first..=last).all(|line| self.line(line).len() <= LONG_LINE) {
            return whole;
        }
        let text = self.as_str();
        let top = self.line(self.line_of(shown.start));
        let bottom = self.line(self.line_of(shown.end.saturating_sub(1).max(shown.start)));
        let start = shown.start.saturating_sub(AROUND).max(top.start);
        let end = (shown.end + AROUND).min(bottom.end);
        text.floor_char_boundary(start)..text.ceil_char_boundary(end)
    }
}

impl SourceCode for Text {
    /// Returns whole lines. Asked without context, the column is that of the span: miette asks so for the place in the head.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.as_str();
        let start = text.floor_char_boundary(span.offset().min(text.len()));
        let end = (span.offset() + span.len()).clamp(start, text.len());
        let last_line = self.line_of(text.trim_end().len());
        let first = self.line_of(start).saturating_sub(before);
        let last = (self.line_of(end.saturating_sub(1).max(start)) + after).min(last_line);
        let bytes = self.window(first, last.max(first), &(start..end));
        let column = if before == 0 {
            self.column(start)
        } else {
            self.column(bytes.start)
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &text.as_bytes()[bytes.clone()],
            (bytes.start, bytes.len()).into(),
            self.line_of(bytes.start),
            column,
            // Only read by miette to join neighbours; the more lines, the farther it reaches.
            last - first.min(last) + 1 + NEAR,
        )))
    }
}

/// Returns the text with every character that a terminal or a CI service would obey replaced by one of the same length in bytes, so that
/// spans stay good; `None` if there is none.
fn disarm(text: &str) -> Option<String> {
    let keeps = |at: usize, c: char| {
        c == '\n'
            || c == '\t'
            || (c == '\r' && text[at + 1..].starts_with('\n'))
            || is_harmless_at(text, at, c)
    };
    if text.char_indices().all(|(at, c)| keeps(at, c)) {
        return None;
    }
    let stand_in = |(at, c): (usize, char)| match c.len_utf8() {
        _ if keeps(at, c) => c,
        1 => '?',
        2 => '\u{bf}',
        _ => '\u{fffd}',
    };
    Some(text.char_indices().map(stand_in).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> Text {
        let sources = Sources::default();
        let id = sources.add("a.tf", None, "".into(), content.to_owned());
        Text::new(sources.get(id))
    }

    #[test]
    fn harmful_characters_keep_their_length() {
        let hostile = "a\u{1b}[2J\r\n\u{9b}x\u{202e}y\rz\tö\n";
        let harmless = disarm(hostile).unwrap();
        assert_eq!(harmless.len(), hostile.len());
        assert_eq!(harmless, "a?[2J\r\n\u{bf}x\u{fffd}y?z\tö\n");
        assert_eq!(disarm("# ##vso[a]").unwrap(), "# #?vso[a]");
        assert_eq!(disarm("a = 1\r\n\tb\n"), None);
    }

    #[test]
    fn lines_and_columns_are_true() {
        let text = text("one\nö = 2\nthree\n");
        let found = text.read_span(&(9, 1).into(), 0, 0).unwrap();
        assert_eq!((found.line(), found.column()), (1, 4));
        assert_eq!(found.data(), "ö = 2\n".as_bytes());
        let around = text.read_span(&(9, 1).into(), 1, 1).unwrap();
        assert_eq!((around.line(), around.column()), (0, 0));
        assert_eq!(around.data().len(), text.as_str().len());
    }

    #[test]
    fn long_lines_are_cut() {
        let text = text(&format!("{}X{}", "a".repeat(5000), "b".repeat(5000)));
        let found = text.read_span(&(5000, 1).into(), 1, 1).unwrap();
        assert_eq!(found.data().len(), 121);
        assert_eq!(found.column(), 4940);
    }

    #[test]
    fn spans_beyond_the_text_are_pulled_back() {
        let source = SourceId(0);
        let text = text("a = {\n  b\n}\n");
        assert_eq!(text.underlined(Span::new(source, 0, 11)), 0..5);
        assert_eq!(text.underlined(Span::new(source, 90, 99)), 10..11);
    }
}
