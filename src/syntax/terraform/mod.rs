//! HCL to declarations. `mod` reads a file, `variable` its inputs, locals and outputs, `resource` what is made or called,
//! `provider` what is required, `body` what is inside blocks, `expression` and `template` the values. Evaluates nothing; the
//! parser's tree is dropped when a file is lowered.

mod body;
pub(super) mod expression;
pub(super) mod json;
pub(super) mod provider;
pub(super) mod resource;
pub(super) mod template;
#[cfg(test)]
pub(super) mod testing;
mod variable;

use std::ops::Range;

use hcl::edit::expr::Expression;
use hcl::edit::structure::{Block, BlockLabel, Body, Structure};

use super::{Declaration, Unit, comments, recovery, scan};
use crate::expr::Exprs;
use crate::finding::{RuleId, Trouble};
use crate::source::{Name, Source, Span};
use json::Places;

/// Parses a `.tf` file.
pub(super) fn module_file(source: &Source) -> Unit {
    file(source, |lowering, structure| {
        lowering.module_structure(structure);
    })
}

/// Parses a `.tfvars` file.
pub(super) fn var_file(source: &Source) -> Unit {
    file(source, |lowering, structure| {
        lowering.var_structure(structure);
    })
}

fn file(source: &Source, lower: fn(&mut Lowering<'_>, &Structure)) -> Unit {
    let parsed = recovery::parse(source);
    let mut unit = Unit {
        source: source.id,
        exprs: Exprs::default(),
        declarations: Vec::new(),
        comments: Vec::new(),
        troubles: parsed.troubles,
        broken: parsed.broken,
    };
    let mut structures = Vec::new();
    let marked = source.text.contains(comments::MARK);
    for piece in &parsed.pieces {
        let mut lowering = Lowering {
            unit: &mut unit,
            text: &piece.text,
            places: Places::From(piece.base),
            structures: marked.then_some(&mut structures),
        };
        for structure in &piece.body {
            lower(&mut lowering, structure);
        }
    }
    if marked {
        unit.comments = comments::comments(source, &scan::lexemes(&source.text), &structures);
    }
    unit
}

/// One parsed piece of a file on its way into a [`Unit`].
struct Lowering<'a> {
    unit: &'a mut Unit,
    /// The text that was parsed.
    text: &'a str,
    /// Where that text stands in the file.
    places: Places<'a>,
    /// Collects attributes, blocks and items, if the comments need them.
    structures: Option<&'a mut Vec<Span>>,
}

