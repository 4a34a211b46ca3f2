//! `replace`, `regex`, `regexall`. Rust's regular expressions and Go's are nearly one language; where they part, or an
//! expression does not parse, the result is not known.

use regex::{Captures, Regex, RegexBuilder};

use super::reader::Reader;
use super::{Answer, Call};
use crate::eval::failure::{Failure, quoted};
use crate::source::Symbol;
use crate::value::{Cause, Kind, ListKind, Node, Unknown};

/// The size of a compiled expression, in bytes.
const COMPILED: usize = 1 << 20;

/// What Rust says of an expression that Go refuses, too.
const REFUSED: [&str; 3] = [
    "unclosed group",
    "unopened group",
    "unclosed character class",
];

/// Returns the compiled expression if it means the same to Go on this text; an error if Go refuses it, too.
fn compile(call: &mut Call<'_>, pattern: &str, text: &str) -> Result<Option<Regex>, Failure> {
    const CLASSES: [&str; 7] = [r"\b", r"\B", r"\d", r"\D", r"\s", r"\S", r"\w"];
    let ascii_only = CLASSES.iter().any(|class| pattern.contains(class)) || pattern.contains(r"\W");
    let differs = ["&&", "~~", "--"].iter().any(|set| pattern.contains(set));
    if differs || (ascii_only && !text.is_ascii()) {
        return Ok(None);
    }
    // Compiling and matching are linear; a step for each hundred bytes of work is fair.
    let cost = pattern.len().saturating_mul(text.len() / 100 + 1);
    call.spend(cost.saturating_add(1000))?;
    let built = RegexBuilder::new(pattern)
        .size_limit(COMPILED)
        .dfa_size_limit(COMPILED)
        .build();
    match built {
        Err(regex::Error::Syntax(why)) if REFUSED.iter().any(|known| why.contains(known)) => Err(
            Failure::Wrong(quoted(pattern) + " is no regular expression"),
        ),
        built => Ok(built.ok()),
    }
}

/// `replace(text, search, replacement)`; a search between slashes is a regular expression.
pub(super) fn replace(call: &mut Call<'_>) -> Answer {
    let [text, search, replacement] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let (text, search) = (reader.text(text)?, reader.text(search)?);
    let replacement = reader.text(replacement)?;
    let between = search
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'));
    if let Some(pattern) = between {
        return replace_pattern(call, &text, pattern, &replacement);
    }
    let count = text.matches(&*search).count();
    call.create(count.saturating_mul(replacement.len()))?;
    call.text(text.replace(&*search, &replacement))
}

fn replace_pattern(call: &mut Call<'_>, text: &str, pattern: &str, replacement: &str) -> Answer {
    let Some(regex) = compile(call, pattern, text)? else {
        return Err(call.not_supported(Kind::Text));
    };
    let inserts = replacement.matches('$').count();
    let mut replaced = String::new();
    let mut end = 0;
    for captures in regex.captures_iter(text) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let most = whole
            .len()
            .saturating_mul(inserts)
            .saturating_add(replacement.len());
        call.create(most)?;
        replaced.push_str(&text[end..whole.start()]);
        captures.expand(replacement, &mut replaced);
        end = whole.end();
    }
    replaced.push_str(&text[end..]);
    call.text(replaced)
}

/// `regex(pattern, text)`: the first match; none is an error.
pub(super) fn regex(call: &mut Call<'_>) -> Answer {
    let (pattern, text) = arguments(call, Reader::any())?;
    let Some(regex) = compile(call, &pattern, &text)? else {
        return Err(Failure::Unknown(Unknown::new(
            Cause::NotSupported,
            call.here,
        )));
    };
    match regex.captures(&text) {
        Some(captures) => matched(call, &regex, &captures),
        None => Err(Failure::Wrong(format!(
            "{} does not match {}",
            quoted(&pattern),
            quoted(&text)
        ))),
    }
}

/// `regexall(pattern, text)`
pub(super) fn regex_all(call: &mut Call<'_>) -> Answer {
    let (pattern, text) = arguments(call, Reader::giving(Kind::List))?;
    let Some(regex) = compile(call, &pattern, &text)? else {
        return Err(call.not_supported(Kind::List));
    };
    let mut all = Vec::new();
    for captures in regex.captures_iter(&text) {
        all.push(matched(call, &regex, &captures)?);
    }
    call.sequence(ListKind::List, all)
}

fn arguments(call: &Call<'_>, reader: Reader) -> Result<(String, String), Failure> {
    match call.args {
        [pattern, text] => Ok((
            reader.text(pattern)?.to_string(),
            reader.text(text)?.to_string(),
        )),
        _ => Err(call.arity()),
    }
}

/// Returns a match: the text, a tuple of its groups or an object of its named groups.
fn matched(call: &mut Call<'_>, regex: &Regex, captures: &Captures<'_>) -> Answer {
    let mut named = Vec::new();
    let mut numbered = Vec::new();
    for (name, group) in regex.capture_names().zip(captures.iter()).skip(1) {
        let group = match group {
            Some(group) => call.text(group.as_str())?,
            None => call.make(Node::Null),
        };
        match name {
            Some(name) => named.push((Symbol::from(name), group)),
            None => numbered.push(group),
        }
    }
    match (named.is_empty(), numbered.is_empty()) {
        (true, true) => call.text(captures.get(0).map_or("", |whole| whole.as_str())),
        (true, false) => call.sequence(ListKind::Tuple, numbered),
        (false, true) => call.object(named.into_iter().collect()),
        (false, false) => Err(Failure::wrong("named and unnamed groups in one expression")),
    }
}
