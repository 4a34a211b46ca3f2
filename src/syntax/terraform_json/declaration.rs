//! The blocks of a file. Labels are the names of nested objects; at each level a list of objects is allowed.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged as _;

use super::Lowering;
use super::value::Strings;
use crate::expr::{ExprId, ExprKind};
use crate::source::{Name, Symbol};
use crate::syntax::terraform;
use crate::syntax::terraform::resource::{MODULE_META, RESOURCE_META, configuration, words_of};
use crate::syntax::{
    Binding, Call, Declaration, Deployment, IgnoredChanges, Input, Mode, Repetition, Requirement,
    ResourceDeclaration,
};

impl Lowering<'_> {
    /// Reads the root of a `.tf.json` file. What aksnet needs nothing of (`moved`, `import`, `check` …) is passed over.
    pub(super) fn module(&mut self, root: &Value<'_>) {
        for (keyword, value) in self.properties(root) {
            match keyword.text.as_str() {
                "variable" => self.labelled(value, Self::variable),
                "locals" => self.locals(value),
                "output" => self.labelled(value, Self::output),
                "module" => self.labelled(value, Self::call),
                "resource" => self.resources(value, Mode::Managed),
                "data" => self.resources(value, Mode::Data),
                "terraform" => self.settings(value),
                "provider" => self.labelled(value, Self::provider),
                _ => {}
            }
        }
    }

    /// Reads the blocks with one label.
    fn labelled(&mut self, value: &Value<'_>, read: fn(&mut Self, Name, &Object<'_>)) {
        for (name, value) in self.properties(value) {
            for object in self.objects(value) {
                read(self, name.clone(), object);
            }
        }
    }

    fn resources(&mut self, value: &Value<'_>, mode: Mode) {
        for (kind, value) in self.properties(value) {
            for (name, value) in self.properties(value) {
                for object in self.objects(value) {
                    self.resource(mode, &kind, name.clone(), object);
                }
            }
        }
    }

    fn resource(&mut self, mode: Mode, kind: &Name, name: Name, object: &Object<'_>) {
        let head = name.span;
        let resource = ResourceDeclaration {
            mode,
            kind: kind.clone(),
            head,
            block: head.join(self.place(object.range())),
            body: self.body(object, head, &RESOURCE_META),
            repetition: self.repetition(object),
            depends_on: depends_on(object),
            provider: provider_of(object),
            ignored_changes: self.ignored_changes(object),
            name,
        };
        let declaration = Declaration::Resource(Box::new(resource));
        self.unit.declarations.push(declaration);
    }

    fn call(&mut self, name: Name, object: &Object<'_>) {
        let head = name.span;
        let text = |this: &Self, key: &str| get(object, key).and_then(|value| this.plain(value));
        let call = Call {
            head,
            address: text(self, "source"),
            version: text(self, "version"),
            providers: providers_of(object),
            arguments: self.arguments(object, &name),
            repetition: self.repetition(object),
            deployment: Deployment::default(),
            name,
        };
        self.unit.declarations.push(Declaration::Call(call));
    }

    /// Adds the arguments of a call: attributes all of them.
    fn arguments(&mut self, object: &Object<'_>, name: &Name) -> ExprId {
        let mut entries = Vec::new();
        for property in &object.properties {
            let key = property.name.as_str();
            if key != "//" && !MODULE_META.contains(&key) {
                entries.push(crate::expr::Entry {
                    key: self.property_key(property, Strings::Literal),
                    value: self.value(&property.value, Strings::Template),
                });
            }
        }
        self.unit.exprs.add(ExprKind::Object(entries), name.span)
    }

    fn repetition(&mut self, object: &Object<'_>) -> Repetition {
        let mut value =
            |key: &str| get(object, key).map(|value| self.value(value, Strings::Template));
        Repetition {
            count: value("count"),
            for_each: value("for_each"),
            ..Repetition::default()
        }
    }

    fn variable(&mut self, name: Name, object: &Object<'_>) {
        let input = Input {
            constraint: get(object, "type").and_then(|value| self.constraint(value)),
            default: get(object, "default").map(|value| self.value(value, Strings::Literal)),
            sensitive: flag(object, "sensitive").unwrap_or(false),
            ephemeral: flag(object, "ephemeral").unwrap_or(false),
            nullable: flag(object, "nullable"),
            name,
        };
        self.unit.declarations.push(Declaration::Input(input));
    }

    /// Adds a type constraint, which is an expression in a string.
    fn constraint(&mut self, value: &Value<'_>) -> Option<ExprId> {
        let text = value.as_string_lit()?;
        let literal = self.literal(text);
        let constraint = match terraform::json::expression(self.unit, &literal) {
            Ok(constraint) => constraint,
            Err(error) => {
                let (at, span) = (error.location().offset(), self.span(value));
                self.not_understood(&literal, at, error.message(), span)
            }
        };
        Some(constraint)
    }

    fn locals(&mut self, value: &Value<'_>) {
        for (name, value) in self.attributes(value) {
            let binding = Binding {
                name,
                value: self.value(value, Strings::Template),
                sensitive: false,
            };
            self.unit.declarations.push(Declaration::Local(binding));
        }
    }

    fn output(&mut self, name: Name, object: &Object<'_>) {
        let value = match get(object, "value") {
            Some(value) => self.value(value, Strings::Template),
            None => self.unit.exprs.add(ExprKind::Null, name.span),
        };
        let sensitive = flag(object, "sensitive").unwrap_or(false);
        self.unit.declarations.push(Declaration::Output(Binding {
            name,
            value,
            sensitive,
        }));
    }

    fn settings(&mut self, value: &Value<'_>) {
        for (key, value) in self.properties(value) {
            if *key.text == *"required_providers" {
                for (provider, value) in self.properties(value) {
                    self.requirement(provider, value);
                }
            }
        }
    }

    fn requirement(&mut self, provider: Name, value: &Value<'_>) {
        let requirement = match value {
            Value::Object(object) => Requirement {
                provider,
                address: object
                    .get_string("source")
                    .map(|text| Symbol::from(&*text.value)),
                version: object.get_string("version").map(|text| self.name(text)),
            },
            other => Requirement {
                provider,
                address: None,
                version: self.plain(other),
            },
        };
        let requirement = Declaration::Requirement(requirement);
        self.unit.declarations.push(requirement);
    }

    /// Reads the version that a provider block could give before Terraform 0.13.
    fn provider(&mut self, name: Name, object: &Object<'_>) {
        if let Some(version) = object.get_string("version") {
            let requirement = Requirement {
                provider: name,
                address: None,
                version: Some(self.name(version)),
            };
            let requirement = Declaration::Requirement(requirement);
            self.unit.declarations.push(requirement);
        }
    }

    fn ignored_changes(&mut self, object: &Object<'_>) -> IgnoredChanges {
        let mut paths = Vec::new();
        let lifecycles = get(object, "lifecycle").map(|value| self.objects(value));
        for lifecycle in lifecycles.into_iter().flatten() {
            match get(lifecycle, "ignore_changes") {
                Some(Value::StringLit(text)) if text.value == "all" => return IgnoredChanges::All,
                Some(Value::Array(list)) => {
                    let texts = list.elements.iter().filter_map(Value::as_string_lit);
                    paths.extend(texts.map(|text| without_template(&text.value)));
                }
                Some(_) | None => {}
            }
        }
        if paths.contains(&"*") {
            return IgnoredChanges::All;
        }
        let paths: Vec<Vec<Symbol>> = paths.into_iter().map(words_of).collect();
        if paths.iter().all(Vec::is_empty) {
            IgnoredChanges::None
        } else {
            IgnoredChanges::Some(paths.into_iter().filter(|path| !path.is_empty()).collect())
        }
    }
}

