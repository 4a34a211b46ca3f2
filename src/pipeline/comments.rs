//! The text of a suppression in a comment: `# aksnet: allow AKS104 until 2027-03-31 -- reason`. Knows no rule and no place.

use std::ops::Range;

use jiff::civil::Date;

use crate::config::nearest;

/// What a comment asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Directive<'t> {
    /// Whether it covers the whole file.
    pub(super) whole_file: bool,
    /// The words for rules, with their bytes in the comment.
    pub(super) rules: Vec<Word<'t>>,
    /// The last day on which it counts.
    pub(super) until: Option<Date>,
    /// Whether there is a reason.
    pub(super) has_reason: bool,
}

/// A word and its bytes in the comment.
pub(super) type Word<'t> = (&'t str, Range<usize>);

/// What is not understood, in words, and its bytes in the comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Problem {
    /// What is wrong.
    pub(super) text: String,
    /// The bytes.
    pub(super) range: Range<usize>,
}

/// Reads a comment with its marks; `None` if it does not speak to aksnet.
pub(super) fn parse(comment: &str) -> Option<Result<Directive<'_>, Problem>> {
    let mut start = 0;
    for line in comment.split_inclusive('\n') {
        let body = line.trim_start_matches(|c: char| c.is_whitespace() || "#/*".contains(c));
        if let Some(body) = body.strip_prefix("aksnet:") {
            let offset = start + line.find("aksnet:")? + "aksnet:".len();
            return Some(directive(body, offset));
        }
        start += line.len();
    }
    None
}

/// Reads what stands behind `aksnet:`.
fn directive(body: &str, offset: usize) -> Result<Directive<'_>, Problem> {
    let body = body.trim_end();
    let body = body.strip_suffix("*/").unwrap_or(body).trim_end();
    let (head, reason) = body.split_once("--").unwrap_or((body, ""));
    let mut words = words(head, offset).into_iter();
    let nothing = Problem {
        text: "it does not say what to do".to_owned(),
        range: offset..offset + body.len(),
    };
    let (verb, range) = words.next().ok_or(nothing)?;
    let whole_file = match verb {
        "allow" => false,
        "allow-file" => true,
        _ => {
            let near = nearest(verb, ["allow", "allow-file"]).unwrap_or("allow");
            let text = format!("{verb:?} is none of its words; did you mean {near:?}?");
            return Err(Problem { text, range });
        }
    };
    let mut rules = Vec::new();
    let mut until = None;
    while let Some((word, range)) = words.next() {
        if word == "until" {
            until = Some(day(words.next(), range)?);
        } else {
            rules.push((word, range));
        }
    }
    if rules.is_empty() {
        let text = "it names no rule".to_owned();
        return Err(Problem { text, range });
    }
    Ok(Directive {
        whole_file,
        rules,
        until,
        has_reason: reason.chars().any(char::is_alphanumeric),
    })
}

/// Reads the day behind `until`, which stands at `before`.
fn day(word: Option<Word<'_>>, before: Range<usize>) -> Result<Date, Problem> {
    let Some((word, range)) = word else {
        return Err(Problem {
            text: "it does not say until when".to_owned(),
            range: before,
        });
    };
    word.parse().map_err(|_| Problem {
        text: format!("{word:?} is not a day; write it as 2027-03-31"),
        range,
    })
}

/// Returns the words between blanks, commas and brackets.
fn words(text: &str, offset: usize) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = 0;
    for piece in text.split(|c: char| c.is_whitespace() || ",[]".contains(c)) {
        if !piece.is_empty() {
            words.push((piece, offset + start..offset + start + piece.len()));
        }
        let separator = text[start + piece.len()..].chars().next();
        start += piece.len() + separator.map_or(0, char::len_utf8);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a comment as it was read, in one line.
    fn read(comment: &str) -> String {
        match parse(comment) {
            None => "nothing".to_owned(),
            Some(Err(problem)) => format!("{} at {:?}", problem.text, &comment[problem.range]),
            Some(Ok(directive)) => {
                for (word, range) in &directive.rules {
                    assert_eq!(&comment[range.clone()], *word);
                }
                let rules: Vec<&str> = directive.rules.iter().map(|(word, _)| *word).collect();
                let until = directive
                    .until
                    .map_or(String::new(), |day| format!(" until {day}"));
                format!(
                    "{} {}{until}{}",
                    if directive.whole_file { "file" } else { "line" },
                    rules.join("+"),
                    if directive.has_reason {
                        ""
                    } else {
                        ", no reason"
                    }
                )
            }
        }
    }

    #[test]
    fn every_form() {
        insta::assert_snapshot!(
            [
                "# aksnet: allow AKS104 -- legacy",
                "//aksnet:allow AKS104,AKS101  dns-ip-odd -- legacy",
                "/* aksnet: allow AKS104 -- legacy */",
                "/*\n * Why ä.\n * aksnet: allow-file AKS104 -- legacy\n */",
                "# aksnet: allow AKS104 until 2027-03-31 -- legacy",
                "# aksnet: allow AKS104 [until 2027-03-31] -- legacy",
                "# aksnet: allow AKS104",
                "# aksnet: allow AKS104 --",
                "/* aksnet: allow AKS104 -- */",
                "# aksnet: alow AKS104 -- legacy",
                "# aksnet: ignore AKS104 -- legacy",
                "# aksnet: allow -- legacy",
                "# aksnet: allow AKS104 until spring -- legacy",
                "# aksnet: allow AKS104 until -- legacy",
                "# aksnet:",
                "# checked by aksnet: allow AKS104 -- no",
                "# aksnet is a linter",
            ]
            .map(read)
            .join("\n"),
            @r#"
            line AKS104
            line AKS104+AKS101+dns-ip-odd
            line AKS104
            file AKS104
            line AKS104 until 2027-03-31
            line AKS104 until 2027-03-31
            line AKS104, no reason
            line AKS104, no reason
            line AKS104, no reason
            "alow" is none of its words; did you mean "allow"? at "alow"
            "ignore" is none of its words; did you mean "allow"? at "ignore"
            it names no rule at "allow"
            "spring" is not a day; write it as 2027-03-31 at "spring"
            it does not say until when at "until"
            it does not say what to do at ""
            nothing
            nothing
            "#
        );
    }
}
