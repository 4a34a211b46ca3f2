//! HCL text to the parser's trees, whatever is wrong with it: a block that does not parse is told and left out, the others
//! are kept. `split` finds the blocks, `explain` words the trouble. Lowers nothing.

mod blank;
mod crowded;
mod explain;
mod split;

use std::borrow::Cow;
use std::ops::Range;

use hcl::edit::parser::{Error, parse_body};
use hcl::edit::structure::Body;

use crate::finding::Trouble;
use crate::source::Source;

/// How often a text is blanked in places and parsed again; each object with the same key twice needs one time.
const MAX_REPAIRS: usize = 32;

/// A part of a file that parses.
pub(super) struct Piece<'a> {
    /// Its tree, with places that count from `base`.
    pub(super) body: Body,
    /// The text that was parsed, as long as the file's own text there.
    pub(super) text: Cow<'a, str>,
    /// Where the part begins in the file.
    pub(super) base: usize,
}

/// Why a text has no tree.
enum Fault {
    /// The parser refuses it.
    Refused(Error),
    /// The parser would take too long over what begins here.
    Crowded(Range<usize>),
}

/// A file as far as it parses.
pub(super) struct Parsed<'a> {
    /// The parts that parse, in order.
    pub(super) pieces: Vec<Piece<'a>>,
    /// The parts that do not.
    pub(super) troubles: Vec<Trouble>,
    /// Whether a part was left out.
    pub(super) broken: bool,
}

/// Parses a file, and block by block if the whole of it does not parse.
pub(super) fn parse(source: &Source) -> Parsed<'_> {
    let mut parsed = Parsed {
        pieces: Vec::new(),
        troubles: Vec::new(),
        broken: false,
    };
    let text = source.text.as_str();
    if attempt(text, 0, &mut parsed).is_ok() {
        return parsed;
    }
    for (chunk, base) in split::chunks(text, false) {
        let Err(fault) = attempt(chunk, base, &mut parsed) else {
            continue;
        };
        // A block that is not closed runs into the next ones.
        let parts = split::chunks(chunk, true);
        if parts.len() < 2 {
            parsed.give_up(source, chunk, base, &fault);
            continue;
        }
        for (part, start) in parts {
            if let Err(fault) = attempt(part, base + start, &mut parsed) {
                parsed.give_up(source, part, base + start, &fault);
            }
        }
    }
    parsed
}

impl Parsed<'_> {
    fn give_up(&mut self, source: &Source, text: &str, base: usize, fault: &Fault) {
        let only_closes = text.bytes().all(|b| matches!(b, b'}' | b']' | b')'));
        if only_closes && self.broken {
            // The rest of a block that was told before.
            return;
        }
        self.troubles.push(match fault {
            Fault::Refused(error) => explain::explain(source, text, base, error),
            Fault::Crowded(place) => crowded::explain(source, base, place),
        });
        self.broken = true;
    }
}

/// Adds the tree of a text, if need be of one that is laid out as the parser likes it.
fn attempt<'a>(text: &'a str, base: usize, parsed: &mut Parsed<'a>) -> Result<(), Fault> {
    if let Some(place) = crowded::crowded(text) {
        return Err(Fault::Crowded(place));
    }
    let mut text = Cow::Borrowed(text);
    if let Some(blanked) = blank::fill_empty_heredocs(&text) {
        text = Cow::Owned(blanked);
    }
    let mut error = match parse_body(&text) {
        Ok(body) => {
            parsed.pieces.push(Piece { body, text, base });
            return Ok(());
        }
        Err(error) => error,
    };
    if let Some(joined) = blank::join_for_lines(&text) {
        text = Cow::Owned(joined);
    }
    for _ in 0..MAX_REPAIRS {
        match parse_body(&text) {
            Ok(body) => {
                parsed.pieces.push(Piece { body, text, base });
                return Ok(());
            }
            Err(next) => error = next,
        }
        let again = explain::is_key_again(&error).then(|| error.location().offset());
        let Some(repaired) = again.and_then(|at| blank::drop_earlier_item(&text, at)) else {
            break;
        };
        text = Cow::Owned(repaired);
    }
    Err(Fault::Refused(error))
}

#[cfg(test)]
mod tests {
    use crate::finding::RuleId;
    use crate::syntax::terraform::testing::{on_a_large_stack, unit, unit_of};
    use crate::syntax::{Declaration, Unit};

    /// Returns the names of the declarations and what is told, with the place.
    fn told(text: &str) -> (Vec<String>, Vec<(String, String)>) {
        let (source, unit) = unit_of(text);
        let names = names(&unit, |span| source.slice(span).to_owned());
        let troubles = unit.troubles.iter();
        let troubles =
            troubles.map(|t| (source.slice(t.primary.span).to_owned(), t.message.clone()));
        (names, troubles.collect())
    }

    fn names(unit: &Unit, at: impl Fn(crate::source::Span) -> String) -> Vec<String> {
        let name = |declaration: &Declaration| match declaration {
            Declaration::Input(input) => at(input.name.span),
            Declaration::Local(binding) => at(binding.name.span),
            other => format!("{other:?}"),
        };
        unit.declarations.iter().map(name).collect()
    }

