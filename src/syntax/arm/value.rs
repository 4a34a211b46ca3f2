//! JSON values of a template into the arena: strings that are expressions, loops over properties.

use jsonc_parser::ast::{Array, Object, ObjectProp, ObjectPropName, StringLit, Value};
use jsonc_parser::common::{Range, Ranged as _};
use rust_decimal::Decimal;

use super::expression::{Content, Parser, Surroundings, content, index_name};
use crate::expr::{Entry, ExprId, ExprKind, Exprs, For};
use crate::finding::{RuleId, Trouble};
use crate::source::{Name, Source, Span, Symbol};
use crate::syntax::json::Literal;

/// A template on its way into declarations.
pub(super) struct Lowering<'s> {
    pub source: &'s Source,
    pub exprs: Exprs,
    pub troubles: Vec<Trouble>,
}

/// Returns the value of a property, whatever its letter case; of two the last counts.
pub(super) fn property<'v, 'a>(object: &'v Object<'a>, name: &str) -> Option<&'v Value<'a>> {
    let same = |prop: &&ObjectProp<'_>| prop.name.as_str().eq_ignore_ascii_case(name);
    object
        .properties
        .iter()
        .rev()
        .find(same)
        .map(|prop| &prop.value)
}

/// Returns the properties of a property that is an object; none if it is not there.
pub(super) fn properties<'v, 'a>(object: &'v Object<'a>, name: &str) -> &'v [ObjectProp<'a>] {
    match property(object, name) {
        Some(Value::Object(inner)) => &inner.properties,
        _ => &[],
    }
}

