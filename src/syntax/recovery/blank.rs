//! What Terraform allows and the parser does not, blanked out: nothing moves, so that places stay right.

use crate::syntax::scan::{Token, TokenKind, scan};

/// Blanks the line breaks and line comments directly inside `{ for … }` and `[ for … ]`: Terraform allows them anywhere
/// there. `None` if there are none.
pub(super) fn join_for_lines(text: &str) -> Option<String> {
    let tokens = scan(text);
    let mut bytes = text.as_bytes().to_vec();
    let mut inside_for: Vec<bool> = Vec::new();
    let mut changed = false;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(bracket) => {
                inside_for.push(bracket != b'(' && begins_for(text, &tokens[index + 1..]));
            }
            TokenKind::Close(_) => {
                inside_for.pop();
            }
            TokenKind::Newline | TokenKind::LineComment if inside_for.last() == Some(&true) => {
                bytes[token.start..token.end].fill(b' ');
                changed = true;
            }
            TokenKind::Newline
            | TokenKind::LineComment
            | TokenKind::BlockComment
            | TokenKind::Quoted { .. }
            | TokenKind::Heredoc { .. }
            | TokenKind::Word
            | TokenKind::Other => {}
        }
    }
    if changed {
        String::from_utf8(bytes).ok()
    } else {
        None
    }
}

/// Writes `\"\"` for each heredoc without a line, in which the parser misses the end. `None` if there are none.
pub(super) fn fill_empty_heredocs(text: &str) -> Option<String> {
    if !text.contains("<<") {
        return None;
    }
    let closed = TokenKind::Heredoc { closed: true };
    let is_empty = |token: &Token| {
        let lines = text[token.start..token.end].bytes();
        token.kind == closed && lines.filter(|byte| *byte == b'\n').count() == 1
    };
    let mut bytes = text.as_bytes().to_vec();
    let mut changed = false;
    for token in scan(text).iter().filter(|token| is_empty(token)) {
        bytes[token.start..token.end].fill(b' ');
        bytes[token.start..token.start + 2].fill(b'"');
        changed = true;
    }
    if changed {
        String::from_utf8(bytes).ok()
    } else {
        None
    }
}

/// Tells whether the next code is the word `for` of a `for` expression: a word follows it.
fn begins_for(text: &str, rest: &[Token]) -> bool {
    let mut code = rest.iter().filter(|token| !is_blank(token));
    let (Some(first), Some(second)) = (code.next(), code.next()) else {
        return false;
    };
    &text[first.start..first.end] == "for" && second.kind == TokenKind::Word
}

fn is_blank(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment
    )
}

/// Blanks the item of an object that has the same key as the item whose key is at `at`: the last one counts. `None` if
/// it is not found.
pub(super) fn drop_earlier_item(text: &str, at: usize) -> Option<String> {
    let tokens = scan(text);
    let here = tokens.iter().position(|token| token.start >= at)?;
    let first = object_start(&tokens[..here])?;
    let items = items(text, &tokens[first..here]);
    let key = key(text, &tokens[here..])?;
    let earlier = items
        .into_iter()
        .find(|item| self::key(text, item) == Some(key))?;
    let mut bytes = text.as_bytes().to_vec();
    bytes[earlier.first()?.start..earlier.last()?.end].fill(b' ');
    String::from_utf8(bytes).ok()
}

/// Returns the index after the bracket that the end of the tokens is directly inside.
fn object_start(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().rev() {
        match token.kind {
            TokenKind::Close(_) => depth += 1,
            TokenKind::Open(_) if depth == 0 => return Some(index + 1),
            TokenKind::Open(_) => depth -= 1,
            TokenKind::Newline
            | TokenKind::LineComment
            | TokenKind::BlockComment
            | TokenKind::Quoted { .. }
            | TokenKind::Heredoc { .. }
            | TokenKind::Word
            | TokenKind::Other => {}
        }
    }
    None
}

/// Returns the items of an object, each with the comma that ends it.
fn items<'t>(text: &str, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let mut items = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => depth = depth.saturating_sub(1),
            TokenKind::Newline if depth == 0 => {
                items.push(&tokens[start..index]);
                start = index + 1;
            }
            TokenKind::Other if depth == 0 && &text[token.start..token.end] == "," => {
                items.push(&tokens[start..=index]);
                start = index + 1;
            }
            TokenKind::Newline
            | TokenKind::LineComment
            | TokenKind::BlockComment
            | TokenKind::Quoted { .. }
            | TokenKind::Heredoc { .. }
            | TokenKind::Word
            | TokenKind::Other => {}
        }
    }
    items.push(&tokens[start..]);
    items
}

/// Returns the text of an item up to its `=` or `:`.
fn key<'a>(text: &'a str, item: &[Token]) -> Option<&'a str> {
    let first = item.iter().find(|token| !is_blank(token))?;
    let sign = |token: &&Token| matches!(&text[token.start..token.end], "=" | ":");
    let end = item.iter().find(sign)?.start;
    text.get(first.start..end).map(str::trim_end)
}
