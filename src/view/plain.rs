//! Small words about text: escaping, counting, wrapping. Knows nothing of findings.

use std::borrow::Cow;
use std::fmt::Write;

/// Tells whether a character could change how a terminal shows what stands around it.
pub(super) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the text on one line, with control characters written out: `\n`, `\u{1b}`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_harmful(c) {
            clean.extend(c.escape_default());
        } else {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

/// Returns a count with its noun: `1 file`, `2 files`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 || noun == "advice" {
        ""
    } else {
        "s"
    };
    format!("{number} {noun}{plural}")
}

/// Returns the text in lines of at most `width` columns behind `head`; further lines are indented as far as `head` is wide.
pub(super) fn wrap(head: &str, text: &str, width: usize) -> String {
    let indent = head.chars().count();
    let room = width.saturating_sub(indent).max(20);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        let used = line.chars().count();
        if used > 0 && used + 1 + word.chars().count() > room {
            lines.push(word.to_owned());
        } else {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let mut wrapped = String::new();
    for (index, line) in lines.iter().enumerate() {
        let lead = if index == 0 { head } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(wrapped, "{lead:indent$}{line}");
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_written_out() {
        assert_eq!(
            clean("a\u{1b}[31mb\nc\u{202e}"),
            "a\\u{1b}[31mb\\nc\\u{202e}"
        );
        assert!(matches!(clean("plain ö"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_text_hangs_under_its_head() {
        assert_eq!(
            wrap(
                "  help: ",
                "use an address inside 10.0.0.0/16, such as 10.0.0.10",
                36
            ),
            "  help: use an address inside\n        10.0.0.0/16, such as\n        10.0.0.10\n"
        );
    }
}
