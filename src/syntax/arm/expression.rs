//! Template expressions, `"[concat(parameters('a'), 'b')]"`, into the arena. What Bicep has a syntax for becomes what that
//! becomes: `if()` a conditional, `createObject()` an object, `lambdaVariables('x')` the name `x`.

use rust_decimal::Decimal;

use crate::expr::{BinaryOperator, Entry, ExprId, ExprKind, Exprs, UnaryOperator};
use crate::source::{Name, SourceId, Span, Symbol};
use crate::syntax::json::Literal;

/// How deep calls may nest.
const MAX_DEPTH: usize = 100;

/// What `copyIndex()` and `parameters()` mean where an expression stands.
#[derive(Clone, Default)]
pub(super) struct Surroundings {
    /// The loops around it, innermost last.
    pub loops: Vec<Symbol>,
    /// The loop that `copyIndex()` without a name means.
    pub unnamed: Option<Symbol>,
    /// Whether it is in a function of the template's own, where `parameters()` are the function's.
    pub in_function: bool,
}

/// Returns the name that stands for the index of a loop.
pub(super) fn index_name(of: &str) -> Symbol {
    Symbol::from(format!("copyIndex:{}", of.to_ascii_lowercase()))
}

/// What a string of a template holds.
pub(super) enum Content<'a> {
    /// Characters.
    Text(&'a str),
    /// An expression, from this byte to that.
    Expression(usize, usize),
}

/// Tells what a string of a template holds: `[` escapes itself.
pub(super) fn content(text: &str) -> Content<'_> {
    match text.strip_prefix('[') {
        Some(rest) if rest.starts_with('[') => Content::Text(rest),
        Some(rest) if rest.ends_with(']') => Content::Expression(1, text.len() - 1),
        _ => Content::Text(text),
    }
}

/// Where an expression does not parse: a byte of the text, and what is expected there.
pub(super) struct Fault {
    pub at: usize,
    pub expected: &'static str,
}

type Parsed<T> = Result<T, Fault>;

/// An expression on its way into the arena.
pub(super) struct Parser<'a> {
    pub exprs: &'a mut Exprs,
    pub source: SourceId,
    pub literal: &'a Literal<'a>,
    pub around: &'a Surroundings,
    /// The next byte.
    pub at: usize,
    /// The byte behind the expression.
    pub end: usize,
    pub depth: usize,
}

