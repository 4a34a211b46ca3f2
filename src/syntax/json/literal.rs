//! A JSON string and where each of its characters is written.

use std::borrow::Cow;

/// A string and the places of its characters in the file.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Literal<'a> {
    /// The characters, escapes resolved.
    pub(in crate::syntax) text: Cow<'a, str>,
    /// Where the first character stands in the file.
    start: usize,
    /// After each escape, the byte of the text and the byte of the file; sorted.
    escapes: Vec<(usize, usize)>,
}

impl<'a> Literal<'a> {
    /// Reads a string that is written as `raw`, without its quotes, from `start` in the file on.
    pub(in crate::syntax) fn new(text: &'a str, raw: &str, start: usize) -> Self {
        Literal {
            text: Cow::Borrowed(text),
            start,
            escapes: escapes(raw, start),
        }
    }

    /// Returns the byte of the file that stands for a byte of the text.
    pub(in crate::syntax) fn place(&self, offset: usize) -> usize {
        let after = self.escapes.partition_point(|(text, _)| *text <= offset);
        match after.checked_sub(1).map(|index| self.escapes[index]) {
            Some((text, file)) => file + (offset - text),
            None => self.start + offset,
        }
    }
}

/// Returns the places behind the escapes of a string.
fn escapes(raw: &str, start: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut text, mut at) = (0, 0);
    while let Some(skipped) = raw[at..].find('\\') {
        text += skipped;
        at += skipped;
        let (written, length) = escape(&raw[at..]);
        text += length;
        at = (at + written).min(raw.len());
        found.push((text, start + at));
    }
    found
}

/// Returns how many bytes the escape at the start of `raw` is written with, and how many its character takes.
fn escape(raw: &str) -> (usize, usize) {
    if raw.as_bytes().get(1) != Some(&b'u') {
        return (2, 1);
    }
    let unit = |at: usize| {
        let digits = raw.get(at + 2..at + 6)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0) {
        Some(0xD800..=0xDBFF) => (12, 4),
        Some(code) => (6, char::from_u32(code).map_or(1, char::len_utf8)),
        None => (2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_where_they_are_written() {
        let raw = r#"a\n\u00e4x\ud83d\ude00\"z"#;
        let text = "a\näx😀\"z";
        let literal = Literal::new(text, raw, 100);
        let written = |found: &str| literal.place(text.find(found).unwrap()) - 100;
        for (character, escape) in [("a", "a"), ("\n", "\\n"), ("ä", "\\u00e4"), ("x", "x")] {
            assert!(raw[written(character)..].starts_with(escape));
        }
        assert!(raw[written("😀")..].starts_with("\\ud83d"));
        assert!(raw[written("\"")..].starts_with("\\\""));
        assert!(raw[written("z")..].starts_with('z'));
        assert_eq!(literal.place(text.len()), 100 + raw.len());
        assert_eq!(Literal::new("abc", "abc", 7).place(2), 9);
    }
}
