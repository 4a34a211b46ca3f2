//! HCL text to coarse tokens, in linear time and for any text: enough to find comments and the ends of blocks. Builds no
//! tree and reports nothing.

use super::comments::Lexeme;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    /// `# …`, `// …`, without the line's end.
    LineComment,
    /// `/* … */`
    BlockComment,
    /// A quoted string with everything inside it; one that is not closed ends with its line.
    Quoted {
        /// Whether the closing quote is there.
        closed: bool,
    },
    /// A heredoc up to its end marker; one that is not closed ends with its first line.
    Heredoc {
        /// Whether the end marker is there.
        closed: bool,
    },
    /// `(`, `[` or `{`
    Open(u8),
    /// `)`, `]` or `}`, told by the bracket that opens it.
    Close(u8),
    /// The end of a line.
    Newline,
    /// An identifier, a keyword or a number.
    Word,
    /// Any other character.
    Other,
}

/// A token and its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
}

/// Returns the pieces of a text for those who look for comments.
pub(super) fn lexemes(text: &str) -> Vec<Lexeme> {
    let lexeme = |token: Token| Lexeme {
        start: token.start,
        end: token.end,
        comment: matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment),
        newline: token.kind == TokenKind::Newline,
    };
    scan(text).into_iter().map(lexeme).collect()
}

/// Heredocs without an end marker after which no more end markers are looked for; keeps the scan linear.
const MAX_OPEN_HEREDOCS: u32 = 8;

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// A string over several lines was not closed: from here on strings end with their line.
    strings_end_with_line: bool,
    open_heredocs: u32,
}

/// Returns the tokens of a text in order, blanks left out.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        strings_end_with_line: false,
        open_heredocs: 0,
    };
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(&byte) = scanner.bytes.get(at) {
        if matches!(byte, b' ' | b'\t' | b'\r') {
            at += 1;
            continue;
        }
        let (kind, end) = scanner.token(at, byte);
        tokens.push(Token {
            kind,
            start: at,
            end,
        });
        at = end;
    }
    tokens
}

/// Tells whether a byte can stand in a word; every byte of a character beyond ASCII counts.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 0x80
}

