//! Variables, local values, outputs, and the assignments of var files.

use hcl::edit::structure::{Attribute, Block, Body};

use super::Lowering;
use crate::expr::ExprKind;
use crate::syntax::{Binding, Declaration, Input};

impl Lowering<'_> {
    /// Returns an attribute as a name and its value.
    pub(super) fn binding(&mut self, attribute: &Attribute) -> Binding {
        self.mark(self.span(attribute));
        Binding {
            name: self.name(&attribute.key, &attribute.key),
            value: self.expression(&attribute.value),
            sensitive: false,
        }
    }

    /// Returns an attribute's value if it is written as `true` or `false`.
    fn flag(body: &Body, key: &str) -> Option<bool> {
        let value = &body.get_attribute(key)?.value;
        value.as_bool().or(match value.as_str() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        })
    }

    pub(super) fn variable(&mut self, block: &Block) {
        let Some(name) = self.only_label(block) else {
            return;
        };
        self.mark_inside(&block.body);
        let body = &block.body;
        let input = Input {
            name,
            constraint: body
                .get_attribute("type")
                .map(|a| self.expression(&a.value)),
            default: body
                .get_attribute("default")
                .map(|a| self.expression(&a.value)),
            sensitive: Self::flag(body, "sensitive").unwrap_or(false),
            ephemeral: Self::flag(body, "ephemeral").unwrap_or(false),
            nullable: Self::flag(body, "nullable"),
        };
        self.declare(Declaration::Input(input));
    }

    pub(super) fn locals(&mut self, block: &Block) {
        for attribute in block.body.attributes() {
            let binding = self.binding(attribute);
            self.declare(Declaration::Local(binding));
        }
    }

    pub(super) fn output(&mut self, block: &Block) {
        let Some(name) = self.only_label(block) else {
            return;
        };
        self.mark_inside(&block.body);
        let body = &block.body;
        let value = match body.get_attribute("value") {
            Some(attribute) => self.expression(&attribute.value),
            None => self.unit.exprs.add(ExprKind::Null, self.head(block)),
        };
        let sensitive = Self::flag(body, "sensitive").unwrap_or(false);
        self.declare(Declaration::Output(Binding {
            name,
            value,
            sensitive,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::terraform::testing::unit_of;
    use crate::syntax::var_file;

    #[test]
    fn a_var_file_assigns() {
        let (source, _) = unit_of("cidr = \"10.0.0.0/8\"\nx \"y\" {}\n");
        let unit = var_file(&source);
        assert_eq!(unit.declarations.len(), 1);
        assert!(
            matches!(&unit.declarations[0], Declaration::Assignment(b) if &*b.name.text == "cidr")
        );
        assert_eq!(unit.troubles.len(), 1);
        assert!(!unit.broken);
    }
}
