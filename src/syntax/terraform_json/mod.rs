//! Terraform's JSON notation to declarations, the same that HCL gives. `read` parses, `literal` knows where a character of a
//! string stands, `value` reads expressions, `body` what is inside blocks, `declaration` the blocks. Evaluates nothing.
//!
//! JSON does not say what is a block and what is an attribute. An object is read as an object, a list of objects as a list;
//! whoever knows the provider takes either for blocks.

mod body;
mod declaration;
mod value;

use jsonc_parser::ast::{Object, ObjectPropName, StringLit, Value};
use jsonc_parser::common::{Range, Ranged as _};

use super::json;
use super::{Binding, Declaration, Unit};
use crate::expr::Exprs;
use crate::finding::{RuleId, Trouble};
use crate::source::{Name, Source, Span};

use value::Strings;

/// Parses a `.tf.json` file.
pub(super) fn module_file(source: &Source) -> Unit {
    file(source, |lowering, root| {
        lowering.module(root);
    })
}

/// Parses a `.tfvars.json` file: its strings are no templates.
pub(super) fn var_file(source: &Source) -> Unit {
    file(source, |lowering, root| {
        for (name, value) in lowering.attributes(root) {
            let binding = Binding {
                name,
                value: lowering.value(value, Strings::Literal),
                sensitive: false,
            };
            let assignment = Declaration::Assignment(binding);
            lowering.unit.declarations.push(assignment);
        }
    })
}

fn file(source: &Source, lower: fn(&mut Lowering<'_>, &Value<'_>)) -> Unit {
    let mut unit = Unit {
        source: source.id,
        exprs: Exprs::default(),
        declarations: Vec::new(),
        comments: Vec::new(),
        troubles: Vec::new(),
        broken: false,
    };
    match json::read(source, json::Dialect::Terraform) {
        Ok(root) => {
            let mut lowering = Lowering {
                unit: &mut unit,
                text: &source.text,
            };
            lower(&mut lowering, &root);
        }
        Err(trouble) => {
            unit.troubles.push(trouble);
            unit.broken = true;
        }
    }
    unit
}

/// A JSON file on its way into a [`Unit`].
struct Lowering<'a> {
    unit: &'a mut Unit,
    /// The text of the file.
    text: &'a str,
}

