//! Comments and what a suppression in them would cover. Reads no suppression: that is for those who know the rules.

use std::collections::HashMap;

use crate::source::{Comment, Source, Span};

/// The word that a comment must hold to be kept.
pub(super) const MARK: &str = "aksnet:";

/// A piece of a file between two blanks, in any language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme {
    /// The byte at which it begins.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Whether it is a comment.
    pub comment: bool,
    /// Whether it is the end of a line.
    pub newline: bool,
}

/// Returns the comments that hold [`MARK`]. `lexemes` are all pieces of the file in order; `structures` are the attributes, blocks and items of the file, in any order.
pub(super) fn comments(source: &Source, lexemes: &[Lexeme], structures: &[Span]) -> Vec<Comment> {
    let text = source.text.as_str();
    let tokens = lexemes;
    let longest = longest_by_start(structures);
    let mut found = Vec::new();
    let mut code_on_line = false;
    let mut line_start = 0;
    let mut next_code = 0;
    for (index, token) in tokens.iter().enumerate() {
        let written = &text[token.start..token.end];
        if is_blank(token) && written.contains(MARK) {
            let covers = if code_on_line {
                let code = text[line_start..token.start].trim_start();
                Span::new(source.id, token.start - code.len(), token.start)
            } else {
                next_code = next_code.max(index);
                while tokens.get(next_code).is_some_and(is_blank) {
                    next_code += 1;
                }
                below(source, tokens.get(next_code), &longest, token.end)
            };
            found.push(Comment {
                span: Span::new(source.id, token.start, token.end),
                covers,
            });
        }
        if let Some(at) = written.rfind('\n') {
            line_start = token.start + at + 1;
        }
        code_on_line = !token.newline && (code_on_line || !is_blank(token));
    }
    found
}

/// Tells whether a token is a comment or the end of a line.
fn is_blank(token: &Lexeme) -> bool {
    token.newline || token.comment
}

/// Returns for each first byte the longest structure that begins there.
fn longest_by_start(structures: &[Span]) -> HashMap<u32, Span> {
    let mut longest: HashMap<u32, Span> = HashMap::with_capacity(structures.len());
    for span in structures {
        let known = longest.entry(span.start).or_insert(*span);
        *known = known.join(*span);
    }
    longest
}

/// Returns what begins with the next code; the end of the comment if there is none.
fn below(source: &Source, code: Option<&Lexeme>, longest: &HashMap<u32, Span>, end: usize) -> Span {
    let Some(code) = code else {
        return Span::new(source.id, end, end);
    };
    let start = u32::try_from(code.start).unwrap_or(u32::MAX);
    longest.get(&start).copied().unwrap_or_else(|| {
        let line = source.text[code.start..].lines().next().unwrap_or("");
        Span::new(source.id, code.start, code.start + line.trim_end().len())
    })
}

#[cfg(test)]
mod tests {
    use crate::syntax::terraform::testing::unit_of;

    fn covers(text: &str) -> Vec<String> {
        let (source, unit) = unit_of(text);
        let comments = unit.comments.iter();
        comments
            .map(|c| source.slice(c.covers).to_owned())
            .collect()
    }

    #[test]
    fn a_comment_after_code_covers_its_line() {
        assert_eq!(
            covers("locals {\n  x = \"# aksnet:no\" # aksnet:yes\n}\n"),
            ["x = \"# aksnet:no\" "]
        );
    }

    #[test]
    fn a_comment_on_its_own_line_covers_what_begins_below() {
        let block = "resource \"a\" \"b\" {\n  # aksnet:b\n  pool {\n    n = 1\n  }\n}";
        let text = format!("# aksnet:a\n\n// aksnet:a2\n# other\n{block}\n");
        assert_eq!(covers(&text), [block, block, "pool {\n    n = 1\n  }"]);
        let text = "locals {\n  # aksnet:x\n  x = [\n    # aksnet:i\n    {\n      # aksnet:a\n      a = 1\n    },\n    # aksnet:end\n  ]\n}\n# aksnet:eof\n";
        let covered = covers(text);
        assert!(covered[0].starts_with("x = [") && covered[0].ends_with(']'));
        assert!(covered[1].starts_with("{\n") && covered[1].ends_with('}'));
        assert_eq!(covered[2..], ["a = 1", "]", ""]);
    }

    #[test]
    fn comments_in_a_broken_block_cover_lines() {
        assert_eq!(
            covers(
                "locals {\n  # aksnet:x\r\n  x = \r\n}\nlocals {\n  /* aksnet:y */ y = 1 + 1 # c\n}\n"
            ),
            ["x =", "y = 1 + 1"]
        );
    }
}
