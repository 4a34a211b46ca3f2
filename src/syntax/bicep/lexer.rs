//! Text to tokens. Loses nothing: between two tokens stand only blanks. Never fails; what is not closed ends where the line or
//! the file ends, and the parser tells.

use super::token::{Token, TokenKind};

/// What an open interpolation is inside of, so that its `}` is told from another.
#[derive(Clone, Copy)]
enum Open {
    /// `{` inside an interpolation.
    Brace,
    /// `'…${`
    Line,
    /// `$'''…${` with this many `$`.
    Lines(usize),
}

/// A text on its way into tokens.
struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
    open: Vec<Open>,
    tokens: Vec<Token>,
}

/// Returns the tokens of a text; the last is the end of the file.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        tokens: Vec::with_capacity(text.len() / 6 + 1),
    };
    loop {
        lexer.skip_while(|byte| matches!(byte, b' ' | b'\t'));
        let start = lexer.at;
        let kind = lexer.token();
        let end = lexer.at;
        lexer.tokens.push(Token { kind, start, end });
        if kind == TokenKind::EndOfFile {
            return lexer.tokens;
        }
    }
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    /// Takes the bytes if they are the next.
    fn eat(&mut self, bytes: &[u8]) -> bool {
        let found = self.bytes[self.at..].starts_with(bytes);
        if found {
            self.at += bytes.len();
        }
        found
    }

    fn token(&mut self) -> TokenKind {
        if self.at_end() {
            return TokenKind::EndOfFile;
        }
        match self.bytes[self.at] {
            b'\n' | b'\r' => {
                self.skip_while(|byte| matches!(byte, b'\n' | b'\r'));
                TokenKind::Newline
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => self.word(),
            b'0'..=b'9' => {
                self.skip_while(|byte| byte.is_ascii_digit());
                TokenKind::Integer
            }
            b'\'' => self.string(),
            b'$' => self.dollars(),
            b'/' if self.peek(1) == b'/' => {
                self.skip_while(|byte| !matches!(byte, b'\n' | b'\r'));
                TokenKind::LineComment
            }
            b'/' if self.peek(1) == b'*' => self.block_comment(),
            b'#' if self.pragma_follows() => {
                self.skip_while(|byte| !matches!(byte, b'\n' | b'\r'));
                TokenKind::Pragma
            }
            b'{' => {
                if !self.open.is_empty() {
                    self.open.push(Open::Brace);
                }
                self.at += 1;
                TokenKind::LeftBrace
            }
            b'}' => self.right_brace(),
            _ => self.punctuation(),
        }
    }

    /// Tells whether `#` begins a word for the compiler: `#disable-next-line`, `#disable-diagnostics`, `#restore-diagnostics`.
    fn pragma_follows(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.starts_with(b"#disable-") || rest.starts_with(b"#restore-")
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match &self.bytes[start..self.at] {
            b"true" => TokenKind::True,
            b"false" => TokenKind::False,
            b"null" => TokenKind::Null,
            _ => TokenKind::Identifier,
        }
    }

    fn block_comment(&mut self) -> TokenKind {
        self.at += 2;
        while !self.at_end() && !self.eat(b"*/") {
            self.at += 1;
        }
        TokenKind::BlockComment
    }

    fn string(&mut self) -> TokenKind {
        if self.eat(b"'''") {
            return self.lines(true, 0);
        }
        self.at += 1;
        let kind = self.line(true);
        if kind == TokenKind::StringLeft {
            self.open.push(Open::Line);
        }
        kind
    }

    /// Reads `$'''`, with any number of `$`.
    fn dollars(&mut self) -> TokenKind {
        let start = self.at;
        self.skip_while(|byte| byte == b'$');
        let count = self.at - start;
        if !self.eat(b"'''") {
            self.at = start + count;
            return TokenKind::Unrecognized;
        }
        let kind = self.lines(true, count);
        if kind == TokenKind::StringLeft {
            self.open.push(Open::Lines(count));
        }
        kind
    }

    fn right_brace(&mut self) -> TokenKind {
        self.at += 1;
        let kind = match self.open.last().copied() {
            None => return TokenKind::RightBrace,
            Some(Open::Brace) => {
                self.open.pop();
                return TokenKind::RightBrace;
            }
            Some(Open::Line) => self.line(false),
            Some(Open::Lines(count)) => self.lines(false, count),
        };
        if kind == TokenKind::StringRight {
            self.open.pop();
        }
        kind
    }

    /// Reads on in a string of one line, up to its end or the next interpolation.
    fn line(&mut self, first: bool) -> TokenKind {
        let (complete, more) = ends(first);
        loop {
            match self.peek(0) {
                b'\n' | b'\r' => return complete,
                0 if self.at_end() => return complete,
                b'\'' => {
                    self.at += 1;
                    return complete;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    return more;
                }
                b'\\' if self.at + 1 < self.bytes.len() => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// Reads on in a string of several lines, up to its end or the next interpolation with this many `$`.
    fn lines(&mut self, first: bool, dollars: usize) -> TokenKind {
        let (complete, more) = ends(first);
        while !self.at_end() {
            let start = self.at;
            match self.peek(0) {
                b'$' => {
                    self.skip_while(|byte| byte == b'$');
                    if dollars > 0 && self.at - start >= dollars && self.eat(b"{") {
                        return more;
                    }
                }
                b'\'' => {
                    self.skip_while(|byte| byte == b'\'');
                    if self.at - start >= 3 {
                        return complete;
                    }
                }
                _ => self.at += 1,
            }
        }
        complete
    }

    fn punctuation(&mut self) -> TokenKind {
        for (word, kind) in PUNCTUATION {
            if self.eat(word.as_bytes()) {
                return *kind;
            }
        }
        // A whole character: spans may not cut one in two.
        self.at += 1;
        self.skip_while(|byte| byte & 0xC0 == 0x80);
        TokenKind::Unrecognized
    }
}

/// Returns the kinds of a piece of a string: one that ends it, one that an interpolation ends.
fn ends(first: bool) -> (TokenKind, TokenKind) {
    if first {
        (TokenKind::StringComplete, TokenKind::StringLeft)
    } else {
        (TokenKind::StringRight, TokenKind::StringMiddle)
    }
}

/// Punctuation and operators; of two that begin alike the longer comes first.
const PUNCTUATION: &[(&str, TokenKind)] = &[
    ("...", TokenKind::Ellipsis),
    (".", TokenKind::Dot),
    ("??", TokenKind::DoubleQuestion),
    ("?", TokenKind::Question),
    ("::", TokenKind::DoubleColon),
    (":", TokenKind::Colon),
    ("==", TokenKind::Equals),
    ("=~", TokenKind::EqualsInsensitive),
    ("=>", TokenKind::Arrow),
    ("=", TokenKind::Assignment),
    ("!=", TokenKind::NotEquals),
    ("!~", TokenKind::NotEqualsInsensitive),
    ("!", TokenKind::Exclamation),
    ("<=", TokenKind::LessOrEqual),
    ("<", TokenKind::LeftChevron),
    (">=", TokenKind::GreaterOrEqual),
    (">", TokenKind::RightChevron),
    ("&&", TokenKind::And),
    ("||", TokenKind::Or),
    ("|", TokenKind::Pipe),
    ("(", TokenKind::LeftParen),
    (")", TokenKind::RightParen),
    ("[", TokenKind::LeftSquare),
    ("]", TokenKind::RightSquare),
    ("@", TokenKind::At),
    (",", TokenKind::Comma),
    (";", TokenKind::Semicolon),
    ("+", TokenKind::Plus),
    ("-", TokenKind::Minus),
    ("*", TokenKind::Asterisk),
    ("/", TokenKind::Slash),
    ("%", TokenKind::Modulo),
    ("^", TokenKind::Hat),
];

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::{
        EndOfFile, Identifier, Integer, LeftBrace, Newline, Plus, RightBrace, StringComplete,
        StringLeft, StringMiddle, StringRight,
    };

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokens(text).iter().map(|token| token.kind).collect()
    }

    #[test]
    fn strings_hold_expressions_and_objects() {
        assert_eq!(
            kinds("'a${b}c${{}}'"),
            [
                StringLeft,
                Identifier,
                StringMiddle,
                LeftBrace,
                RightBrace,
                StringRight,
                EndOfFile
            ]
        );
        assert_eq!(
            kinds(r"'\${'\'${x}'"),
            [
                StringComplete,
                TokenKind::Unrecognized,
                StringLeft,
                Identifier,
                StringRight,
                EndOfFile
            ]
        );
        assert_eq!(
            kinds(r"'a\nb' + 1"),
            [StringComplete, Plus, Integer, EndOfFile]
        );
        assert_eq!(
            kinds("'open\nx"),
            [StringComplete, Newline, Identifier, EndOfFile]
        );
    }

    #[test]
    fn strings_of_several_lines() {
        assert_eq!(kinds("'''a ${b}\n'''"), [StringComplete, EndOfFile]);
        assert_eq!(
            kinds("$'''a ${b}'''"),
            [StringLeft, Identifier, StringRight, EndOfFile]
        );
        assert_eq!(
            kinds("$$'''a ${b} $${c}''''"),
            [StringLeft, Identifier, StringRight, EndOfFile]
        );
        assert_eq!(kinds("'''open"), [StringComplete, EndOfFile]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "#disable-next-line x\r\n\r\nparam é string /* c */ = 'a${b}' // d\n\t¤ ?? :: => ... 'x";
        let mut at = 0;
        for token in tokens(text) {
            assert!(text[at..token.start].chars().all(|c| c == ' ' || c == '\t'));
            at = token.end;
        }
        assert_eq!(at, text.len());
    }
}
