//! The findings of a design, and the ranges that each is about.

use crate::engine::Analysis;
use crate::finding::{Finding, Instance, Severity};
use crate::model::Design;
use crate::source::Span;
use crate::view::details;
use crate::view::place;
use crate::view::plain::clean;

use super::atlas::{Atlas, Range};

/// The most findings that are listed; how many more there are is said.
pub(super) const MOST: usize = 200;

/// A finding beside the map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Note {
    pub(super) severity: Severity,
    /// The id of the rule.
    pub(super) code: String,
    /// The id and name of the rule.
    pub(super) title: String,
    /// The address of the rule's page.
    pub(super) url: Option<String>,
    pub(super) message: String,
    /// How often else the same is wrong.
    pub(super) again: usize,
    pub(super) help: Option<String>,
    /// Where: `main.tf:3:1`.
    pub(super) place: String,
    /// The ranges that it is about.
    pub(super) ranges: Vec<usize>,
}

/// Returns the findings of a design: those about ranges first, the worst first.
pub(super) fn of(analysis: &Analysis, design: &Design, atlas: &Atlas) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for finding in &analysis.findings {
        let here = |one: &&Instance| one.root == design.root && one.variant == design.variant;
        let instances: Vec<&Instance> = finding.instances.iter().filter(here).collect();
        if let Some(first) = instances.first() {
            notes.push(note(analysis, finding, first, &instances, atlas));
        }
    }
    notes.sort_by_key(|note| (note.ranges.is_empty(), std::cmp::Reverse(note.severity)));
    notes
}

/// Returns the findings about a range.
pub(super) fn about(notes: &[Note], range: usize) -> Vec<usize> {
    let notes = notes.iter().take(MOST).enumerate();
    let own = notes.filter(|(_, note)| note.ranges.contains(&range));
    own.map(|(at, _)| at).collect()
}

fn note(
    analysis: &Analysis,
    finding: &Finding,
    first: &Instance,
    instances: &[&Instance],
    atlas: &Atlas,
) -> Note {
    Note {
        severity: finding.severity,
        code: finding.rule.to_string(),
        title: details::title(finding),
        url: details::url(finding),
        message: clean(&first.message).into_owned(),
        again: instances.len() - 1,
        help: finding.help.as_deref().map(|help| clean(help).into_owned()),
        place: place::short(&analysis.sources, finding.primary.span),
        ranges: ranges(finding, instances, atlas),
    }
}

/// Returns the ranges that a finding is about: those that stand where it points. A place may hold several, as that of
/// `each.value` does; then those are meant that the finding names, or that are of its resource.
fn ranges(finding: &Finding, instances: &[&Instance], atlas: &Atlas) -> Vec<usize> {
    let labels = finding.labels.iter().map(|label| label.span);
    let spans: Vec<Span> = labels.chain([finding.primary.span]).collect();
    let all = atlas.ranges.iter().enumerate();
    let points = |range: &Range| range.spans.iter().any(|span| spans.contains(span));
    let candidates: Vec<usize> = all
        .filter(|(_, range)| points(range))
        .map(|(at, _)| at)
        .collect();
    let named = |at: &usize| {
        let range = &atlas.ranges[*at];
        let cidr = range.cidr.to_string();
        let texts = finding.rows.iter().map(|row| row.text.as_str());
        let messages = instances.iter().map(|one| one.message.as_str());
        let mut texts = texts.chain(messages);
        let address = |one: &&Instance| range.address.as_deref() == Some(&one.subject);
        let own = instances.iter().any(address);
        own || texts.any(|text| mentions(text, &cidr))
    };
    let told: Vec<usize> = candidates.iter().copied().filter(named).collect();
    if told.is_empty() { candidates } else { told }
}

/// Tells whether a text holds a range as a word: `10.0.0.0/1` is not in `10.0.0.0/16`.
fn mentions(text: &str, cidr: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == ':' || c == '/';
    text.match_indices(cidr).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + cidr.len()..].chars().next();
        !before.is_some_and(|c| part(c) || c == '.') && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_word() {
        assert!(mentions("overlaps 10.0.0.0/16, that", "10.0.0.0/16"));
        assert!(mentions("available in 10.0.0.0/1", "10.0.0.0/1"));
        assert!(!mentions("overlaps 10.0.0.0/16", "10.0.0.0/1"));
        assert!(!mentions("overlaps 110.0.0.0/16", "10.0.0.0/16"));
    }
}
