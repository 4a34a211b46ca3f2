//! What could not be decided, grouped by what is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::engine::Analysis;
use crate::finding::{RuleId, Undecided};
use crate::source::Span;

use super::paint::Paint;
use super::place::short;
use super::plain::{clean, count, wrap};

/// Everything that waits for the same.
#[derive(Default)]
struct Group<'a> {
    rules: BTreeSet<RuleId>,
    addresses: BTreeSet<&'a str>,
    spans: BTreeSet<Span>,
}

/// Writes the groups, the one that keeps most rules first.
pub(super) fn write(
    analysis: &Analysis,
    paint: Paint,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut groups: BTreeMap<(Option<&str>, &str), Group<'_>> = BTreeMap::new();
    for undecided in &analysis.undecided {
        let group = groups.entry(key(undecided)).or_default();
        group.rules.insert(undecided.rule);
        group.addresses.insert(&undecided.address);
        group.spans.insert(undecided.span);
    }
    let clusters = cluster_addresses(analysis);
    let mut sorted: Vec<_> = groups.into_iter().collect();
    sorted.sort_by_key(|(key, group)| (usize::MAX - group.rules.len(), *key));
    for ((needs, because), group) in sorted {
        let all_clusters = group.addresses.iter().all(|a| clusters.contains(*a));
        let noun = if all_clusters { "cluster" } else { "resource" };
        let rules = count(group.rules.len(), "rule");
        let on = count(group.addresses.len(), noun);
        let title = match needs {
            Some(needs) => format!("`{}` keeps {rules} on {on} undecided", clean(needs)),
            None => format!("{rules} on {on} undecided"),
        };
        writeln!(out, "{}", paint.bold(&title))?;
        write!(out, "{}", wrap("  because ", &clean(because), width))?;
        for span in group.spans.iter().take(3) {
            writeln!(out, "  at {}", short(&analysis.sources, *span))?;
        }
        if group.spans.len() > 3 {
            writeln!(out, "  and {}", count(group.spans.len() - 3, "other place"))?;
        }
        let ids: Vec<String> = group.rules.iter().map(ToString::to_string).collect();
        write!(out, "{}", wrap("  ", &ids.join(", "), width))?;
        writeln!(out)?;
    }
    Ok(())
}

fn key(undecided: &Undecided) -> (Option<&str>, &str) {
    (undecided.needs.as_deref(), &undecided.because)
}

fn cluster_addresses(analysis: &Analysis) -> BTreeSet<&str> {
    analysis
        .designs
        .iter()
        .flat_map(|design| {
            let network = &design.after;
            let address = |id| network.entity(id).address.as_str();
            network.clusters.iter().map(move |c| address(c.id))
        })
        .collect()
}
