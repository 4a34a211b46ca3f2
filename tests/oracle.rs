//! The evaluator beside the one of hcl-rs, on what both understand: no conversions, no fractions, no errors, keys in order.

use std::collections::BTreeMap;

use aksnet::engine::{Options, evaluate_texts};
use aksnet::source::Symbol;
use aksnet::value::{Node, Tree};
use hcl::Value;
use hcl::eval::{Context, Evaluate};
use jiff::civil::date;
use proptest::prelude::*;

/// The type of a generated expression.
#[derive(Clone, Copy)]
enum Type {
    Number,
    Text,
    Bool,
    Numbers,
    Texts,
    Object,
}

/// Returns expressions of a type; nested at most `depth` deep.
fn expression(of: Type, depth: u32) -> BoxedStrategy<String> {
    let leaf = leaf(of);
    if depth == 0 {
        return leaf;
    }
    let below = move |of| expression(of, depth - 1);
    let choice = (below(Type::Bool), below(of), below(of))
        .prop_map(|(test, yes, no)| format!("({test} ? {yes} : {no})"));
    prop_oneof![
        leaf,
        choice,
        composed(of, depth - 1),
        composed(of, depth - 1)
    ]
    .boxed()
}

fn leaf(of: Type) -> BoxedStrategy<String> {
    match of {
        Type::Number => (-9..99).prop_map(|n| format!("({n})")).boxed(),
        Type::Text => "[a-c]{0,2}|é|\\$\\$\\{x\\}|\\\\n|\\\\\""
            .prop_map(|text| format!("\"{text}\""))
            .boxed(),
        Type::Bool => any::<bool>().prop_map(|value| value.to_string()).boxed(),
        Type::Numbers => prop_oneof![Just("[]"), Just("[1, 2]"), Just("local.numbers")]
            .prop_map(str::to_owned)
            .boxed(),
        Type::Texts => prop_oneof![
            Just("[]"),
            Just("[\"x\", \"y\"]"),
            Just("local.objects[*].name")
        ]
        .prop_map(str::to_owned)
        .boxed(),
        Type::Object => Just("local.object".to_owned()).boxed(),
    }
}

/// Returns expressions of a type that are made of others.
fn composed(of: Type, depth: u32) -> BoxedStrategy<String> {
    let below = move |of| expression(of, depth);
    let pair = move |of| (below(of), below(of));
    match of {
        Type::Number => prop_oneof![
            (pair(of), prop_oneof![Just("+"), Just("-"), Just("*")])
                .prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            (below(of), 1..9).prop_map(|(a, b)| format!("({a} < 0 ? {a} : {a} % {b})")),
            below(of).prop_map(|a| format!("-{a}")),
            pair(of).prop_map(|(a, b)| format!("[{a}, {b}][1]")),
            below(Type::Object).prop_map(|object| format!("{object}.a")),
        ]
        .boxed(),
        Type::Text => prop_oneof![
            (below(of), below(Type::Number)).prop_map(|(a, n)| format!("\"<${{{a}}}-${{{n}}}>\"")),
            (below(Type::Bool), below(of)).prop_map(|(test, a)| {
                format!("\"%{{ if {test} ~}} ${{{a}}} %{{ else }}no%{{ endif }}.\"")
            }),
            below(Type::Texts).prop_map(|list| format!(
                "\"%{{ for i, x in {list} }}${{i}}${{x}};%{{ endfor }}\""
            )),
            below(Type::Object).prop_map(|object| format!("{object}[\"b\"]")),
        ]
        .boxed(),
        Type::Bool => prop_oneof![
            (pair(of), prop_oneof![Just("&&"), Just("||"), Just("==")])
                .prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            (
                pair(Type::Number),
                prop_oneof![Just("<"), Just(">="), Just("!=")]
            )
                .prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            pair(Type::Text).prop_map(|(a, b)| format!("({a} == {b})")),
            below(of).prop_map(|a| format!("!{a}")),
        ]
        .boxed(),
        Type::Numbers => prop_oneof![
            (below(of), below(Type::Number))
                .prop_map(|(list, n)| format!("[for x in {list} : x + {n}]")),
            below(of).prop_map(|list| format!("[for i, x in {list} : i * x if x != 1]")),
            pair(Type::Number).prop_map(|(a, b)| format!("[{a}, {b}]")),
        ]
        .boxed(),
        Type::Texts => prop_oneof![
            (below(of), below(Type::Text))
                .prop_map(|(list, a)| format!("[for x in {list} : \"${{x}}${{{a}}}\"]")),
            below(Type::Object)
                .prop_map(|object| format!("[for k, v in {object} : \"${{k}}=${{v}}\"]")),
            below(of).prop_map(|list| format!("[for x in {list} : {{ name = x }}][*].name")),
            pair(Type::Text).prop_map(|(a, b)| format!("[{a}, {b}]")),
        ]
        .boxed(),
        Type::Object => prop_oneof![
            (below(Type::Number), below(Type::Text))
                .prop_map(|(a, b)| format!("{{ a = {a}, b = {b} }}")),
            below(of).prop_map(|object| format!("{{ for k, v in {object} : k => v }}")),
        ]
        .boxed(),
    }
}