impl Lowering<'_> {
    /// Returns the place of a node in the file.
    fn span(&self, node: &impl hcl::edit::Span) -> Span {
        self.place(node.span().unwrap_or_default())
    }

    fn place(&self, range: Range<usize>) -> Span {
        let at = |offset: usize| match self.places {
            Places::From(base) => base + offset,
            Places::Of(literal) => literal.place(offset),
        };
        Span::new(self.unit.source, at(range.start), at(range.end))
    }

    fn name(&self, text: &str, node: &impl hcl::edit::Span) -> Name {
        Name {
            text: text.into(),
            span: self.span(node),
        }
    }

    /// Returns a string literal and its characters without the quotes, `None` for any other expression.
    fn plain_string(&self, value: &Expression) -> Option<Name> {
        let text = value.as_str()?;
        Some(Name {
            text: text.into(),
            span: without_quotes(self.span(value)),
        })
    }

    fn label(&self, label: &BlockLabel) -> Name {
        let span = self.span(label);
        Name {
            text: label.as_str().into(),
            span: if label.is_string() {
                without_quotes(span)
            } else {
                span
            },
        }
    }

    /// Returns the keyword and the labels of a block.
    fn head(&self, block: &Block) -> Span {
        let keyword = self.span(&block.ident);
        block
            .labels
            .last()
            .map_or(keyword, |label| keyword.join(self.span(label)))
    }

    fn mark(&mut self, span: Span) {
        if let Some(structures) = &mut self.structures {
            structures.push(span);
        }
    }

    fn module_structure(&mut self, structure: &Structure) {
        self.mark(self.span(structure));
        let Structure::Block(block) = structure else {
            return;
        };
        match block.ident.as_str() {
            "variable" => self.variable(block),
            "locals" => self.locals(block),
            "output" => self.output(block),
            "module" => self.module(block),
            "resource" | "data" => self.resource(block),
            "terraform" => self.settings(block),
            "provider" => self.provider(block),
            _ => self.mark_inside(&block.body),
        }
    }

    fn var_structure(&mut self, structure: &Structure) {
        match structure {
            Structure::Attribute(attribute) => {
                let binding = self.binding(attribute);
                self.declare(Declaration::Assignment(binding));
            }
            Structure::Block(block) => {
                let trouble = Trouble::new(
                    RuleId::SYNTAX_ERROR,
                    self.head(block),
                    "a block",
                    "a var file holds no blocks".to_owned(),
                )
                .help("move the block to a `.tf` file");
                self.unit.troubles.push(trouble);
            }
        }
    }

    fn declare(&mut self, declaration: Declaration) {
        self.unit.declarations.push(declaration);
    }

    /// Marks the structures of a body that is not lowered.
    fn mark_inside(&mut self, body: &Body) {
        if self.structures.is_none() {
            return;
        }
        for structure in body {
            self.mark(self.span(structure));
            if let Structure::Block(block) = structure {
                self.mark_inside(&block.body);
            }
        }
    }

    /// Returns the only label of a block, or tells that there is not exactly one.
    fn only_label(&mut self, block: &Block) -> Option<Name> {
        if let [label] = block.labels.as_slice() {
            return Some(self.label(label));
        }
        let keyword = block.ident.as_str();
        let count = block.labels.len();
        self.lost(
            block,
            format!("`{keyword}` takes one label, its name, and has {count}"),
        );
        None
    }

    /// Tells that a declaration is lost for its labels.
    fn lost(&mut self, block: &Block, message: String) {
        let trouble = Trouble::new(
            RuleId::SYNTAX_ERROR,
            self.head(block),
            "wrong labels",
            message,
        );
        self.unit.troubles.push(trouble);
        self.unit.broken = true;
    }
}

