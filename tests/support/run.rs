//! The one place where tests run aksnet over texts in memory.

use aksnet::engine::{Analysis, Options, analyse_texts};
use aksnet::finding::{Finding, RuleId};
use aksnet::rules::{Category, Rule};
use aksnet::source::Span;
use jiff::civil::date;

/// Judges texts, each with its path below the project root, on a fixed day.
pub(crate) fn analyse(files: &[(&str, &str)]) -> Analysis {
    let options = Options::new(date(2026, 11, 22));
    analyse_texts(files, &options).expect("texts in memory can be analysed")
}

/// Returns the human report of a rule, as it stands on its page: what other rules say of the example is theirs. What a rule
/// about the input says may hang on which rules ran.
pub(crate) fn report(files: &[(&str, &str)], rule: &Rule) -> String {
    let mut options = Options::new(date(2026, 11, 22));
    if rule.category != Category::Input {
        let only = options.config.select(&[rule.id.to_string()]);
        only.expect("the rule has an id");
    }
    let analysis = analyse_texts(files, &options).expect("texts in memory can be analysed");
    aksnet::view::render_human(&analysis)
}

/// Returns the file and line of a place.
pub(crate) fn place(analysis: &Analysis, span: Span) -> (String, u32) {
    let source = analysis.sources.get(span.source);
    let path = source
        .path
        .as_ref()
        .map_or(source.name.as_str(), |path| path.as_str());
    (path.to_owned(), source.position(span.start).line)
}

/// Returns the findings of one rule.
pub(crate) fn of_rule(analysis: &Analysis, rule: RuleId) -> impl Iterator<Item = &Finding> {
    let same = move |finding: &&Finding| finding.rule == rule;
    analysis.findings.iter().filter(same)
}

/// Returns the places of the findings of one rule: file and line, sorted.
pub(crate) fn places(analysis: &Analysis, rule: RuleId) -> Vec<(String, u32)> {
    let mut all: Vec<(String, u32)> = of_rule(analysis, rule)
        .map(|finding| place(analysis, finding.primary.span))
        .collect();
    all.sort();
    all
}
