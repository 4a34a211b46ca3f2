//! The providers that a module requires, in the notation of any Terraform version.

use hcl::edit::Ident;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Attribute, Block, Structure};

use super::{Lowering, file};
use crate::source::{Name, Source, Symbol};
use crate::syntax::{Declaration, Requirement, Unit};

/// Parses a `.terraform.lock.hcl` file.
pub(in crate::syntax) fn lock_file(source: &Source) -> Unit {
    file(source, |lowering, structure| {
        lowering.locked_provider(structure);
    })
}

impl Lowering<'_> {
    /// Reads the providers that a `terraform` block requires.
    pub(super) fn settings(&mut self, block: &Block) {
        self.mark_inside(&block.body);
        for block in block.body.get_blocks("required_providers") {
            for attribute in block.body.attributes() {
                self.requirement(attribute);
            }
        }
    }

    fn requirement(&mut self, attribute: &Attribute) {
        let mut requirement = Requirement {
            provider: self.name(&attribute.key, &attribute.key),
            address: None,
            version: self.plain_string(&attribute.value),
        };
        if let Expression::Object(object) = &attribute.value {
            for (key, value) in object {
                let key = key
                    .as_ident()
                    .map(Ident::as_str)
                    .or_else(|| key.as_expr().and_then(Expression::as_str));
                match key {
                    Some("source") => requirement.address = value.expr().as_str().map(Symbol::from),
                    Some("version") => requirement.version = self.plain_string(value.expr()),
                    _ => {}
                }
            }
        }
        self.declare(Declaration::Requirement(requirement));
    }

    /// Reads a provider of a lock file: `provider "registry.terraform.io/hashicorp/azurerm"` and its version.
    pub(super) fn locked_provider(&mut self, structure: &Structure) {
        let Structure::Block(block) = structure else {
            return;
        };
        let [label] = block.labels.as_slice() else {
            return;
        };
        let label = self.label(label);
        let mut words = label.text.rsplit('/');
        let (Some(name), Some(owner)) = (words.next(), words.next()) else {
            return;
        };
        let version = block.body.get_attribute("version");
        let version = version.and_then(|attribute| self.plain_string(&attribute.value));
        let requirement = Requirement {
            provider: Name {
                text: name.into(),
                span: label.span,
            },
            address: Some(format!("{owner}/{name}").into()),
            version,
        };
        self.declare(Declaration::Requirement(requirement));
    }

    /// Reads the version that a provider block could give before Terraform 0.13.
    pub(super) fn provider(&mut self, block: &Block) {
        self.mark_inside(&block.body);
        let version = block
            .body
            .get_attribute("version")
            .and_then(|attribute| self.plain_string(&attribute.value));
        if let (Some(version), [label]) = (version, block.labels.as_slice()) {
            let provider = self.label(label);
            self.declare(Declaration::Requirement(Requirement {
                provider,
                address: None,
                version: Some(version),
            }));
        }
    }
}
