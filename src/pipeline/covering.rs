//! Finds what covers a place without asking everyone.

use std::collections::HashMap;

use crate::finding::RuleId;
use crate::source::{SourceId, Span};

/// Ranges of rules in files, each with a number.
#[derive(Debug, Default)]
pub(super) struct Covering {
    files: HashMap<(RuleId, SourceId), Vec<Range>>,
}

/// A range of bytes.
#[derive(Debug)]
struct Range {
    start: u32,
    end: u32,
    /// The greatest end of this range and of those before it.
    reach: u32,
    number: usize,
}

impl Covering {
    /// Returns the ranges, sorted for asking.
    pub(super) fn new(ranges: impl IntoIterator<Item = (RuleId, Span, usize)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().collect();
        sorted.sort_by_key(|(_, span, _)| span.start);
        let mut files: HashMap<_, Vec<Range>> = HashMap::new();
        for (rule, span, number) in sorted {
            let ranges = files.entry((rule, span.source)).or_default();
            let (start, end) = (span.start, last(span));
            let reach = ranges.last().map_or(end, |before| before.reach.max(end));
            ranges.push(Range {
                start,
                end,
                reach,
                number,
            });
        }
        Covering { files }
    }

    /// Returns the numbers of the ranges of a rule that meet a place. An empty range counts as its first byte.
    pub(super) fn at(&self, rule: RuleId, place: Span) -> impl Iterator<Item = usize> {
        let ranges = self.files.get(&(rule, place.source));
        let ranges = ranges.map_or(&[] as &[Range], Vec::as_slice);
        let before = ranges.partition_point(|range| range.start < last(place));
        ranges[..before]
            .iter()
            .rev()
            .take_while(move |range| range.reach > place.start)
            .filter(move |range| range.end > place.start)
            .map(|range| range.number)
    }
}

/// Returns the end of a span that is not empty.
fn last(span: Span) -> u32 {
    span.end.max(span.start.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_touching_ranges() {
        let span = |start, end| Span::new(SourceId(0), start, end);
        let rule = RuleId(1);
        let covering = Covering::new([
            (rule, span(0, 100), 0),
            (rule, span(10, 20), 1),
            (rule, span(20, 30), 2),
            (RuleId(2), span(0, 100), 3),
        ]);
        let at = |start, end| covering.at(rule, span(start, end)).collect::<Vec<_>>();
        assert_eq!(at(12, 14), [1, 0]);
        assert_eq!(at(20, 20), [2, 0]);
        assert_eq!(at(19, 21), [2, 1, 0]);
        assert_eq!(at(50, 51), [0]);
        assert!(at(100, 101).is_empty());
    }
}
