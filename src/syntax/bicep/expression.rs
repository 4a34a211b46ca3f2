//! Expressions. What has a function of the same meaning becomes a call of it, as the compiler does: `a.?b` is `tryGet(a, 'b')`,
//! `a ?? b` is `coalesce(a, b)`, `{...a}` is `shallowMerge([a])`.

use rust_decimal::Decimal;

use super::cursor::{Parsed, Parser, Written};
use super::string;
use super::token::TokenKind;
use crate::expr::{BinaryOperator, ExprId, ExprKind, Part, UnaryOperator};
use crate::source::{Name, Span, Symbol};

/// What an operator between two operands becomes.
#[derive(Clone, Copy)]
enum Infix {
    Operator(BinaryOperator),
    /// A function of both.
    Call(&'static str),
    /// The opposite of a function of both.
    NotCall(&'static str),
}

/// Returns what a token means between two operands, and how tightly it binds.
fn infix(kind: TokenKind) -> Option<(Infix, u8)> {
    use BinaryOperator as Is;
    let (operator, precedence) = match kind {
        TokenKind::Asterisk => (Infix::Operator(Is::Multiply), 100),
        TokenKind::Slash => (Infix::Operator(Is::Divide), 100),
        TokenKind::Modulo => (Infix::Operator(Is::Modulo), 100),
        TokenKind::Plus => (Infix::Operator(Is::Add), 90),
        TokenKind::Minus => (Infix::Operator(Is::Subtract), 90),
        TokenKind::RightChevron => (Infix::Operator(Is::Greater), 80),
        TokenKind::GreaterOrEqual => (Infix::Operator(Is::GreaterOrEqual), 80),
        TokenKind::LeftChevron => (Infix::Operator(Is::Less), 80),
        TokenKind::LessOrEqual => (Infix::Operator(Is::LessOrEqual), 80),
        TokenKind::Equals => (Infix::Operator(Is::Equal), 70),
        TokenKind::NotEquals => (Infix::Operator(Is::NotEqual), 70),
        TokenKind::EqualsInsensitive => (Infix::Call(EQUALS_INSENSITIVE), 70),
        TokenKind::NotEqualsInsensitive => (Infix::NotCall(EQUALS_INSENSITIVE), 70),
        TokenKind::And => (Infix::Operator(Is::And), 50),
        TokenKind::Or => (Infix::Operator(Is::Or), 40),
        TokenKind::DoubleQuestion => (Infix::Call("coalesce"), 30),
        _ => return None,
    };
    Some((operator, precedence))
}

/// `=~`: no function of ARM has a name that a file could write like this one.
pub(crate) const EQUALS_INSENSITIVE: &str = "=~";

/// An access that begins with `.?` or `[?`, up to where it ends.
struct SafeAccess {
    of: ExprId,
    steps: Vec<ExprId>,
}

impl Parser<'_> {
    /// Parses an expression.
    pub(super) fn expression(&mut self) -> Parsed<Written> {
        self.nest(Self::conditional)
    }

    fn conditional(&mut self) -> Parsed<Written> {
        let condition = self.binary(0)?;
        if self.peek_behind_newlines().kind != TokenKind::Question {
            return Ok(condition);
        }
        self.skip_newlines();
        self.take();
        let yes = self.expression()?;
        if self.peek_behind_newlines().kind == TokenKind::Colon {
            self.skip_newlines();
        }
        self.expect(TokenKind::Colon, "`:`")?;
        let no = self.expression()?;
        let span = condition.span.join(no.span);
        Ok(self.add(ExprKind::Conditional(condition.id, yes.id, no.id), span))
    }

    fn binary(&mut self, outer: u8) -> Parsed<Written> {
        let mut left = self.unary()?;
        while let Some((operator, precedence)) = infix(self.kind()).filter(|(_, own)| *own > outer)
        {
            let token = self.take();
            let right = self.nest(|parser| parser.binary(precedence))?;
            let span = left.span.join(right.span);
            let at = self.span_of(token);
            left = self.infix(operator, at, left, right, span);
        }
        Ok(left)
    }

    fn infix(
        &mut self,
        operator: Infix,
        at: Span,
        left: Written,
        right: Written,
        span: Span,
    ) -> Written {
        let (function, opposite) = match operator {
            Infix::Operator(operator) => {
                return self.add(ExprKind::Binary(operator, left.id, right.id), span);
            }
            Infix::Call(function) => (function, false),
            Infix::NotCall(function) => (function, true),
        };
        let name = Name {
            text: function.into(),
            span: at,
        };
        let call = self.call_of(name, vec![left.id, right.id], span);
        if opposite {
            return self.add(ExprKind::Unary(UnaryOperator::Not, call.id), span);
        }
        call
    }

    fn unary(&mut self) -> Parsed<Written> {
        let start = self.span_of(self.peek_at(0));
        let operator = match self.kind() {
            TokenKind::Exclamation => Some(UnaryOperator::Not),
            TokenKind::Minus => Some(UnaryOperator::Negate),
            TokenKind::Plus => None,
            _ => return self.member(),
        };
        self.take();
        let operand = self.nest(Self::unary)?;
        let span = start.join(operand.span);
        Ok(match operator {
            Some(operator) => self.add(ExprKind::Unary(operator, operand.id), span),
            None => Written { span, ..operand },
        })
    }

    /// Parses an operand and what is accessed in it.
    fn member(&mut self) -> Parsed<Written> {
        let mut current = self.primary()?;
        let mut safe: Option<SafeAccess> = None;
        loop {
            current = match self.kind() {
                TokenKind::LeftSquare => self.index(current, &mut safe)?,
                TokenKind::Dot => self.property(current, &mut safe)?,
                TokenKind::DoubleColon => {
                    let of = self.close(current, &mut safe);
                    self.take();
                    self.nested_resource(of)?
                }
                TokenKind::Exclamation => {
                    let of = self.close(current, &mut safe);
                    self.take();
                    let span = of.span.join(self.last_span());
                    Written { span, ..of }
                }
                _ => return Ok(self.close(current, &mut safe)),
            };
        }
    }

    /// Ends a safe access: all of its steps become one call.
    fn close(&mut self, current: Written, safe: &mut Option<SafeAccess>) -> Written {
        let Some(access) = safe.take() else {
            return current;
        };
        let name = Name {
            text: "tryGet".into(),
            span: current.span,
        };
        let args = std::iter::once(access.of).chain(access.steps).collect();
        self.call_of(name, args, current.span)
    }

    /// Adds a step to a safe access if it is one or begins one.
    fn step(of: Written, step: ExprId, begins: bool, safe: &mut Option<SafeAccess>) -> bool {
        if begins && safe.is_none() {
            *safe = Some(SafeAccess {
                of: of.id,
                steps: Vec::new(),
            });
        }
        safe.as_mut()
            .map(|access| access.steps.push(step))
            .is_some()
    }

    fn index(&mut self, of: Written, safe: &mut Option<SafeAccess>) -> Parsed<Written> {
        self.take();
        let begins = self.eat(TokenKind::Question);
        let from_end = self.eat(TokenKind::Hat);
        let index = self.expression()?;
        self.expect(TokenKind::RightSquare, "`]`")?;
        let span = of.span.join(self.last_span());
        if from_end {
            let of = self.close(of, safe);
            let text = if begins {
                "tryIndexFromEnd"
            } else {
                "indexFromEnd"
            };
            let name = Name {
                text: text.into(),
                span,
            };
            return Ok(self.call_of(name, vec![of.id, index.id], span));
        }
        if Self::step(of, index.id, begins, safe) {
            return Ok(Written { span, ..of });
        }
        Ok(self.add(ExprKind::Index(of.id, index.id), span))
    }

    fn property(&mut self, of: Written, safe: &mut Option<SafeAccess>) -> Parsed<Written> {
        self.take();
        let begins = self.eat(TokenKind::Question);
        let name = self.word("the name of a property or function")?;
        if self.kind() == TokenKind::LeftParen {
            let of = self.close(of, safe);
            return self.method(of, &name);
        }
        let span = of.span.join(name.span);
        let step = ExprKind::Text(name.text.as_str().into());
        if begins || safe.is_some() {
            let step = self.add(step, name.span);
            Self::step(of, step.id, begins, safe);
            return Ok(Written { span, ..of });
        }
        Ok(self.add(ExprKind::Attribute(of.id, name), span))
    }

    /// Parses the arguments of a function that is written behind a name: `az.resourceGroup()`, `shared.subnetOf(x)`.
    fn method(&mut self, of: Written, name: &Name) -> Parsed<Written> {
        let args = self.arguments()?;
        let span = of.span.join(self.last_span());
        let before = match &self.exprs.get(of.id).kind {
            ExprKind::Name(before) => before.clone(),
            _ => return Ok(self.add(ExprKind::NotSupported("function of a value"), span)),
        };
        let name = Name {
            text: Symbol::from(format!("{before}.{}", name.text)),
            span: of.span.join(name.span),
        };
        Ok(self.call_of(name, args, span))
    }

    /// Parses the name behind `::`: the resource's own name is `parent::child`.
    fn nested_resource(&mut self, of: Written) -> Parsed<Written> {
        let name = self.name("the name of a nested resource")?;
        let span = of.span.join(name.span);
        let kind = match &self.exprs.get(of.id).kind {
            ExprKind::Name(parent) => {
                ExprKind::Name(Symbol::from(format!("{parent}::{}", name.text)))
            }
            _ => ExprKind::NotSupported("resource nested in one of several"),
        };
        Ok(self.add(kind, span))
    }

    /// Takes a name; the words of literals count as names behind a dot and before a colon.
    pub(super) fn word(&mut self, expected: &str) -> Parsed<Name> {
        match self.kind() {
            TokenKind::Identifier | TokenKind::True | TokenKind::False | TokenKind::Null => {
                let token = self.take();
                Ok(self.name_of(token))
            }
            _ => Err(self.problem(expected)),
        }
    }

    fn primary(&mut self) -> Parsed<Written> {
        let token = self.peek_at(0);
        let span = self.span_of(token);
        let literal = match token.kind {
            TokenKind::True => ExprKind::Bool(true),
            TokenKind::False => ExprKind::Bool(false),
            TokenKind::Null => ExprKind::Null,
            TokenKind::Integer => Decimal::from_str_exact(self.text_of(token))
                .map_or(ExprKind::NotSupported("number"), ExprKind::Number),
            TokenKind::StringComplete | TokenKind::StringLeft => return self.string(),
            TokenKind::LeftBrace => return self.object(),
            TokenKind::LeftSquare => return self.array(),
            TokenKind::LeftParen if self.lambda_follows() => return self.lambda(),
            TokenKind::LeftParen => return self.parentheses(),
            TokenKind::Identifier if self.peek_at(1).kind == TokenKind::Arrow => {
                return self.lambda();
            }
            TokenKind::Identifier if self.peek_at(1).kind == TokenKind::LeftParen => {
                let name = self.name("a name")?;
                let args = self.arguments()?;
                let span = span.join(self.last_span());
                return Ok(self.call_of(name, args, span));
            }
            TokenKind::Identifier => ExprKind::Name(Symbol::from(self.text_of(token))),
            _ => return Err(self.problem("an expression")),
        };
        self.take();
        Ok(self.add(literal, span))
    }

    fn parentheses(&mut self) -> Parsed<Written> {
        let start = self.take();
        self.skip_newlines();
        let inner = self.expression()?;
        self.skip_newlines();
        self.expect(TokenKind::RightParen, "`)`")?;
        let span = self.span_of(start).join(self.last_span());
        Ok(Written { span, ..inner })
    }

    /// Adds a call.
    pub(super) fn call_of(&mut self, name: Name, args: Vec<ExprId>, span: Span) -> Written {
        let kind = ExprKind::Call {
            name,
            args,
            expand_last: false,
        };
        self.add(kind, span)
    }

    /// Parses `(a, b)`, newlines allowed around each.
    fn arguments(&mut self) -> Parsed<Vec<ExprId>> {
        self.expect(TokenKind::LeftParen, "`(`")?;
        let mut args = Vec::new();
        loop {
            self.skip_newlines();
            if self.eat(TokenKind::RightParen) {
                return Ok(args);
            }
            args.push(self.expression()?.id);
            self.skip_newlines();
            if !self.eat(TokenKind::Comma) {
                self.expect(TokenKind::RightParen, "`,` or `)`")?;
                return Ok(args);
            }
        }
    }

    /// Parses a string with its interpolations.
    pub(super) fn string(&mut self) -> Parsed<Written> {
        let first = self.take();
        let lines = string::is_of_lines(self.text_of(first));
        let start = self.span_of(first);
        let mut parts = Vec::new();
        let mut piece = first;
        loop {
            let Some(text) = string::decode(&self.source.text, piece, lines) else {
                let span = self.span_of(piece);
                return Err(super::cursor::Problem {
                    span,
                    expected: "the end of this string, without an escape that means nothing"
                        .to_owned(),
                });
            };
            if !text.is_empty() {
                parts.push(Part::Text(text.into()));
            }
            if matches!(
                piece.kind,
                TokenKind::StringComplete | TokenKind::StringRight
            ) {
                break;
            }
            self.skip_newlines();
            parts.push(Part::Expr(self.expression()?.id));
            self.skip_newlines();
            piece = match self.kind() {
                TokenKind::StringMiddle | TokenKind::StringRight => self.take(),
                _ => return Err(self.problem("`}`")),
            };
        }
        let span = start.join(self.last_span());
        let kind = match parts.as_slice() {
            [] => ExprKind::Text("".into()),
            [Part::Text(text)] => ExprKind::Text(text.clone()),
            _ => ExprKind::Template(parts),
        };
        Ok(self.add(kind, span))
    }
}