fn without_quotes(span: Span) -> Span {
    Span {
        source: span.source,
        start: span.start + 1,
        end: span.end.saturating_sub(1).max(span.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::{on_a_large_stack, unit, unit_of};
    use super::*;
    use crate::expr::ExprKind;
    use crate::source::Symbol;
    use crate::syntax::{Mode, var_file};

    const FILE: &str = r#"
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
    random  = "3.6.0"
  }
}
provider "azuread" { version = "1.0" }
variable "cidr" {
  type     = string
  default  = "10.0.0.0/16"
  nullable = false
}
variable secret { sensitive = true }
locals {
  a = 1
  b = (2)
}
output "o" {
  value     = local.a
  sensitive = true
}
module "net" {
  source  = "./modules/net"
  version = "1.2.3"
  count   = 2
  cidr    = var.cidr
}
data azurerm_subscription current {}
resource "azurerm_subnet" "nodes" {
  for_each   = var.all
  depends_on = [azurerm_virtual_network.main, module.net]
  name       = "näme"
  provider   = azurerm.hub
}
"#;

    /// Returns each declaration in words, its places shown by what stands there.
    fn told(source: &Source, unit: &Unit) -> Vec<String> {
        let at = |span: Span| source.slice(span).to_owned();
        let value = |id| at(unit.exprs.get(id).span);
        unit.declarations
            .iter()
            .map(|declaration| match declaration {
                Declaration::Input(i) => format!(
                    "input {} {:?} {:?} {} {}",
                    at(i.name.span),
                    i.constraint.map(value),
                    i.default.map(value),
                    i.sensitive,
                    i.may_be_null()
                ),
                Declaration::Local(b) => format!("local {} {}", at(b.name.span), value(b.value)),
                Declaration::Output(b) => format!("output {} {}", b.name.text, b.sensitive),
                Declaration::Call(c) => format!(
                    "call {} {:?} {:?} {} {:?}",
                    at(c.head),
                    c.address.as_ref().map(|n| at(n.span)),
                    c.version.as_ref().map(|n| at(n.span)),
                    value(c.arguments),
                    c.repetition.count.map(value)
                ),
                Declaration::Resource(r) => {
                    assert!(at(r.block).starts_with(&at(r.head)) && at(r.block).ends_with('}'));
                    format!("{:?} {} {}", r.mode, at(r.head), at(r.name.span))
                }
                Declaration::Requirement(r) => format!(
                    "requirement {} {:?} {:?}",
                    at(r.provider.span),
                    r.address.as_deref(),
                    r.version.as_ref().map(|n| at(n.span))
                ),
                Declaration::Assignment(_) => unreachable!("only in var files"),
                Declaration::Arm(_) => unreachable!("Bicep only"),
            })
            .collect()
    }

    #[test]
    fn declarations_point_at_what_is_written() {
        let (source, unit) = unit_of(FILE);
        assert!(unit.troubles.is_empty() && !unit.broken);
        let at = |span: Span| source.slice(span).to_owned();
        let value = |id| at(unit.exprs.get(id).span);
        assert_eq!(
            told(&source, &unit),
            [
                r#"requirement azurerm Some("hashicorp/azurerm") Some("~> 4.0")"#,
                r#"requirement random None Some("3.6.0")"#,
                r#"requirement azuread None Some("1.0")"#,
                r#"input cidr Some("string") Some("\"10.0.0.0/16\"") false false"#,
                "input secret None None true true",
                "local a 1",
                "local b 2",
                "output o true",
                r#"call module "net" Some("./modules/net") Some("1.2.3") module "net" Some("2")"#,
                "Data data azurerm_subscription current current",
                r#"Managed resource "azurerm_subnet" "nodes" nodes"#,
            ]
        );
        let Some(Declaration::Resource(subnet)) = unit.declarations.last() else {
            panic!("the subnet is last");
        };
        assert_eq!(subnet.mode, Mode::Managed);
        assert_eq!(
            subnet.depends_on,
            [
                "azurerm_virtual_network.main".into(),
                Symbol::from("module.net")
            ]
        );
        let ExprKind::Object(entries) = &unit.exprs.get(subnet.body).kind else {
            panic!("a body is an object");
        };
        assert_eq!(entries.len(), 1);
        assert_eq!(value(entries[0].key), "name");
        assert_eq!(value(entries[0].value), "\"näme\"");
    }

    #[test]
    fn labels_that_are_missing_lose_the_block() {
        let unit = unit("resource \"azurerm_subnet\" {}\nvariable {}\nlocals {}\n");
        assert!(unit.broken && unit.declarations.is_empty());
        let said: Vec<_> = unit.troubles.iter().map(|t| t.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "`resource` takes two labels, its type and its name, and has 1",
                "`variable` takes one label, its name, and has 0"
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_text_panics(
            parts in prop::collection::vec(
                prop_oneof![
                    Just("resource \"a\" \"b\" {\n"), Just("}\n"), Just("\n"), Just("dynamic \"x\" {\n"),
                    Just("a = "), Just("\""), Just("${"), Just("%{ if "), Just("%{ endif ~}"), Just("}"), Just("{"),
                    Just("["), Just("]"), Just("("), Just(")"), Just("for "), Just("x in "), Just(": "), Just("=> "),
                    Just("<<-E\n"), Just("  E\n"), Just("# aksnet:allow\n"), Just("/*"), Just("*/"), Just("x"), Just("."),
                    Just("*"), Just("1e9"), Just("-"), Just("? "), Just("ü"), Just("“"), Just("\\"), Just("\r\n"),
                    Just("$${"), Just(", "), Just("= "), Just("||"), Just("..."), Just("::"), Just("~"),
                ],
                0..40,
            )
        ) {
            let text = parts.concat();
            on_a_large_stack(move || {
                let (source, unit) = unit_of(&text);
                let end = u32::try_from(source.text.len()).unwrap();
                for trouble in &unit.troubles {
                    let span = trouble.primary.span;
                    assert!(span.start <= span.end && span.end <= end);
                    assert!(source.text.get(span.range()).is_some());
                }
                var_file(&source);
            });
        }
    }
}
