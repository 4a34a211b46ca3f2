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

/// Tells whether the character at a byte may be printed as it is: it is harmless, and it does not complete what the agents of
/// GitHub Actions (`##[`) and Azure Pipelines (`##vso[`) take for a command wherever in a line it stands.
pub(super) fn is_harmless_at(text: &str, at: usize, c: char) -> bool {
    let begins_command = || {
        let rest = &text[at + 1..];
        text[..at].ends_with('#') && (rest.starts_with('[') || rest.starts_with("vso["))
    };
    !is_harmful(c) && (c != '#' || !begins_command())
}

/// Tells whether a colon at a byte completes the `::name` by which a line is a command for GitHub Actions. It stands where a
/// word begins, for a line may be broken there; `::ffff:0:0` is an address.
fn completes_command(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(':') else {
        return false;
    };
    let within = |c: char| c.is_alphanumeric() || c.is_ascii_graphic();
    let name = |c: &char| c.is_ascii_alphabetic() || *c == '-';
    let mut word = text[at + 1..].chars().take_while(name);
    !before.ends_with(within) && word.any(|c| !c.is_ascii_hexdigit())
}

/// Returns the text on one line, with control characters written out: `\n`, `\u{1b}`; nor is it a command for a CI service.
pub fn clean(text: &str) -> Cow<'_, str> {
    let keeps = |at: usize, c: char| {
        is_harmless_at(text, at, c) && (c != ':' || !completes_command(text, at))
    };
    if text.char_indices().all(|(at, c)| keeps(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if keeps(at, c) {
            clean.push(c);
        } else if c.is_ascii_graphic() {
            clean.extend(c.escape_unicode());
        } else {
            clean.extend(c.escape_default());
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
    fn nothing_is_a_command_for_a_service() {
        assert_eq!(
            clean("a ##vso[task.complete]b ##[error]c #[d] ##e"),
            r"a #\u{23}vso[task.complete]b #\u{23}[error]c #[d] ##e"
        );
        assert_eq!(
            clean("::error::a ::add-mask::b \u{a0}::debug::c x::error::"),
            ":\\u{3a}error::a :\\u{3a}add-mask::b \u{a0}:\\u{3a}debug::c x::error::"
        );
        let addresses = "::/0 ::1 ::ffff:0:0/96 fd00::a ::";
        assert!(matches!(clean(addresses), Cow::Borrowed(_)));
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
