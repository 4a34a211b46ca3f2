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
    for event in Parser::new_from_str(&text) {
        match event {
            Ok((event, _)) => document.take(call, event)?,
            Err(error) => return Err(Failure::Wrong(format!("the text is not YAML: {error}"))),
        }
    }
    let value = document.value;
    value.ok_or_else(|| Failure::wrong("the text holds no value"))
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
        merged: Vec<Tree>,
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
                self.put(value, anchor)
            }
            Event::Alias(anchor) => {
                if self.wants_key() {
                    return Err(Failure::wrong("a key that is no string"));
                }
                let value = self.anchors.get(&anchor).cloned();
                self.put(
                    value.ok_or_else(|| Failure::wrong("an anchor inside itself"))?,
                    0,
                )
            }
            Event::SequenceStart(anchor, tag) => {
                let items = Vec::new();
                self.begin(Open::List { anchor, items }, tag.as_deref(), "seq")
            }
            Event::MappingStart(anchor, tag) => {
                let open = Open::Map {
                    anchor,
                    entries: BTreeMap::new(),
                    merged: Vec::new(),
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
        let name = if (text, style, tag) == ("<<", ScalarStyle::Plain, None) {
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
    fn put(&mut self, value: Tree, anchor: usize) -> Result<(), Failure> {
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.value = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Map {
                entries,
                merged,
                key,
                ..
            }) => match key.take() {
                Some(Key::Name(name)) => {
                    entries.insert(name, value);
                }
                Some(Key::Merge) => merged.push(value),
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
                anchor,
                mut entries,
                merged,
                ..
            }) => {
                for other in merged {
                    merge(call, &mut entries, &other)?;
                }
                (call.object(entries)?, anchor)
            }
        };
        self.put(value, anchor)
    }
}

/// Adds the entries of the maps that `<<` names, where there are none of the same name.
fn merge(
    call: &mut Call<'_>,
    entries: &mut BTreeMap<Symbol, Tree>,
    other: &Tree,
) -> Result<(), Failure> {
    match &other.node {
        Node::Object(object) => {
            call.create(
                object
                    .entries
                    .len()
                    .saturating_mul(size_of::<(Symbol, Tree)>()),
            )?;
            for (key, value) in &object.entries {
                entries.entry(key.clone()).or_insert_with(|| value.clone());
            }
            Ok(())
        }
        Node::List(list) => {
            for item in &list.items {
                if !matches!(item.node, Node::Object(_)) {
                    return Err(Failure::wrong("`<<` wants a map"));
                }
                merge(call, entries, item)?;
            }
            Ok(())
        }
        _ => Err(Failure::wrong("`<<` wants a map")),
    }
}

/// Returns that Terraform gives a value here that this code does not.
fn not_supported(call: &Call<'_>) -> Failure {
    Failure::Unknown(Unknown::new(Cause::NotSupported, call.here))
}
