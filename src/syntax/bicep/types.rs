//! Types, as expressions: a name, an object of types, `array(t)`, `nullable(t)`, `union(a, b)`. What they allow is not checked:
//! the compiler does that.

use super::cursor::{Parsed, Parser, Written};
use super::token::TokenKind;
use crate::expr::{Entry, ExprId, ExprKind};
use crate::source::{Name, Span};

/// What a nullable type becomes: `nullable(t)`.
pub(super) const NULLABLE: &str = "nullable";

impl Parser<'_> {
    /// Parses a type; alternatives may stand on lines of their own.
    pub(super) fn type_expression(&mut self) -> Parsed<Written> {
        self.nest(|parser| {
            parser.eat_bar();
            let first = parser.type_member()?;
            let mut all = vec![first.id];
            let mut span = first.span;
            while parser.eat_bar() {
                let next = parser.type_member()?;
                span = span.join(next.span);
                all.push(next.id);
            }
            if all.len() == 1 {
                return Ok(first);
            }
            Ok(parser.type_call("union", all, span))
        })
    }

    /// Takes `|` behind any number of newlines.
    fn eat_bar(&mut self) -> bool {
        let found = self.peek_behind_newlines().kind == TokenKind::Pipe;
        if found {
            self.skip_newlines();
            self.take();
            self.skip_newlines();
        }
        found
    }

    fn type_call(&mut self, name: &'static str, args: Vec<ExprId>, span: Span) -> Written {
        let name = Name {
            text: name.into(),
            span,
        };
        self.call_of(name, args, span)
    }

    fn type_member(&mut self) -> Parsed<Written> {
        let mut current = self.type_primary()?;
        loop {
            let start = current.span;
            current = match self.kind() {
                TokenKind::LeftSquare => {
                    self.take();
                    let array = self.eat(TokenKind::RightSquare);
                    if !array {
                        self.take();
                        self.expect(TokenKind::RightSquare, "`]`")?;
                    }
                    let span = start.join(self.last_span());
                    let name = if array { "array" } else { "element" };
                    self.type_call(name, vec![current.id], span)
                }
                TokenKind::Question => {
                    self.take();
                    let span = start.join(self.last_span());
                    self.type_call(NULLABLE, vec![current.id], span)
                }
                TokenKind::Exclamation => {
                    self.take();
                    let span = start.join(self.last_span());
                    Written { span, ..current }
                }
                TokenKind::Dot => {
                    self.take();
                    if self.eat(TokenKind::Asterisk) {
                        let span = start.join(self.last_span());
                        self.type_call("element", vec![current.id], span)
                    } else {
                        let name = self.word("the name of a property")?;
                        if self.kind() == TokenKind::LeftChevron {
                            self.type_arguments(name, start)?
                        } else {
                            let span = start.join(name.span);
                            self.add(ExprKind::Attribute(current.id, name), span)
                        }
                    }
                }
                _ => return Ok(current),
            };
        }
    }

    fn type_primary(&mut self) -> Parsed<Written> {
        match self.kind() {
            TokenKind::Identifier => self.type_name(),
            TokenKind::LeftBrace => self.object_type(),
            TokenKind::LeftSquare => self.tuple_type(),
            TokenKind::LeftParen => {
                let start = self.take();
                self.skip_newlines();
                let inner = self.type_expression()?;
                self.skip_newlines();
                self.expect(TokenKind::RightParen, "`)`")?;
                let span = self.span_of(start).join(self.last_span());
                Ok(Written { span, ..inner })
            }
            TokenKind::Minus | TokenKind::Plus | TokenKind::Exclamation => {
                let start = self.take();
                let inner = self.nest(Self::type_primary)?;
                let span = self.span_of(start).join(inner.span);
                Ok(Written { span, ..inner })
            }
            TokenKind::StringComplete
            | TokenKind::StringLeft
            | TokenKind::Integer
            | TokenKind::True
            | TokenKind::False
            | TokenKind::Null => self.type_literal(),
            _ => Err(self.problem("a type")),
        }
    }

    fn type_literal(&mut self) -> Parsed<Written> {
        if matches!(
            self.kind(),
            TokenKind::StringComplete | TokenKind::StringLeft
        ) {
            return self.string();
        }
        let token = self.take();
        let kind = match token.kind {
            TokenKind::True => ExprKind::Bool(true),
            TokenKind::False => ExprKind::Bool(false),
            TokenKind::Null => ExprKind::Null,
            _ => ExprKind::Text(self.text_of(token).into()),
        };
        let span = self.span_of(token);
        Ok(self.add(kind, span))
    }

    /// Parses `string`, `shared.subnet`, `resourceInput<'…'>`, `resource 'type'`.
    fn type_name(&mut self) -> Parsed<Written> {
        let name = self.name("a type")?;
        if self.kind() == TokenKind::LeftChevron {
            let start = name.span;
            return self.type_arguments(name, start);
        }
        let span = name.span;
        let kind = ExprKind::Name(name.text.clone());
        if &*name.text == "resource" && self.kind() == TokenKind::StringComplete {
            self.take();
            let span = span.join(self.last_span());
            return Ok(self.add(kind, span));
        }
        Ok(self.add(kind, span))
    }

    /// Parses `<'…'>` behind the name of a type.
    fn type_arguments(&mut self, name: Name, start: Span) -> Parsed<Written> {
        self.take();
        let mut args = Vec::new();
        loop {
            self.skip_newlines();
            args.push(self.type_expression()?.id);
            self.skip_newlines();
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect(TokenKind::RightChevron, "`>`")?;
        let span = start.join(self.last_span());
        Ok(self.call_of(name, args, span))
    }

    fn object_type(&mut self) -> Parsed<Written> {
        let start = self.take();
        let mut entries = Vec::new();
        while self.next_element(TokenKind::RightBrace)? {
            self.decorators()?;
            let star = self.peek_at(0);
            let key = if self.eat(TokenKind::Asterisk) {
                let span = self.span_of(star);
                self.add(ExprKind::Text("*".into()), span)
            } else if self.kind() == TokenKind::StringComplete {
                self.string()?
            } else {
                let name = self.word("a property")?;
                self.add(ExprKind::Text(name.text.as_str().into()), name.span)
            };
            self.expect(TokenKind::Colon, "`:`")?;
            let value = self.type_expression()?;
            entries.push(Entry {
                key: key.id,
                value: value.id,
            });
        }
        let span = self.span_of(start).join(self.last_span());
        Ok(self.add(ExprKind::Object(entries), span))
    }

    fn tuple_type(&mut self) -> Parsed<Written> {
        let start = self.take();
        let mut items = Vec::new();
        while self.next_element(TokenKind::RightSquare)? {
            self.decorators()?;
            items.push(self.type_expression()?.id);
        }
        let span = self.span_of(start).join(self.last_span());
        Ok(self.add(ExprKind::List(items), span))
    }
}
