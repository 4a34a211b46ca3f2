//! Expressions of Bicep and what they give. The values are those of the examples at
//! learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-{array,cidr,lambda,logical,numeric,object,string} and
//! operators-{access,comparison,logical,numeric,spread} (read 2026-11-22), but for those that say otherwise.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::eval::dialect::Dialect;
use crate::eval::identity::Twins;
use crate::eval::{Evaluator, Outside, Repeat, Scope};
use crate::project::{InstanceId, Module, ModuleId, Project, ProviderVersion, Root};
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
        inputs: BTreeMap::new(),
        locals: BTreeMap::new(),
        outputs: BTreeMap::new(),
        calls: BTreeMap::new(),
        resources: BTreeMap::new(),
        azurerm: ProviderVersion::default(),
        broken: false,
        third_party: false,
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
        Node::Bool(value) => json!(value),
        Node::Number(number) => serde_json::from_str(&number.normalize().to_string()).unwrap(),
        Node::Text(text) => json!(&**text),
        Node::List(list) => list.items.iter().map(json_of).collect(),
        Node::Object(object) => {
            let mut entries: serde_json::Map<String, Value> = object
                .entries
                .iter()
                .map(|(key, value)| (key.to_string(), json_of(value)))
                .collect();
            if object.rest.is_some() {
                entries.insert("...".to_owned(), json!("?"));
            }
            Value::Object(entries)
        }
        Node::Ref(_) | Node::Unknown(_) => json!("?"),
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

fn all(cases: &[(&str, Value)]) {
    for (expression, wanted) in cases {
        assert_eq!(json_of(&eval(expression)), *wanted, "{expression}");
    }
}

#[test]
fn arrays() {
    all(&[
        ("array(1)", json!([1])),
        ("array('efgh')", json!(["efgh"])),
        ("array({ a: 'b', c: 'd' })", json!([{"a": "b", "c": "d"}])),
        (
            "concat(['1-1', '1-2'], ['2-1'])",
            json!(["1-1", "1-2", "2-1"]),
        ),
        ("contains('OneTwoThree', 'e')", json!(true)),
        ("contains('OneTwoThree', 'z')", json!(false)),
        ("contains({ one: 'a', two: 'b' }, 'one')", json!(true)),
        ("contains({ one: 'a', two: 'b' }, 'ONE')", json!(true)),
        ("contains({ one: 'a', two: 'b' }, 'a')", json!(false)),
        ("contains(['one', 'three'], 'three')", json!(true)),
        ("contains(['one', 'three'], 'four')", json!(false)),
        ("empty([])", json!(true)),
        ("empty({})", json!(true)),
        ("empty('')", json!(true)),
        ("empty(null)", json!(true)),
        ("first(['one', 'two'])", json!("one")),
        ("first('One Two Three')", json!("O")),
        (
            "flatten([['one', 'two'], ['three'], ['four', ['five']]])",
            json!(["one", "two", "three", "four", ["five"]]),
        ),
        ("indexOf(['one', 'two', 'one'], 'one')", json!(0)),
        ("lastIndexOf(['one', 'two', 'one'], 'one')", json!(2)),
        ("indexOf(['one'], 'ONE')", json!(-1)),
        (
            "intersection({ one: 'a', two: 'b', three: 'c' }, { one: 'a', two: 'z', three: 'c' })",
            json!({"one": "a", "three": "c"}),
        ),
        (
            "intersection(['one', 'two', 'three'], ['two', 'three'])",
            json!(["two", "three"]),
        ),
        ("last(['one', 'two', 'three'])", json!("three")),
        ("last('One Two three')", json!("e")),
        ("length(['one', 'two', 'three'])", json!(3)),
        ("length('One Two Three')", json!(13)),
        ("length({ a: 1, b: { c: 2 } })", json!(2)),
        ("max([0, 3, 2, 5, 4])", json!(5)),
        ("max(0, 3, 2, 5, 4)", json!(5)),
        ("min([0, 3, 2, 5, 4])", json!(0)),
        ("range(5, 3)", json!([5, 6, 7])),
        ("skip(['one', 'two', 'three'], 2)", json!(["three"])),
        ("skip('one two three', 4)", json!("two three")),
        ("take(['one', 'two', 'three'], 2)", json!(["one", "two"])),
        ("take('one two three', 2)", json!("on")),
        ("take('abc', -1)", json!("")),
        ("take('abc', 99)", json!("abc")),
        (
            "union(['one', 'two', 'three'], ['three', 'four', 'two'])",
            json!(["one", "two", "three", "four"]),
        ),
        (
            "union([['one', 'two'], ['three']], [['three'], ['four', 'two']])",
            json!([["one", "two"], ["three"], ["four", "two"]]),
        ),
    ]);
}

