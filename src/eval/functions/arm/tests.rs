//! What holds for all functions of the table. What each of them gives: `eval/arm/tests.rs`.

use rust_decimal::Decimal;

use super::*;
use crate::eval::budget::Budget;
use crate::value::{Cause, Node, Object, Piece, ProvId, TreeList, Unknown};

const HERE: ProvId = ProvId(7);

fn tree(node: impl Into<Node>) -> Tree {
    Tree::new(node.into(), ProvId(1))
}

fn call(name: &str, args: &[Tree]) -> Answer {
    let mut budget = Budget::of_one_in(1);
    let function = find(name).ok_or_else(|| Failure::wrong("no such function"))?;
    function(&mut Call {
        args,
        here: HERE,
        budget: &mut budget,
    })
}

#[test]
fn the_table_is_sorted_and_any_letter_case_finds() {
    assert!(FUNCTIONS.is_sorted_by_key(|(name, _)| name));
    assert!(
        FUNCTIONS
            .iter()
            .all(|(name, _)| find(name).is_some() && outside(name).is_none())
    );
    assert!(find("sys.ToLower").is_some() && find("az.concat").is_some());
    for other in [
        "resourceGroup",
        "reference",
        "if",
        "map",
        "coalesce",
        "loadTextContent",
        "other.concat",
    ] {
        assert!(find(other).is_none(), "{other}");
    }
}

#[test]
fn what_only_azure_knows() {
    let kind = |name| outside(name).map(|outside| (outside.kind, outside.secret));
    assert_eq!(kind("utcNow"), Some((Some(Kind::Text), false)));
    assert_eq!(kind("sys.newGuid"), Some((Some(Kind::Text), false)));
    assert_eq!(kind("vault.getSecret"), Some((Some(Kind::Text), true)));
    assert_eq!(kind("storage.listKeys"), Some((None, true)));
    assert_eq!(kind("resourceGroup"), None);
    assert_eq!(kind("list"), None);
}

#[test]
fn the_same_texts_give_the_same_uuid() {
    let first = call("guid", &[tree("a"), tree("b"), tree("c")]);
    let second = call("guid", &[tree("a-b-c")]);
    let text = |answer: Answer| answer.unwrap().as_text().unwrap().to_string();
    let uuid = text(first);
    assert_eq!(uuid, "a98fa280-e03f-5afa-8d8e-92d0a9c201e8");
    assert_eq!(uuid, text(second));
}

/// Returns an argument of each kind, by number.
fn argument(kind: usize, value: i64) -> Tree {
    let unknown = || Unknown::new(Cause::Input, ProvId(3));
    let text = || unknown().of_kind(Kind::Text).not_null();
    let list = |items: Vec<Tree>| tree(TreeList::tuple(items));
    let object = |key: &str, value: Tree| {
        tree(Object {
            entries: [(key.into(), value)].into(),
            rest: None,
        })
    };
    let number = tree(Decimal::from(value));
    let texts = [
        "",
        "a",
        "é\r\n",
        "😀b",
        "{0}",
        "{0:D99999999999}{1,-5:N0}",
        "{",
        "}{",
        "10.0.0.0/8",
        "fd00::/127",
        "::ffff:1.2.3.4/120",
        "{\"a\":[1e400]}",
        "====",
        "%zz",
        "data:;base64,",
        "http://a",
        "1",
        "True",
    ];
    match kind {
        0 => tree(Node::Null),
        1 => tree(value % 2 == 0),
        2..=5 => number,
        6 => tree(Decimal::new(value, 2)),
        7 => tree(if value % 2 == 0 {
            Decimal::MAX
        } else {
            Decimal::MIN
        }),
        8 => list(vec![]),
        9 => list(vec![number, tree("a"), tree(Node::Null)]),
        10 => list(vec![tree(unknown()), tree(text())]),
        11 => list(vec![tree("😀"), tree("b")]),
        12 => object("a", list(vec![number])),
        13 => object("A", object("b", tree(unknown()))),
        14 => tree(Object {
            entries: [("a".into(), number)].into(),
            rest: Some(unknown()),
        }),
        15 => tree(unknown()),
        16 => tree(Unknown {
            pieces: Some([Piece::Text("😀a".into()), Piece::Hole(tree(text()))].into()),
            ..text()
        }),
        17 => tree(unknown().of_kind(Kind::List).not_null()),
        18 => list((0..50).map(|_| list(vec![tree("x")])).collect()),
        _ => tree(texts[usize::try_from(value.unsigned_abs()).unwrap() % texts.len()]),
    }
}

proptest::proptest! {
    #[test]
    fn no_call_panics(seed in proptest::collection::vec((0usize..30, -5i64..300), 0..5)) {
        let args: Vec<Tree> = seed.iter().map(|&(kind, value)| argument(kind, value)).collect();
        for (name, _) in FUNCTIONS {
            let _ = call(name, &args);
        }
    }
}
