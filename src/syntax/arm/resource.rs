//! Resources of a template in all their spellings, and nested deployments, which become calls.

use std::sync::Arc;

use jsonc_parser::ast::{Array, Object, Value};
use jsonc_parser::common::Range;

use super::expression::Surroundings;
use super::template::{Reading, text_of, unit};
use super::value::{Lowering, properties, property, within};
use crate::expr::{Entry, ExprId, ExprKind};
use crate::source::{Name, Span, Symbol};
use crate::syntax::{
    ArmDeclaration, Call, Declaration, Deployment, IgnoredChanges, Mode, Repetition,
    ResourceDeclaration, Template,
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
pub(super) struct Outer {
    kind: Symbol,
    name: Symbol,
}

/// A resource as it stands in the JSON.
struct Written<'v, 'a> {
    object: &'v Object<'a>,
    /// Its symbolic name, where the template has such.
    symbol: Option<Name>,
}

impl Reading<'_> {
    /// Reads resources: a list, or an object by symbolic names.
    pub(super) fn resources(&mut self, resources: Option<&Value<'_>>, outer: Option<&Outer>) {
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
        let deployment = Deployment {
            name: property(object, "name").map(|value| self.lowering.value(value, &around)),
            scope: self.scope(object, &around),
        };
        let repetition = self.repetition(object, copy.as_ref(), arguments);
        self.declarations.push(Declaration::Call(Call {
            name,
            head,
            address,
            version: None,
            arguments,
            providers: Vec::new(),
            repetition,
            deployment,
        }));
    }

    /// Returns the resource group that a deployment goes to, as Bicep writes it: `resourceGroup('subscription', 'name')`.
    fn scope(&mut self, object: &Object<'_>, around: &Surroundings) -> Option<ExprId> {
        let group = property(object, "resourceGroup");
        let subscription = property(object, "subscriptionId");
        let name = match group {
            Some(_) => "resourceGroup",
            None => "subscription",
        };
        let parts = subscription.into_iter().chain(group);
        let args: Vec<ExprId> = parts
            .map(|value| self.lowering.value(value, around))
            .collect();
        let span = self.lowering.exprs.get(*args.first()?).span;
        let name = Name {
            text: name.into(),
            span,
        };
        let call = ExprKind::Call {
            name,
            args,
            expand_last: false,
        };
        Some(self.lowering.exprs.add(call, span))
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