fn get<'v, 'j>(object: &'v Object<'j>, key: &str) -> Option<&'v Value<'j>> {
    object.get(key).map(|property| &property.value)
}

/// Returns a property that is `true` or `false`, or one of them in a string.
fn flag(object: &Object<'_>, key: &str) -> Option<bool> {
    match get(object, key)? {
        Value::BooleanLit(value) => Some(value.value),
        Value::StringLit(text) => text.value.parse().ok(),
        Value::NullKeyword(_) | Value::NumberLit(_) | Value::Object(_) | Value::Array(_) => None,
    }
}

/// Returns a reference without the `${…}` that old configurations write around it.
fn without_template(text: &str) -> &str {
    let inner = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    inner.unwrap_or(text).trim()
}

/// Returns the configuration in `"provider": "azurerm.hub"`.
fn provider_of(object: &Object<'_>) -> Option<Symbol> {
    configuration_in(get(object, "provider")?)
}

fn configuration_in(value: &Value<'_>) -> Option<Symbol> {
    let text = value.as_string_lit()?;
    configuration(&words_of(without_template(&text.value)))
}

/// Returns the pairs in `"providers": {"azurerm": "azurerm.hub"}`.
fn providers_of(object: &Object<'_>) -> Vec<(Symbol, Symbol)> {
    let Some(Value::Object(all)) = get(object, "providers") else {
        return Vec::new();
    };
    let pair = |property: &ObjectProp<'_>| {
        let inner = configuration(&words_of(property.name.as_str()));
        inner.zip(configuration_in(&property.value))
    };
    all.properties.iter().filter_map(pair).collect()
}

fn depends_on(object: &Object<'_>) -> Vec<Symbol> {
    let Some(Value::Array(list)) = get(object, "depends_on") else {
        return Vec::new();
    };
    let texts = list.elements.iter().filter_map(Value::as_string_lit);
    let words = texts.map(|text| words_of(without_template(&text.value)));
    words
        .filter_map(|words| match words.as_slice() {
            [first, second, ..] => Some(format!("{first}.{second}").into()),
            _ => None,
        })
        .collect()
}
