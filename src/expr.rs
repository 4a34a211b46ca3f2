//! The one expression tree that every language lowers to: an arena of small nodes with a span each. Knows no grammar and
//! no meaning; a tree is dropped without recursion.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::source::{Name, Span, Symbol};

/// The number of an expression in its [`Exprs`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ExprId(pub u32);

/// The arena of one file.
#[derive(Clone, Default, Debug)]
pub struct Exprs {
    nodes: Vec<Expr>,
}

/// An expression and the characters that it is written with, without parentheses around it.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is; for a block, and for what may be one in JSON, its head (`network_profile`, without the braces).
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number that a decimal of 28 digits can hold.
    Number(Decimal),
    /// A string without interpolation, escapes resolved.
    Text(Arc<str>),
    /// A string with interpolation; a lone interpolation keeps the type of its value.
    Template(Vec<Part>),
    /// `[a, b]`
    List(Vec<ExprId>),
    /// `{a = b}`, or the body of a block
    Object(Vec<Entry>),
    /// All blocks of one type in a body, in order: a list of objects.
    Blocks(Vec<Block>),
    /// The first word of a traversal: `var`, `local`, `azurerm_subnet`, `each`, a name bound by `for`.
    Name(Symbol),
    /// `of.name`
    Attribute(ExprId, Name),
    /// `of[index]`
    Index(ExprId, ExprId),
    /// `of[*]…`: `each` is the rest of the traversal over [`ExprKind::Item`].
    Splat {
        /// What is splatted: a list, or a single value that stands for a list of one; null for an empty one.
        of: ExprId,
        /// Evaluated for each element.
        each: ExprId,
    },
    /// The element inside a splat.
    Item,
    /// `name(args)`; a provider function's name holds its `::`.
    Call {
        /// The function.
        name: Name,
        /// The arguments.
        args: Vec<ExprId>,
        /// Whether the last argument is a list of arguments (`...`).
        expand_last: bool,
    },
    /// `!x`, `-x`
    Unary(UnaryOperator, ExprId),
    /// `x + y`
    Binary(BinaryOperator, ExprId, ExprId),
    /// `x ? y : z`
    Conditional(ExprId, ExprId, ExprId),
    /// `[for …]`, `{for …}`
    For(Box<For>),
    /// `(x, y) => …`, an argument of a function.
    Lambda {
        /// The names of its parameters.
        parameters: Vec<Symbol>,
        /// Its value.
        body: ExprId,
    },
    /// Something that the language allows and aksnet does not understand; the words say what.
    NotSupported(&'static str),
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum Part {
    /// Characters, escapes resolved, strip markers applied.
    Text(Arc<str>),
    /// An interpolation, or a directive lowered to an expression that gives a string.
    Expr(ExprId),
}

/// An attribute of an object.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key: a plain word is a [`ExprKind::Text`].
    pub key: ExprId,
    /// The value.
    pub value: ExprId,
}

/// A block inside a body.
#[derive(Clone, Debug)]
pub enum Block {
    /// Written once: its body, an object. The labels, if any, are gone: no provider's nested blocks have them.
    Static(ExprId),
    /// `dynamic "x" { … }`
    Dynamic(Box<Dynamic>),
}

/// A block written once for each element of a collection.
#[derive(Clone, Debug)]
pub struct Dynamic {
    /// The collection.
    pub for_each: ExprId,
    /// The name that stands for the element: `iterator`, or the block's type.
    pub iterator: Symbol,
    /// The body, an object.
    pub content: ExprId,
}

/// A `for` expression.
#[derive(Clone, Debug)]
pub struct For {
    /// The name of the index or key, if it is given.
    pub key: Option<Symbol>,
    /// The name of the element.
    pub value: Symbol,
    /// What it runs over.
    pub over: ExprId,
    /// The key of the result; makes it an object.
    pub result_key: Option<ExprId>,
    /// The value of the result.
    pub result: ExprId,
    /// Whether equal keys collect their values in a list (`...`).
    pub group: bool,
    /// Which elements count.
    pub condition: Option<ExprId>,
}

/// An operator before one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOperator {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// An operator between two operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are the operators")]
pub enum BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

impl ExprId {
    /// Returns the number of the same expression in an arena that holds `by` others before it.
    #[must_use]
    pub fn moved(self, by: u32) -> Self {
        ExprId(self.0.saturating_add(by))
    }
}

