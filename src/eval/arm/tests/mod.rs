//! Expressions of Bicep and what they give: `examples` those of the documentation, `unknowns` what remains of what is not known.

mod examples;
mod unknowns;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use crate::eval::budget::Budget;
use crate::eval::dialect::Dialect;
use crate::eval::identity::Twins;
use crate::eval::{Evaluator, Outside, Repeat, Scope};
use crate::project::{InstanceId, Module, ModuleId, Project, Root};
use crate::source::{FilePath, Found, Loader, Source, Sources};
use crate::syntax::{self, Declaration};
use crate::truth::Truth;
use crate::value::{Cause, Kind, Node, Piece, Tree, Unknown};

/// Some files.
struct Disk(&'static [(&'static str, &'static str)]);

impl Loader for Disk {
    fn find(&self, path: &FilePath) -> Found {
        match self.read(path) {
            Some(_) => Found::File,
            None => Found::Nothing,
        }
    }

    fn read(&self, path: &FilePath) -> Option<Arc<[u8]>> {
        let found = self.0.iter().find(|(name, _)| *name == path.as_str())?;
        Some(found.1.as_bytes().into())
    }

    fn list(&self, _: &FilePath) -> Option<Vec<(String, Found)>> {
        None
    }

    fn source(&self, path: &FilePath, text: &str) -> Arc<Source> {
        let sources = Sources::default();
        let id = sources.add(path.as_str(), None, PathBuf::new(), text.to_owned());
        sources.get(id)
    }
}

const FILES: Disk = Disk(&[
    ("app/text.txt", "hello\n"),
    (
        "app/nested/pool.json",
        r#"{"pools": {"system": ["a", "b"]}}"#,
    ),
    ("app/pool.yaml", "name: system\ncount: 3\n"),
]);

fn project(unit: syntax::Unit) -> (Project, Root) {
    let module = Module {
        folder: FilePath::new("app").unwrap(),
        units: vec![Arc::new(unit)],
        ..Module::default()
    };
    let root = Root {
        module: ModuleId(0),
        variant: None,
        assignments: Vec::new(),
        alternatives: BTreeMap::new(),
        settled: true,
        var_files: Vec::new(),
        reaches: vec![ModuleId(0)],
        locked: None,
    };
    let project = Project {
        modules: vec![module],
        ..Project::default()
    };
    (project, root)
}

/// Evaluates an expression of Bicep in which `unknown`, `text`, `list`, `object` and `choice` are names of what is not known.
fn eval(expression: &str) -> Tree {
    let sources = Sources::default();
    let text = format!("var x = {expression}\n");
    let id = sources.add("main.bicep", None, PathBuf::new(), text);
    let unit = syntax::bicep(&sources.get(id));
    assert!(
        unit.troubles.is_empty(),
        "{expression}: {:?}",
        unit.troubles
    );
    let Some(Declaration::Local(binding)) = unit.declarations.first() else {
        panic!("{expression}");
    };
    let value = binding.value;
    let (project, root) = project(unit);
    let outside = Outside {
        loader: &FILES,
        wanted: &|_| true,
        identity: &|_| None,
    };
    let mut evaluator = Evaluator::new(&project, &root, outside, Twins::new());
    evaluator.dialect = Dialect::Arm;
    evaluator.budget = Budget::of_one_in(200);
    let unit = Arc::clone(&project.modules[0].units[0]);
    let names = names(&mut evaluator, binding_span(&unit));
    let scope = Scope {
        unit: &unit,
        instance: InstanceId::ROOT,
        repeat: &Repeat::None,
        names: None,
        item: None,
        template: Some(&names),
        is_body: false,
    };
    evaluator.eval(value, scope)
}

fn binding_span(unit: &syntax::Unit) -> crate::source::Span {
    unit.exprs.spans().next().unwrap()
}

/// Returns values that are not known, by name.
fn names(evaluator: &mut Evaluator<'_>, span: crate::source::Span) -> crate::value::Object {
    let origin = evaluator.computed(span, None);
    let of = |unknown: Unknown<Tree>| Tree::new(unknown.into(), origin);
    let unknown = || Unknown::new(Cause::Input, origin);
    let kind = |kind| of(unknown().of_kind(kind).not_null());
    let text = |text: &str| Tree::new(text.into(), origin);
    let choice = Unknown {
        one_of: Some([text("azure"), text("none")].into()),
        ..unknown().of_kind(Kind::Text).not_null()
    };
    let names = [
        ("unknown", of(unknown())),
        ("text", kind(Kind::Text)),
        ("truth", kind(Kind::Bool)),
        ("number", kind(Kind::Number)),
        ("list", kind(Kind::List)),
        ("object", kind(Kind::Object)),
        ("choice", of(choice)),
        ("secret", text("secret").mark(true)),
    ];
    let entries = names.map(|(name, value)| (name.into(), value));
    crate::value::Object::complete(BTreeMap::from(entries))
}

/// Returns a value as JSON, `"?"` for what is not known.
fn json_of(tree: &Tree) -> Value {
    match &tree.node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::from(*value),
        Node::Number(number) => serde_json::from_str(&number.normalize().to_string()).unwrap(),
        Node::Text(text) => Value::from(&**text),
        Node::List(list) => list.items.iter().map(json_of).collect(),
        Node::Object(object) => {
            let mut entries: serde_json::Map<String, Value> = object
                .entries
                .iter()
                .map(|(key, value)| (key.to_string(), json_of(value)))
                .collect();
            if object.rest.is_some() {
                entries.insert("...".to_owned(), Value::from("?"));
            }
            Value::Object(entries)
        }
        Node::Ref(_) | Node::Unknown(_) => Value::from("?"),
    }
}

fn unknown(expression: &str) -> Unknown<Tree> {
    let value = eval(expression);
    let Some(unknown) = value.as_unknown() else {
        panic!("{expression} is {}", json_of(&value));
    };
    unknown.clone()
}

/// Returns the parts of an unknown string, `?` for each that is not known.
fn parts(expression: &str) -> String {
    let unknown = unknown(expression);
    assert_eq!(
        (unknown.kind, unknown.null),
        (Some(Kind::Text), Truth::False),
        "{expression}"
    );
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Hole(_) => "?".to_owned(),
    };
    unknown
        .pieces
        .as_deref()
        .unwrap_or_default()
        .iter()
        .map(part)
        .collect()
}

/// Evaluates each line `expression ==> value`.
fn all(cases: &str) {
    for line in cases.lines().filter(|line| !line.trim().is_empty()) {
        let (expression, wanted) = line.trim().split_once(" ==> ").unwrap();
        let wanted: Value = serde_json::from_str(wanted).unwrap();
        assert_eq!(json_of(&eval(expression)), wanted, "{expression}");
    }
}
