//! The parser's terse messages into our own words, with the place that has to be changed.

use hcl::edit::parser::Error;

use crate::finding::{RuleId, Trouble};
use crate::source::{Source, Span};
use crate::syntax::scan::{Token, TokenKind, is_word, scan};

/// How an attribute and a block begin.
const STRUCTURE_HELP: &str = "write `=` for an attribute or `{` for a block";

/// A text that does not parse, and where the parser stopped.
struct Failure<'a> {
    source: &'a Source,
    text: &'a str,
    base: usize,
    at: usize,
    said: &'a str,
}

/// Tells whether the parser stopped at the second of two equal keys of an object.
pub(super) fn is_key_again(error: &Error) -> bool {
    error.message().contains("redefined object key")
}

/// Returns the trouble with a text that begins at `base` in its file.
pub(super) fn explain(source: &Source, text: &str, base: usize, error: &Error) -> Trouble {
    let mut at = error.location().offset().min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let failure = Failure {
        source,
        text,
        base,
        at,
        said: error.message(),
    };
    failure
        .limit()
        .or_else(|| failure.curly_quote())
        .or_else(|| failure.not_closed())
        .or_else(|| failure.redefined())
        .unwrap_or_else(|| failure.unexpected())
}

impl Failure<'_> {
    fn trouble(
        &self,
        rule: RuleId,
        start: usize,
        end: usize,
        label: &str,
        what: String,
    ) -> Trouble {
        let span = Span::new(self.source.id, self.base + start, self.base + end);
        Trouble::new(rule, span, label, what)
    }

    fn error(&self, start: usize, end: usize, label: &str, what: impl Into<String>) -> Trouble {
        self.trouble(RuleId::SYNTAX_ERROR, start, end, label, what.into())
    }

    /// Returns the end of the word or character that begins at a byte.
    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let word = rest.bytes().take_while(|b| is_word(*b)).count();
        let character = rest.chars().next().map_or(0, char::len_utf8);
        start + word.max(character)
    }

    /// Tells of what Terraform allows and the parser does not.
    fn limit(&self) -> Option<Trouble> {
        let (label, what, help) = if self.said.contains("nested levels") {
            (
                "the 65th level",
                "more than 64 levels of nesting are not understood",
                "move an inner part to a local value",
            )
        } else if self.said.contains("chained binary operators") {
            (
                "the 129th operator",
                "more than 128 operators in one expression are not understood",
                "move a part of the expression to a local value",
            )
        } else if self.said.contains("redefined object key") {
            (
                "the same key again",
                "an object with the same key twice is not understood",
                "remove the first of them: the last one counts",
            )
        } else {
            return None;
        };
        let (rule, end) = (RuleId::SYNTAX_NOT_SUPPORTED, self.word_end(self.at));
        let trouble = self.trouble(rule, self.at, end, label, what.to_owned());
        Some(trouble.help(help))
    }

    fn curly_quote(&self) -> Option<Trouble> {
        let found = self.text[self.at..].chars().next()?;
        matches!(found, '“' | '”' | '„' | '‘' | '’').then(|| {
            self.error(
                self.at,
                self.at + found.len_utf8(),
                "a curly quote",
                format!("`{found}` does not begin a string"),
            )
            .help("write straight quotes: `\"`")
        })
    }

    /// Tells of a string, heredoc or bracket that is not closed, or of a closing one too many.
    fn not_closed(&self) -> Option<Trouble> {
        let tokens = scan(self.text);
        for token in &tokens {
            // The parser goes back to the name of the attribute, unless it is sure of a fault before the string.
            if token.start > self.at && self.said.starts_with("invalid expression") {
                break;
            }
            if token.kind == (TokenKind::Quoted { closed: false }) {
                let what = "a string is not closed on its line";
                return Some(
                    self.error(token.start, token.end, "begins here", what)
                        .help("close it with `\"`, or use a heredoc for several lines"),
                );
            }
            if token.kind == (TokenKind::Heredoc { closed: false }) {
                let marker = self.text[token.start + 2..token.end].trim();
                let marker = marker.strip_prefix('-').unwrap_or(marker);
                return Some(
                    self.error(
                        token.start,
                        token.end,
                        "begins here",
                        "a heredoc is not closed",
                    )
                    .help(format!("end it with a line that holds only `{marker}`")),
                );
            }
        }
        self.unbalanced(&tokens)
    }

    fn unbalanced(&self, tokens: &[Token]) -> Option<Trouble> {
        // An error before the end that names a value has nothing to do with brackets that are open there.
        let value_missing = self.said.starts_with("invalid expression");
        let at_end = self.at + 1 >= self.text.trim_end().len();
        let (opener, closer) = unbalanced(self.text, tokens)?;
        match (opener, closer) {
            (Some(opener), _) if opener.start <= self.at && (at_end || !value_missing) => {
                let bracket = &self.text[opener.start..opener.end];
                let closing = match bracket {
                    "(" => ")",
                    "[" => "]",
                    _ => "}",
                };
                Some(
                    self.error(
                        opener.start,
                        opener.end,
                        "opened here",
                        format!("`{bracket}` is never closed"),
                    )
                    .help(format!("add the missing `{closing}`")),
                )
            }
            (None, Some(closer)) if closer.start <= self.at + 1 => {
                let bracket = &self.text[closer.start..closer.end];
                Some(
                    self.error(
                        closer.start,
                        closer.end,
                        "closes nothing",
                        format!("`{bracket}` has no opening bracket"),
                    )
                    .help("remove it, or open what it should close"),
                )
            }
            _ => None,
        }
    }

    fn redefined(&self) -> Option<Trouble> {
        self.said.contains("redefined attribute").then(|| {
            let end = self.word_end(self.at);
            let name = &self.text[self.at..end];
            self.error(
                self.at,
                end,
                "set again",
                format!("`{name}` is set twice in the same block"),
            )
            .help("remove one of the two")
        })
    }

    /// Tells what is there and what should be.
    fn unexpected(&self) -> Trouble {
        if self.said.starts_with("invalid expression") {
            return self.no_value();
        }
        if !self.text.contains(['=', '{']) {
            let line = self.text.lines().next().unwrap_or("");
            let what = "this is neither an attribute nor a block";
            return self
                .error(0, line.len(), "not understood", what)
                .help(STRUCTURE_HELP);
        }
        let before = &self.text[..self.at];
        let escape = self.said.contains("escape sequence") || self.said.contains("hex code");
        // Where the parser has already read what it does not like.
        let start = if escape {
            before.rfind('\\')
        } else if self.said.contains("object value assignment") {
            before.char_indices().next_back().map(|(at, _)| at)
        } else {
            None
        };
        let (start, end) = match start {
            Some(start) => (start, self.at),
            None => (self.at, self.word_end(self.at)),
        };
        let found = self.text[start..end].trim();
        let (what, help) = self.expectation(&told(found));
        let trouble = if found.is_empty() {
            let code = self.text[..start].trim_end();
            let last = code.char_indices().next_back().map_or(0, |(at, _)| at);
            self.error(last, code.len(), "ends here", what)
        } else {
            self.error(start, end, "not understood from here", what)
        };
        match help {
            Some(help) => trouble.help(help),
            None => trouble,
        }
    }

    /// Returns what is wrong with what was found, and what to do about it.
    fn expectation(&self, found: &str) -> (String, Option<&'static str>) {
        let said = |words: &str| self.said.contains(words);
        if said("escape sequence") {
            let what = "a string holds an escape that does not exist";
            (what.to_owned(), Some("write `\\\\` for a backslash"))
        } else if said("digit hex code") {
            let what = "a unicode escape needs 4 or 8 hexadecimal digits";
            (what.to_owned(), None)
        } else if said("invalid object item") {
            (
                format!("unexpected {found} after a value of an object"),
                Some("separate the items by a comma or a new line"),
            )
        } else if said("object value assignment") && found == "`{`" {
            (
                "a block cannot stand in an object".to_owned(),
                Some("write `= {` if it should be an attribute"),
            )
        } else if said("object value assignment") {
            (
                format!("unexpected {found} after a key of an object"),
                Some("write `=` between key and value"),
            )
        } else if said("newline or eof") {
            (
                format!("unexpected {found} where the line should end"),
                Some("begin a new line, or put the expression in parentheses"),
            )
        } else if said("block body") {
            (
                format!("unexpected {found} in a block"),
                Some("begin each attribute and each block on its own line"),
            )
        } else if said("invalid structure") {
            (
                format!("unexpected {found} after a name"),
                Some(STRUCTURE_HELP),
            )
        } else {
            (format!("unexpected {found}"), None)
        }
    }

    /// Tells that there should be a value.
    fn no_value(&self) -> Trouble {
        let end = self.word_end(self.at);
        let found = self.text[self.at..end].trim();
        let before = self.text[..self.at].trim_end();
        if found.is_empty() || found == "}" || found == "]" || found == ")" || found == "," {
            // Point at what the value is missing from.
            let last = before.char_indices().next_back().map_or(0, |(at, _)| at);
            let label = "a value should follow";
            return self.error(last, before.len(), label, "a value is missing");
        }
        let trouble = self.error(
            self.at,
            end,
            "no value begins like this",
            format!("unexpected {} where a value should be", told(found)),
        );
        match found {
            "'" => trouble.help("write strings in double quotes: `\"`"),
            "$" | "%" => {
                trouble.help("write the expression without `${ }`, or the string in quotes")
            }
            _ => trouble,
        }
    }
}

