//! The way through the tokens: looking ahead, taking what is expected, saying what is not.

use crate::expr::{ExprId, ExprKind, Exprs};
use crate::finding::Trouble;
use crate::source::{Name, Source, Span, Symbol};
use crate::syntax::Declaration;

use super::token::{Token, TokenKind};

/// How deep expressions and types may nest; the compiler itself goes little deeper.
const MAX_DEPTH: usize = 100;

/// Something that does not parse.
#[derive(Debug)]
pub(super) struct Problem {
    /// Where.
    pub span: Span,
    /// What is expected there.
    pub expected: String,
}

/// What a part of the grammar gives.
pub(super) type Parsed<T> = Result<T, Problem>;

/// An expression, and its characters with the parentheses around it.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub id: ExprId,
    pub span: Span,
}

/// A file on its way into declarations.
pub(super) struct Parser<'s> {
    pub source: &'s Source,
    pub exprs: Exprs,
    pub declarations: Vec<Declaration>,
    pub troubles: Vec<Trouble>,
    /// Collects statements, properties and items, if the comments need them.
    pub structures: Option<Vec<Span>>,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl<'s> Parser<'s> {
    /// Returns a parser at the beginning of a file. `tokens` holds no trivia and ends with the end of the file.
    pub(super) fn new(
        source: &'s Source,
        tokens: Vec<Token>,
        structures: Option<Vec<Span>>,
    ) -> Self {
        Parser {
            source,
            exprs: Exprs::default(),
            declarations: Vec::new(),
            troubles: Vec::new(),
            structures,
            tokens,
            at: 0,
            depth: 0,
        }
    }

    /// Returns the token `ahead` of the next, the end of the file when there is none.
    pub(super) fn peek_at(&self, ahead: usize) -> Token {
        let last = self.tokens.len() - 1;
        self.tokens[(self.at + ahead).min(last)]
    }

    /// Returns the kind of the next token.
    pub(super) fn kind(&self) -> TokenKind {
        self.peek_at(0).kind
    }

    /// Returns the next token behind newlines.
    pub(super) fn peek_behind_newlines(&self) -> Token {
        let mut ahead = 0;
        while self.peek_at(ahead).kind == TokenKind::Newline {
            ahead += 1;
        }
        self.peek_at(ahead)
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Token {
        let token = self.peek_at(0);
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// Takes the next token if it is of this kind.
    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.take();
        }
        found
    }

    /// Takes the next token, which must be of this kind.
    pub(super) fn expect(&mut self, kind: TokenKind, expected: &str) -> Parsed<Token> {
        if self.kind() == kind {
            return Ok(self.take());
        }
        Err(self.problem(expected))
    }

    pub(super) fn skip_newlines(&mut self) {
        while self.eat(TokenKind::Newline) {}
    }

    /// Returns what is wrong with the next token.
    pub(super) fn problem(&self, expected: &str) -> Problem {
        Problem {
            span: self.span_of(self.peek_at(0)),
            expected: expected.to_owned(),
        }
    }

    pub(super) fn text_of(&self, token: Token) -> &'s str {
        &self.source.text[token.start..token.end]
    }

    pub(super) fn span_of(&self, token: Token) -> Span {
        Span::new(self.source.id, token.start, token.end)
    }

    /// Returns the kind of what was taken last.
    pub(super) fn last_kind(&self) -> TokenKind {
        self.tokens[self.at.saturating_sub(1)].kind
    }

    /// Returns the place of what was taken last.
    pub(super) fn last_span(&self) -> Span {
        self.span_of(self.tokens[self.at.saturating_sub(1)])
    }

    /// Tells whether the next token is this word.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.is_word(self.peek_at(0), word)
    }

    pub(super) fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == TokenKind::Identifier && self.text_of(token) == word
    }

    /// Takes the next token if it is this word.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.take();
        }
        found
    }

    pub(super) fn name(&mut self, expected: &str) -> Parsed<Name> {
        let token = self.expect(TokenKind::Identifier, expected)?;
        Ok(self.name_of(token))
    }

    pub(super) fn name_of(&self, token: Token) -> Name {
        Name {
            text: Symbol::from(self.text_of(token)),
            span: self.span_of(token),
        }
    }

    pub(super) fn add(&mut self, kind: ExprKind, span: Span) -> Written {
        let id = self.exprs.add(kind, span);
        Written { id, span }
    }

    /// Notes an attribute, item or statement for the comments that cover it.
    pub(super) fn mark(&mut self, span: Span) {
        if let Some(structures) = &mut self.structures {
            structures.push(span);
        }
    }

    /// Parses something that may hold itself.
    pub(super) fn nest<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.problem("something that nests less deeply"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Goes on behind a statement that does not parse: to the next line that begins like a statement.
    pub(super) fn recover(&mut self) {
        self.depth = 0;
        while self.kind() != TokenKind::EndOfFile {
            if self.take().kind == TokenKind::Newline && self.begins_statement() {
                return;
            }
        }
    }

    /// Tells whether the next token stands at the beginning of its line and may begin a statement.
    fn begins_statement(&self) -> bool {
        let token = self.peek_at(0);
        let before = self.source.text[..token.start].bytes().next_back();
        matches!(before, None | Some(b'\n' | b'\r'))
            && matches!(token.kind, TokenKind::Identifier | TokenKind::At)
    }
}
