//! Bodies of blocks: attributes, nested blocks grouped by their type, dynamic blocks.

use std::collections::HashMap;

use hcl::edit::expr::Expression;
use hcl::edit::structure::{Block as SyntaxBlock, Body, Structure};

use super::Lowering;
use crate::expr::{Block, Dynamic, Entry, ExprId, ExprKind};
use crate::finding::{RuleId, Trouble};
use crate::source::{Name, Span, Symbol};

/// The blocks of one type, collected while a body is read.
struct Group {
    key: Name,
    span: Span,
    blocks: Vec<Block>,
}

/// An entry whose blocks may not be complete yet.
enum Slot {
    Attribute(Entry),
    Blocks(Group),
}

impl Lowering<'_> {
    /// Lowers a body to an object at `span`, without the attributes and blocks named in `skip`.
    pub(super) fn body(&mut self, body: &Body, span: Span, skip: &[&str]) -> ExprId {
        let mut slots: Vec<Slot> = Vec::new();
        let mut groups: HashMap<Symbol, usize> = HashMap::new();
        for structure in body {
            self.mark(self.span(structure));
            match structure {
                Structure::Attribute(attribute) if skip.contains(&attribute.key.as_str()) => {}
                Structure::Attribute(attribute) => {
                    let key_span = self.span(&attribute.key);
                    let key = ExprKind::Text(attribute.key.as_str().into());
                    let key = self.unit.exprs.add(key, key_span);
                    let value = self.expression(&attribute.value);
                    slots.push(Slot::Attribute(Entry { key, value }));
                }
                Structure::Block(block) if skip.contains(&block.ident.as_str()) => {
                    self.mark_inside(&block.body);
                }
                Structure::Block(block) => {
                    let Some((key, lowered)) = self.nested_block(block) else {
                        continue;
                    };
                    let slot = *groups.entry(key.text.clone()).or_insert_with(|| {
                        slots.push(Slot::Blocks(Group {
                            key,
                            span: self.head(block),
                            blocks: Vec::new(),
                        }));
                        slots.len() - 1
                    });
                    if let Slot::Blocks(group) = &mut slots[slot] {
                        group.blocks.push(lowered);
                    }
                }
            }
        }
        let entries = slots.into_iter().map(|slot| self.entry(slot)).collect();
        self.unit.exprs.add(ExprKind::Object(entries), span)
    }

    fn entry(&mut self, slot: Slot) -> Entry {
        match slot {
            Slot::Attribute(entry) => entry,
            Slot::Blocks(Group { key, span, blocks }) => {
                let exprs = &mut self.unit.exprs;
                let text = ExprKind::Text(key.text.as_str().into());
                let key = exprs.add(text, key.span);
                let value = exprs.add(ExprKind::Blocks(blocks), span);
                Entry { key, value }
            }
        }
    }

    /// Returns the type of a nested block and the block; `None` if it is a dynamic block without its parts.
    fn nested_block(&mut self, block: &SyntaxBlock) -> Option<(Name, Block)> {
        if block.ident.as_str() == "dynamic" {
            return self.dynamic(block);
        }
        let key = self.name(&block.ident, &block.ident);
        let body = self.body(&block.body, self.head(block), &[]);
        Some((key, Block::Static(body)))
    }

    fn dynamic(&mut self, block: &SyntaxBlock) -> Option<(Name, Block)> {
        let head = self.head(block);
        let label = block.labels.first();
        let for_each = block.body.get_attribute("for_each");
        let content = block.body.get_blocks("content").next();
        let (Some(label), Some(for_each), Some(content)) = (label, for_each, content) else {
            let missing = match (label, for_each) {
                (None, _) => "a label, the type of the block",
                (_, None) => "`for_each`",
                (Some(_), Some(_)) => "a `content` block",
            };
            let trouble = Trouble::new(
                RuleId::SYNTAX_ERROR,
                head,
                "not complete",
                format!("a dynamic block needs {missing}"),
            );
            self.unit.troubles.push(trouble);
            return None;
        };
        let key = self.label(label);
        let iterator = block.body.get_attribute("iterator");
        let iterator = iterator.and_then(|attribute| match &attribute.value {
            Expression::Variable(name) => Some(Symbol::from(name.as_str())),
            other => other.as_str().map(Symbol::from),
        });
        self.mark_inside(&block.body);
        let for_each = self.expression(&for_each.value);
        let dynamic = Dynamic {
            for_each,
            iterator: iterator.unwrap_or_else(|| key.text.clone()),
            content: self.body(&content.body, head, &[]),
        };
        Some((key, Block::Dynamic(Box::new(dynamic))))
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::terraform::testing::{resource, unit};

    #[test]
    fn blocks_are_grouped_by_type() {
        let unit = unit(
            r#"
resource "a" "b" {
  pool {
    n = 1
  }
  name = "x"
  dynamic "pool" {
    for_each = var.pools
    iterator = p
    content {
      n = p.value
    }
  }
  dynamic "rule" {
    for_each = []
    content {}
  }
  lifecycle {
    ignore_changes = [name]
  }
}
"#,
        );
        assert_eq!(
            resource(&unit),
            r#"{"pool"=<{"n"=1} (dynamic var.pools p {"n"=p.value})> "name"="x" "rule"=<(dynamic [] rule {})>}"#
        );
    }

    #[test]
    fn a_dynamic_block_without_its_parts_is_told() {
        let unit = unit("resource \"a\" \"b\" {\n  dynamic \"x\" {\n    content {}\n  }\n}\n");
        assert_eq!(resource(&unit), "{}");
        assert_eq!(unit.troubles[0].message, "a dynamic block needs `for_each`");
        assert!(!unit.broken);
    }
}
