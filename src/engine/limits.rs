//! What is told of rules that had more to say than is kept.

use crate::finding::{RuleId, Trouble};
use crate::source::{SourceId, Span};

/// Returns that the rules `cut` had more to say about a root, at the start of one of its files; `None` if there are none.
pub(super) fn told(cut: &[RuleId], source: SourceId, root: &str) -> Option<Trouble> {
    if cut.is_empty() {
        return None;
    }
    let ids: Vec<String> = cut.iter().map(ToString::to_string).collect();
    let (ids, verb) = (ids.join(", "), if cut.len() == 1 { "has" } else { "have" });
    let message = format!("{ids} {verb} more to say about the root {root} than is kept");
    let span = Span::new(source, 0, 0);
    let label = "what comes after the first thousands is left out";
    let trouble = Trouble::new(RuleId::BUDGET_EXCEEDED, span, label, message);
    Some(trouble.help("mend what is told, or lint a part of the code"))
}
