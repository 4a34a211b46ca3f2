//! The parts of a JSON text that matter, with the place of every value. Knows no plan.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::source::{Source, Span};

/// A value with its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Json<'a> {
    /// The value's own bytes.
    pub(super) span: Span,
    /// The value itself.
    pub(super) node: JsonNode<'a>,
}

/// A value without its place.
#[derive(Clone, Debug)]
pub(super) enum JsonNode<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written.
    Number(&'a str),
    /// A string, its escapes resolved.
    Text(Cow<'a, str>),
    /// `[…]`
    List(Vec<Json<'a>>),
    /// `{…}`; of equal names the last counts.
    Object(BTreeMap<String, Entry<'a>>),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The name's bytes, quotes included.
    pub(super) name: Span,
    /// The value.
    pub(super) value: Json<'a>,
}

impl<'a> Json<'a> {
    /// Returns the property of an object.
    pub(super) fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.entries()?.get(name).map(|entry| &entry.value)
    }

    /// Returns the properties if it is an object.
    pub(super) fn entries(&self) -> Option<&BTreeMap<String, Entry<'a>>> {
        if let JsonNode::Object(entries) = &self.node {
            Some(entries)
        } else {
            None
        }
    }

    /// Returns the elements; none if it is no list.
    pub(super) fn items(&self) -> &[Json<'a>] {
        if let JsonNode::List(items) = &self.node {
            items
        } else {
            &[]
        }
    }

    /// Returns the string if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let JsonNode::Text(text) = &self.node {
            Some(text)
        } else {
            None
        }
    }

    /// Tells whether it is `true`.
    pub(super) fn is_true(&self) -> bool {
        matches!(self.node, JsonNode::Bool(true))
    }
}

/// A text of which slices are parsed when they are needed.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    source: &'a Source,
}

/// Why a part of a text does not parse, and where.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where the parser stopped.
    pub(super) span: Span,
    /// What it says.
    pub(super) message: String,
    /// Whether it is JSON, of another shape than its reader wants.
    pub(super) is_json: bool,
}

impl<'a> Document<'a> {
    /// Returns the text of a source.
    pub(super) fn new(source: &'a Source) -> Self {
        Document { source }
    }

    /// Reads a part of the text as what its reader wants, and nothing else of it.
    pub(super) fn read<T: Deserialize<'a>>(self, part: &'a str) -> Result<T, Fault> {
        serde_json::from_str(part).map_err(|error| {
            let at = self.offset(part) + byte_of(part, error.line(), error.column());
            let message = error.to_string();
            let told = message.split(" at line ").next().unwrap_or_default();
            Fault {
                span: Span::new(self.source.id, at, at),
                message: told.to_owned(),
                is_json: error.is_data(),
            }
        })
    }

    /// Reads the whole text.
    pub(super) fn whole<T: Deserialize<'a>>(self) -> Result<T, Fault> {
        self.read(&self.source.text)
    }

    /// Returns the place of a part of the text.
    pub(super) fn span(self, part: &RawValue) -> Span {
        let start = self.offset(part.get());
        Span::new(self.source.id, start, start + part.get().len())
    }

    /// Parses a part with the place of every value; `None` if it nests too deeply.
    pub(super) fn parse(self, part: &'a RawValue) -> Option<Json<'a>> {
        let options = ParseOptions::default();
        let parsed = parse_to_ast(part.get(), &CollectOptions::default(), &options).ok()?;
        Some(self.convert(parsed.value?, self.offset(part.get())))
    }

    fn convert(self, value: Value<'a>, base: usize) -> Json<'a> {
        let place = |start: usize, end: usize| Span::new(self.source.id, base + start, base + end);
        let span = place(value.start(), value.end());
        let node = match value {
            Value::NullKeyword(_) => JsonNode::Null,
            Value::BooleanLit(truth) => JsonNode::Bool(truth.value),
            Value::NumberLit(number) => JsonNode::Number(number.value),
            Value::StringLit(text) => JsonNode::Text(text.value),
            Value::Array(list) => {
                let items = list.elements.into_iter();
                JsonNode::List(items.map(|item| self.convert(item, base)).collect())
            }
            Value::Object(object) => {
                let properties = object.properties.into_iter().map(|property| {
                    let entry = Entry {
                        name: place(property.name.start(), property.name.end()),
                        value: self.convert(property.value, base),
                    };
                    (property.name.into_string(), entry)
                });
                JsonNode::Object(properties.collect())
            }
        };
        Json { span, node }
    }

    /// Returns where a part of the text begins.
    fn offset(self, part: &str) -> usize {
        let text = self.source.text.as_ptr().addr();
        part.as_ptr().addr().saturating_sub(text)
    }
}

/// Returns the byte that a line and column (both from 1, the column in bytes) mean.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use std::path::PathBuf;

    #[derive(Deserialize)]
    struct Outer<'a> {
        #[serde(borrow)]
        b: &'a RawValue,
    }

    #[test]
    fn places_are_those_of_the_file() {
        let sources = Sources::default();
        let text = "{\n \"a\": 1, \"b\": {\"c\": [\"ö\", 5]}\n}".to_owned();
        let id = sources.add("x", None, PathBuf::new(), text);
        let source = sources.get(id);
        let document = Document::new(&source);
        let outer: Outer<'_> = document.whole().unwrap();
        let list = document.parse(outer.b).unwrap();
        let items = list.get("c").unwrap().items();
        assert_eq!(source.slice(items[1].span), "5");
        let entry = &list.entries().unwrap()["c"];
        assert_eq!(source.slice(entry.name), "\"c\"");
        assert_eq!(source.slice(document.span(outer.b)), r#"{"c": ["ö", 5]}"#);
    }

    #[test]
    fn a_fault_has_a_place() {
        let sources = Sources::default();
        let id = sources.add("x", None, PathBuf::new(), "{\n\"b\": [1,\n".to_owned());
        let source = sources.get(id);
        let fault = Document::new(&source)
            .whole::<Outer<'_>>()
            .map(|_| ())
            .unwrap_err();
        assert_eq!(source.position(fault.span.start).line, 3);
        assert!(fault.message.starts_with("EOF"), "{}", fault.message);
    }
}
