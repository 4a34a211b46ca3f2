//! A template to declarations: parameters, variables, functions, outputs. Its resources are read in `resource`.

use jsonc_parser::ast::{Object, ObjectProp, Value};

use super::expression::Surroundings;
use super::value::{Lowering, properties, property, within};
use crate::expr::{Entry, ExprId, ExprKind};
use crate::source::{Name, Source, Symbol};
use crate::syntax::{ArmDeclaration, Binding, Declaration, Function, Input, Unit};

/// Returns the declarations of a template that stands at `template` in the file.
pub(super) fn unit(source: &Source, template: &Object<'_>) -> Unit {
    let mut reading = Reading {
        lowering: Lowering {
            source,
            exprs: crate::expr::Exprs::default(),
            troubles: Vec::new(),
        },
        declarations: Vec::new(),
        templates: 0,
    };
    reading.parameters(template);
    reading.variables(template);
    reading.functions(template);
    reading.resources(property(template, "resources"), None);
    reading.outputs(template);
    Unit {
        source: source.id,
        broken: !reading.lowering.troubles.is_empty(),
        exprs: reading.lowering.exprs,
        declarations: reading.declarations,
        comments: Vec::new(),
        troubles: reading.lowering.troubles,
    }
}

/// A template whose members are being read.
pub(super) struct Reading<'s> {
    pub lowering: Lowering<'s>,
    pub declarations: Vec<Declaration>,
    /// How many templates stand in it so far.
    pub templates: usize,
}

impl Reading<'_> {
    fn parameters(&mut self, template: &Object<'_>) {
        let none = Surroundings::default();
        for prop in properties(template, "parameters") {
            let Value::Object(written) = &prop.value else {
                continue;
            };
            let name = self.lowering.name(prop);
            let kind = text_of(written, "type")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let default = property(written, "defaultValue");
            let default = default.map(|value| self.lowering.value(value, &none));
            let nullable = is_nullable(template, written);
            let default = match default {
                None if nullable => Some(self.lowering.add(ExprKind::Null, prop.range)),
                written => written,
            };
            let constraint = ExprKind::Name(Symbol::from(kind.as_str()));
            let constraint = self.lowering.exprs.add(constraint, name.span);
            self.declarations.push(Declaration::Input(Input {
                name,
                constraint: Some(constraint),
                default,
                sensitive: matches!(kind.as_str(), "securestring" | "secureobject"),
                ephemeral: false,
                nullable: Some(true),
            }));
        }
    }

    fn variables(&mut self, template: &Object<'_>) {
        let none = Surroundings::default();
        for prop in properties(template, "variables") {
            match &prop.value {
                Value::Array(loops) if prop.name.as_str().eq_ignore_ascii_case("copy") => {
                    for entry in self.lowering.loops(loops, &none) {
                        self.looped_variable(&entry);
                    }
                }
                value => {
                    let name = self.lowering.name(prop);
                    let value = self.lowering.value(value, &none);
                    self.local(name, value);
                }
            }
        }
    }

    fn looped_variable(&mut self, entry: &Entry) {
        let key = self.lowering.exprs.get(entry.key);
        if let ExprKind::Text(text) = &key.kind {
            let name = Name {
                text: Symbol::from(&**text),
                span: key.span,
            };
            self.local(name, entry.value);
        }
    }

    fn local(&mut self, name: Name, value: ExprId) {
        self.declarations.push(Declaration::Local(Binding {
            name,
            value,
            sensitive: false,
        }));
    }

    fn functions(&mut self, template: &Object<'_>) {
        let Some(Value::Array(namespaces)) = property(template, "functions") else {
            return;
        };
        for namespace in &namespaces.elements {
            let Value::Object(namespace) = namespace else {
                continue;
            };
            let space = text_of(namespace, "namespace")
                .unwrap_or_default()
                .to_owned();
            for prop in properties(namespace, "members") {
                if let Value::Object(member) = &prop.value {
                    self.function(&space, prop, member);
                }
            }
        }
    }

    fn function(&mut self, space: &str, prop: &ObjectProp<'_>, member: &Object<'_>) {
        let Some(Value::Object(output)) = property(member, "output") else {
            return;
        };
        let Some(value) = property(output, "value") else {
            return;
        };
        let parameters = match property(member, "parameters") {
            Some(Value::Array(all)) => all.elements.iter().filter_map(parameter_name).collect(),
            _ => Vec::new(),
        };
        let around = Surroundings {
            in_function: true,
            ..Surroundings::default()
        };
        let body = self.lowering.value(value, &around);
        let name = self.lowering.name(prop);
        self.declarations
            .push(Declaration::Arm(ArmDeclaration::Function(Function {
                name: Name {
                    text: Symbol::from(format!("{space}.{}", name.text)),
                    ..name
                },
                parameters,
                body,
            })));
    }

    fn outputs(&mut self, template: &Object<'_>) {
        let none = Surroundings::default();
        for prop in properties(template, "outputs") {
            let Value::Object(output) = &prop.value else {
                continue;
            };
            let looped = match property(output, "copy") {
                Some(Value::Object(copy)) => self.output_loop(copy),
                _ => None,
            };
            let value = property(output, "value").map(|value| self.lowering.value(value, &none));
            let Some(value) = looped.or(value) else {
                continue;
            };
            let kind = text_of(output, "type")
                .unwrap_or_default()
                .to_ascii_lowercase();
            self.declarations.push(Declaration::Output(Binding {
                name: self.lowering.name(prop),
                value,
                sensitive: kind.starts_with("secure"),
            }));
        }
    }

    fn output_loop(&mut self, copy: &Object<'_>) -> Option<ExprId> {
        const NAME: &str = "output";
        let none = Surroundings::default();
        let count = property(copy, "count")?;
        let input = property(copy, "input")?;
        let inner = within(&none, NAME, Some(super::expression::index_name(NAME)));
        let count = self.lowering.value(count, &none);
        let input = self.lowering.value(input, &inner);
        Some(self.lowering.repeat(NAME, count, input, copy.range))
    }
}

fn parameter_name(value: &Value<'_>) -> Option<Symbol> {
    match value {
        Value::Object(parameter) => text_of(parameter, "name").map(Symbol::from),
        _ => None,
    }
}

/// Returns the string of a property.
pub(super) fn text_of<'v>(object: &'v Object<'_>, name: &str) -> Option<&'v str> {
    match property(object, name) {
        Some(Value::StringLit(text)) => Some(&text.value),
        _ => None,
    }
}

/// Tells whether a parameter, or the type that it refers to, may be null.
fn is_nullable(template: &Object<'_>, written: &Object<'_>) -> bool {
    let says = |object: &Object<'_>| matches!(property(object, "nullable"), Some(Value::BooleanLit(literal)) if literal.value);
    let named = text_of(written, "$ref").and_then(|path| path.strip_prefix("#/definitions/"));
    let definition = named.and_then(|name| {
        let all = properties(template, "definitions").iter();
        all.rev()
            .find(|prop| prop.name.as_str().eq_ignore_ascii_case(name))
    });
    let defined =
        matches!(definition.map(|prop| &prop.value), Some(Value::Object(inner)) if says(inner));
    says(written) || defined
}
