//! Bodies of resources and what is inside them: attributes, nested objects that may be blocks, dynamic blocks.

use std::collections::HashMap;

use jsonc_parser::ast::{Object, ObjectProp, Value};

use super::Lowering;
use super::value::Strings;
use crate::expr::{Block, Dynamic, Entry, ExprId, ExprKind};
use crate::source::{Name, Span, Symbol};

/// What stands under one name in a body.
struct Slot {
    key: ExprId,
    name: Name,
    /// The one value, as long as nothing else has the name.
    value: Option<ExprId>,
    /// The blocks of this name; `None` once a value is none.
    blocks: Option<Vec<Block>>,
}

/// The entries of a body under construction.
#[derive(Default)]
struct Slots {
    all: Vec<Slot>,
    by_name: HashMap<Symbol, usize>,
}

impl Lowering<'_> {
    /// Adds the body of a resource or call as an object at `span`, without the properties named in `skip`.
    pub(super) fn body(&mut self, object: &Object<'_>, span: Span, skip: &[&str]) -> ExprId {
        let properties = object.properties.iter();
        let wanted = properties.filter(|property| !skip.contains(&property.name.as_str()));
        let mut slots = Slots::default();
        for property in wanted {
            if property.name.as_str() == "dynamic" {
                self.dynamics(&property.value, &mut slots);
            } else if property.name.as_str() != "//" {
                self.slot(property, &mut slots);
            }
        }
        let slots = slots.all.into_iter();
        let entries = slots.map(|slot| self.entry(slot)).collect();
        self.unit.exprs.add(ExprKind::Object(entries), span)
    }

    fn slot(&mut self, property: &ObjectProp<'_>, slots: &mut Slots) {
        let name = self.key(&property.name);
        let blocks = self.nested(&property.value, name.span);
        if let Some(index) = slots.by_name.get(&name.text) {
            let slot = &mut slots.all[*index];
            match (&mut slot.blocks, blocks) {
                (Some(before), Some(more)) => {
                    before.extend(more);
                    slot.value = None;
                }
                (Some(_) | None, _) => self.set_twice(&name),
            }
            return;
        }
        let value = match (&blocks, &property.value) {
            (Some(blocks), Value::Object(_)) => match blocks.as_slice() {
                [Block::Static(body)] => Some(*body),
                _ => None,
            },
            (Some(blocks), _) if !blocks.is_empty() => None,
            _ => Some(self.value(&property.value, Strings::Template)),
        };
        let key = self.property_key(property, Strings::Template);
        slots.add(Slot {
            key,
            name,
            value,
            blocks,
        });
    }

    /// Returns the blocks that a value may be: an object, or a list of nothing but objects.
    fn nested(&mut self, value: &Value<'_>, head: Span) -> Option<Vec<Block>> {
        let bodies = match value {
            Value::Object(object) => vec![object],
            Value::Array(list) => {
                let objects = list.elements.iter().map(Value::as_object);
                objects.collect::<Option<Vec<_>>>()?
            }
            Value::NullKeyword(_)
            | Value::BooleanLit(_)
            | Value::NumberLit(_)
            | Value::StringLit(_) => return None,
        };
        let body = |object| Block::Static(self.body(object, head, &[]));
        Some(bodies.into_iter().map(body).collect())
    }

    fn entry(&mut self, slot: Slot) -> Entry {
        let value = match (slot.value, slot.blocks) {
            (Some(value), _) => value,
            (None, blocks) => {
                let blocks = ExprKind::Blocks(blocks.unwrap_or_default());
                self.unit.exprs.add(blocks, slot.name.span)
            }
        };
        Entry {
            key: slot.key,
            value,
        }
    }

    /// Reads `"dynamic": {"type": {"for_each": …, "content": {…}}}`.
    fn dynamics(&mut self, value: &Value<'_>, slots: &mut Slots) {
        for (name, value) in self.properties(value) {
            for object in self.objects(value) {
                let Some(block) = self.dynamic(&name, object) else {
                    continue;
                };
                let index = slots.by_name.get(&name.text).copied().unwrap_or_else(|| {
                    let text = ExprKind::Text(name.text.as_str().into());
                    let key = self.unit.exprs.add(text, name.span);
                    slots.add(Slot {
                        key,
                        name: name.clone(),
                        value: None,
                        blocks: Some(Vec::new()),
                    })
                });
                let slot = &mut slots.all[index];
                match &mut slot.blocks {
                    Some(blocks) => {
                        blocks.push(block);
                        slot.value = None;
                    }
                    None => self.set_twice(&name),
                }
            }
        }
    }

    fn dynamic(&mut self, name: &Name, object: &Object<'_>) -> Option<Block> {
        let get = |key: &str| object.get(key).map(|property| &property.value);
        let content = match get("content") {
            Some(content) => self.objects(content).into_iter().next(),
            None => None,
        };
        let (Some(for_each), Some(content)) = (get("for_each"), content) else {
            let missing = if get("for_each").is_none() {
                "`for_each`"
            } else {
                "a `content` block"
            };
            let message = format!("a dynamic block needs {missing}");
            self.wrong(name.span, "not complete", &message);
            return None;
        };
        let iterator = get("iterator").and_then(|value| self.plain(value));
        Some(Block::Dynamic(Box::new(Dynamic {
            for_each: self.value(for_each, Strings::Template),
            iterator: iterator.map_or_else(|| name.text.clone(), |name| name.text),
            content: self.body(content, name.span, &[]),
        })))
    }
}

impl Slots {
    fn add(&mut self, slot: Slot) -> usize {
        let index = self.all.len();
        self.by_name.insert(slot.name.text.clone(), index);
        self.all.push(slot);
        index
    }
}
