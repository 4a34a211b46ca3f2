//! Objects with too many keys. The parser compares each key with all before it, so that a file of some megabytes could keep
//! it busy for hours.

use std::ops::Range;

use crate::finding::{RuleId, Trouble};
use crate::source::{Source, Span};
use crate::syntax::scan::{Token, TokenKind, scan};

/// The most keys of an object; several objects may together cost as much as one with so many.
const MAX_KEYS: usize = 10_000;

/// A text that is not longer cannot hold much more keys than that.
const SHORT: usize = 64 << 10;

/// An open bracket, or a template.
struct Bracket {
    place: Range<usize>,
    /// Whether it may be an object; of blocks the parser remembers the keys.
    is_value: bool,
    keys: usize,
}

/// Returns the bracket or template with which it is too much; `None` if the parser can do it.
pub(super) fn crowded(text: &str) -> Option<Range<usize>> {
    if text.len() <= SHORT {
        return None;
    }
    let mut cost = 0_usize;
    let mut open: Vec<Bracket> = Vec::new();
    let mut before: Option<Token> = None;
    for token in scan(text) {
        let place = token.start..token.end;
        let done = match token.kind {
            TokenKind::Open(_) => {
                let is_value = !before.is_some_and(|token| begins_block(token, text));
                open.push(Bracket {
                    place: token.start..token.end,
                    is_value,
                    keys: 0,
                });
                None
            }
            TokenKind::Close(_) => open.pop(),
            TokenKind::Quoted { .. } | TokenKind::Heredoc { .. } => {
                template(&text[place.clone()], place)
            }
            TokenKind::Other if matches!(text.as_bytes()[token.start], b'=' | b':') => {
                if let Some(bracket) = open.last_mut() {
                    bracket.keys += 1;
                }
                None
            }
            TokenKind::Other
            | TokenKind::Word
            | TokenKind::Newline
            | TokenKind::LineComment
            | TokenKind::BlockComment => None,
        };
        if token.kind != TokenKind::BlockComment {
            before = Some(token);
        }
        if let Some(bracket) = done.filter(|bracket| bracket.is_value) {
            cost = cost.saturating_add(bracket.keys.saturating_mul(bracket.keys));
            if cost > MAX_KEYS * MAX_KEYS {
                return Some(bracket.place);
            }
        }
    }
    None
}

/// Tells whether a bracket behind this token is that of a block: no value stands there but behind these words of a `for`.
fn begins_block(token: Token, text: &str) -> bool {
    match token.kind {
        TokenKind::Word => !matches!(&text[token.start..token.end], "in" | "if"),
        TokenKind::Quoted { .. } => true,
        _ => false,
    }
}

/// Returns a template as if everything in it were keys of one object.
fn template(text: &str, place: Range<usize>) -> Option<Bracket> {
    let has_code = text.len() > SHORT && (text.contains("${") || text.contains("%{"));
    has_code.then(|| Bracket {
        keys: text.bytes().filter(|b| matches!(b, b'=' | b':')).count(),
        is_value: true,
        place: place.start..place.start + 1,
    })
}

/// Returns the trouble with a bracket or template of a text that begins at `base` in its file.
pub(super) fn explain(source: &Source, base: usize, place: &Range<usize>) -> Trouble {
    let span = Span::new(source.id, base + place.start, base + place.end);
    let what = format!("more than {MAX_KEYS} keys in one object are not understood");
    Trouble::new(RuleId::SYNTAX_NOT_SUPPORTED, span, "begins here", what)
        .help("put them into several objects, and those together with `merge`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: usize) -> String {
        let key = |n| format!("key_{n} = 1\n");
        (0..count).map(key).collect()
    }

    #[test]
    fn only_what_costs_the_parser_is_counted() {
        let many = keys(20_000);
        assert_eq!(crowded(&format!("locals {{\n{many}}}\n")), None);
        assert_eq!(crowded(&many), None);
        assert_eq!(crowded(&format!("x = {{\n{many}}}\n")), Some(4..5));
        assert_eq!(
            crowded(&format!("x = [for k in {{\n{many}}} : k]\n")),
            Some(14..15)
        );
        assert_eq!(
            crowded(&format!("x = \"${{{{{}}}}}\"\n", many.replace('\n', ","))),
            Some(4..5)
        );
        let few = keys(5_000);
        assert_eq!(crowded(&format!("x = {{\n{few}}}\n")), None);
        assert!(crowded(&format!("x = {{\n{few}}}\n").repeat(5)).is_some());
        assert_eq!(
            crowded(&format!("x = {{\n{}}}\n", keys(50)).repeat(500)),
            None
        );
    }
}
