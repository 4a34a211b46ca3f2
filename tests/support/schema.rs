//! JSON Schema as far as the schemas in `docs/` use it. A keyword that it does not know is a fault, so that nothing goes
//! unchecked.

use regex::Regex;
use serde_json::{Map, Value};

/// Words that say nothing about a value.
const NOTES: [&str; 4] = ["$schema", "$defs", "title", "description"];

/// Returns what is wrong with a value, each with its path.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let checker = Checker { root: schema };
    checker.check(schema, value, "", &mut faults);
    faults
}

struct Checker<'a> {
    root: &'a Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let keywords = schema.as_object().expect("a schema is an object");
        for (keyword, wanted) in keywords {
            let fits = match keyword.as_str() {
                "$ref" => {
                    self.check(self.definition(wanted), value, path, faults);
                    true
                }
                "type" => is_one_of(wanted, |name| has_type(value, name)),
                "enum" => is_one_of(wanted, |one| one == value),
                "const" => wanted == value,
                "minimum" => value.as_f64() >= wanted.as_f64(),
                "minItems" => length(value) >= wanted.as_u64(),
                "pattern" => matches(wanted, value),
                "oneOf" => self.fits_one(wanted, value),
                "required" => has_all(wanted, |key| value.get(key).is_some()),
                "additionalProperties" if keywords.contains_key("properties") => true,
                "properties" | "additionalProperties" => {
                    self.check_object(keywords, value, path, faults);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, item, &format!("{path}/{index}"), faults);
                    }
                    true
                }
                known => NOTES.contains(&known),
            };
            if !fits {
                faults.push(format!("{path}: {value} is not {keyword} {wanted}"));
            }
        }
    }

    fn check_object(
        &self,
        schema: &Map<String, Value>,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        for (key, inner) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            let named = schema.get("properties").and_then(|all| all.get(key));
            match named.or(schema.get("additionalProperties")) {
                Some(Value::Bool(false)) => faults.push(format!("{path} does not belong there")),
                Some(inner_schema) => self.check(inner_schema, inner, &path, faults),
                None => {}
            }
        }
    }

    fn fits_one(&self, schemas: &Value, value: &Value) -> bool {
        let fits = |schema: &&Value| {
            let mut faults = Vec::new();
            self.check(schema, value, "", &mut faults);
            faults.is_empty()
        };
        list(schemas).iter().filter(fits).count() == 1
    }

    fn definition(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
        let found = pointer.and_then(|pointer| self.root.pointer(pointer));
        found.expect("a reference leads to a definition")
    }
}

/// Tells whether a keyword's value, one or a list, holds one that passes.
fn is_one_of(wanted: &Value, passes: impl Fn(&Value) -> bool) -> bool {
    match wanted {
        Value::Array(all) => all.iter().any(passes),
        one => passes(one),
    }
}

fn has_all(wanted: &Value, passes: impl Fn(&str) -> bool) -> bool {
    let mut keys = list(wanted).iter().filter_map(Value::as_str);
    keys.all(passes)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("the keyword holds a list")
}

fn length(value: &Value) -> Option<u64> {
    u64::try_from(value.as_array()?.len()).ok()
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type is a word") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

fn matches(pattern: &Value, value: &Value) -> bool {
    let pattern = pattern.as_str().expect("a pattern is a text");
    let pattern = Regex::new(pattern).expect("a pattern is a regular expression");
    value.as_str().is_none_or(|text| pattern.is_match(text))
}

#[test]
fn a_fault_has_its_path() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a", "b"],
        "additionalProperties": false,
        "properties": {"a": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/one"}}},
        "$defs": {"one": {"oneOf": [{"type": "null"}, {"type": "integer", "minimum": 1}]}}
    });
    let faults = |value| faults(&schema, &value).len();
    assert_eq!(faults(serde_json::json!({"a": [1, null]})), 1);
    assert_eq!(faults(serde_json::json!({"a": [0, 1.5, "x"], "b": 1})), 4);
    assert_eq!(faults(serde_json::json!({"a": []})), 2);
    assert_eq!(faults(serde_json::json!([])), 2);
}
