//! Unknown is never true, false, empty or zero, and what is known of it is kept.

use serde_json::Value;

use super::{all, eval, json_of, parts, unknown};
use crate::truth::Truth;
use crate::value::{Cause, Kind};

#[test]
fn what_is_known_of_unknown_arguments_is_kept() {
    assert_eq!(parts("concat('rg-', text, '-x')"), "rg-?-x");
    assert_eq!(parts("format('{0}-{1}', 'rg', text)"), "rg-?");
    assert_eq!(parts("toLower('RG-${text}')"), "rg-?");
    assert_eq!(parts("replace('a-b-${text}', '-', '')"), "ab?");
    assert_eq!(parts("join(['a', text], '/')"), "a/?");
    assert_eq!(parts("take('aks-${text}', 63)"), "aks-?");
    assert_eq!(parts("'${text}'"), "?");
    all(r#"
        take('aks-${text}', 3) ==> "aks"
        empty('aks-${text}') ==> false
        startsWith('aks-${text}', 'AKS') ==> true
        contains(['a', unknown], 'a') ==> true
        contains(['azure', 'none', 'x'], choice) ==> true
        length([unknown, unknown]) ==> 2
        first([1, unknown]) ==> 1
        union({ a: 1, b: { c: 1 } }, object) ==> {"a": "?", "b": "?", "...": "?"}
        union(object, { a: 1, b: { c: 1 } }) ==> {"a": 1, "b": {"c": 1, "...": "?"}, "...": "?"}
        union({ a: unknown }, { a: { c: 1 } }) ==> {"a": {"c": 1, "...": "?"}}
        shallowMerge([object, { a: { b: 1 } }]) ==> {"a": {"b": 1}, "...": "?"}
        map([1, unknown], x => x) ==> [1, "?"]
        object.?a ==> "?"
        json(string({ a: 1, b: unknown })) ==> {"a": 1, "b": "?"}
    "#);
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
        Value::from(true)
    );
    assert_eq!(
        json_of(&eval("uniqueString('a') == uniqueString('b')")),
        Value::from("?")
    );
}

#[test]
fn files_are_named_from_the_folder_of_the_file() {
    all(r#"
        loadTextContent('text.txt') ==> "hello\n"
        loadTextContent('./text.txt', 'utf-8') ==> "hello\n"
        loadFileAsBase64('text.txt') ==> "aGVsbG8K"
        loadJsonContent('nested/pool.json') ==> {"pools": {"system": ["a", "b"]}}
        loadJsonContent('nested/pool.json', 'pools.system') ==> ["a", "b"]
        loadJsonContent('nested/pool.json', '$.pools') ==> {"system": ["a", "b"]}
        loadYamlContent('pool.yaml') ==> {"name": "system", "count": 3}
    "#);
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