    fn message(text: &str) -> (String, String) {
        let (_, mut troubles) = told(text);
        assert_eq!(troubles.len(), 1, "{troubles:?}");
        troubles.remove(0)
    }

    fn pair(place: &str, message: &str) -> (String, String) {
        (place.to_owned(), message.to_owned())
    }

    #[test]
    fn a_broken_block_costs_only_itself() {
        for line_end in ["\n", "\r\n"] {
            for mark in ["", "\u{feff}"] {
                let text =
                    "variable \"a\" {}\nvariable \"b\" {\n  default =\n}\n# ü\nvariable \"c\" {}\n";
                let text = format!("{mark}{}", text.replace('\n', line_end));
                let (names, troubles) = told(&text);
                assert_eq!(names, ["a", "c"]);
                assert_eq!(troubles, [pair("=", "a value is missing")]);
            }
        }
    }

    #[test]
    fn an_unclosed_block_is_told_at_its_opening() {
        let text = "variable \"a\" {\n  validation {\n    x = 1\n}\n\nvariable \"c\" {}\n";
        let (source, unit) = unit_of(text);
        assert_eq!(names(&unit, |span| source.slice(span).to_owned()), ["c"]);
        assert_eq!(unit.troubles.len(), 1);
        assert_eq!(unit.troubles[0].message, "`{` is never closed");
        assert_eq!(source.position(unit.troubles[0].primary.span.start).line, 2);
        assert!(unit.broken);
    }

    #[test]
    fn troubles_are_worded() {
        let local = |value: &str| message(&format!("locals {{\n  x = {value}\n}}\n"));
        assert_eq!(local("“a”").1, "`“` does not begin a string");
        assert_eq!(local("'a'").0, "'");
        assert_eq!(
            local("\"a"),
            pair("\"a", "a string is not closed on its line")
        );
        assert_eq!(local("<<E\na"), pair("<<E", "a heredoc is not closed"));
        assert_eq!(local("[1, 2"), pair("[", "`[` is never closed"));
        assert_eq!(local("1)"), pair(")", "`)` has no opening bracket"));
        assert_eq!(
            local("1\n  x = 2"),
            pair("x", "`x` is set twice in the same block")
        );
        assert_eq!(local("{ a = 1 b = 2 }").0, "b");
        assert_eq!(
            local("\"\\.\""),
            pair("\\.", "a string holds an escape that does not exist")
        );
        assert_eq!(
            local("{\n a {\n b = 1 \n}\n }").1,
            "a block cannot stand in an object"
        );
        assert_eq!(message("}\n"), pair("}", "`}` has no opening bracket"));
        assert_eq!(
            message("foo\n").1,
            "this is neither an attribute nor a block"
        );
    }

    #[test]
    fn line_breaks_inside_for_are_understood() {
        let text = "locals {\n  x = { for k, v in m : k => v ? # why {\n    1 : {\n a = 1\n b = 2 } }\n  y = 2\n}\n";
        let (source, unit) = unit_of(text);
        assert!(unit.troubles.is_empty() && !unit.broken);
        assert_eq!(
            names(&unit, |span| source.slice(span).to_owned()),
            ["x", "y"]
        );
    }

    #[test]
    fn an_empty_heredoc_is_an_empty_string() {
        for heredoc in ["<<E\nE", "<<-E\r\n  E\r", "<<E\nE\n  x2 = <<E\na\nE"] {
            let text = format!(
                "locals {{\n  x = {heredoc}\n  y = <<E\nE\n}}\nvariable \"v\" {{\n  default = <<E\nb\nE\n}}\n"
            );
            let (source, unit) = unit_of(&text);
            assert!(unit.troubles.is_empty() && !unit.broken, "{text}");
            let names = names(&unit, |span| source.slice(span).to_owned());
            assert_eq!(names.first().map(String::as_str), Some("x"));
            assert_eq!(names[names.len() - 2..], ["y", "v"]);
            let Declaration::Local(x) = &unit.declarations[0] else {
                panic!("a local");
            };
            assert_eq!(unit.exprs.text(x.value).map(|text| &**text), Some(""));
        }
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        let text = "locals {\n  x = {\n a = [1,\n 2] # c\n b = { a = 1, a = 2 }\n a = 3\n }\n}\n";
        let (source, unit) = unit_of(text);
        assert!(unit.troubles.is_empty());
        let Declaration::Local(x) = &unit.declarations[0] else {
            panic!("a local");
        };
        let a = unit.exprs.entry(x.value, "a").unwrap();
        assert_eq!(source.slice(unit.exprs.get(a).span), "3");
    }

    #[test]
    fn what_is_only_too_deep_is_no_error() {
        on_a_large_stack(|| {
            let deep = format!("locals {{\nx = {}1{}\n}}\n", "(".repeat(99), ")".repeat(99));
            let long = format!("locals {{\nx = {}1\n}}\n", "1 + ".repeat(200));
            for text in [deep, long] {
                let unit = unit(&text);
                assert_eq!(unit.troubles[0].rule, RuleId::SYNTAX_NOT_SUPPORTED);
                assert!(unit.broken);
            }
        });
    }
}