impl ExprKind {
    /// Returns the expression with the number of each inner one greater by `by`.
    fn moved(&self, by: u32) -> Self {
        let all = |ids: &[ExprId]| ids.iter().map(|id| id.moved(by)).collect();
        let part = |part: &Part| match part {
            Part::Text(text) => Part::Text(Arc::clone(text)),
            Part::Expr(id) => Part::Expr(id.moved(by)),
        };
        match self {
            ExprKind::Template(parts) => ExprKind::Template(parts.iter().map(part).collect()),
            ExprKind::List(items) => ExprKind::List(all(items)),
            ExprKind::Object(entries) => {
                ExprKind::Object(entries.iter().map(|entry| entry.moved(by)).collect())
            }
            ExprKind::Blocks(blocks) => {
                ExprKind::Blocks(blocks.iter().map(|block| block.moved(by)).collect())
            }
            ExprKind::Attribute(of, name) => ExprKind::Attribute(of.moved(by), name.clone()),
            ExprKind::Index(of, index) => ExprKind::Index(of.moved(by), index.moved(by)),
            ExprKind::Splat { of, each } => ExprKind::Splat {
                of: of.moved(by),
                each: each.moved(by),
            },
            ExprKind::Call {
                name,
                args,
                expand_last,
            } => ExprKind::Call {
                name: name.clone(),
                args: all(args),
                expand_last: *expand_last,
            },
            ExprKind::Unary(operator, of) => ExprKind::Unary(*operator, of.moved(by)),
            ExprKind::Binary(operator, a, b) => {
                ExprKind::Binary(*operator, a.moved(by), b.moved(by))
            }
            ExprKind::Conditional(condition, yes, no) => {
                ExprKind::Conditional(condition.moved(by), yes.moved(by), no.moved(by))
            }
            ExprKind::Lambda { parameters, body } => ExprKind::Lambda {
                parameters: parameters.clone(),
                body: body.moved(by),
            },
            ExprKind::For(each) => ExprKind::For(Box::new(each.moved(by))),
            plain @ (ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::Item
            | ExprKind::NotSupported(_)) => plain.clone(),
        }
    }
}

impl Entry {
    /// Returns the entry of an object whose number has grown by `by`.
    fn moved(&self, by: u32) -> Self {
        Entry {
            key: self.key.moved(by),
            value: self.value.moved(by),
        }
    }
}

impl Block {
    fn moved(&self, by: u32) -> Self {
        match self {
            Block::Static(body) => Block::Static(body.moved(by)),
            Block::Dynamic(dynamic) => Block::Dynamic(Box::new(Dynamic {
                for_each: dynamic.for_each.moved(by),
                iterator: dynamic.iterator.clone(),
                content: dynamic.content.moved(by),
            })),
        }
    }
}

impl For {
    fn moved(&self, by: u32) -> Self {
        For {
            key: self.key.clone(),
            value: self.value.clone(),
            over: self.over.moved(by),
            result_key: self.result_key.map(|key| key.moved(by)),
            result: self.result.moved(by),
            group: self.group,
            condition: self.condition.map(|condition| condition.moved(by)),
        }
    }
}

impl Exprs {
    /// Adds all expressions of another arena, and returns by how much their numbers have grown.
    pub fn append(&mut self, other: &Exprs) -> u32 {
        let by = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let moved = other.nodes.iter().map(|node| Expr {
            kind: node.kind.moved(by),
            span: node.span,
        });
        self.nodes.extend(moved);
        by
    }

    /// Adds an expression.
    pub fn add(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let id = ExprId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Expr { kind, span });
        id
    }

    /// Puts all expressions at one place: that of the call whose string they were parsed from.
    pub fn stand_at(&mut self, span: Span) {
        for expr in &mut self.nodes {
            expr.span = span;
            if let ExprKind::Attribute(_, name) | ExprKind::Call { name, .. } = &mut expr.kind {
                name.span = span;
            }
        }
    }

    /// Returns an expression.
    ///
    /// # Panics
    /// When the id is of another file.
    pub fn get(&self, id: ExprId) -> &Expr {
        &self.nodes[id.0 as usize]
    }

    /// Returns the places of all expressions.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.nodes.iter().map(|expr| expr.span)
    }

    /// Returns the value of an attribute with this plain name in an object expression, `None` if there is none.
    pub fn entry(&self, object: ExprId, name: &str) -> Option<ExprId> {
        self.whole_entry(object, name).map(|entry| entry.value)
    }

    /// Returns an attribute with this plain name in an object expression, `None` if there is none.
    pub fn whole_entry(&self, object: ExprId, name: &str) -> Option<&Entry> {
        let ExprKind::Object(entries) = &self.get(object).kind else {
            return None;
        };
        let named =
            |key: ExprId| matches!(&self.get(key).kind, ExprKind::Text(text) if **text == *name);
        entries.iter().find(|entry| named(entry.key))
    }

    /// Tells whether the value of an attribute may be a map or a block that stands once: an object of JSON, whose place is
    /// its key's.
    pub fn is_block_or_map(&self, entry: &Entry) -> bool {
        let value = self.get(entry.value);
        matches!(value.kind, ExprKind::Object(_)) && self.get(entry.key).span == value.span
    }

    /// Returns the string if the expression is one without interpolation.
    pub fn text(&self, id: ExprId) -> Option<&Arc<str>> {
        if let ExprKind::Text(text) = &self.get(id).kind {
            Some(text)
        } else {
            None
        }
    }
}
