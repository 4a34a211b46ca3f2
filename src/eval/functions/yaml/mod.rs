//! `yamldecode` and `yamlencode`. `scalar` says what a word means, `write` lays a value out; here events become a value.

mod scalar;
mod write;

use std::collections::{BTreeMap, HashMap};

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::source::Symbol;
use crate::value::{Cause, ListKind, Node, Tree, Unknown};

pub(super) use write::encode;

/// `yamldecode(text)`
pub(super) fn decode(call: &mut Call<'_>) -> Answer {
    let [text] = call.args else {
        return Err(call.arity());
    };
    let text = Reader::any().text(text)?;
    call.create(text.len().saturating_mul(32))?;
    let mut document = Document::default();
    let indented_by_tab = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    if text.lines().any(indented_by_tab) {
        // Terraform refuses some of these, and the parser reads them all.
        return Err(not_supported(call));
    }
    let end = text.chars().count();
    for event in Parser::new_from_str(&text) {
        match event {
            Ok((event, span)) => {
                let last = span.end.index() >= end && !text.ends_with('\n');
                document.take(call, if last { without_line_end(event) } else { event })?;
            }
            Err(error) => return Err(Failure::Wrong(format!("the text is not YAML: {error}"))),
        }
    }
    let value = document.value;
    value.ok_or_else(|| Failure::wrong("the text holds no value"))
}

/// Returns a block at the end of a text as Terraform reads it: where the text has no line end, the block has none.
fn without_line_end(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Scalar(text, style @ (ScalarStyle::Literal | ScalarStyle::Folded), anchor, tag) => {
            let cut = text.strip_suffix('\n').map(|text| text.to_owned().into());
            Event::Scalar(cut.unwrap_or(text), style, anchor, tag)
        }
        other => other,
    }
}

/// A document on its way from events to a value. An anchor's value is shared by all that refer to it.
#[derive(Default)]
struct Document {
    open: Vec<Open>,
    anchors: HashMap<usize, Tree>,
    value: Option<Tree>,
}

/// A collection whose end is not reached.
enum Open {
    List {
        anchor: usize,
        items: Vec<Tree>,
    },
    Map {
        anchor: usize,
        entries: BTreeMap<Symbol, Tree>,
        key: Option<Key>,
    },
}

/// A key whose value is not reached.
enum Key {
    Name(Symbol),
    /// `<<`: the entries of another map.
    Merge,
}

impl Document {
    fn take(&mut self, call: &mut Call<'_>, event: Event<'_>) -> Result<(), Failure> {
        call.create(size_of::<Tree>())?;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.wants_key() {
                    return self.key(call, &text, style, tag.as_deref());
                }
                let value = scalar::value(call, &text, style, tag.as_deref())?;
                self.put(call, value, anchor)
            }
            Event::Alias(anchor) => {
                if self.wants_key() {
                    return Err(Failure::wrong("a key that is no string"));
                }
                let value = self.anchors.get(&anchor).cloned();
                let value = value.ok_or_else(|| Failure::wrong("an anchor inside itself"))?;
                self.put(call, value, 0)
            }
            Event::SequenceStart(anchor, tag) => {
                let items = Vec::new();
                self.begin(Open::List { anchor, items }, tag.as_deref(), "seq")
            }
            Event::MappingStart(anchor, tag) => {
                let open = Open::Map {
                    anchor,
                    entries: BTreeMap::new(),
                    key: None,
                };
                self.begin(open, tag.as_deref(), "map")
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(call),
            Event::DocumentStart(_) if self.value.is_some() => {
                Err(Failure::wrong("more than one document"))
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key: None, .. }))
    }

    fn begin(&mut self, open: Open, tag: Option<&Tag>, own: &str) -> Result<(), Failure> {
        if self.wants_key() {
            return Err(Failure::wrong("a key that is no string"));
        }
        if tag.is_some_and(|tag| scalar::core(tag) != Some(own)) {
            return Err(Failure::wrong("a tag that means nothing here"));
        }
        self.open.push(open);
        Ok(())
    }

    /// Takes the key of an entry.
    fn key(
        &mut self,
        call: &mut Call<'_>,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) -> Result<(), Failure> {
        let name = if (text, tag) == ("<<", None) {
            Key::Merge
        } else {
            let value = scalar::value(call, text, style, tag)?;
            Key::Name(Symbol::from(terraform::text(&value)?))
        };
        if let Some(Open::Map { key, .. }) = self.open.last_mut() {
            *key = Some(name);
        }
        Ok(())
    }

    /// Puts a value where it belongs: behind its key, into its list, or as the document.
    fn put(&mut self, call: &mut Call<'_>, value: Tree, anchor: usize) -> Result<(), Failure> {
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.value = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(Key::Name(name)) => {
                    entries.insert(name, value);
                }
                Some(Key::Merge) => merge(call, entries, &value)?,
                None => return Err(Failure::wrong("a key that is no string")),
            },
        }
        Ok(())
    }

    fn end(&mut self, call: &mut Call<'_>) -> Result<(), Failure> {
        let (value, anchor) = match self.open.pop() {
            None => return Ok(()),
            Some(Open::List { anchor, items }) => (call.sequence(ListKind::Tuple, items)?, anchor),
            Some(Open::Map {
                anchor, entries, ..
            }) => (call.object(entries)?, anchor),
        };
        self.put(call, value, anchor)
    }
}

/// Adds the entries of the map that `<<` names; they override what stands before it.
fn merge(
    call: &mut Call<'_>,
    entries: &mut BTreeMap<Symbol, Tree>,
    other: &Tree,
) -> Result<(), Failure> {
    let Node::Object(object) = &other.node else {
        return Err(Failure::wrong("`<<` wants a map"));
    };
    call.create(
        object
            .entries
            .len()
            .saturating_mul(size_of::<(Symbol, Tree)>()),
    )?;
    let copied = object.entries.iter();
    entries.extend(copied.map(|(key, value)| (key.clone(), value.clone())));
    Ok(())
}

/// Returns that Terraform gives a value here that this code does not.
fn not_supported(call: &Call<'_>) -> Failure {
    Failure::Unknown(Unknown::new(Cause::NotSupported, call.here))
}
