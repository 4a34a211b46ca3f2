//! The characters that a piece of a string means.

use super::token::{Token, TokenKind};

/// Returns the characters of a piece of a string, escapes resolved; `None` when it is not closed or an escape means nothing.
/// `lines` says whether it belongs to a string of several lines, in which nothing is escaped.
pub(super) fn decode(text: &str, token: Token, lines: bool) -> Option<String> {
    let written = &text[token.start..token.end];
    let inner = without_marks(written, token.kind, lines)?;
    if lines {
        return Some(inner.to_owned());
    }
    unescape(inner)
}

/// Tells whether the token that begins a string begins one of several lines.
pub(super) fn is_of_lines(written: &str) -> bool {
    written.starts_with("'''") || written.starts_with('$')
}

/// Returns what stands between the marks of a piece.
fn without_marks(written: &str, kind: TokenKind, lines: bool) -> Option<&str> {
    let quotes = if lines { "'''" } else { "'" };
    let first = matches!(kind, TokenKind::StringComplete | TokenKind::StringLeft);
    let last = matches!(kind, TokenKind::StringComplete | TokenKind::StringRight);
    let rest = if first {
        let rest = written.trim_start_matches('$').strip_prefix(quotes)?;
        if lines {
            without_first_line_end(rest)
        } else {
            rest
        }
    } else {
        written.strip_prefix('}')?
    };
    if last {
        return rest.strip_suffix(quotes);
    }
    let rest = rest.strip_suffix('{')?;
    let dollars = if lines {
        rest.trim_end_matches('$')
    } else {
        rest.strip_suffix('$')?
    };
    Some(dollars)
}

/// A line end right behind the opening quotes does not count.
fn without_first_line_end(text: &str) -> &str {
    text.strip_prefix("\r\n")
        .or_else(|| text.strip_prefix('\n'))
        .or_else(|| text.strip_prefix('\r'))
        .unwrap_or(text)
}

fn unescape(text: &str) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        result.push_str(&rest[..at]);
        let mut after = rest[at + 1..].chars();
        let meant = match after.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            same @ ('\\' | '\'' | '$') => same,
            'u' => {
                let (meant, behind) = code_point(after.as_str())?;
                after = behind.chars();
                meant
            }
            _ => return None,
        };
        result.push(meant);
        rest = after.as_str();
    }
    result.push_str(rest);
    Some(result)
}

/// Returns the character that `{…}` means, and what stands behind it. A character may be written as a surrogate pair.
fn code_point(text: &str) -> Option<(char, &str)> {
    let number = |text: &'_ str| -> Option<(u32, usize)> {
        let (digits, _) = text.strip_prefix('{')?.split_once('}')?;
        Some((u32::from_str_radix(digits, 16).ok()?, digits.len() + 2))
    };
    let (first, length) = number(text)?;
    let behind = &text[length..];
    if !(0xD800..0xDC00).contains(&first) {
        return Some((char::from_u32(first)?, behind));
    }
    let second = behind.strip_prefix("\\u")?;
    let (low, length) = number(second)?;
    let low = low.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    let whole = 0x1_0000 + ((first - 0xD800) << 10) + low;
    Some((char::from_u32(whole)?, &second[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::bicep::lexer::tokens;

    fn decoded(text: &str) -> Vec<Option<String>> {
        let all = tokens(text);
        let lines = is_of_lines(text);
        let strings = all.into_iter().filter(|token| {
            use TokenKind::{StringComplete, StringLeft, StringMiddle, StringRight};
            matches!(
                token.kind,
                StringComplete | StringLeft | StringMiddle | StringRight
            )
        });
        strings.map(|token| decode(text, token, lines)).collect()
    }

    #[test]
    fn escapes() {
        assert_eq!(
            decoded(r"'a\n\'\\\${b}\u{1F600}'"),
            [Some("a\n'\\${b}😀".to_owned())]
        );
        assert_eq!(decoded(r"'\u{D801}\u{DC37}'"), [Some("𐐷".to_owned())]);
        assert_eq!(decoded(r"'\u{D801}x'"), [None]);
        assert_eq!(decoded(r"'\x'"), [None]);
        assert_eq!(decoded(r"'\u{110000}'"), [None]);
        assert_eq!(decoded("'open"), [None]);
        assert_eq!(
            decoded("'a${b}c'"),
            [Some("a".to_owned()), Some("c".to_owned())]
        );
    }

    #[test]
    fn several_lines() {
        assert_eq!(decoded("'''\r\na\\n'b\n'''"), [Some("a\\n'b\n".to_owned())]);
        assert_eq!(
            decoded("$$'''a${x}$${y}b'''"),
            [Some("a${x}".to_owned()), Some("b".to_owned())]
        );
        assert_eq!(decoded("''''quoted''''"), [Some("'quoted'".to_owned())]);
    }
}