impl Scanner<'_> {
    fn token(&mut self, at: usize, byte: u8) -> (TokenKind, usize) {
        let next = self.bytes.get(at + 1).copied();
        match byte {
            b'\n' => (TokenKind::Newline, at + 1),
            b'#' => (TokenKind::LineComment, self.line_end(at)),
            b'/' if next == Some(b'/') => (TokenKind::LineComment, self.line_end(at)),
            b'/' if next == Some(b'*') => (TokenKind::BlockComment, self.block_comment_end(at)),
            b'"' => self.quoted(at),
            b'<' if next == Some(b'<') => self.heredoc(at).unwrap_or((TokenKind::Other, at + 2)),
            b'(' | b'[' | b'{' => (TokenKind::Open(byte), at + 1),
            b')' => (TokenKind::Close(b'('), at + 1),
            b']' => (TokenKind::Close(b'['), at + 1),
            b'}' => (TokenKind::Close(b'{'), at + 1),
            _ if is_word(byte) => {
                let rest = &self.bytes[at..];
                let length = rest.iter().position(|b| !is_word(*b));
                (TokenKind::Word, at + length.unwrap_or(rest.len()))
            }
            _ => (TokenKind::Other, at + 1),
        }
    }

    /// Returns the end of the line without its line break.
    fn line_end(&self, at: usize) -> usize {
        let newline = self.bytes[at..].iter().position(|b| *b == b'\n');
        let end = newline.map_or(self.bytes.len(), |length| at + length);
        if end > at && self.bytes[end - 1] == b'\r' {
            end - 1
        } else {
            end
        }
    }

    fn block_comment_end(&self, at: usize) -> usize {
        self.text[at + 2..]
            .find("*/")
            .map_or(self.bytes.len(), |length| at + 2 + length + 2)
    }

    fn quoted(&mut self, at: usize) -> (TokenKind, usize) {
        match self.quoted_end(at) {
            Ok(end) => (TokenKind::Quoted { closed: true }, end),
            Err(stop) => {
                let end = self.line_end(at);
                self.strings_end_with_line |= stop > end + 2;
                (TokenKind::Quoted { closed: false }, end)
            }
        }
    }

    /// Returns the byte after the closing quote, or where the search for it was given up.
    fn quoted_end(&self, start: usize) -> Result<usize, usize> {
        // The open quotes and braces around the current byte; a `"` is a quote, a `{` the code of an interpolation.
        let mut open = vec![b'"'];
        let mut at = start + 1;
        while let Some(&byte) = self.bytes.get(at) {
            let rest = &self.bytes[at..];
            let in_quotes = open.last() == Some(&b'"');
            if byte == b'\n' && (in_quotes || self.strings_end_with_line) {
                return Err(at);
            }
            at += 1;
            if in_quotes {
                if byte == b'\\' || rest.starts_with(b"$${") || rest.starts_with(b"%%{") {
                    // A line break is never escaped.
                    let length = if byte == b'\\' { 1 } else { 2 };
                    at += if rest.get(1) == Some(&b'\n') {
                        0
                    } else {
                        length
                    };
                } else if rest.starts_with(b"${") || rest.starts_with(b"%{") {
                    open.push(b'{');
                    at += 1;
                } else if byte == b'"' {
                    open.pop();
                }
            } else if byte == b'"' || byte == b'{' {
                open.push(byte);
            } else if byte == b'}' {
                open.pop();
            }
            if open.is_empty() {
                return Ok(at);
            }
        }
        Err(self.bytes.len())
    }

    /// Returns a heredoc that begins with the `<<` at `at`, `None` if that is none.
    fn heredoc(&mut self, at: usize) -> Option<(TokenKind, usize)> {
        let first_line = self.line_end(at);
        let marker = self.text[at + 2..first_line].trim_end();
        let marker = marker.strip_prefix('-').unwrap_or(marker);
        if marker.is_empty() || !marker.bytes().all(is_word) {
            return None;
        }
        let closed = if self.open_heredocs < MAX_OPEN_HEREDOCS {
            self.heredoc_end(first_line, marker)
        } else {
            None
        };
        Some(if let Some(end) = closed {
            (TokenKind::Heredoc { closed: true }, end)
        } else {
            self.open_heredocs += 1;
            (TokenKind::Heredoc { closed: false }, first_line)
        })
    }

    /// Returns the end of the first line that consists of the marker.
    fn heredoc_end(&self, from: usize, marker: &str) -> Option<usize> {
        let mut line_start = from + self.text[from..].find('\n')? + 1;
        loop {
            let rest = &self.text[line_start..];
            let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let after = line_start + indent + marker.len();
            if rest[indent..].starts_with(marker)
                && !self.bytes.get(after).is_some_and(|b| is_word(*b))
            {
                return Some(after);
            }
            line_start += rest.find('\n')? + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
        scan(text)
            .iter()
            .map(|t| (t.kind, &text[t.start..t.end]))
            .collect()
    }

    #[test]
    fn marks_inside_strings_and_heredocs_are_no_comments() {
        let text = "a = \"# ${ f(\"}\") } //\" # real\r\nb = <<-E\n # no \"\n  E\nc /* x\n */";
        let comments: Vec<&str> = kinds(text)
            .into_iter()
            .filter(|(kind, _)| matches!(kind, TokenKind::LineComment | TokenKind::BlockComment))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(comments, ["# real", "/* x\n */"]);
    }

    #[test]
    fn what_is_not_closed_ends_with_its_line() {
        let tokens = kinds("a = \"x\nb = <<E\nc = \"${\n}");
        assert!(tokens.contains(&(TokenKind::Quoted { closed: false }, "\"x")));
        assert!(tokens.contains(&(TokenKind::Heredoc { closed: false }, "<<E")));
        assert!(tokens.contains(&(TokenKind::Quoted { closed: false }, "\"${")));
        assert!(tokens.contains(&(TokenKind::Close(b'{'), "}")));
    }

    #[test]
    fn a_string_may_hold_lines_inside_an_interpolation() {
        let tokens = kinds("\"a ${\n  f({ x = 1 })\n} b\"\nc");
        assert_eq!(tokens[0].0, TokenKind::Quoted { closed: true });
        assert_eq!(tokens[2], (TokenKind::Word, "c"));
    }
}