impl Lowering<'_> {
    fn place(&self, range: Range) -> Span {
        Span::new(self.unit.source, range.start, range.end)
    }

    fn span(&self, value: &Value<'_>) -> Span {
        self.place(value.range())
    }

    /// Returns a string with the place of its characters, without the quotes.
    fn name(&self, text: &StringLit<'_>) -> Name {
        let Range { start, end } = text.range;
        let inner = Range::new(start + 1, end.saturating_sub(1).max(start + 1));
        Name {
            text: (*text.value).into(),
            span: self.place(inner),
        }
    }

    /// Returns a string if the value is one; nobody takes it for a template.
    fn plain(&self, value: &Value<'_>) -> Option<Name> {
        value.as_string_lit().map(|text| self.name(text))
    }

    /// Returns the name of a property.
    fn key(&self, name: &ObjectPropName<'_>) -> Name {
        match name {
            ObjectPropName::String(text) => self.name(text),
            ObjectPropName::Word(word) => Name {
                text: word.value.into(),
                span: self.place(word.range),
            },
        }
    }

    /// Returns the objects that a value stands for: itself, or those in a list. Tells of anything else; null is none.
    fn objects<'v, 'j>(&mut self, value: &'v Value<'j>) -> Vec<&'v Object<'j>> {
        let mut found = Vec::new();
        let items = match value {
            Value::Array(list) => list.elements.as_slice(),
            other => std::slice::from_ref(other),
        };
        for item in items {
            match item {
                Value::Object(object) => found.push(object),
                Value::NullKeyword(_) => {}
                other => self.wrong(
                    self.span(other),
                    "not an object",
                    "a block is an object or a list of objects",
                ),
            }
        }
        found
    }

    /// Returns the properties of a body; `//` is a comment.
    fn properties<'v, 'j>(&mut self, value: &'v Value<'j>) -> Vec<(Name, &'v Value<'j>)> {
        let objects = self.objects(value);
        let properties = objects.iter().flat_map(|object| &object.properties);
        let named = properties.map(|property| (self.key(&property.name), &property.value));
        named.filter(|(name, _)| *name.text != *"//").collect()
    }

    /// Returns the properties of a body that holds only attributes: each name counts once.
    fn attributes<'v, 'j>(&mut self, value: &'v Value<'j>) -> Vec<(Name, &'v Value<'j>)> {
        let mut seen = std::collections::HashSet::new();
        let mut all = self.properties(value);
        all.retain(|(name, _)| {
            let first = seen.insert(name.text.clone());
            if !first {
                self.set_twice(name);
            }
            first
        });
        all
    }

    fn set_twice(&mut self, name: &Name) {
        let message = format!("`{}` is set twice in the same object", name.text);
        self.wrong(name.span, "set again", &message);
    }

    /// Tells of what Terraform refuses.
    fn wrong(&mut self, span: Span, label: &str, message: &str) {
        let trouble = Trouble::new(RuleId::SYNTAX_ERROR, span, label, message.to_owned());
        self.unit.troubles.push(trouble);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use proptest::prelude::*;

    use crate::expr::ExprKind;
    use crate::finding::RuleId;
    use crate::source::{Source, Sources};
    use crate::syntax::terraform::testing::on_a_large_stack;
    use crate::syntax::{Declaration, IgnoredChanges, Unit, terraform, var_file};

    fn source(text: &str) -> Arc<Source> {
        let sources = Sources::default();
        let id = sources.add("main.tf.json", None, PathBuf::new(), text.to_owned());
        sources.get(id)
    }

    fn unit(text: &str) -> Unit {
        terraform(&source(text))
    }

    #[test]
    fn strings_point_at_what_is_written() {
        let text = r#"{"locals": {"a": "\u00fc\n${ local.b }", "b": "${local.c}", "c": "$${x}"}}"#;
        let source = source(text);
        let unit = terraform(&source);
        let mut places = unit.declarations.iter().map(|declaration| {
            let Declaration::Local(local) = declaration else {
                panic!("a local");
            };
            source.slice(unit.exprs.get(local.value).span)
        });
        assert_eq!(places.next(), Some(r#""\u00fc\n${ local.b }""#));
        assert_eq!(places.next(), Some("local.c"));
        assert_eq!(places.next(), Some(r#""$${x}""#));
        let Some(Declaration::Local(last)) = unit.declarations.last() else {
            panic!("a local");
        };
        assert_eq!(
            unit.exprs.text(last.value).map(|text| &**text),
            Some("${x}")
        );
    }

    #[test]
    fn defaults_and_var_files_hold_no_templates() {
        let unit = unit(r#"{"variable": {"a": {"default": "${x}", "type": "list(string)"}}}"#);
        let Declaration::Input(input) = &unit.declarations[0] else {
            panic!("a variable");
        };
        let text = |id| unit.exprs.text(id).map(|text| &**text);
        assert_eq!(input.default.and_then(text), Some("${x}"));
        let constraint = input.constraint.map(|id| &unit.exprs.get(id).kind);
        assert!(matches!(constraint, Some(ExprKind::Call { .. })));
        let given = var_file(&source(r#"{"//": "c", "a": "${x}"}"#));
        let [Declaration::Assignment(given_a)] = given.declarations.as_slice() else {
            panic!("one assignment");
        };
        let text = given.exprs.text(given_a.value);
        assert_eq!(text.map(|text| &**text), Some("${x}"));
    }

    #[test]
    fn meta_arguments_are_read() {
        let unit = unit(
            r#"{"data": {"a": {"b": [{"count": "${1 + 1}", "depends_on": ["module.x", "${a.c[0]}"],
            "lifecycle": [{"ignore_changes": "all"}], "name": "n"}]}}}"#,
        );
        let [Declaration::Resource(resource)] = unit.declarations.as_slice() else {
            panic!("one resource");
        };
        let waits: Vec<&str> = resource
            .depends_on
            .iter()
            .map(crate::source::Symbol::as_str)
            .collect();
        assert_eq!(waits, ["module.x", "a.c"]);
        assert_eq!(resource.ignored_changes, IgnoredChanges::All);
        let count = resource.repetition.count.map(|id| &unit.exprs.get(id).kind);
        assert!(matches!(count, Some(ExprKind::Binary(..))));
        let ExprKind::Object(body) = &unit.exprs.get(resource.body).kind else {
            panic!("a body");
        };
        assert_eq!(body.len(), 1);
    }

    #[test]
    fn nesting_ends_somewhere() {
        on_a_large_stack(|| {
            let deep = |levels: usize| {
                // The parser counts an object, its property and a list each as a level, up to 512.
                let value = "{\"a\": [".repeat(levels) + &"]}".repeat(levels);
                unit(&format!("{{\"resource\": {{\"a\": {{\"b\": {value}}}}}}}"))
            };
            assert!(deep(160).troubles.is_empty());
            let refused = deep(100_000);
            assert_eq!(refused.troubles[0].rule, RuleId::SYNTAX_NOT_SUPPORTED);
            assert!(refused.broken);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_text_panics(
            parts in prop::collection::vec(
                prop_oneof![
                    Just("{"), Just("}"), Just("["), Just("]"), Just(":"), Just(","), Just("\"resource\": "), Just("\"a\""),
                    Just("\"a\": "), Just("\"dynamic\": "), Just("\"for_each\": "), Just("\"content\": "), Just("1"),
                    Just("\"${a\""), Just("\"${a.b}\\u00e4${\""), Just("\"%{ if x }ü\\n\""), Just("null"), Just("ü"),
                    Just("\"locals\": {\"x\": "), Just("\\ud800"), Just("\""), Just("\"lifecycle\": "), Just("\"//\": 1,"),
                    Just("\"variable\": {\"v\": {\"type\": \"list(\", \"default\": "), Just("-"), Just("//"), Just("\n"),
                ],
                0..40,
            )
        ) {
            let text = parts.concat();
            on_a_large_stack(move || {
                let source = source(&text);
                for unit in [terraform(&source), var_file(&source)] {
                    for trouble in &unit.troubles {
                        let span = trouble.primary.span;
                        assert!(source.text.get(span.range()).is_some());
                    }
                }
            });
        }
    }
}