/// What the names in the expressions stand for, for both evaluators.
const NUMBERS: &str = "[3, 1, 2]";
const OBJECTS: &str = "[{ name = \"p\" }, { name = \"q\" }]";
const OBJECT: &str = "{ a = 7, b = \"s\" }";

/// Returns what hcl-rs makes of an expression, `None` if it is an error to it.
fn theirs(expression: &str) -> Option<Value> {
    let value = |text: &str, context: &Context<'_>| {
        let body = hcl::parse(&format!("x = {text}\n")).ok()?;
        body.attributes().next()?.expr.evaluate(context).ok()
    };
    let names = [
        ("numbers", NUMBERS),
        ("objects", OBJECTS),
        ("object", OBJECT),
    ];
    let locals: Option<hcl::Map<String, Value>> = names
        .iter()
        .map(|(name, text)| Some(((*name).to_owned(), value(text, &Context::new())?)))
        .collect();
    let mut context = Context::new();
    context.declare_var("local", locals?);
    value(expression, &context)
}

/// Returns what we make of an expression.
fn ours(expression: &str) -> Tree {
    let text = format!(
        "locals {{\n  numbers = {NUMBERS}\n  objects = {OBJECTS}\n  object = {OBJECT}\n}}\noutput \"x\" {{\n  value = {expression}\n}}\n"
    );
    let options = Options::new(date(2026, 11, 22));
    let roots = evaluate_texts(&[("main.tf", &text)], &options, &|_| false);
    let roots = roots.expect("a text in memory can be evaluated");
    roots[0].outputs["x"].clone()
}

/// Tells whether two values are the same.
fn same(theirs: &Value, ours: &Tree) -> bool {
    match (theirs, &ours.node) {
        (Value::Null, Node::Null) => true,
        (Value::Bool(a), Node::Bool(b)) => a == b,
        (Value::Number(a), Node::Number(b)) => a.to_string() == b.normalize().to_string(),
        (Value::String(a), Node::Text(b)) => **a == **b,
        (Value::Array(a), Node::List(b)) => {
            a.len() == b.items.len() && a.iter().zip(&b.items).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Node::Object(b)) => {
            let a: BTreeMap<&str, &Value> =
                a.iter().map(|(key, value)| (key.as_str(), value)).collect();
            let keys = b.entries.keys().map(Symbol::as_str);
            a.keys().copied().eq(keys)
                && a.values().zip(b.entries.values()).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}

/// Returns expressions of all types.
fn any_expression() -> impl Strategy<Value = String> {
    use Type as T;
    let of = |of| expression(of, 3);
    prop_oneof![
        of(T::Number),
        of(T::Text),
        of(T::Bool),
        of(T::Numbers),
        of(T::Texts),
        of(T::Object)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree(expression in any_expression()) {
        let theirs = theirs(&expression);
        prop_assert!(theirs.is_some(), "{} is an error to hcl-rs", expression);
        let ours = ours(&expression);
        let print = crate::support::recorded::print(&ours);
        prop_assert!(theirs.as_ref().is_some_and(|theirs| same(theirs, &ours)), "{} is {:?}, ours {}", expression, theirs, print);
    }
}