#[test]
fn objects() {
    all(&[
        (
            "union({ one: 'a', three: 'c1' }, { three: 'c2', four: 'd' })",
            json!({"one": "a", "three": "c2", "four": "d"}),
        ),
        (
            "union({ property: { one: 'a', three: 'c1' }, nestedArray: [1, 2] }, { property: { three: 'c2' }, nestedArray: [3, 4] })",
            json!({"property": {"one": "a", "three": "c2"}, "nestedArray": [3, 4]}),
        ),
        (
            "shallowMerge([{ one: { a: 1 } }, { one: { b: 2 } }])",
            json!({"one": {"b": 2}}),
        ),
        (
            "{ ...{ foo: 1, bar: 2 }, bar: 3 }",
            json!({"foo": 1, "bar": 3}),
        ),
        ("[ 1, ...[2, 3], 4 ]", json!([1, 2, 3, 4])),
        (
            "items({ item002: { n: 200 }, item001: { n: 300 } })",
            json!([{"key": "item001", "value": {"n": 300}}, {"key": "item002", "value": {"n": 200}}]),
        ),
        ("objectKeys({ a: 1, b: 2 })", json!(["a", "b"])),
        ("json('null')", json!(null)),
        ("json('{\"a\": \"b\"}')", json!({"a": "b"})),
        ("json('true')", json!(true)),
        ("json('3')", json!(3)),
        (
            "json(concat('{\"a\": \"', 'demo value', '\"}'))",
            json!({"a": "demo value"}),
        ),
        ("{ a: 1 }.?b", json!(null)),
        ("{ a: { b: 2 } }.?a.b", json!(2)),
        ("{ a: 1 }.?b.c.d", json!(null)),
        ("[1, 2][?5]", json!(null)),
        ("[1, 2, 3][^1]", json!(3)),
        ("[1, 2, 3][?^4]", json!(null)),
        ("null ?? 'a'", json!("a")),
        ("'a' ?? unknown", json!("a")),
    ]);
}

