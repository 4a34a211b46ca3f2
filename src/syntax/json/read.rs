//! JSON as strictly as Terraform reads it, and what is wrong with it in words.

use jsonc_parser::ast::Value;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::finding::{RuleId, Trouble};
use crate::source::{Source, Span};

/// Whose JSON it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::syntax) enum Dialect {
    /// Terraform accepts plain JSON and nothing else.
    Terraform,
    /// Azure Resource Manager takes comments and trailing commas.
    Arm,
}

/// JSON without anything that people add to it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Returns the value that a file holds: an object or a list.
pub(in crate::syntax) fn read(source: &Source, dialect: Dialect) -> Result<Value<'_>, Trouble> {
    let relaxed = dialect == Dialect::Arm;
    let options = ParseOptions {
        allow_comments: relaxed,
        allow_trailing_commas: relaxed,
        ..STRICT
    };
    let root = parse_to_ast(&source.text, &CollectOptions::default(), &options)
        .map_err(|error| explain(source, &error))?;
    if let Some(root @ (Value::Object(_) | Value::Array(_))) = root.value {
        return Ok(root);
    }
    let first = source.text.chars().next().map_or(0, char::len_utf8);
    let span = Span::new(source.id, 0, first);
    let message = "a JSON configuration is an object or a list of objects".to_owned();
    Err(Trouble::new(
        RuleId::SYNTAX_ERROR,
        span,
        "not an object",
        message,
    ))
}

/// Returns the trouble with a text that is no JSON.
fn explain(source: &Source, error: &ParseError) -> Trouble {
    let span = place(source, error.range().start);
    let (rule, message, help) = match error.kind() {
        ParseErrorKind::CommentsNotAllowed => (
            RuleId::SYNTAX_ERROR,
            "JSON has no comments".to_owned(),
            Some("remove it, or write it as a property named `//`"),
        ),
        ParseErrorKind::TrailingCommasNotAllowed => (
            RuleId::SYNTAX_ERROR,
            "nothing follows this comma".to_owned(),
            Some("remove the comma"),
        ),
        ParseErrorKind::NestingDepthExceeded => (
            RuleId::SYNTAX_NOT_SUPPORTED,
            "nesting as deep as this is not understood".to_owned(),
            None,
        ),
        other => {
            let said = other.to_string();
            let mut letters = said.chars();
            let first = letters.next().map(|c| c.to_ascii_lowercase());
            let words: String = first.into_iter().chain(letters).collect();
            (
                RuleId::SYNTAX_ERROR,
                format!("the file is no JSON: {words}"),
                None,
            )
        }
    };
    let trouble = Trouble::new(rule, span, "not understood from here", message);
    match help {
        Some(help) => trouble.help(help),
        None => trouble,
    }
}

/// Returns the word or character at a byte.
fn place(source: &Source, at: usize) -> Span {
    let text = &source.text;
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest = &text[start..];
    let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let character = rest.chars().next().map_or(0, char::len_utf8);
    Span::new(source.id, start, start + word.max(character))
}
