//! The table of all models: whether Azure takes the design, until when, whether it fits, and how to get there.

use crate::capacity::Verdict;
use crate::rules::Kind;

use super::entries::{Alternative, Entry};
use super::facts::Facts;
use super::number::Number;
use super::space::Space;

/// The heads of the columns.
pub(super) const HEADS: [&str; 7] = [
    "model",
    "errors",
    "retires",
    "fits",
    "node subnet",
    "pods",
    "largest",
];

/// Returns the cells of a model; the first one has a mark where it is today's.
pub(super) fn cells(entry: &Entry<'_>, one: &Alternative) -> [String; 7] {
    let today = if entry.today.model == Some(one.model) {
        " (today)"
    } else {
        ""
    };
    let common = common(entry);
    let own = |ids: Vec<String>| {
        let own: Vec<String> = ids.into_iter().filter(|id| !common.contains(id)).collect();
        if own.is_empty() {
            "-".to_owned()
        } else {
            own.join(", ")
        }
    };
    [
        format!("{}{today}", one.model),
        own(errors(&one.facts)),
        own(retirements(&one.facts)),
        fits(&one.facts).to_owned(),
        needs(one.facts.spaces.iter().filter(|space| !is_of_pods(space))),
        needs(one.facts.spaces.iter().filter(|space| is_of_pods(space))),
        largest(&one.facts),
    ]
}

/// Returns the rules that object to every model alike.
fn common(entry: &Entry<'_>) -> Vec<String> {
    let mut all = entry.models.iter().map(|one| {
        let mut ids = errors(&one.facts);
        ids.extend(retirements(&one.facts));
        ids
    });
    let first = all.next().unwrap_or_default();
    all.fold(first, |common, ids| {
        common.into_iter().filter(|id| ids.contains(id)).collect()
    })
}

/// Returns a sentence about the rules that object to every model alike, if some do.
pub(super) fn common_words(entry: &Entry<'_>) -> Option<String> {
    let common = common(entry);
    (!common.is_empty()).then(|| format!("with every model: {}", common.join(", ")))
}

/// Returns the ids of errors; what does not fit has a column of its own.
fn errors(facts: &Facts) -> Vec<String> {
    ids(facts, |kind| {
        !matches!(kind, Kind::Retirement | Kind::Capacity)
    })
}

fn retirements(facts: &Facts) -> Vec<String> {
    ids(facts, |kind| kind == Kind::Retirement)
}

fn ids(facts: &Facts, of: impl Fn(Kind) -> bool) -> Vec<String> {
    let objections = facts.objections.iter();
    let objections = objections.filter(|objection| of(objection.kind));
    let mut ids: Vec<String> = objections.map(|one| one.rule.to_string()).collect();
    ids.dedup();
    ids
}

/// Returns what the rules say, in their ids.
pub(super) fn supported(facts: &Facts) -> String {
    let mut ids = errors(facts);
    ids.extend(
        retirements(facts)
            .iter()
            .map(|id| format!("{id} (retires)")),
    );
    if ids.is_empty() {
        "no errors".to_owned()
    } else {
        ids.join(", ")
    }
}

/// Returns whether everything fits.
pub(super) fn fits(facts: &Facts) -> &'static str {
    match facts.verdict {
        Verdict::Fits => "yes",
        Verdict::Exceeds => "no",
        Verdict::Open => "unknown",
    }
}

/// Returns how many nodes fit.
pub(super) fn largest(facts: &Facts) -> String {
    match &facts.largest {
        Some(largest) => format!("{largest} nodes"),
        None => "none fit".to_owned(),
    }
}

fn is_of_pods(space: &Space) -> bool {
    space.kind == "pod-range" || space.rows.iter().any(|row| row.kind == "pods")
}

/// Returns what spaces need at the most: `155 (/24)`.
fn needs<'s>(spaces: impl Iterator<Item = &'s Space>) -> String {
    let spaces = spaces.filter(|space| space.kind != "nodes");
    let need = |space: &Space| {
        let [_, taken, _]: &[Number; 3] = &space.taken;
        match space.prefixes[0].exact() {
            Some(prefix) => format!("{taken} (/{prefix})"),
            None => taken.to_string(),
        }
    };
    let all: Vec<String> = spaces.map(need).collect();
    match all.as_slice() {
        [] => "-".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