impl Lowering<'_> {
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.source.id, range.start, range.end)
    }

    /// Returns the name of a property, its quotes left out.
    pub(super) fn name(&self, prop: &ObjectProp<'_>) -> Name {
        Name {
            text: Symbol::from(prop.name.as_str()),
            span: self.inside(prop.name.range()),
        }
    }

    /// Returns a string as a name, its quotes left out.
    pub(super) fn text(&self, literal: &StringLit<'_>) -> Name {
        Name {
            text: Symbol::from(&*literal.value),
            span: self.inside(literal.range),
        }
    }

    fn inside(&self, range: Range) -> Span {
        let end = range.end.saturating_sub(1).max(range.start + 1);
        Span::new(self.source.id, range.start + 1, end)
    }

    pub(super) fn add(&mut self, kind: ExprKind, range: Range) -> ExprId {
        let span = self.span(range);
        self.exprs.add(kind, span)
    }

    /// Adds a value.
    pub(super) fn value(&mut self, value: &Value<'_>, around: &Surroundings) -> ExprId {
        let range = value.range();
        let kind = match value {
            Value::NullKeyword(_) => ExprKind::Null,
            Value::BooleanLit(literal) => ExprKind::Bool(literal.value),
            Value::NumberLit(literal) => number(literal.value),
            Value::StringLit(literal) => return self.string(literal, around),
            Value::Array(array) => self.array(array, around),
            Value::Object(object) => ExprKind::Object(self.entries(object, around, &[])),
        };
        self.add(kind, range)
    }

    fn array(&mut self, array: &Array<'_>, around: &Surroundings) -> ExprKind {
        let items = array.elements.iter();
        ExprKind::List(items.map(|item| self.value(item, around)).collect())
    }

    /// Adds the properties of an object but those named in `without`, its loops unrolled to properties of their own.
    pub(super) fn entries(
        &mut self,
        object: &Object<'_>,
        around: &Surroundings,
        without: &[&str],
    ) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(object.properties.len());
        for prop in &object.properties {
            let name = prop.name.as_str();
            if without.iter().any(|other| name.eq_ignore_ascii_case(other)) {
                continue;
            }
            match &prop.value {
                Value::Array(loops) if name.eq_ignore_ascii_case("copy") => {
                    entries.extend(self.loops(loops, around));
                }
                value => entries.push(Entry {
                    key: self.key(prop, around),
                    value: self.value(value, around),
                }),
            }
        }
        entries
    }

    /// Adds the name of a property, which may be an expression.
    fn key(&mut self, prop: &ObjectProp<'_>, around: &Surroundings) -> ExprId {
        match &prop.name {
            ObjectPropName::String(literal)
                if matches!(content(&literal.value), Content::Expression(..)) =>
            {
                self.string(literal, around)
            }
            _ => {
                let name = self.name(prop);
                let text = ExprKind::Text(name.text.as_str().into());
                self.exprs.add(text, name.span)
            }
        }
    }

    /// Adds the properties that `"copy": [{"name": …, "count": …, "input": …}]` makes.
    pub(super) fn loops(&mut self, loops: &Array<'_>, around: &Surroundings) -> Vec<Entry> {
        let mut entries = Vec::new();
        for one in &loops.elements {
            let Value::Object(one) = one else { continue };
            let (Some(Value::StringLit(name)), Some(count), Some(input)) = (
                property(one, "name"),
                property(one, "count"),
                property(one, "input"),
            ) else {
                continue;
            };
            let name = self.text(name);
            let text = ExprKind::Text(name.text.as_str().into());
            let key = self.exprs.add(text, name.span);
            let inner = within(around, &name.text, around.unnamed.clone());
            let count = self.value(count, around);
            let input = self.value(input, &inner);
            let value = self.repeat(&name.text, count, input, one.range);
            entries.push(Entry { key, value });
        }
        entries
    }

    /// Adds a loop that runs `count` times.
    pub(super) fn repeat(
        &mut self,
        name: &str,
        count: ExprId,
        result: ExprId,
        range: Range,
    ) -> ExprId {
        let zero = self.add(ExprKind::Number(Decimal::ZERO), range);
        let span = self.span(range);
        let over = ExprKind::Call {
            name: Name {
                text: "range".into(),
                span,
            },
            args: vec![zero, count],
            expand_last: false,
        };
        let over = self.add(over, range);
        let kind = ExprKind::For(Box::new(For {
            key: None,
            value: index_name(name),
            over,
            result_key: None,
            result,
            group: false,
            condition: None,
        }));
        self.add(kind, range)
    }

    fn string(&mut self, literal: &StringLit<'_>, around: &Surroundings) -> ExprId {
        let range = literal.range;
        let (start, end) = match content(&literal.value) {
            Content::Text(text) => return self.add(ExprKind::Text(text.into()), range),
            Content::Expression(start, end) => (start, end),
        };
        let raw = &self.source.text[range.start + 1..range.end - 1];
        let place = Literal::new(&literal.value, raw, range.start + 1);
        let mut parser = Parser {
            exprs: &mut self.exprs,
            source: self.source.id,
            literal: &place,
            around,
            at: start,
            end,
            depth: 0,
        };
        match parser.whole() {
            Ok(id) => id,
            Err(fault) => {
                let at = place.place(fault.at);
                let span = Span::new(self.source.id, at, at.max(range.start + 1));
                let message = format!(
                    "this expression does not parse: expected {}",
                    fault.expected
                );
                let label = format!("expected {}", fault.expected);
                self.troubles.push(
                    Trouble::new(RuleId::SYNTAX_ERROR, span, &label, message).help(
                        "a string that begins with `[` and is no expression begins with `[[`",
                    ),
                );
                self.add(
                    ExprKind::NotSupported("expression that does not parse"),
                    range,
                )
            }
        }
    }
}

/// Returns the surroundings inside a loop.
pub(super) fn within(around: &Surroundings, name: &str, unnamed: Option<Symbol>) -> Surroundings {
    let mut inner = around.clone();
    inner.loops.push(index_name(name));
    inner.unnamed = unnamed;
    inner
}

fn number(text: &str) -> ExprKind {
    let number = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text)
    } else {
        Decimal::from_str_exact(text)
    };
    number.map_or(ExprKind::NotSupported("number"), ExprKind::Number)
}
