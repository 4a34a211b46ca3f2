//! Arrays, objects, loops and lambdas.

use super::cursor::{Parsed, Parser, Written};
use super::token::TokenKind;
use crate::expr::{Entry, ExprId, ExprKind, For};
use crate::source::{Name, Span, Symbol};

/// The names of a loop and what it runs over.
pub(super) struct LoopHead {
    pub index: Option<Symbol>,
    pub item: Symbol,
    pub over: ExprId,
}

/// Elements up to the next `...`, or what stands behind `...`.
enum Run<T> {
    Plain(Vec<T>),
    Spread(ExprId),
}

impl Parser<'_> {
    /// Parses `[…]`: elements, or a loop.
    pub(super) fn array(&mut self) -> Parsed<Written> {
        if self.loop_follows() {
            return self.loop_expression();
        }
        let start = self.take();
        let mut runs = Vec::new();
        while self.next_element(TokenKind::RightSquare)? {
            let begin = self.span_of(self.peek_at(0));
            if self.eat(TokenKind::Ellipsis) {
                runs.push(Run::Spread(self.expression()?.id));
            } else {
                let item = self.expression()?.id;
                push(&mut runs, item);
            }
            self.mark(begin.join(self.last_span()));
        }
        let span = self.span_of(start).join(self.last_span());
        Ok(self.joined(runs, span, "flatten", ExprKind::List))
    }

    /// Parses `{…}`.
    pub(super) fn object(&mut self) -> Parsed<Written> {
        let start = self.expect(TokenKind::LeftBrace, "`{`")?;
        let mut runs = Vec::new();
        while self.next_element(TokenKind::RightBrace)? {
            let begin = self.span_of(self.peek_at(0));
            if self.eat(TokenKind::Ellipsis) {
                runs.push(Run::Spread(self.expression()?.id));
            } else {
                let entry = self.entry()?;
                push(&mut runs, entry);
            }
            self.mark(begin.join(self.last_span()));
        }
        let span = self.span_of(start).join(self.last_span());
        Ok(self.joined(runs, span, "shallowMerge", ExprKind::Object))
    }

    /// Parses `key: value`.
    pub(super) fn entry(&mut self) -> Parsed<Entry> {
        let key = if matches!(
            self.kind(),
            TokenKind::StringComplete | TokenKind::StringLeft
        ) {
            self.string()?
        } else {
            let name = self.word("a property")?;
            self.add(ExprKind::Text(name.text.as_str().into()), name.span)
        };
        self.expect(TokenKind::Colon, "`:`")?;
        let value = self.expression()?;
        Ok(Entry {
            key: key.id,
            value: value.id,
        })
    }

    /// Goes to the next element of an array or object; `false` at its end, which is taken.
    pub(super) fn next_element(&mut self, end: TokenKind) -> Parsed<bool> {
        let mut apart = false;
        while matches!(self.kind(), TokenKind::Newline | TokenKind::Comma) {
            self.take();
            apart = true;
        }
        if self.eat(end) {
            return Ok(false);
        }
        let opening = matches!(
            self.last_kind(),
            TokenKind::LeftBrace | TokenKind::LeftSquare
        );
        if apart || opening {
            return Ok(true);
        }
        Err(self.problem("a new line, `,` or the closing bracket"))
    }

    /// Adds an array or object; with `...` in it, a call that joins its runs.
    fn joined<T>(
        &mut self,
        mut runs: Vec<Run<T>>,
        span: Span,
        function: &'static str,
        plain: fn(Vec<T>) -> ExprKind,
    ) -> Written {
        if let [] | [Run::Plain(_)] = runs.as_slice() {
            let items = match runs.pop() {
                Some(Run::Plain(items)) => items,
                Some(Run::Spread(_)) | None => Vec::new(),
            };
            return self.add(plain(items), span);
        }
        let parts = runs
            .into_iter()
            .map(|run| match run {
                Run::Plain(items) => self.exprs.add(plain(items), span),
                Run::Spread(id) => id,
            })
            .collect();
        let list = self.add(ExprKind::List(parts), span);
        let name = Name {
            text: function.into(),
            span,
        };
        self.call_of(name, vec![list.id], span)
    }

    /// Tells whether `[` begins a loop.
    pub(super) fn loop_follows(&self) -> bool {
        let mut ahead = 1;
        while self.peek_at(ahead).kind == TokenKind::Newline {
            ahead += 1;
        }
        let next = self.peek_at(ahead + 1).kind;
        self.kind() == TokenKind::LeftSquare
            && self.is_word(self.peek_at(ahead), "for")
            && matches!(next, TokenKind::Identifier | TokenKind::LeftParen)
    }

    fn loop_expression(&mut self) -> Parsed<Written> {
        let start = self.span_of(self.peek_at(0));
        let head = self.loop_head()?;
        let result = self.expression()?;
        self.skip_newlines();
        self.expect(TokenKind::RightSquare, "`]`")?;
        let span = start.join(self.last_span());
        Ok(self.loop_of(head, result.id, None, span))
    }

    /// Adds a loop.
    pub(super) fn loop_of(
        &mut self,
        head: LoopHead,
        result: ExprId,
        condition: Option<ExprId>,
        span: Span,
    ) -> Written {
        let kind = ExprKind::For(Box::new(For {
            key: head.index,
            value: head.item,
            over: head.over,
            result_key: None,
            result,
            group: false,
            condition,
        }));
        self.add(kind, span)
    }

    /// Parses `[for (item, index) in over:`.
    pub(super) fn loop_head(&mut self) -> Parsed<LoopHead> {
        self.take();
        self.skip_newlines();
        self.take();
        let (item, index) = if self.eat(TokenKind::LeftParen) {
            self.skip_newlines();
            let item = self.name("the name of the item")?;
            self.skip_newlines();
            self.expect(TokenKind::Comma, "`,` and the name of the index")?;
            self.skip_newlines();
            let index = self.name("the name of the index")?;
            self.skip_newlines();
            self.expect(TokenKind::RightParen, "`)`")?;
            (item, Some(index.text))
        } else {
            (self.name("the name of the item")?, None)
        };
        if !self.eat_word("in") {
            return Err(self.problem("`in`"));
        }
        let over = self.expression()?.id;
        self.expect(TokenKind::Colon, "`:`")?;
        self.skip_newlines();
        Ok(LoopHead {
            index,
            item: item.text,
            over,
        })
    }

    /// Tells whether `(` begins the parameters of a lambda.
    pub(super) fn lambda_follows(&self) -> bool {
        let mut ahead = 1;
        loop {
            match self.peek_at(ahead).kind {
                TokenKind::Newline | TokenKind::Identifier | TokenKind::Comma => ahead += 1,
                TokenKind::RightParen => {
                    return self.peek_at(ahead + 1).kind == TokenKind::Arrow;
                }
                _ => return false,
            }
        }
    }

    /// Parses `x => …` or `(x, y) => …`.
    pub(super) fn lambda(&mut self) -> Parsed<Written> {
        let start = self.span_of(self.peek_at(0));
        let mut parameters = Vec::new();
        if self.eat(TokenKind::LeftParen) {
            while self.kind() != TokenKind::RightParen {
                match self.kind() {
                    TokenKind::Newline | TokenKind::Comma => {
                        self.take();
                    }
                    _ => parameters.push(self.name("the name of a parameter")?.text),
                }
            }
            self.take();
        } else {
            parameters.push(self.name("the name of a parameter")?.text);
        }
        self.expect(TokenKind::Arrow, "`=>`")?;
        self.skip_newlines();
        let body = self.expression()?;
        let span = start.join(body.span);
        Ok(self.add(
            ExprKind::Lambda {
                parameters,
                body: body.id,
            },
            span,
        ))
    }
}

/// Adds an element to the run that is open.
fn push<T>(runs: &mut Vec<Run<T>>, item: T) {
    if let Some(Run::Plain(items)) = runs.last_mut() {
        items.push(item);
    } else {
        runs.push(Run::Plain(vec![item]));
    }
}
