//! What templates become.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Document, file};
use crate::source::{Source, Sources};
use crate::syntax::terraform::testing::{on_a_large_stack, show};
use crate::syntax::{ArmDeclaration, Declaration, Mode, Unit};

const SCHEMA: &str = "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\"";

fn template(members: &str) -> (Arc<Source>, Unit) {
    let sources = Sources::default();
    let text = format!("{{{SCHEMA}, {members}}}");
    let id = sources.add("main.json", None, PathBuf::new(), text);
    let source = sources.get(id);
    let (kind, unit) = file(&source).expect("a template");
    assert_eq!(kind, Document::Template);
    (source, unit)
}

/// Returns what a variable with this value becomes.
fn value(text: &str) -> String {
    let (_, unit) = template(&format!("\"variables\": {{\"x\": {text}}}"));
    assert!(unit.troubles.is_empty(), "{:?}", unit.troubles);
    match unit.declarations.as_slice() {
        [Declaration::Local(binding)] => show(&unit.exprs, binding.value),
        other => panic!("{other:?}"),
    }
}

#[test]
fn expressions() {
    assert_eq!(
        value(r#""[concat(parameters('a'), '-', variables('b').c[0])]""#),
        r#"(concat (parameters "a") "-" (variables "b").c[0])"#
    );
    assert_eq!(
        value(r#""[if(equals(1, 2), null(), createObject('a', true()))]""#),
        r#"(if (Equal 1 2) null {"a"=true})"#
    );
    assert_eq!(
        value(r#""[and(true(), not(false()), equals('it''s', 'x'))]""#),
        r#"(And (And true (Not false)) (Equal "it's" "x"))"#
    );
    assert_eq!(
        value(r#""[map(variables('a'), lambda('y', lambdaVariables('y').b))]""#),
        r#"(map (variables "a") (y => y.b))"#
    );
    assert_eq!(value(r#""[[plain]""#), r#""[plain]""#);
    assert_eq!(value(r#""[not an end""#), r#""[not an end""#);
    assert_eq!(
        value("[1, -2.5, null, {\"a\": \"b\"}]"),
        "[1 -2.5 null {\"a\"=\"b\"}]"
    );
}

#[test]
fn places_are_those_in_the_file() {
    let (source, unit) =
        template(r#""variables": {"x": "[concat('\u0041', parameters('name'))]"}"#);
    let places: Vec<&str> = unit.exprs.spans().map(|span| source.slice(span)).collect();
    assert_eq!(
        places,
        [
            r"'\u0041'",
            "'name'",
            "parameters('name')",
            r"concat('\u0041', parameters('name'))"
        ]
    );
}

#[test]
fn loops() {
    assert_eq!(
        value(
            r#"{"copy": [{"name": "all", "count": 3, "input": {"i": "[copyIndex('all', 1)]"}}]}"#
        ),
        r#"{"all"=(for _ copyIndex:all in (range 0 3): _ => {"i"=(Add copyIndex:all 1)} if _)}"#
    );
    let (_, unit) = template(
        r#""resources": [{"type": "A/b", "name": "[concat('x', copyIndex())]", "copy": {"name": "Loop", "count": 2}, "condition": true}]"#,
    );
    let [Declaration::Resource(resource)] = unit.declarations.as_slice() else {
        panic!("{:?}", unit.declarations);
    };
    let each = resource.repetition.each.expect("a loop");
    assert_eq!(
        show(&unit.exprs, each),
        r#"(for _ copyIndex:loop in (range 0 2): _ => {"type"="A/b" "name"=(concat "x" copyIndex:loop)} if true)"#
    );
}

#[test]
fn resources_in_every_spelling() {
    let (source, unit) = template(
        r#""resources": {"net": {"TYPE": "A/b", "name": "n", "resources": [{"type": "c", "name": "k"}]}, "old": {"existing": true, "type": "A/d", "name": "o"}}"#,
    );
    let told: Vec<String> = unit
        .declarations
        .iter()
        .map(|declaration| match declaration {
            Declaration::Resource(r) => format!(
                "{:?} {} {} {}",
                r.mode,
                r.kind.text,
                r.name.text,
                source.slice(r.head)
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            "Managed A/b net net",
            "Managed A/b/c A/b/c/k \"type\": \"c\"",
            "Data A/d old old"
        ]
    );
    let Declaration::Resource(child) = &unit.declarations[1] else {
        panic!("a resource");
    };
    assert_eq!(child.mode, Mode::Managed);
    assert_eq!(
        show(&unit.exprs, child.body),
        r#"{"type"="c" "name"="k" "parent"=net}"#
    );
}

#[test]
fn nested_deployments_are_calls() {
    let (_, unit) = template(
        r#""resources": [{"type": "Microsoft.Resources/deployments", "name": "net", "properties": {
          "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"a": {"value": "[variables('v')]"}},
          "template": {"parameters": {"a": {"type": "string"}}, "resources": []}}}]"#,
    );
    let [
        Declaration::Arm(ArmDeclaration::Template(nested)),
        Declaration::Call(call),
    ] = unit.declarations.as_slice()
    else {
        panic!("{:?}", unit.declarations);
    };
    assert!(nested.own_scope);
    assert_eq!(nested.unit.declarations.len(), 1);
    assert_eq!(call.address.as_ref().map(|name| &*name.text), Some("#0"));
    assert_eq!(
        show(&unit.exprs, call.arguments),
        r#"{"a"=(variables "v")}"#
    );
}

#[test]
fn parameters_and_functions() {
    let (_, unit) = template(
        r##""definitions": {"lock": {"nullable": true}}, "parameters": {"a": {"type": "securestring"}, "b": {"$ref": "#/definitions/lock"}, "c": {"defaultValue": 1}},
          "functions": [{"namespace": "my", "members": {"f": {"parameters": [{"name": "p"}], "output": {"value": "[parameters('p')]"}}}}]"##,
    );
    let inputs: Vec<(&str, bool, bool)> = unit
        .declarations
        .iter()
        .filter_map(|declaration| match declaration {
            Declaration::Input(input) => {
                Some((&*input.name.text, input.sensitive, input.default.is_some()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        inputs,
        [("a", true, false), ("b", false, true), ("c", false, true)]
    );
    let function = unit
        .declarations
        .iter()
        .find_map(|declaration| match declaration {
            Declaration::Arm(ArmDeclaration::Function(function)) => Some(function),
            _ => None,
        });
    let function = function.expect("a function");
    assert_eq!(
        (&*function.name.text, show(&unit.exprs, function.body)),
        ("my.f", "p".to_owned())
    );
}

#[test]
fn broken_templates_are_told_and_other_json_is_not() {
    let read = |text: &str| {
        let sources = Sources::default();
        let id = sources.add("x.json", None, PathBuf::new(), text.to_owned());
        file(&sources.get(id)).map(|(_, unit)| unit.troubles.len())
    };
    assert_eq!(read("{\"name\": \"x\"}"), None);
    assert_eq!(read("[1"), None);
    assert_eq!(read(&format!("{{{SCHEMA}, ")), Some(1));
    assert_eq!(
        read(&format!(
            "{{{SCHEMA}, \"variables\": {{\"x\": \"[concat(]\"}}}}"
        )),
        Some(1)
    );
    assert_eq!(
        read(&format!(
            "// comment\n{{{SCHEMA}, \"variables\": {{\"x\": \"several\n lines\"}},}}"
        )),
        Some(0)
    );
}

#[test]
fn depth_is_bounded() {
    on_a_large_stack(|| {
        let deep = format!("\"[{}1{}]\"", "f(".repeat(50_000), ")".repeat(50_000));
        let (_, unit) = template(&format!("\"variables\": {{\"x\": {deep}}}"));
        assert_eq!(unit.troubles.len(), 1);
        let nested = r#"{"type": "Microsoft.Resources/deployments", "properties": {"template": {"resources": ["#;
        let (_, unit) = template(&format!(
            "\"resources\": [{}{}]",
            nested.repeat(50),
            "]}}}".repeat(50)
        ));
        assert_eq!(unit.declarations.len(), 2);
    });
}
