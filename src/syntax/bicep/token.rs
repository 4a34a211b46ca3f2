//! What a Bicep file is made of.

/// A token, comments and newlines included; only blanks stand between tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// The byte at which it begins.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
}

/// The kinds of tokens. The names are those of the language's own lexer where it has one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    /// A name, or a word that is a keyword only where one is expected: `param`, `if`, `for`.
    Identifier,
    True,
    False,
    Null,
    Integer,
    /// `'…'` or `'''…'''` without interpolation.
    StringComplete,
    /// `'…${`
    StringLeft,
    /// `}…${`
    StringMiddle,
    /// `}…'`
    StringRight,
    /// One or more line ends without a blank between them.
    Newline,
    LineComment,
    BlockComment,
    /// `#disable-next-line …` and its like: up to the end of the line.
    Pragma,
    LeftBrace,
    RightBrace,
    LeftParen,
    RightParen,
    LeftSquare,
    RightSquare,
    At,
    Comma,
    Dot,
    Ellipsis,
    Question,
    DoubleQuestion,
    Colon,
    DoubleColon,
    Semicolon,
    Assignment,
    Equals,
    EqualsInsensitive,
    Arrow,
    Exclamation,
    NotEquals,
    NotEqualsInsensitive,
    LeftChevron,
    LessOrEqual,
    RightChevron,
    GreaterOrEqual,
    Plus,
    Minus,
    Asterisk,
    Slash,
    Modulo,
    Hat,
    And,
    Pipe,
    Or,
    /// A character that begins no token.
    Unrecognized,
    EndOfFile,
}

impl TokenKind {
    /// Tells whether the parser never sees it.
    pub(super) fn is_trivia(self) -> bool {
        matches!(
            self,
            TokenKind::LineComment | TokenKind::BlockComment | TokenKind::Pragma
        )
    }
}
