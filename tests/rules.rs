//! Runs the examples of every page: what must fail fails where the markers stand, what must pass passes, what is not known is
//! undecided, the report is the one that is printed, and the fix does what the page shows.

use aksnet::engine::Analysis;
use aksnet::finding::{Finding, RuleId, Severity};
use aksnet::rules::{self, Category, Rule};

use crate::pages::WITHOUT_FAILS;
use crate::support::page::{Example, LANGUAGES, Page};
use crate::support::run::{analyse, of_rule, place, places, report};

/// Runs `check` over the examples of a section of all pages and collects what it finds wrong.
fn over_examples(heading: &str, check: impl Fn(&Rule, &Example) -> Result<(), String>) {
    let mut faults = Vec::new();
    for rule in rules::all() {
        let page = Page::of(rule);
        for language in LANGUAGES {
            for example in page.examples(heading, language) {
                if let Err(fault) = check(rule, &example) {
                    let line = example.line();
                    faults.push(format!("{} line {line}, ## {heading}: {fault}", rule.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns the findings in one line each.
fn listed<'a>(analysis: &Analysis, findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let line = |finding: &Finding| {
        let (file, line) = place(analysis, finding.primary.span);
        format!("\n    {file}:{line}: {} {}", finding.rule, finding.message)
    };
    findings.into_iter().map(line).collect()
}

#[test]
fn failing_examples_fail_where_they_are_marked() {
    over_examples("Fails", |rule, example| {
        let analysis = analyse(&example.texts());
        let (found, marked) = (places(&analysis, rule.id), example.marked(rule.id));
        if found == marked {
            return Ok(());
        }
        let all = listed(&analysis, &analysis.findings);
        Err(format!(
            "marked {marked:?}, found {found:?}; all findings:{all}"
        ))
    });
}

#[test]
fn passing_examples_pass() {
    over_examples("Passes", |rule, example| {
        let analysis = analyse(&example.texts());
        let wrong =
            |finding: &&Finding| finding.severity == Severity::Error || finding.rule == rule.id;
        let wrong: Vec<&Finding> = analysis.findings.iter().filter(wrong).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        Err(format!("it must pass:{}", listed(&analysis, wrong)))
    });
}

#[test]
fn what_is_not_known_is_undecided() {
    over_examples("Unknown", |rule, example| {
        let analysis = analyse(&example.texts());
        let spoken: Vec<&Finding> = of_rule(&analysis, rule.id).collect();
        if !spoken.is_empty() {
            return Err(format!("it must be silent:{}", listed(&analysis, spoken)));
        }
        if analysis.undecided.iter().any(|u| u.rule == rule.id) {
            return Ok(());
        }
        Err("it is silent and does not say why".to_owned())
    });
}

#[test]
fn reports_are_current() {
    let mut faults = Vec::new();
    for rule in rules::all() {
        if WITHOUT_FAILS.contains(&rule.id.0) {
            continue;
        }
        let page = Page::of(rule);
        let first = &page.first_examples("Fails")[0];
        let text = report(&first.texts(), rule);
        if let Err(fault) = page.expect_block("Fails", "text", &text) {
            faults.push(format!("{}: {fault}", rule.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn fixes_do_what_their_pages_show() {
    let mut faults = Vec::new();
    for rule in rules::all().iter().filter(|rule| rule.fix.is_some()) {
        assert_ne!(rule.category, Category::Input, "{} has no example", rule.id);
        if let Err(fault) = check_fix(rule) {
            faults.push(format!("{}: {fault}", rule.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check_fix(rule: &Rule) -> Result<(), String> {
    let page = Page::of(rule);
    let first = &page.first_examples("Fails")[0];
    let analysis = analyse(&first.texts());
    let mended = mended(first, &analysis, rule)?;
    if left(&mended, rule) > 0 {
        return Err("the fix leaves findings".to_owned());
    }
    let before = first.texts();
    let pairs = before.iter().zip(&mended);
    let diff: String = pairs
        .map(|((_, old), (_, new))| difference(old, new))
        .collect();
    page.expect_block("Fix", "diff", &diff)
}

/// Returns path and text of each file of an example after all fixes of a rule.
fn mended(
    example: &Example,
    analysis: &Analysis,
    rule: &Rule,
) -> Result<Vec<(String, String)>, String> {
    let fixes = of_rule(analysis, rule.id).filter_map(|finding| finding.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|fix| &fix.edits).collect();
    if edits.is_empty() {
        return Err("it has no fix".to_owned());
    }
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.source, edit.span.start)));
    edits.dedup();
    let owned = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
    let mut mended: Vec<(String, String)> = example.texts().into_iter().map(owned).collect();
    for edit in edits {
        let (name, _) = place(analysis, edit.span);
        let file = mended.iter_mut().find(|(file, _)| *file == name);
        let (_, text) = file.ok_or_else(|| format!("an edit in {name}"))?;
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    Ok(mended)
}

/// Returns how much a rule says of files, or of their syntax.
fn left(files: &[(String, String)], rule: &Rule) -> usize {
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let analysis = analyse(&texts);
    of_rule(&analysis, rule.id).count() + of_rule(&analysis, RuleId(1)).count()
}

#[test]
fn fixes_mend_every_example_that_they_are_offered_for() {
    over_examples("Fails", |rule, example| {
        let analysis = analyse(&example.texts());
        let fixed = of_rule(&analysis, rule.id).filter(|finding| finding.fix.is_some());
        let (fixed, found) = (fixed.count(), of_rule(&analysis, rule.id).count());
        if fixed == 0 {
            return Ok(());
        }
        let mended = mended(example, &analysis, rule)?;
        let left = left(&mended, rule);
        if left + fixed <= found {
            return Ok(());
        }
        Err(format!(
            "{left} findings are left after the fix: {mended:?}"
        ))
    });
}

#[test]
fn what_bicep_has_in_quotes_is_said_without() {
    let rule = rules::find("service-cidr-too-large").expect("the rule is there");
    let page = Page::of(rule);
    let analysis = analyse(&page.examples("Fails", "bicep")[0].texts());
    let messages: Vec<&str> = of_rule(&analysis, rule.id)
        .map(|f| f.message.as_str())
        .collect();
    let wanted = "service range 10.0.0.0/8 is too large: Azure takes ranges smaller than /12";
    assert_eq!(messages, [wanted]);
}

/// Returns the lines that differ, the old ones first; what both begin and end with is left out.
fn difference(old: &str, new: &str) -> String {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    while old.last().is_some() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let signed = |sign: char, lines: &[&str]| -> String {
        lines
            .iter()
            .fold(String::new(), |text, line| format!("{text}{sign}{line}\n"))
    };
    signed('-', &old[same..]) + &signed('+', &new[same..])
}

#[test]
fn differences_are_whole_lines() {
    assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n"), "-b\n+x\n");
    assert_eq!(difference("a\n", "a\n"), "");
    assert_eq!(difference("a\na\n", "a\n"), "-a\n");
}