#[test]
fn strings() {
    all(&[
        ("base64('one, two, three')", json!("b25lLCB0d28sIHRocmVl")),
        (
            "base64ToString('b25lLCB0d28sIHRocmVl')",
            json!("one, two, three"),
        ),
        (
            "base64ToJson(base64('{\"one\": \"a\"}'))",
            json!({"one": "a"}),
        ),
        (
            "dataUri('Hello')",
            json!("data:text/plain;charset=utf8;base64,SGVsbG8="),
        ),
        (
            "dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')",
            json!("Hello, World!"),
        ),
        ("startsWith('abcdef', 'A')", json!(true)),
        ("startsWith('abcdef', 'e')", json!(false)),
        ("endsWith('abcdef', 'F')", json!(true)),
        ("endsWith('abcdef', 'e')", json!(false)),
        (
            "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)",
            json!("Hello, User. Formatted number: 8,175,133"),
        ),
        (
            "format('{{{0:D3}}} {1,-4}|{1,4}|{2}', 7, 'ab', true)",
            json!("{007} ab  |  ab|True"),
        ),
        ("indexOf('test', 't')", json!(0)),
        ("lastIndexOf('test', 't')", json!(3)),
        ("indexOf('abcdef', 'CD')", json!(2)),
        ("lastIndexOf('abcdef', 'AB')", json!(0)),
        ("indexOf('abcdef', 'z')", json!(-1)),
        ("join(['one', 'two', 'three'], ',')", json!("one,two,three")),
        ("padLeft('123', 10, '0')", json!("0000000123")),
        ("padLeft(7, 3, '0')", json!("007")),
        ("replace('123-123-1234', '-', '')", json!("1231231234")),
        (
            "replace('123-123-1234', '1234', 'xxxx')",
            json!("123-123-xxxx"),
        ),
        (
            "split('one,two,three', ',')",
            json!(["one", "two", "three"]),
        ),
        (
            "split('one;two,three', [',', ';'])",
            json!(["one", "two", "three"]),
        ),
        ("string(['a', 'b', 'c'])", json!("[\"a\",\"b\",\"c\"]")),
        ("string(5)", json!("5")),
        ("substring('one two three', 4, 3)", json!("two")),
        ("toLower('One Two Three')", json!("one two three")),
        ("toUpper('One Two Three')", json!("ONE TWO THREE")),
        ("trim('    one two three   ')", json!("one two three")),
        (
            "uri('http://contoso.org/firstpath', 'myscript.sh')",
            json!("http://contoso.org/myscript.sh"),
        ),
        (
            "uri('http://contoso.org/firstpath/', 'myscript.sh')",
            json!("http://contoso.org/firstpath/myscript.sh"),
        ),
        (
            "uriComponent('http://contoso.com/resources/nested/azuredeploy.json')",
            json!("http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json"),
        ),
        (
            "uriComponentToString('http%3A%2F%2Fcontoso.com%2Fa+b')",
            json!("http://contoso.com/a+b"),
        ),
        // From the compiler's own tests: src/Bicep.Core.IntegrationTests/EvaluationTests.cs of Azure/bicep.
        (
            "'>${false}<>${12948}<>${'hello!'}<'",
            json!(">False<>12948<>hello!<"),
        ),
        ("'${3}'", json!("3")),
    ]);
    assert_eq!(
        unknown("substring('1234567890', 0, 11)").cause,
        Cause::Wrong
    );
}

