//! From a tree to a value of one type, as Terraform converts it to what the provider wants. Knows no attribute by name.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use crate::cidr::Cidr;
use crate::model::{Choice, Surge, Version};
use crate::truth::Truth;
use crate::value::{Kind, Node, Problem, State, Tree, Unknown};

/// Returns the string; numbers and truths become their words.
pub(super) fn text(tree: &Tree) -> Result<Arc<str>, Problem> {
    match &tree.node {
        Node::Text(text) => Ok(Arc::clone(text)),
        Node::Number(number) => Ok(number.normalize().to_string().into()),
        Node::Bool(truth) => Ok(truth.to_string().into()),
        Node::Null | Node::List(_) | Node::Object(_) | Node::Ref(_) | Node::Unknown(_) => {
            Err(Problem::Kind(Kind::Text))
        }
    }
}

/// Returns the whole number, perhaps written as a string.
pub(super) fn number(tree: &Tree) -> Result<u32, Problem> {
    let number = match &tree.node {
        Node::Number(number) if number.fract().is_zero() => number.to_u32(),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.ok_or(Problem::Kind(Kind::Number))
}

/// Returns the truth, perhaps written as a string.
pub(super) fn truth(tree: &Tree) -> Result<bool, Problem> {
    match &tree.node {
        Node::Bool(truth) => Ok(*truth),
        Node::Text(text) if &**text == "true" => Ok(true),
        Node::Text(text) if &**text == "false" => Ok(false),
        _ => Err(Problem::Kind(Kind::Bool)),
    }
}

/// Returns the truth, written as `Enabled` or `Disabled`.
pub(super) fn enabled(tree: &Tree) -> Result<bool, Problem> {
    const WORDS: &[&str] = &["Enabled", "Disabled"];
    let text = text(tree)?;
    let found = WORDS
        .iter()
        .position(|word| word.eq_ignore_ascii_case(&text));
    found.map(|word| word == 0).ok_or(Problem::Choice(WORDS))
}

/// Returns which word it is.
pub(super) fn choice<C: Choice>(tree: &Tree) -> Result<C, Problem> {
    C::read(&text(tree)?).ok_or(Problem::Choice(C::WORDS))
}

/// Returns the range.
pub(super) fn cidr(tree: &Tree) -> Result<Cidr, Problem> {
    Cidr::parse(&text(tree)?).map_err(Problem::Cidr)
}

/// Returns the address.
pub(super) fn address(tree: &Tree) -> Result<IpAddr, Problem> {
    text(tree)?.parse().map_err(|_| Problem::Address)
}

/// Returns the Kubernetes version.
pub(super) fn version(tree: &Tree) -> Result<Version, Problem> {
    text(tree)?
        .parse()
        .map_err(|()| Problem::Kind(Kind::Number))
}

/// Returns the extra nodes: `2` or `33%`.
pub(super) fn surge(tree: &Tree) -> Result<Surge, Problem> {
    let text = text(tree)?;
    let parsed = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse().map(Surge::Percent),
        None => text.trim().parse().map(Surge::Nodes),
    };
    parsed.map_err(|_| Problem::Kind(Kind::Number))
}

/// Returns what is known of the value: null is absent, alternatives are converted one by one.
pub(super) fn state<T>(tree: &Tree, convert: impl Fn(&Tree) -> Result<T, Problem>) -> State<T> {
    if tree.null().is_true() {
        return State::Absent;
    }
    if let Some(unknown) = tree.as_unknown() {
        return State::Unknown(
            unknown
                .clone()
                .map(|alternative| convert(&alternative).ok()),
        );
    }
    match convert(tree) {
        Ok(value) => State::Known(value),
        Err(problem) => invalid(tree, problem),
    }
}

/// Returns null for an empty string, also among the values that an unknown one can have.
pub(super) fn blank_as_null(tree: &Tree) -> Cow<'_, Tree> {
    let is_blank = |tree: &Tree| matches!(&tree.node, Node::Text(text) if text.is_empty());
    let exchanged = |node: Node| {
        Cow::Owned(Tree {
            node,
            ..tree.clone()
        })
    };
    if is_blank(tree) {
        return exchanged(Node::Null);
    }
    let Some(all) = tree
        .as_unknown()
        .and_then(|unknown| unknown.one_of.as_deref())
    else {
        return Cow::Borrowed(tree);
    };
    if !all.iter().any(is_blank) {
        return Cow::Borrowed(tree);
    }
    let others: Vec<Tree> = all.iter().filter(|one| !is_blank(one)).cloned().collect();
    match tree.as_unknown() {
        Some(unknown) => exchanged(
            Unknown {
                null: Truth::Unknown,
                one_of: Some(others.into()),
                ..unknown.clone()
            }
            .into(),
        ),
        None => Cow::Borrowed(tree),
    }
}

/// Returns a value that is not what the model wants.
pub(super) fn invalid<T>(tree: &Tree, problem: Problem) -> State<T> {
    let shown = text(tree).unwrap_or_else(|_| {
        tree.kind()
            .map_or_else(String::new, |kind| kind.to_string())
            .into()
    });
    State::Invalid {
        text: shown,
        problem,
    }
}