impl Parser<'_> {
    /// Parses the whole expression.
    pub(super) fn whole(&mut self) -> Parsed<ExprId> {
        let id = self.expression()?;
        self.blanks();
        if self.at < self.end {
            return Err(self.fault("the end of the expression"));
        }
        Ok(id)
    }

    fn fault(&self, expected: &'static str) -> Fault {
        Fault {
            at: self.at,
            expected,
        }
    }

    fn peek(&self) -> u8 {
        let bytes = self.literal.text.as_bytes();
        if self.at < self.end {
            bytes[self.at]
        } else {
            0
        }
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.blanks();
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    fn span(&self, start: usize) -> Span {
        let end = self.literal.place(self.at);
        Span::new(self.source, self.literal.place(start), end)
    }

    fn add(&mut self, kind: ExprKind, start: usize) -> ExprId {
        let span = self.span(start);
        self.exprs.add(kind, span)
    }

    fn expression(&mut self) -> Parsed<ExprId> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault("something that nests less deeply"));
        }
        self.depth += 1;
        self.blanks();
        let start = self.at;
        let mut id = self.primary(start)?;
        loop {
            self.blanks();
            id = match self.peek() {
                b'.' => {
                    self.at += 1;
                    let name = self.name()?;
                    self.add(ExprKind::Attribute(id, name), start)
                }
                b'[' => {
                    self.at += 1;
                    let index = self.expression()?;
                    if !self.eat(b']') {
                        return Err(self.fault("`]`"));
                    }
                    self.add(ExprKind::Index(id, index), start)
                }
                _ => break,
            };
        }
        self.depth -= 1;
        Ok(id)
    }

    fn primary(&mut self, start: usize) -> Parsed<ExprId> {
        match self.peek() {
            b'\'' => {
                let text = self.string()?;
                Ok(self.add(ExprKind::Text(text.into()), start))
            }
            b'0'..=b'9' | b'-' => Ok(self.number(start)),
            _ => self.call(start),
        }
    }

    /// Reads a string; a quote in it is doubled.
    fn string(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.literal.text[self.at..self.end];
            let Some(length) = rest.find('\'') else {
                return Err(self.fault("the closing quote of this string"));
            };
            text.push_str(&rest[..length]);
            self.at += length + 1;
            if self.peek() != b'\'' {
                return Ok(text);
            }
            text.push('\'');
            self.at += 1;
        }
    }

    fn number(&mut self, start: usize) -> ExprId {
        self.at += 1;
        while matches!(self.peek(), b'0'..=b'9' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        let number = Decimal::from_str_exact(&self.literal.text[start..self.at]);
        self.add(
            number.map_or(ExprKind::NotSupported("number"), ExprKind::Number),
            start,
        )
    }

    fn name(&mut self) -> Parsed<Name> {
        self.blanks();
        let start = self.at;
        while self.peek().is_ascii_alphanumeric() || matches!(self.peek(), b'_' | b'$') {
            self.at += 1;
        }
        if start == self.at {
            return Err(self.fault("a name"));
        }
        Ok(Name {
            text: Symbol::from(&self.literal.text[start..self.at]),
            span: self.span(start),
        })
    }

    /// Parses `name(…)` and `namespace.name(…)`.
    fn call(&mut self, start: usize) -> Parsed<ExprId> {
        let mut name = self.name()?;
        while self.eat(b'.') {
            let rest = self.name()?;
            name.text = Symbol::from(format!("{}.{}", name.text, rest.text));
        }
        name.span = self.span(start);
        if !self.eat(b'(') {
            return Err(self.fault("`(`"));
        }
        let mut args = Vec::new();
        if !self.eat(b')') {
            loop {
                args.push(self.expression()?);
                if self.eat(b')') {
                    break;
                }
                if !self.eat(b',') {
                    return Err(self.fault("`,` or `)`"));
                }
            }
        }
        let kind = self.meaning(name, args, start);
        Ok(self.add(kind, start))
    }

    /// Returns what a call means; a function without a syntax of its own stays a call.
    fn meaning(&mut self, name: Name, args: Vec<ExprId>, start: usize) -> ExprKind {
        let lower = name.text.to_ascii_lowercase();
        match (lower.as_str(), args.as_slice()) {
            ("null", []) => ExprKind::Null,
            ("true", []) => ExprKind::Bool(true),
            ("false", []) => ExprKind::Bool(false),
            ("if", [condition, yes, no]) => ExprKind::Conditional(*condition, *yes, *no),
            ("not", [operand]) => ExprKind::Unary(UnaryOperator::Not, *operand),
            ("and" | "or", [first, rest @ ..]) if !rest.is_empty() => {
                let operator = if lower == "and" {
                    BinaryOperator::And
                } else {
                    BinaryOperator::Or
                };
                self.chain(operator, *first, rest, start)
            }
            ("createarray", _) => ExprKind::List(args),
            ("createobject", pairs) if pairs.len().is_multiple_of(2) => {
                let entry = |pair: &[ExprId]| Entry {
                    key: pair[0],
                    value: pair[1],
                };
                ExprKind::Object(pairs.chunks_exact(2).map(entry).collect())
            }
            ("lambda", [parameters @ .., body]) => self.lambda(parameters, *body),
            ("lambdavariables", [variable]) => match self.exprs.text(*variable) {
                Some(variable) => ExprKind::Name(Symbol::from(&**variable)),
                None => ExprKind::NotSupported("computed name of a lambda's parameter"),
            },
            ("parameters", [parameter]) if self.around.in_function => {
                match self.exprs.text(*parameter) {
                    Some(parameter) => ExprKind::Name(Symbol::from(&**parameter)),
                    None => ExprKind::NotSupported("computed name of a parameter"),
                }
            }
            ("copyindex", args) => self.copy_index(args, start),
            (operator, [left, right]) => match binary(operator) {
                Some(operator) => ExprKind::Binary(operator, *left, *right),
                None => plain_call(name, args),
            },
            _ => plain_call(name, args),
        }
    }

    fn chain(
        &mut self,
        operator: BinaryOperator,
        first: ExprId,
        rest: &[ExprId],
        start: usize,
    ) -> ExprKind {
        let (last, between) = rest.split_last().expect("two operands at least");
        let left = between.iter().fold(first, |left, right| {
            self.add(ExprKind::Binary(operator, left, *right), start)
        });
        ExprKind::Binary(operator, left, *last)
    }

    fn lambda(&self, parameters: &[ExprId], body: ExprId) -> ExprKind {
        let name = |id: &ExprId| self.exprs.text(*id).map(|text| Symbol::from(&**text));
        match parameters.iter().map(name).collect() {
            Some(parameters) => ExprKind::Lambda { parameters, body },
            None => ExprKind::NotSupported("computed name of a lambda's parameter"),
        }
    }

    /// Returns the index of a loop: `copyIndex()`, `copyIndex('name')`, each with an offset.
    fn copy_index(&mut self, args: &[ExprId], start: usize) -> ExprKind {
        let named = args.first().and_then(|id| self.exprs.text(*id));
        let (name, offset) = if let Some(text) = named {
            (Some(index_name(text)), args.get(1))
        } else {
            let innermost = self.around.unnamed.clone();
            let last = || self.around.loops.last().cloned();
            (innermost.or_else(last), args.first())
        };
        let Some(name) = name.filter(|name| self.around.loops.contains(name)) else {
            return ExprKind::NotSupported("copyIndex() outside a loop");
        };
        let index = ExprKind::Name(name);
        match offset {
            None => index,
            Some(offset) => {
                let index = self.add(index, start);
                ExprKind::Binary(BinaryOperator::Add, index, *offset)
            }
        }
    }
}

fn plain_call(name: Name, args: Vec<ExprId>) -> ExprKind {
    ExprKind::Call {
        name,
        args,
        expand_last: false,
    }
}

/// Returns the operator that a function of two arguments is.
fn binary(function: &str) -> Option<BinaryOperator> {
    Some(match function {
        "add" => BinaryOperator::Add,
        "sub" => BinaryOperator::Subtract,
        "mul" => BinaryOperator::Multiply,
        "div" => BinaryOperator::Divide,
        "mod" => BinaryOperator::Modulo,
        "equals" => BinaryOperator::Equal,
        "less" => BinaryOperator::Less,
        "lessorequals" => BinaryOperator::LessOrEqual,
        "greater" => BinaryOperator::Greater,
        "greaterorequals" => BinaryOperator::GreaterOrEqual,
        _ => return None,
    })
}