#[test]
fn addresses() {
    all(&[
        (
            "parseCidr('10.144.0.0/20')",
            json!({
                "network": "10.144.0.0", "netmask": "255.255.240.0", "broadcast": "10.144.15.255",
                "firstUsable": "10.144.0.1", "lastUsable": "10.144.15.254", "cidr": 20
            }),
        ),
        (
            "parseCidr('fdad:3236:5555::/48')",
            json!({
                "network": "fdad:3236:5555::", "netmask": "ffff:ffff:ffff::", "firstUsable": "fdad:3236:5555::",
                "lastUsable": "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff", "cidr": 48
            }),
        ),
        (
            "map(range(0, 3), i => cidrSubnet('10.144.0.0/20', 24, i))",
            json!(["10.144.0.0/24", "10.144.1.0/24", "10.144.2.0/24"]),
        ),
        (
            "cidrSubnet('fdad:3236:5555::/48', 52, 4)",
            json!("fdad:3236:5555:4000::/52"),
        ),
        ("cidrHost('10.144.3.0/24', 0)", json!("10.144.3.1")),
        ("cidrHost('10.144.3.0/24', 253)", json!("10.144.3.254")),
        (
            "cidrHost('fdad:3236:5555:3000::/52', 4)",
            json!("fdad:3236:5555:3000::5"),
        ),
    ]);
    for wrong in [
        "cidrSubnet('10.0.0.0/20', 19, 0)",
        "cidrSubnet('10.0.0.0/20', 24, 16)",
        "cidrHost('10.144.3.0/24', 254)",
        "parseCidr('10.0.0/8')",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}

const DOGS: &str = "[{ name: 'Evie', age: 5, interests: ['Ball', 'Frisbee'] }, { name: 'Casper', age: 3, interests: ['Other dogs'] }, \
                    { name: 'Indy', age: 2, interests: ['Butter'] }, { name: 'Kira', age: 8, interests: ['Rubs'] }]";

#[test]
fn lambdas() {
    let cases = [
        (
            "map(filter(DOGS, dog => dog.age >= 5), dog => dog.name)",
            json!(["Evie", "Kira"]),
        ),
        (
            "filter(range(0, 10), i => 0 == i % 2)",
            json!([0, 2, 4, 6, 8]),
        ),
        (
            "map(DOGS, dog => 'Hello ${dog.name}!')",
            json!(["Hello Evie!", "Hello Casper!", "Hello Indy!", "Hello Kira!"]),
        ),
        (
            "map(['a', 'b'], (item, i) => '${item}${i}')",
            json!(["a0", "b1"]),
        ),
        (
            "filter(['a', 'b', 'c'], (item, i) => i > 0)",
            json!(["b", "c"]),
        ),
        (
            "reduce(map(DOGS, dog => dog.age), 0, (cur, next) => cur + next)",
            json!(18),
        ),
        (
            "reduce(map(DOGS, dog => dog.age), 1, (cur, next) => cur + next)",
            json!(19),
        ),
        ("reduce([1, 1, 1], 0, (cur, next, i) => cur + i)", json!(3)),
        (
            "reduce([{ foo: 123 }, { bar: 456 }], {}, (cur, next) => union(cur, next))",
            json!({"foo": 123, "bar": 456}),
        ),
        (
            "map(sort(DOGS, (a, b) => a.age < b.age), dog => dog.name)",
            json!(["Indy", "Casper", "Evie", "Kira"]),
        ),
        (
            "sort([3, 1, 2, 3, 0], (a, b) => a <= b)",
            json!([0, 1, 2, 3, 3]),
        ),
        (
            "toObject(DOGS, entry => entry.name, entry => entry.age)",
            json!({"Evie": 5, "Casper": 3, "Indy": 2, "Kira": 8}),
        ),
        ("toObject(['a'], entry => entry)", json!({"a": "a"})),
        (
            "groupBy(['foo', 'bar', 'baz'], x => substring(x, 0, 1))",
            json!({"f": ["foo"], "b": ["bar", "baz"]}),
        ),
        (
            "mapValues({ foo: 'foo', bar: 'bar' }, val => toUpper(val))",
            json!({"foo": "FOO", "bar": "BAR"}),
        ),
        (
            "map([1, 2], x => map([10, 20], y => x * y))",
            json!([[10, 20], [20, 40]]),
        ),
    ];
    for (expression, wanted) in cases {
        let expression = expression.replace("DOGS", DOGS);
        assert_eq!(json_of(&eval(&expression)), wanted, "{expression}");
    }
    for wrong in [
        "map({ a: 1 }, x => x)",
        "filter([1], x => x)",
        "map([1])",
        "reduce([1], 0)",
        "sort([1, 2], (a, b) => a)",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}

#[test]
fn operators() {
    all(&[
        ("7 / 2", json!(3)),
        ("(1 + 3) * 5 % 7", json!(6)),
        ("6 / 11 - 13", json!(-13)),
        ("'a' == 'A'", json!(false)),
        ("'a' =~ 'A'", json!(true)),
        ("'a' !~ 'A'", json!(false)),
        ("1 == '1'", json!(false)),
        ("[1, 2] == range(1, 2)", json!(true)),
        ("'a' < 'b'", json!(true)),
        ("true || unknown", json!(true)),
        ("truth && false", json!(false)),
        ("true ? 1 : fail('never')", json!(1)),
        ("true ? 1 : '1'", json!(1)),
        ("bool('True')", json!(true)),
        ("bool(0)", json!(false)),
        ("int('4')", json!(4)),
        ("any(4)", json!(4)),
        ("sys.toLower('A')", json!("a")),
        ("TOLOWER('A')", json!("a")),
    ]);
    for wrong in [
        "1 + '1'",
        "'true' ? 1 : 2",
        "!1",
        "1 / 0",
        "fail('x')",
        "toLower(1)",
        "concat([1], 'a')",
        "int('x')",
    ] {
        assert_eq!(unknown(wrong).cause, Cause::Wrong, "{wrong}");
    }
}

#[test]
fn what_is_known_of_unknown_arguments_is_kept() {
    assert_eq!(parts("concat('rg-', text, '-x')"), "rg-?-x");
    assert_eq!(parts("format('{0}-{1}', 'rg', text)"), "rg-?");
    assert_eq!(parts("toLower('RG-${text}')"), "rg-?");
    assert_eq!(parts("replace('a-b-${text}', '-', '')"), "ab?");
    assert_eq!(parts("join(['a', text], '/')"), "a/?");
    assert_eq!(parts("take('aks-${text}', 63)"), "aks-?");
    assert_eq!(parts("'${text}'"), "?");
    all(&[
        ("take('aks-${text}', 3)", json!("aks")),
        ("empty('aks-${text}')", json!(false)),
        ("startsWith('aks-${text}', 'AKS')", json!(true)),
        ("contains(['a', unknown], 'a')", json!(true)),
        ("contains(['azure', 'none', 'x'], choice)", json!(true)),
        ("length([unknown, unknown])", json!(2)),
        ("first([1, unknown])", json!(1)),
        (
            "union({ a: 1, b: { c: 1 } }, object)",
            json!({"a": "?", "b": "?", "...": "?"}),
        ),
        (
            "union(object, { a: 1, b: { c: 1 } })",
            json!({"a": 1, "b": {"c": 1, "...": "?"}, "...": "?"}),
        ),
        (
            "union({ a: unknown }, { a: { c: 1 } })",
            json!({"a": {"c": 1, "...": "?"}}),
        ),
        (
            "shallowMerge([object, { a: { b: 1 } }])",
            json!({"a": {"b": 1}, "...": "?"}),
        ),
        ("map([1, unknown], x => x)", json!([1, "?"])),
        ("object.?a", json!("?")),
        (
            "json(string({ a: 1, b: unknown }))",
            json!({"a": 1, "b": "?"}),
        ),
    ]);
    let bounds = unknown("length('aks-${text}')").bounds;
    assert_eq!(bounds.and_then(|bounds| bounds.low), Some(4));
}

#[test]
fn what_cannot_be_known_is_unknown_of_its_kind() {
    let kinds = [
        ("filter([1, 2], x => truth)", Some(Kind::List)),
        ("sort([1, unknown], (a, b) => a < b)", Some(Kind::List)),
        ("map(list, x => x)", Some(Kind::List)),
        ("mapValues(object, x => x)", Some(Kind::Object)),
        ("reduce(list, 0, (a, b) => a + b)", None),
        ("contains(['a', unknown], 'b')", Some(Kind::Bool)),
        ("empty(list)", Some(Kind::Bool)),
        ("cidrSubnet(text, 24, 0)", Some(Kind::Text)),
        ("number + 1", Some(Kind::Number)),
        ("number < 1", Some(Kind::Bool)),
        ("union(['a'], [unknown])", Some(Kind::List)),
        ("guid(text)", Some(Kind::Text)),
        ("text =~ 'a'", Some(Kind::Bool)),
        ("truth ? 1 : 2", Some(Kind::Number)),
        ("first(list)", None),
        ("items(object)", Some(Kind::List)),
        ("split(text, ',')", Some(Kind::List)),
    ];
    for (expression, kind) in kinds {
        let unknown = unknown(expression);
        assert_eq!(
            (unknown.kind, unknown.cause),
            (kind, Cause::Input),
            "{expression}"
        );
    }
    let functions = [
        ("uniqueString('a')", Some(Kind::Text)),
        ("newGuid()", Some(Kind::Text)),
        ("utcNow('d')", Some(Kind::Text)),
        ("pickZones('a', 'b', 'c')", Some(Kind::List)),
        ("az.getSecret('a', 'b', 'c', 'd')", Some(Kind::Text)),
        ("listKeys('a', '2021-01-01')", None),
    ];
    for (expression, kind) in functions {
        let unknown = unknown(expression);
        assert_eq!(
            (unknown.kind, unknown.cause),
            (kind, Cause::Function),
            "{expression}"
        );
    }
    for undocumented in [
        "string({ a: 1, b: 2 })",
        "'${[1]}-${{}}'",
        "json('{\\'a\\': 1}')",
        "buildUri({})",
        "'a' < 'B'",
    ] {
        assert_eq!(
            unknown(undocumented).cause,
            Cause::NotSupported,
            "{undocumented}"
        );
    }
}

#[test]
fn the_branch_that_is_not_taken_is_not_evaluated() {
    let chosen = unknown("unknown ?? 'a'");
    assert_eq!((chosen.null, chosen.cause), (Truth::False, Cause::Input));
    let kinds = unknown("choice ?? 'a'");
    assert_eq!(kinds.one_of.map(|all| all.len()), Some(2));
    assert_eq!(unknown("null ?? unknown").null, Truth::Unknown);
    assert_eq!(json_of(&eval("null ?? null")), Value::Null);
}

#[test]
fn secrets_stay_secret() {
    for expression in [
        "toUpper(secret)",
        "map([secret], x => x)[0]",
        "filter(['a'], x => secret == x)",
        "listKeys('a', 'b')",
        "kv.getSecret('a')",
        "secret ?? 'a'",
        "{ a: secret }.?a",
    ] {
        assert!(eval(expression).sensitive, "{expression}");
    }
    assert!(!eval("toUpper('a')").sensitive);
}

#[test]
fn the_same_hash_is_the_same_quantity() {
    assert_eq!(
        json_of(&eval("uniqueString('a') == uniqueString('a')")),
        json!(true)
    );
    assert_eq!(
        json_of(&eval("uniqueString('a') == uniqueString('b')")),
        json!("?")
    );
}

#[test]
fn files_are_named_from_the_folder_of_the_file() {
    all(&[
        ("loadTextContent('text.txt')", json!("hello\n")),
        ("loadTextContent('./text.txt', 'utf-8')", json!("hello\n")),
        ("loadFileAsBase64('text.txt')", json!("aGVsbG8K")),
        (
            "loadJsonContent('nested/pool.json')",
            json!({"pools": {"system": ["a", "b"]}}),
        ),
        (
            "loadJsonContent('nested/pool.json', 'pools.system')",
            json!(["a", "b"]),
        ),
        (
            "loadJsonContent('nested/pool.json', '$.pools')",
            json!({"system": ["a", "b"]}),
        ),
        (
            "loadYamlContent('pool.yaml')",
            json!({"name": "system", "count": 3}),
        ),
    ]);
    assert_eq!(unknown("loadTextContent('none.txt')").cause, Cause::Wrong);
    assert_eq!(
        unknown("loadTextContent('../../out.txt')").cause,
        Cause::Function
    );
    assert_eq!(
        unknown("loadJsonContent('nested/pool.json', 'pools[0]')").cause,
        Cause::NotSupported
    );
    assert_eq!(
        unknown("loadTextContent('text.txt', 'us-ascii')").cause,
        Cause::NotSupported
    );
}

#[test]
fn what_costs_too_much_is_given_up() {
    let deep = (0..12).fold("[1]".to_owned(), |inner, _| {
        format!("map(range(0, 9999), x => {inner})")
    });
    assert_eq!(unknown(&format!("length({deep})[0]")).cause, Cause::Budget);
    let long = (0..30).fold("'aaaaaaaaaa'".to_owned(), |inner, _| {
        format!("replace({inner}, 'a', 'aaaaaaaaaa')")
    });
    assert_eq!(unknown(&long).cause, Cause::Budget);
}
