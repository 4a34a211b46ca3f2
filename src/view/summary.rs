//! The last line of a run, and how often each rule spoke.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::engine::Analysis;
use crate::finding::{RuleId, Severity};
use crate::rules;

use super::Style;
use super::paint::Paint;
use super::plain::count;

/// Returns the number of errors, warnings and pieces of advice.
pub fn counts(analysis: &Analysis) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| {
        let of_this = analysis.findings.iter().filter(|f| f.severity == severity);
        of_this.count()
    })
}

/// Returns the line of counts, without its end.
pub fn summary_line(analysis: &Analysis, style: &Style) -> String {
    let paint = Paint {
        colour: style.colour,
        links: false,
    };
    let severities = [Severity::Error, Severity::Warning, Severity::Advice];
    let told: Vec<String> = counts(analysis)
        .into_iter()
        .zip(severities)
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| paint.severity(severity, &count(number, severity.word())))
        .collect();
    let findings = if told.is_empty() {
        "no findings".to_owned()
    } else {
        told.join(", ")
    };
    let stats = &analysis.stats;
    let mut parts = vec![findings];
    if stats.suppressed > 0 {
        parts.push(format!("{} suppressed", stats.suppressed));
    }
    let undecided = analysis.undecided.len();
    if undecided > 0 {
        let how = if style.undecided {
            ""
        } else {
            " (--undecided lists them)"
        };
        parts.push(format!("{undecided} undecided{how}"));
    }
    let files = count(stats.files, "file");
    parts.push(format!("{files}, {}", count(stats.clusters, "cluster")));
    if let Some(time) = style.time {
        parts.push(format!("{} ms", time.as_millis()));
    }
    parts.join("; ")
}

/// Returns how often each rule spoke, most often first, a line each.
pub(super) fn statistics(analysis: &Analysis) -> String {
    let mut times: BTreeMap<RuleId, usize> = BTreeMap::new();
    for finding in &analysis.findings {
        *times.entry(finding.rule).or_default() += 1;
    }
    let mut sorted: Vec<(RuleId, usize)> = times.into_iter().collect();
    sorted.sort_by_key(|(rule, times)| (usize::MAX - times, *rule));
    let width = sorted
        .first()
        .map_or(0, |(_, times)| times.to_string().len());
    let mut lines = String::new();
    for (rule, times) in sorted {
        let name = rules::by_id(rule).map_or("", |rule| rule.name);
        let line = format!("{times:>width$}  {rule}  {name}");
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{}", line.trim_end());
    }
    lines
}
