//! The last step: an order that depends on names and places alone.

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::Undecided;
use crate::source::{Source, SourceId, Sources};

use super::fold::Group;

/// Sorts groups by file, place and rule.
pub(super) fn groups(groups: &mut [Group], sources: &Sources) {
    let files = Files::of(sources);
    groups.sort_by(|a, b| {
        let key = |group: &Group| {
            let span = group.first().primary.span;
            (span.start, group.first().rule, span.end)
        };
        let file = |group: &Group| files.name(group.first().primary.span.source);
        file(a).cmp(file(b)).then_with(|| key(a).cmp(&key(b)))
    });
}

/// Sorts undecideds by rule, file and place.
pub(super) fn undecided(undecided: &mut [Undecided], sources: &Sources) {
    let files = Files::of(sources);
    undecided.sort_by(|a, b| {
        let key = |one: &Undecided| (one.span.start, one.span.end);
        let file = |one: &Undecided| files.name(one.span.source);
        a.rule
            .cmp(&b.rule)
            .then_with(|| file(a).cmp(file(b)))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.needs.cmp(&b.needs))
            .then_with(|| a.address.cmp(&b.address))
    });
}

/// The names of all texts.
struct Files(HashMap<SourceId, Arc<Source>>);

impl Files {
    fn of(sources: &Sources) -> Self {
        let all = sources.all().into_iter();
        Files(all.map(|source| (source.id, source)).collect())
    }

    fn name(&self, id: SourceId) -> &str {
        self.0.get(&id).map_or("", |source| source.name.as_str())
    }
}
