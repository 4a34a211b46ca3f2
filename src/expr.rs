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
    /// Where it is; for a block, its head (`network_profile`, without the braces).
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

impl Exprs {
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

    /// Returns the value of an attribute with this plain name in an object expression, `None` if there is none.
    pub fn entry(&self, object: ExprId, name: &str) -> Option<ExprId> {
        let ExprKind::Object(entries) = &self.get(object).kind else {
            return None;
        };
        let named =
            |key: ExprId| matches!(&self.get(key).kind, ExprKind::Text(text) if **text == *name);
        entries
            .iter()
            .find(|entry| named(entry.key))
            .map(|entry| entry.value)
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
