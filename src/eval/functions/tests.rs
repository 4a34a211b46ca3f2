//! What functions make of unknown arguments. What they answer to known ones is recorded from Terraform: `tests/recorded.rs`.

use rust_decimal::Decimal;
use serde_json::Value;

use super::*;
use crate::truth::Truth;
use crate::value::{Piece, Reference, ResourceId, Step};

const HERE: ProvId = ProvId(7);

fn tree(node: impl Into<Node>) -> Tree {
    Tree::new(node.into(), ProvId(1))
}

fn number(number: i64) -> Tree {
    tree(Decimal::from(number))
}

fn list(items: Vec<Tree>) -> Tree {
    tree(TreeList::tuple(items))
}

fn object(entries: Vec<(&str, Tree)>) -> Tree {
    let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
    tree(Object::complete(entries.collect()))
}

fn unknown() -> Unknown<Tree> {
    Unknown::new(Cause::Input, ProvId(3))
}

fn unknown_text() -> Tree {
    tree(unknown().of_kind(Kind::Text).not_null())
}

fn call(name: &str, args: &[Tree]) -> Answer {
    let mut budget = Budget::of_one_in(1);
    let function = find(name).ok_or_else(|| Failure::Wrong(format!("no function {name}")))?;
    function(&mut Call {
        args,
        here: HERE,
        budget: &mut budget,
    })
}

/// Returns the unknown that a call gives.
fn unknown_of(answer: Answer) -> Unknown<Tree> {
    match answer {
        Ok(tree) => tree.as_unknown().unwrap().clone(),
        Err(Failure::Unknown(unknown)) => unknown,
        Err(Failure::Wrong(why)) => panic!("{why}"),
    }
}

fn json(tree: &Tree) -> Result<Value, Failure> {
    let encoded = call("jsonencode", std::slice::from_ref(tree))?;
    Ok(serde_json::from_str(encoded.as_text().unwrap()).unwrap())
}

#[test]
fn the_table_is_sorted() {
    assert!(FUNCTIONS.is_sorted_by_key(|(name, _)| name));
    assert!(find(plain("core::upper")).is_some());
    assert!(find("try").is_none() && find("file").is_none());
    assert!(is_impure("timestamp") && is_impure("provider::azurerm::x") && !is_impure("upper"));
}

