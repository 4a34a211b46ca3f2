//! Literals as they stand in a file, in the quotes of any language. Reads no escapes.

/// The quotes of strings: those of Terraform and JSON, and those of Bicep.
const QUOTES: [&str; 3] = ["\"", "'''", "'"];

/// Returns the quote that a literal begins with; empty if it is no string.
pub(super) fn quote(literal: &str) -> &'static str {
    let begins = |quote: &&str| literal.starts_with(quote);
    QUOTES.into_iter().find(begins).unwrap_or_default()
}

/// Returns a literal without its quotes.
pub(super) fn unquoted(literal: &str) -> &str {
    match quote(literal) {
        "" => literal,
        quote => {
            let inside = literal.trim_start_matches(quote);
            inside.trim_end_matches(quote)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_each_language_are_taken_off() {
        assert_eq!(unquoted("\"10.0.0.0/16\""), "10.0.0.0/16");
        assert_eq!(unquoted("'10.0.0.0/16'"), "10.0.0.0/16");
        assert_eq!(unquoted("'''10.0.0.0/16'''"), "10.0.0.0/16");
        assert_eq!(unquoted("\"'a'\""), "'a'");
        assert_eq!(unquoted("''"), "");
        assert_eq!(unquoted("5"), "5");
    }

    #[test]
    fn a_number_has_no_quote() {
        assert_eq!([quote("5"), quote("'a'"), quote("\"a\"")], ["", "'", "\""]);
    }
}