fn told(found: &str) -> String {
    if found.is_empty() {
        "end of line".to_owned()
    } else {
        format!("`{found}`")
    }
}

/// Returns an opening bracket that is not closed, or a closing one that closes nothing; `None` if all is in balance.
/// Of several open ones it is the one whose closing bracket, by the indent, closed another.
fn unbalanced(text: &str, tokens: &[Token]) -> Option<(Option<Token>, Option<Token>)> {
    let mut open: Vec<(Token, u8)> = Vec::new();
    let mut suspect = None;
    for token in tokens {
        match token.kind {
            TokenKind::Open(bracket) => open.push((*token, bracket)),
            TokenKind::Close(bracket) => match open.pop() {
                None => return Some((None, Some(*token))),
                Some((opener, other)) if other != bracket => {
                    let outer = open.iter().any(|(_, open)| *open == bracket);
                    return Some(if outer {
                        (Some(opener), None)
                    } else {
                        (None, Some(*token))
                    });
                }
                Some((opener, _)) => {
                    let (own, its) = (indent(text, token.start), indent(text, opener.start));
                    if own.1 && own.0 < its.0 {
                        suspect.get_or_insert(opener);
                    }
                }
            },
            TokenKind::LineComment
            | TokenKind::BlockComment
            | TokenKind::Quoted { .. }
            | TokenKind::Heredoc { .. }
            | TokenKind::Newline
            | TokenKind::Word
            | TokenKind::Other => {}
        }
    }
    let (last, _) = open.pop()?;
    Some((Some(suspect.unwrap_or(last)), None))
}

/// Returns the indent of the line that holds a byte, and whether the byte is the first that is not blank.
fn indent(text: &str, at: usize) -> (usize, bool) {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let blanks = text[line..]
        .bytes()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    (blanks, line + blanks == at)
}