/// Returns the parts of an unknown string, `?` for each that is not known.
fn parts(unknown: &Unknown<Tree>) -> Vec<String> {
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

#[test]
fn strings_keep_their_known_parts() {
    let joined = call(
        "join",
        &[tree("-"), list(vec![tree("a"), unknown_text(), tree("b")])],
    );
    assert_eq!(parts(&unknown_of(joined)), ["a-", "?", "-b"]);
    let formatted = call("format", &[tree("rg-%s-%02d"), unknown_text(), number(7)]);
    let formatted = tree(unknown_of(formatted));
    assert_eq!(parts(formatted.as_unknown().unwrap()), ["rg-", "?", "-07"]);
    let nested = unknown_of(call("format", &[tree("x/%s"), formatted]));
    assert_eq!(parts(&nested), ["x/rg-", "?", "-07"]);
    assert_eq!((nested.kind, nested.null), (Some(Kind::Text), Truth::False));
}

#[test]
fn collections_are_known_as_far_as_possible() {
    let some = list(vec![tree("a"), tree(unknown())]);
    let is = |answer: Answer, wanted: Value| assert_eq!(json(&answer.unwrap()).unwrap(), wanted);
    is(call("length", std::slice::from_ref(&some)), 2.into());
    is(call("contains", &[some.clone(), tree("a")]), true.into());
    is(call("element", &[some.clone(), number(0)]), "a".into());
    is(
        call("alltrue", &[list(vec![tree(unknown()), tree(false)])]),
        false.into(),
    );
    is(
        call("coalesce", &[tree(Node::Null), tree("a"), tree(unknown())]),
        "a".into(),
    );
    assert_eq!(
        unknown_of(call("contains", &[some.clone(), tree("b")])).kind,
        Some(Kind::Bool)
    );
    assert_eq!(
        call("concat", &[some.clone(), some])
            .unwrap()
            .as_list()
            .unwrap()
            .items
            .len(),
        4
    );
    let subnet = unknown_of(call("cidrsubnet", &[tree(unknown()), number(8), number(1)]));
    assert_eq!((subnet.kind, subnet.null), (Some(Kind::Text), Truth::False));
    assert_eq!((subnet.cause, subnet.origin), (Cause::Input, ProvId(3)));
}

#[test]
fn an_unknown_map_may_override_what_stands_before_it() {
    let merged = call(
        "merge",
        &[
            object(vec![("a", number(1))]),
            tree(unknown()),
            object(vec![("b", number(2))]),
        ],
    )
    .unwrap();
    assert!(merged.as_object().unwrap().rest.is_some());
    let look = |key: &str| call("lookup", &[merged.clone(), tree(key), number(0)]);
    assert!(look("a").unwrap().as_unknown().is_some());
    assert_eq!(json(&look("b").unwrap()).unwrap(), 2);
    assert!(matches!(look("c"), Err(Failure::Unknown(_))));
    assert_eq!(
        unknown_of(call("length", &[merged])).bounds.unwrap().low,
        Some(2)
    );
}

#[test]
fn sets_are_known_when_their_elements_surely_differ() {
    let same = list(vec![tree("a"), tree(unknown())]);
    assert!(matches!(call("toset", &[same]), Err(Failure::Unknown(_))));
    let differ = Unknown {
        one_of: Some([tree("b"), tree("c")].into()),
        ..unknown().of_kind(Kind::Text).not_null()
    };
    let set = call("toset", &[list(vec![tree(differ), tree("a")])]).unwrap();
    assert_eq!(set.as_list().unwrap().items.len(), 2);
    assert!(matches!(call("tolist", &[set]), Err(Failure::Unknown(_))));
}

#[test]
fn attributes_of_resources_are_unknown_and_elements_keep_their_place() {
    let reference = |path| {
        tree(Node::Ref(std::sync::Arc::new(Reference {
            resource: ResourceId(1),
            path,
            unknown: unknown(),
        })))
    };
    let id = reference(vec![Step::Name("id".into())]);
    let first = call("element", &[list(vec![id.clone()]), number(0)]).unwrap();
    assert_eq!(first.prov, ProvId(1));
    assert!(matches!(first.node, Node::Ref(_)));
    assert_eq!(
        parts(&unknown_of(call("format", &[tree("%s/x"), id]))),
        ["?", "/x"]
    );
    assert!(matches!(
        call("length", &[reference(vec![])]),
        Err(Failure::Unknown(_))
    ));
}

#[test]
fn what_is_sensitive_inside_is_found() {
    let secret = list(vec![object(vec![("a", tree("x").mark(true))])]);
    assert!(holds_sensitive(&secret, &mut Budget::of_one_in(1)));
    assert!(!holds_sensitive(
        &list(vec![tree("x")]),
        &mut Budget::of_one_in(1)
    ));
}

/// Returns a string that begins and ends with known characters.
fn in_parts(first: &str, last: &str) -> Tree {
    call(
        "join",
        &[
            tree("-"),
            list(vec![tree(first), unknown_text(), tree(last)]),
        ],
    )
    .unwrap()
}

#[test]
fn known_parts_of_a_string_answer_questions() {
    let text = in_parts("rg", "aks");
    let ask = |name: &str, other: &str| match call(name, &[text.clone(), tree(other)]) {
        Ok(answer) => Some(matches!(answer.node, Node::Bool(true))),
        Err(Failure::Unknown(unknown)) => {
            assert_eq!(
                (unknown.kind, unknown.null),
                (Some(Kind::Bool), Truth::False)
            );
            None
        }
        Err(Failure::Wrong(why)) => panic!("{why}"),
    };
    assert_eq!(ask("startswith", "rg"), Some(true));
    assert_eq!(ask("startswith", "vnet"), Some(false));
    assert_eq!(ask("startswith", "rg-hub"), None);
    assert_eq!(ask("endswith", "-aks"), Some(true));
    assert_eq!(ask("endswith", "aws"), Some(false));
    assert_eq!(ask("endswith", "1-aks"), None);
    assert_eq!(ask("strcontains", "rg"), Some(true));
    assert_eq!(ask("strcontains", "hub"), None);
}

#[test]
fn of_unknown_arguments_the_kind_is_known() {
    let kinds = [
        (
            Kind::Text,
            "md5 sha1 sha256 sha512 base64sha256 base64sha512 basename dirname abspath pathexpand yamlencode \
          base64gzip base64gunzip urldecode",
        ),
        (Kind::List, "csvdecode"),
    ];
    for (kind, names) in kinds {
        for name in names.split_whitespace() {
            let result = unknown_of(call(name, &[unknown_text()]));
            assert_eq!(
                (result.kind, result.null),
                (Some(kind), Truth::False),
                "{name}"
            );
            assert_eq!(result.cause, Cause::Input, "{name}");
        }
    }
    let moment = tree("2017-11-22T00:00:00Z");
    for (name, kind) in [("timeadd", Kind::Text), ("timecmp", Kind::Number)] {
        assert_eq!(
            unknown_of(call(name, &[moment.clone(), unknown_text()])).kind,
            Some(kind)
        );
    }
    assert_eq!(
        unknown_of(call("log", &[tree(unknown()), number(2)])).kind,
        Some(Kind::Number)
    );
    assert_eq!(unknown_of(call("yamldecode", &[unknown_text()])).kind, None);
    let inside = call("yamlencode", &[list(vec![number(1), tree(unknown())])]);
    assert_eq!(unknown_of(inside).cause, Cause::Input);
}

#[test]
fn what_only_opentofu_has() {
    let is = |answer: Answer, wanted: &str| {
        assert_eq!(answer.unwrap().as_text().unwrap().as_ref(), wanted);
    };
    is(call("urldecode", &[tree("a+b%20%C3%BC")]), "a b \u{fc}");
    assert!(matches!(
        call("urldecode", &[tree("%zz")]),
        Err(Failure::Wrong(_))
    ));
    assert!(matches!(
        call("urldecode", &[tree("%")]),
        Err(Failure::Wrong(_))
    ));
    is(
        call(
            "base64gunzip",
            &[tree("H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==")],
        ),
        "hello",
    );
    assert!(matches!(
        call("base64gunzip", &[tree("aGVsbG8=")]),
        Err(Failure::Wrong(_))
    ));
}

#[test]
fn ties_of_computed_numbers_are_not_rounded() {
    let tie = tree(Decimal::new(1005, 3));
    assert_eq!(
        unknown_of(call("format", &[tree("%.2f"), tie])).kind,
        Some(Kind::Text)
    );
}

#[test]
fn what_grows_is_paid_before_it_is_made() {
    let huge = ["format", "indent", "replace", "setproduct"];
    let wide = list((0..2000).map(number).collect());
    let text = "\n".repeat(100_000);
    for (name, args) in huge.iter().zip([
        vec![tree("%999999999999s"), tree("a")],
        vec![number(1_000_000_000), tree("a\nb")],
        vec![tree(text.as_str()), tree("\n"), tree(text.as_str())],
        vec![wide.clone(), wide.clone(), wide],
    ]) {
        assert_eq!(unknown_of(call(name, &args)).cause, Cause::Budget, "{name}");
    }
}

#[test]
fn deep_values_overflow_no_stack() {
    let deep = (0..2000).fold(list(vec![]), |inner, _| list(vec![inner]));
    let copy = (0..2000).fold(list(vec![]), |inner, _| list(vec![inner]));
    for name in ["tolist", "toset", "jsonencode", "flatten", "tostring"] {
        let _ = call(name, &[list(vec![deep.clone(), copy.clone()])]);
    }
    let _ = call("contains", &[list(vec![deep]), copy]);
}

proptest::proptest! {
    #[test]
    fn no_call_panics(seed in proptest::collection::vec((0usize..24, -5i64..300), 0..4)) {
        let texts = ["", "a", "é\r\n", "%[1]5.3v%-08.2f%x", "/(a|)*/", "10.0.0.0/8", "fd00::/127", "{\"a\":[1e400]}", "====", "$1"];
        let args: Vec<Tree> = seed.iter().map(|&(kind, value)| match kind {
            0 => tree(Node::Null),
            1 => tree(value % 2 == 0),
            2..=6 => number(value),
            7 => tree(Decimal::new(value, 2)),
            8 => tree(Decimal::MAX),
            9 => tree(Decimal::MIN),
            10 => list(vec![]),
            11 => list(vec![number(value), tree("a"), tree(Node::Null)]),
            12 => list(vec![tree(unknown()), unknown_text()]),
            13 => object(vec![("a", list(vec![number(value)]))]),
            14 => tree(unknown()),
            _ => tree(texts[usize::try_from(value.unsigned_abs()).unwrap() % texts.len()]),
        }).collect();
        for (name, _) in FUNCTIONS {
            let _ = call(name, &args);
        }
    }
}
