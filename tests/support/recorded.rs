//! Values that Terraform gave, as JSON, beside ours: equal values, equal types as far as both say them, and the same unknown.

use aksnet::source::Symbol;
use aksnet::value::{ListKind, Node, Tree};
use serde_json::Value;

/// What stands in a record for a value that is not known before apply.
pub(crate) const UNKNOWN: &str = "(unknown)";

/// Adds to `out` where our value differs from the recorded one.
pub(crate) fn compare(place: &str, recorded: &Value, ours: &Tree, out: &mut Vec<String>) {
    if recorded == UNKNOWN {
        if !open(ours) {
            out.push(format!(
                "{place}\n  terraform (unknown)\n  ours      {}",
                print(ours)
            ));
        }
        return;
    }
    let same = match (recorded, &ours.node) {
        (Value::Null, Node::Null) => true,
        (Value::Bool(recorded), Node::Bool(ours)) => recorded == ours,
        (Value::Number(recorded), Node::Number(ours)) => {
            recorded.to_string() == ours.normalize().to_string()
        }
        (Value::String(recorded), Node::Text(ours)) => **recorded == **ours,
        (Value::Array(recorded), Node::List(list)) if recorded.len() == list.items.len() => {
            for (index, (recorded, ours)) in recorded.iter().zip(&list.items).enumerate() {
                compare(&format!("{place}[{index}]"), recorded, ours, out);
            }
            true
        }
        (Value::Object(recorded), Node::Object(object))
            if object.rest.is_none()
                && recorded
                    .keys()
                    .eq(object.entries.keys().map(Symbol::as_str)) =>
        {
            for (recorded, (name, ours)) in recorded.values().zip(&object.entries) {
                compare(&format!("{place}.{}", name.as_str()), recorded, ours, out);
            }
            true
        }
        _ => false,
    };
    if !same {
        out.push(format!(
            "{place}\n  terraform {recorded}\n  ours      {}",
            print(ours)
        ));
    }
}

/// Tells whether a value is not known, or a container of which something is not known: of such a one we may know more.
pub(crate) fn open(ours: &Tree) -> bool {
    match &ours.node {
        Node::List(list) => list.items.iter().any(open),
        Node::Object(object) => object.rest.is_some() || object.entries.values().any(open),
        _ => ours.as_unknown().is_some(),
    }
}

/// Adds to `out` where the type of our value differs from the recorded one, as `show -json` writes it. We tell no map from an
/// object, and null has no type.
pub(crate) fn compare_types(place: &str, recorded: &Value, ours: &Tree, out: &mut Vec<String>) {
    let (name, inner) = match recorded {
        Value::Array(pair) => (pair[0].as_str().unwrap_or_default(), Some(&pair[1])),
        other => (other.as_str().unwrap_or_default(), None),
    };
    let same = match &ours.node {
        Node::Null | Node::Ref(_) => true,
        Node::Unknown(_) => ours.kind().is_none_or(|kind| {
            name == kind.to_string()
                || kind.to_string() == "list" && matches!(name, "set" | "tuple")
                || kind.to_string() == "object" && name == "map"
        }),
        Node::Bool(_) => name == "bool",
        Node::Number(_) => name == "number",
        Node::Text(_) => name == "string",
        Node::List(list) => match list.kind {
            ListKind::Tuple => name == "tuple",
            ListKind::List => name == "list",
            ListKind::Set => name == "set",
        },
        Node::Object(_) => matches!(name, "object" | "map"),
    };
    if !same {
        out.push(format!(
            "type of {place}\n  terraform {recorded}\n  ours      {}",
            print(ours)
        ));
        return;
    }
    match (&ours.node, inner) {
        (Node::List(list), Some(Value::Array(types))) if name == "tuple" => {
            for (index, (recorded, ours)) in types.iter().zip(&list.items).enumerate() {
                compare_types(&format!("{place}[{index}]"), recorded, ours, out);
            }
        }
        (Node::List(list), Some(element)) => {
            for (index, ours) in list.items.iter().enumerate() {
                compare_types(&format!("{place}[{index}]"), element, ours, out);
            }
        }
        (Node::Object(object), Some(inner)) => {
            for (key, ours) in &object.entries {
                let of_map = (name == "map").then_some(inner);
                if let Some(recorded) = of_map.or_else(|| inner.get(key.as_str())) {
                    compare_types(&format!("{place}.{}", key.as_str()), recorded, ours, out);
                }
            }
        }
        _ => {}
    }
}

/// Returns our value in a line.
pub(crate) fn print(ours: &Tree) -> String {
    match &ours.node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(value) => value.normalize().to_string(),
        Node::Text(text) => format!("{text:?}"),
        Node::List(list) => {
            let items: Vec<String> = list.items.iter().map(print).collect();
            format!("{:?}[{}]", list.kind, items.join(", "))
        }
        Node::Object(object) => {
            let entries = object.entries.iter();
            let mut entries: Vec<String> = entries
                .map(|(key, value)| format!("{} = {}", key.as_str(), print(value)))
                .collect();
            entries.extend(
                object
                    .rest
                    .as_ref()
                    .map(|rest| format!("... {:?}", rest.cause)),
            );
            format!("{{{}}}", entries.join(", "))
        }
        Node::Ref(reference) => format!("(reference {:?})", reference.path),
        Node::Unknown(unknown) => format!("(unknown {:?})", unknown.cause),
    }
}
