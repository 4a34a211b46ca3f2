//! Resources, data sources and module calls. Their meta-arguments are read here and are no part of their bodies.

use hcl::edit::expr::{Expression, ObjectKey, ObjectValue, TraversalOperator};
use hcl::edit::structure::{Block, Body};

use super::Lowering;
use crate::source::Symbol;
use crate::syntax::{
    Call, Declaration, Deployment, IgnoredChanges, Mode, Repetition, ResourceDeclaration,
};

/// Meta-arguments of resources and data sources.
pub(in crate::syntax) const RESOURCE_META: [&str; 7] = [
    "count",
    "for_each",
    "provider",
    "depends_on",
    "lifecycle",
    "provisioner",
    "connection",
];

/// Meta-arguments of module calls.
pub(in crate::syntax) const MODULE_META: [&str; 7] = [
    "source",
    "version",
    "count",
    "for_each",
    "providers",
    "depends_on",
    "lifecycle",
];

impl Lowering<'_> {
    pub(super) fn module(&mut self, block: &Block) {
        let Some(name) = self.only_label(block) else {
            return;
        };
        let head = self.head(block);
        let text = |key: &str| {
            block
                .body
                .get_attribute(key)
                .and_then(|attribute| self.plain_string(&attribute.value))
        };
        let (address, version) = (text("source"), text("version"));
        let repetition = self.repetition(&block.body);
        let arguments = self.body(&block.body, head, &MODULE_META);
        self.declare(Declaration::Call(Call {
            name,
            head,
            address,
            version,
            providers: providers(&block.body),
            arguments,
            repetition,
            deployment: Deployment::default(),
        }));
    }

    pub(super) fn resource(&mut self, block: &Block) {
        let keyword = block.ident.as_str();
        let [kind, name] = block.labels.as_slice() else {
            let count = block.labels.len();
            self.lost(
                block,
                format!("`{keyword}` takes two labels, its type and its name, and has {count}"),
            );
            return;
        };
        let head = self.head(block);
        let (kind, name) = (self.label(kind), self.label(name));
        let repetition = self.repetition(&block.body);
        let body = self.body(&block.body, head, &RESOURCE_META);
        let resource = ResourceDeclaration {
            mode: if keyword == "data" {
                Mode::Data
            } else {
                Mode::Managed
            },
            kind,
            name,
            head,
            block: self.span(block),
            body,
            repetition,
            depends_on: depends_on(&block.body),
            provider: provider(&block.body),
            ignored_changes: ignored_changes(&block.body),
        };
        self.declare(Declaration::Resource(Box::new(resource)));
    }

    fn repetition(&mut self, body: &Body) -> Repetition {
        let mut value = |key: &str| {
            body.get_attribute(key)
                .map(|attribute| self.expression(&attribute.value))
        };
        Repetition {
            count: value("count"),
            for_each: value("for_each"),
            ..Repetition::default()
        }
    }
}

/// Returns the words of a reference, indexes left out; a legacy string is split at its dots. Empty for anything else.
fn words(value: &Expression) -> Vec<Symbol> {
    match value {
        Expression::Variable(name) => vec![name.as_str().into()],
        Expression::Traversal(traversal) => {
            let mut words = words(&traversal.expr);
            for operator in &traversal.operators {
                if let TraversalOperator::GetAttr(name) = operator.value() {
                    words.push(name.as_str().into());
                }
            }
            words
        }
        Expression::String(text) => words_of(text),
        _ => Vec::new(),
    }
}

/// Returns the words of a reference that is written in a string, indexes left out.
pub(in crate::syntax) fn words_of(text: &str) -> Vec<Symbol> {
    text.split('.')
        .map(|word| word.split('[').next().unwrap_or(word))
        .filter(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()))
        .map(Symbol::from)
        .collect()
}

/// Returns the configuration in `provider = azurerm.hub`.
fn provider(body: &Body) -> Option<Symbol> {
    configuration(&words(&body.get_attribute("provider")?.value))
}

/// Returns what the words of a provider configuration name.
pub(in crate::syntax) fn configuration(words: &[Symbol]) -> Option<Symbol> {
    match words {
        [] => None,
        [provider] => Some(provider.clone()),
        [provider, alias, ..] => Some(format!("{provider}.{alias}").into()),
    }
}

/// Returns the pairs in `providers = { azurerm = azurerm.hub }`.
fn providers(body: &Body) -> Vec<(Symbol, Symbol)> {
    let Some(Expression::Object(all)) = body.get_attribute("providers").map(|a| &a.value) else {
        return Vec::new();
    };
    let pair = |(inner, outer): (&ObjectKey, &ObjectValue)| {
        let inner = match inner {
            ObjectKey::Ident(name) => vec![name.as_str().into()],
            ObjectKey::Expression(key) => words(key),
        };
        configuration(&inner).zip(configuration(&words(outer.expr())))
    };
    all.iter().filter_map(pair).collect()
}

fn depends_on(body: &Body) -> Vec<Symbol> {
    let Some(Expression::Array(list)) = body.get_attribute("depends_on").map(|a| &a.value) else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|value| match words(value).as_slice() {
            [first, second, ..] => Some(format!("{first}.{second}").into()),
            _ => None,
        })
        .collect()
}

fn ignored_changes(body: &Body) -> IgnoredChanges {
    let mut paths = Vec::new();
    for lifecycle in body.get_blocks("lifecycle") {
        match lifecycle
            .body
            .get_attribute("ignore_changes")
            .map(|a| &a.value)
        {
            Some(Expression::Array(list)) => {
                for value in list {
                    if value.as_str() == Some("*") {
                        return IgnoredChanges::All;
                    }
                    paths.push(words(value));
                }
            }
            Some(value) if words(value) == [Symbol::from("all")] => return IgnoredChanges::All,
            Some(_) | None => {}
        }
    }
    paths.retain(|path| !path.is_empty());
    if paths.is_empty() {
        IgnoredChanges::None
    } else {
        IgnoredChanges::Some(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::terraform::testing::unit;

    fn ignored(value: &str) -> IgnoredChanges {
        let text = format!(
            "resource \"a\" \"b\" {{\n  lifecycle {{\n    ignore_changes = {value}\n  }}\n}}\n"
        );
        match unit(&text).declarations.remove(0) {
            Declaration::Resource(resource) => resource.ignored_changes,
            other => panic!("a resource, not {other:?}"),
        }
    }

    #[test]
    fn ignored_changes_are_paths_without_indexes() {
        let paths = |paths: &[&[&str]]| {
            let path = |path: &&[&str]| path.iter().map(|word| Symbol::from(*word)).collect();
            IgnoredChanges::Some(paths.iter().map(path).collect())
        };
        assert_eq!(ignored("all"), IgnoredChanges::All);
        assert_eq!(ignored("[]"), IgnoredChanges::None);
        assert_eq!(
            ignored("[tags, pool[0].count, \"pool.0.size\", tags[\"x\"]]"),
            paths(&[&["tags"], &["pool", "count"], &["pool", "size"], &["tags"]])
        );
    }
}
