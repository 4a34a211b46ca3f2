//! A template to declarations: parameters, variables, functions, resources in all their spellings, nested deployments, outputs.

use std::sync::Arc;

use jsonc_parser::ast::{Array, Object, ObjectProp, Value};
use jsonc_parser::common::Range;

use super::expression::Surroundings;
use super::value::{Lowering, properties, property, within};
use crate::expr::{Entry, ExprId, ExprKind};
use crate::source::{Name, Source, Span, Symbol};
use crate::syntax::{
    ArmDeclaration, Binding, Call, Declaration, Function, IgnoredChanges, Input, Mode, Repetition,
    ResourceDeclaration, Template, Unit,
};

/// The type of nested and linked deployments, in small letters.
const DEPLOYMENTS: &str = "microsoft.resources/deployments";

/// Members of a resource that say how often it is there, not what it is.
const META: &[&str] = &[
    "copy",
    "condition",
    "resources",
    "dependsOn",
    "comments",
    "existing",
];

/// The resource around a child.
struct Outer {
    kind: Symbol,
    name: Symbol,
}

/// A resource as it stands in the JSON.
struct Written<'v, 'a> {
    object: &'v Object<'a>,
    /// Its symbolic name, where the template has such.
    symbol: Option<Name>,
}

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

struct Reading<'s> {
    lowering: Lowering<'s>,
    declarations: Vec<Declaration>,
    templates: usize,
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
            self.declarations.push(Declaration::Input(Input {
                name,
                constraint: None,
                default,
                sensitive: matches!(kind.as_str(), "securestring" | "secureobject"),
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

    /// Reads resources: a list, or an object by symbolic names.
    fn resources(&mut self, resources: Option<&Value<'_>>, outer: Option<&Outer>) {
        match resources {
            Some(Value::Array(all)) => {
                for value in &all.elements {
                    if let Value::Object(object) = value {
                        let written = Written {
                            object,
                            symbol: None,
                        };
                        self.resource(&written, outer);
                    }
                }
            }
            Some(Value::Object(all)) => {
                for prop in &all.properties {
                    if let Value::Object(object) = &prop.value {
                        let written = Written {
                            object,
                            symbol: Some(self.lowering.name(prop)),
                        };
                        self.resource(&written, outer);
                    }
                }
            }
            _ => {}
        }
    }

    fn resource(&mut self, written: &Written<'_, '_>, outer: Option<&Outer>) {
        let object = written.object;
        let Some(Value::StringLit(kind)) = property(object, "type") else {
            return;
        };
        let kind = self.lowering.text(kind);
        let full = match outer {
            Some(outer) if !kind.text.contains('.') => format!("{}/{}", outer.kind, kind.text),
            _ => kind.text.to_string(),
        };
        let head = head(&self.lowering, written, &kind);
        let name = written
            .symbol
            .clone()
            .unwrap_or_else(|| unnamed(object, &full, head));
        if full.eq_ignore_ascii_case(DEPLOYMENTS) {
            self.deployment(object, name, head);
            return;
        }
        let own = Outer {
            kind: Symbol::from(full),
            name: name.text.clone(),
        };
        self.declare(object, &own, &name, kind.span, head, outer);
        self.resources(property(object, "resources"), Some(&own));
    }

    fn declare(
        &mut self,
        object: &Object<'_>,
        own: &Outer,
        name: &Name,
        kind: Span,
        head: Span,
        outer: Option<&Outer>,
    ) {
        let copy = copy_of(object);
        let around = surroundings(copy.as_ref());
        let mut entries = self.lowering.entries(object, &around, META);
        if let Some(outer) = outer {
            entries.push(self.parent(&outer.name, object.range));
        }
        let body = self.lowering.add(ExprKind::Object(entries), object.range);
        let repetition = self.repetition(object, copy.as_ref(), body);
        let existing = matches!(property(object, "existing"), Some(Value::BooleanLit(literal)) if literal.value);
        self.declarations
            .push(Declaration::Resource(Box::new(ResourceDeclaration {
                mode: if existing { Mode::Data } else { Mode::Managed },
                kind: Name {
                    text: own.kind.clone(),
                    span: kind,
                },
                name: name.clone(),
                head,
                block: self.lowering.span(object.range),
                body,
                repetition,
                depends_on: depends_on(object),
                provider: None,
                ignored_changes: IgnoredChanges::None,
            })));
    }

    /// Returns the member that says which resource a child is in.
    fn parent(&mut self, outer: &Symbol, range: Range) -> Entry {
        Entry {
            key: self.lowering.add(ExprKind::Text("parent".into()), range),
            value: self.lowering.add(ExprKind::Name(outer.clone()), range),
        }
    }

    fn repetition(
        &mut self,
        object: &Object<'_>,
        copy: Option<&Copy<'_, '_>>,
        body: ExprId,
    ) -> Repetition {
        let none = Surroundings::default();
        let around = surroundings(copy);
        let condition = property(object, "condition");
        let condition = condition.map(|value| self.lowering.value(value, &around));
        let Some(copy) = copy else {
            return Repetition {
                condition,
                ..Repetition::default()
            };
        };
        let count = self.lowering.value(copy.count, &none);
        let each = self.lowering.repeat(copy.name, count, body, copy.range);
        let each = self.with_condition(each, condition, object.range);
        Repetition {
            each: Some(each),
            ..Repetition::default()
        }
    }

    fn with_condition(&mut self, each: ExprId, condition: Option<ExprId>, range: Range) -> ExprId {
        let ExprKind::For(found) = &self.lowering.exprs.get(each).kind else {
            return each;
        };
        let mut found = found.clone();
        found.condition = condition;
        self.lowering.add(ExprKind::For(found), range)
    }

    /// Reads a nested or linked deployment as a call.
    fn deployment(&mut self, object: &Object<'_>, name: Name, head: Span) {
        let copy = copy_of(object);
        let around = surroundings(copy.as_ref());
        let empty = Object {
            range: object.range,
            properties: Vec::new(),
        };
        let inner = match property(object, "properties") {
            Some(Value::Object(inner)) => inner,
            _ => &empty,
        };
        let address = self.called(inner);
        let arguments = self.arguments(inner, &around);
        let repetition = self.repetition(object, copy.as_ref(), arguments);
        self.declarations.push(Declaration::Call(Call {
            name,
            head,
            address,
            version: None,
            arguments,
            repetition,
        }));
    }

    /// Returns the address of the template that a deployment calls: `#0` for the first that stands in this one.
    fn called(&mut self, deployment: &Object<'_>) -> Option<Name> {
        if let Some(Value::Object(template)) = property(deployment, "template") {
            let options = properties(deployment, "expressionEvaluationOptions");
            let inner = options.iter().any(|prop| {
                prop.name.as_str().eq_ignore_ascii_case("scope")
                    && matches!(&prop.value, Value::StringLit(text) if text.value.eq_ignore_ascii_case("inner"))
            });
            let number = self.templates;
            self.templates += 1;
            self.declarations
                .push(Declaration::Arm(ArmDeclaration::Template(Template {
                    unit: Arc::new(unit(self.lowering.source, template)),
                    own_scope: inner,
                })));
            return Some(Name {
                text: Symbol::from(format!("#{number}")),
                span: self.lowering.span(template.range),
            });
        }
        let Some(Value::Object(link)) = property(deployment, "templateLink") else {
            return None;
        };
        match property(link, "relativePath") {
            Some(Value::StringLit(path)) => Some(self.lowering.text(path)),
            _ => None,
        }
    }

    /// Returns the parameters of a deployment: `{"a": {"value": 1}}` as `{a: 1}`.
    fn arguments(&mut self, deployment: &Object<'_>, around: &Surroundings) -> ExprId {
        let mut entries = Vec::new();
        for prop in properties(deployment, "parameters") {
            let name = self.lowering.name(prop);
            let text = ExprKind::Text(name.text.as_str().into());
            let value = match &prop.value {
                Value::Object(inner) => property(inner, "value"),
                _ => None,
            };
            let value = match value {
                Some(value) => self.lowering.value(value, around),
                None => self
                    .lowering
                    .add(ExprKind::NotSupported("reference to a secret"), prop.range),
            };
            entries.push(Entry {
                key: self.lowering.exprs.add(text, name.span),
                value,
            });
        }
        self.lowering
            .add(ExprKind::Object(entries), deployment.range)
    }
}

/// A loop over a whole resource.
struct Copy<'v, 'a> {
    name: &'v str,
    count: &'v Value<'a>,
    range: Range,
}

fn copy_of<'v, 'a>(object: &'v Object<'a>) -> Option<Copy<'v, 'a>> {
    let Some(Value::Object(copy)) = property(object, "copy") else {
        return None;
    };
    Some(Copy {
        name: text_of(copy, "name").unwrap_or_default(),
        count: property(copy, "count")?,
        range: copy.range,
    })
}

fn surroundings(copy: Option<&Copy<'_, '_>>) -> Surroundings {
    let none = Surroundings::default();
    match copy {
        Some(copy) => within(
            &none,
            copy.name,
            Some(super::expression::index_name(copy.name)),
        ),
        None => none,
    }
}

/// Returns the place that stands for a resource: its symbolic name, or its type.
fn head(lowering: &Lowering<'_>, written: &Written<'_, '_>, kind: &Name) -> Span {
    let symbol = written.symbol.as_ref();
    let typed = written.object.properties.iter();
    let typed = typed
        .rev()
        .find(|prop| prop.name.as_str().eq_ignore_ascii_case("type"));
    match (symbol, typed) {
        (Some(symbol), _) => symbol.span,
        (None, Some(prop)) => lowering.span(prop.range),
        (None, None) => kind.span,
    }
}

/// Returns the name of a resource without a symbolic one: its type and its name as written.
fn unnamed(object: &Object<'_>, kind: &str, head: Span) -> Name {
    let written = text_of(object, "name").unwrap_or_default();
    let text = Symbol::from(format!("{kind}/{written}"));
    Name { text, span: head }
}

fn depends_on(object: &Object<'_>) -> Vec<Symbol> {
    let Some(Value::Array(all)) = property(object, "dependsOn") else {
        return Vec::new();
    };
    texts(all).map(Symbol::from).collect()
}

fn texts<'v>(array: &'v Array<'_>) -> impl Iterator<Item = &'v str> {
    array.elements.iter().filter_map(|value| match value {
        Value::StringLit(text) => Some(&*text.value),
        _ => None,
    })
}

fn parameter_name(value: &Value<'_>) -> Option<Symbol> {
    match value {
        Value::Object(parameter) => text_of(parameter, "name").map(Symbol::from),
        _ => None,
    }
}

fn text_of<'v>(object: &'v Object<'_>, name: &str) -> Option<&'v str> {
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
