//! The grammar of templates: `%[flags][width][.precision][[argument]]letter`.

use crate::eval::failure::Failure;

/// A part of a template.
pub(super) enum Part<'a> {
    /// Characters that stand for themselves.
    Text(&'a str),
    /// A place for a value.
    Verb(Verb),
}

/// How a value is written.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the language")]
pub(super) struct Verb {
    /// Which verb: the `d` of `%d`.
    pub(super) letter: char,
    /// Which value, from 0; otherwise the one after the last.
    pub(super) argument: Option<usize>,
    /// The least number of characters.
    pub(super) width: Option<usize>,
    /// The number of digits, or the greatest number of characters.
    pub(super) precision: Option<usize>,
    /// `0`: fill with zeros.
    pub(super) zero: bool,
    /// `#`: another form.
    pub(super) sharp: bool,
    /// `+`: always with a sign.
    pub(super) plus: bool,
    /// `-`: fill behind.
    pub(super) minus: bool,
    /// A blank where a sign would be.
    pub(super) space: bool,
}

/// Returns the parts of a template in order.
pub(super) fn parts(template: &str) -> Result<Vec<Part<'_>>, Failure> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        parts.push(Part::Text(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            parts.push(Part::Text("%"));
            rest = after;
        } else {
            parts.push(Part::Verb(verb(&mut rest)?));
        }
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

/// Reads a verb behind its `%`.
fn verb(rest: &mut &str) -> Result<Verb, Failure> {
    let mut verb = Verb::default();
    loop {
        match rest.as_bytes().first() {
            Some(b'0') => verb.zero = true,
            Some(b'#') => verb.sharp = true,
            Some(b'+') => verb.plus = true,
            Some(b'-') => verb.minus = true,
            Some(b' ') => verb.space = true,
            _ => break,
        }
        *rest = &rest[1..];
    }
    verb.width = number(rest)?;
    if let Some(after) = rest.strip_prefix('.') {
        *rest = after;
        verb.precision = Some(number(rest)?.unwrap_or(0));
    }
    if let Some(after) = rest.strip_prefix('[') {
        *rest = after;
        let argument = number(rest)?.and_then(|number| number.checked_sub(1));
        verb.argument = Some(argument.ok_or_else(broken)?);
        *rest = rest.strip_prefix(']').ok_or_else(broken)?;
    }
    match rest.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => verb.letter = letter,
        _ => return Err(broken()),
    }
    *rest = &rest[1..];
    Ok(verb)
}

/// Reads digits, if there are any.
fn number(rest: &mut &str) -> Result<Option<usize>, Failure> {
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = rest.split_at(end);
    *rest = after;
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().map(Some).map_err(|_| broken())
}

fn broken() -> Failure {
    Failure::wrong("the format has a verb that does not end")
}
