//! A text into its top-level blocks and attributes, by brackets and line ends alone.

use crate::syntax::scan::{TokenKind, scan};

/// The blocks that stand at the top of a file, and whether they have a label.
const TOP_LEVEL: [(&str, bool); 12] = [
    ("resource", true),
    ("data", true),
    ("module", true),
    ("variable", true),
    ("output", true),
    ("provider", true),
    ("check", true),
    ("locals", false),
    ("terraform", false),
    ("import", false),
    ("moved", false),
    ("removed", false),
];

/// The brackets that are open. A closing bracket that closes none of them is passed over; one that closes an outer one
/// closes the inner ones too.
#[derive(Default)]
struct Brackets {
    open: Vec<u8>,
    /// How many of `(`, `[`, `{` are open; spares a search for one that is not there.
    counts: [usize; 3],
}

impl Brackets {
    fn count(&mut self, bracket: u8) -> &mut usize {
        &mut self.counts[match bracket {
            b'(' => 0,
            b'[' => 1,
            _ => 2,
        }]
    }

    fn open(&mut self, bracket: u8) {
        self.open.push(bracket);
        *self.count(bracket) += 1;
    }

    fn close(&mut self, bracket: u8) {
        if *self.count(bracket) == 0 {
            return;
        }
        while let Some(inner) = self.open.pop() {
            *self.count(inner) -= 1;
            if inner == bracket {
                break;
            }
        }
    }
}

/// Returns the blocks and attributes of a text with their first bytes. With `by_line`, a line that looks like the
/// beginning of a top-level block begins one, even if the one before is not closed.
pub(super) fn chunks(text: &str, by_line: bool) -> Vec<(&str, usize)> {
    let tokens = scan(text);
    let mut found = Vec::new();
    let mut brackets = Brackets::default();
    let mut start = None;
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::LineComment | TokenKind::BlockComment => continue,
            TokenKind::Newline => {
                if brackets.open.is_empty() {
                    found.extend(start.take().map(|start| (&text[start..end], start)));
                }
                continue;
            }
            TokenKind::Word if by_line && start.is_some() => {
                let next = tokens.get(index + 1).map(|next| next.kind);
                if begins_block(text, token.start, token.end, next) {
                    found.extend(start.take().map(|start| (&text[start..end], start)));
                    brackets = Brackets::default();
                }
            }
            TokenKind::Open(bracket) => brackets.open(bracket),
            TokenKind::Close(bracket) => brackets.close(bracket),
            TokenKind::Word
            | TokenKind::Quoted { .. }
            | TokenKind::Heredoc { .. }
            | TokenKind::Other => {}
        }
        start.get_or_insert(token.start);
        end = token.end;
    }
    found.extend(start.map(|start| (&text[start..end], start)));
    found
}

/// Tells whether a word at the first column begins a top-level block.
fn begins_block(text: &str, start: usize, end: usize, next: Option<TokenKind>) -> bool {
    let first_column = start == 0 || text.as_bytes()[start - 1] == b'\n';
    let labelled = matches!(next, Some(TokenKind::Quoted { .. }));
    let opens = next == Some(TokenKind::Open(b'{'));
    first_column && (labelled || opens) && TOP_LEVEL.contains(&(&text[start..end], labelled))
}
