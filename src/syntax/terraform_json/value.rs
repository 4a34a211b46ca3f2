//! Expressions: JSON values whose strings are templates.

use std::collections::HashSet;
use std::sync::Arc;

use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, StringLit, Value};

use super::Lowering;
use crate::expr::{Entry, ExprId, ExprKind};
use crate::finding::{RuleId, Trouble};
use crate::source::{Span, Symbol};
use crate::syntax::json::Literal;
use crate::syntax::terraform;
use crate::syntax::terraform::expression::number_of;

/// What the strings of a value are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strings {
    /// Templates.
    Template,
    /// Themselves: in var files and the defaults of variables.
    Literal,
}

impl Lowering<'_> {
    /// Adds a value to the arena.
    pub(super) fn value(&mut self, value: &Value<'_>, strings: Strings) -> ExprId {
        let span = self.span(value);
        let kind = match value {
            Value::NullKeyword(_) => ExprKind::Null,
            Value::BooleanLit(value) => ExprKind::Bool(value.value),
            Value::NumberLit(number) => number_of(number.value),
            Value::StringLit(text) => return self.string(text, strings),
            Value::Array(list) => {
                let items = list.elements.iter();
                ExprKind::List(items.map(|item| self.value(item, strings)).collect())
            }
            Value::Object(object) => self.object(object, strings),
        };
        self.unit.exprs.add(kind, span)
    }

    fn object(&mut self, object: &Object<'_>, strings: Strings) -> ExprKind {
        let mut seen: HashSet<Symbol> = HashSet::new();
        let mut entries = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let name = self.key(&property.name);
            if !seen.insert(name.text.clone()) {
                self.set_twice(&name);
                continue;
            }
            let key = self.property_key(property, strings);
            let value = self.value(&property.value, strings);
            entries.push(Entry { key, value });
        }
        ExprKind::Object(entries)
    }

    /// Adds the key of a property: in an expression it is a template too.
    pub(super) fn property_key(&mut self, property: &ObjectProp<'_>, strings: Strings) -> ExprId {
        if let ObjectPropName::String(text) = &property.name
            && strings == Strings::Template
            && is_template(&text.value)
        {
            return self.string(text, strings);
        }
        let name = self.key(&property.name);
        let text = ExprKind::Text(name.text.as_str().into());
        self.unit.exprs.add(text, name.span)
    }

    fn string(&mut self, text: &StringLit<'_>, strings: Strings) -> ExprId {
        let span = self.place(text.range);
        if strings == Strings::Literal || !is_template(&text.value) {
            let kind = ExprKind::Text(Arc::from(&*text.value));
            return self.unit.exprs.add(kind, span);
        }
        let literal = self.literal(text);
        match terraform::json::template(self.unit, &literal, span) {
            Ok(template) => template,
            Err(error) => {
                let at = error.location().offset();
                self.not_understood(&literal, at, error.message(), span)
            }
        }
    }

    /// Returns a string with the places of its characters.
    pub(super) fn literal<'s>(&self, text: &'s StringLit<'_>) -> Literal<'s> {
        let inner = text.range.start + 1..text.range.end.saturating_sub(1);
        let raw = self.text.get(inner.clone()).unwrap_or_default();
        Literal::new(&text.value, raw, inner.start)
    }

    /// Tells of an expression in a string that does not parse; its value is not known.
    pub(super) fn not_understood(
        &mut self,
        literal: &Literal<'_>,
        at: usize,
        said: &str,
        whole: Span,
    ) -> ExprId {
        let limit = ["nested levels", "chained binary", "redefined object key"];
        let limited = limit.iter().any(|words| said.contains(words));
        let mut at = at.min(literal.text.len());
        while !literal.text.is_char_boundary(at) {
            at -= 1;
        }
        let next = literal.text[at..].chars().next();
        let place = match next {
            Some(character) => {
                let end = literal.place(at + character.len_utf8());
                Span::new(whole.source, literal.place(at), end)
            }
            None => whole,
        };
        let trouble = if limited {
            let message = format!("an expression in a string is not understood: {said}");
            Trouble::new(RuleId::SYNTAX_NOT_SUPPORTED, place, "from here", message)
        } else {
            let message = "an expression in a string does not parse".to_owned();
            let trouble = Trouble::new(
                RuleId::SYNTAX_ERROR,
                place,
                "not understood from here",
                message,
            );
            trouble.help("write `$${` if the string should hold `${`")
        };
        self.unit.troubles.push(trouble);
        let kind = ExprKind::NotSupported("an expression that does not parse");
        self.unit.exprs.add(kind, whole)
    }
}

/// Tells whether a string holds an interpolation, a directive or the escape of one.
fn is_template(text: &str) -> bool {
    text.contains("${") || text.contains("%{")
}
