//! The form of the pages in `rules/`: they agree with the rules, have what a page must have, and are listed in the index.

use std::fs;

use aksnet::finding::{Safety, Severity};
use aksnet::model::Dialect;
use aksnet::rules::{self, Category, Rule, options};

use crate::support::page::Page;
use crate::support::{package, updating};

/// Files in `rules/` that are no page of a rule.
const OTHERS: [&str; 3] = ["README.md", "TEMPLATE.md", "guide"];

/// The sections of a page, in order, and whether each page has it.
const SECTIONS: [(&str, bool); 7] = [
    ("Why", true),
    ("Fails", false),
    ("Passes", true),
    ("Unknown", false),
    ("Fix", false),
    ("Options", false),
    ("Sources", true),
];

/// Rules whose failing input cannot be written down as text.
pub(crate) const WITHOUT_FAILS: [u16; 1] = [2];

/// The categories whose pages have examples in Bicep too, for each rule that speaks of it.
const IN_BICEP: [Category; 7] = [
    Category::Addressing,
    Category::Capacity,
    Category::Plugin,
    Category::NodePool,
    Category::Egress,
    Category::ApiServer,
    Category::Subnet,
];

/// Returns the second line of a rule's page.
fn facts(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    };
    let stage = rule.stage.map(|stage| format!(" at {}", stage.word()));
    let stage = stage.unwrap_or_default();
    let fix = match rule.fix {
        Some(Safety::Safe) => "safe fix",
        Some(Safety::Unsafe) => "unsafe fix",
        None => "no fix",
    };
    let Rule {
        category,
        kind,
        since,
        ..
    } = rule;
    format!("*{severity} · {category} · {kind}{stage} · since {since} · {fix}*")
}

/// Returns what is wrong with a page's form.
fn faults(rule: &Rule) -> Vec<String> {
    let page = Page::of(rule);
    let mut faults = Vec::new();
    let title = format!("# {}: {}", rule.id, rule.name);
    if page.text.lines().next() != Some(title.as_str()) {
        faults.push(format!("line 1 should be: {title}"));
    }
    faults.extend(page.expect_line(3, &facts(rule)).err());
    let summary = rule.summary();
    if !summary.ends_with('.') || summary.matches(". ").count() > 0 {
        faults.push(format!(
            "the first paragraph is not one sentence: {summary}"
        ));
    }
    let headings = page.headings();
    let order = |heading: &&str| SECTIONS.iter().position(|(name, _)| name == heading);
    if !headings.iter().is_sorted_by_key(order) || headings.iter().any(|h| order(h).is_none()) {
        faults.push(format!(
            "sections {headings:?} are not among or not in the order of {SECTIONS:?}"
        ));
    }
    let input = rule.category == Category::Input;
    for (heading, always) in SECTIONS {
        let wanted = match heading {
            "Fails" => !WITHOUT_FAILS.contains(&rule.id.0),
            "Unknown" => !input,
            "Fix" => rule.fix.is_some(),
            "Options" => continue,
            _ => always,
        };
        if headings.contains(&heading) != wanted {
            let word = if wanted {
                "is missing"
            } else {
                "does not belong here"
            };
            faults.push(format!("## {heading} {word}"));
        }
    }
    faults.extend(few_examples(&page, rule));
    faults
}

/// Tells which sections have fewer examples than a reader needs, in the first language of the rule and in Bicep.
fn few_examples(page: &Page, rule: &Rule) -> Vec<String> {
    let least = if rule.category == Category::Input {
        1
    } else {
        2
    };
    let mut faults = Vec::new();
    for (heading, least) in [("Fails", least), ("Passes", least), ("Unknown", 1)] {
        let found = page.first_examples(heading).len();
        if page.headings().contains(&heading) && found < least {
            faults.push(format!(
                "## {heading} has {found} examples in its first language, not {least}"
            ));
        }
    }
    let in_bicep = IN_BICEP.contains(&rule.category) && rule.dialects.contains(Dialect::Bicep);
    for heading in ["Fails", "Passes"] {
        let found = page.examples(heading, "bicep").len();
        if in_bicep && found < 2 {
            faults.push(format!("## {heading} has {found} examples in Bicep, not 2"));
        }
    }
    let mut examples = page.first_examples("Fails");
    if in_bicep {
        examples.extend(page.examples("Fails", "bicep"));
    }
    for example in examples.iter().filter(|e| e.marked(rule.id).is_empty()) {
        faults.push(format!(
            "the example at line {} marks no {}",
            example.line(),
            rule.id
        ));
    }
    faults
}

#[test]
fn pages_agree_with_their_rules() {
    let report = |rule: &&Rule| {
        let named = |fault| format!("{}: {fault}", rule.id);
        faults(rule).into_iter().map(named).collect::<Vec<_>>()
    };
    let faults: Vec<String> = rules::all().iter().flat_map(report).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_has_a_rule() {
    let pages: Vec<String> = rules::all()
        .iter()
        .map(|rule| format!("{}-{}.md", rule.id, rule.name))
        .collect();
    for entry in fs::read_dir(package().join("rules")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            pages.contains(&name) || OTHERS.contains(&name.as_str()),
            "rules/{name} is the page of no rule"
        );
    }
}

#[test]
fn ids_and_names_are_in_order() {
    for pair in rules::all().windows(2) {
        assert!(pair[0].id < pair[1].id, "{} is there twice", pair[0].id);
    }
    for rule in rules::all() {
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(rule.name.chars().all(kebab), "{}", rule.name);
        assert_eq!(rule.category as u16, rule.id.0 / 100, "{}", rule.id);
        assert_eq!(rules::find(rule.name).map(|r| r.id), Some(rule.id));
        assert!(
            rule.url()
                .ends_with(&format!("/{}-{}.md", rule.id, rule.name))
        );
    }
}

#[test]
fn options_stand_on_the_pages_of_their_rules() {
    for rule in rules::all() {
        let options: Vec<_> = options::of(rule.id).collect();
        let text = rule.page.split_once("\n## Options\n").map(|(_, text)| text);
        // Networks of `[[ranges]]` are told where they matter, though they are no rule's own.
        let of_all = text.is_some_and(|text| text.contains("[[ranges]]"));
        assert_eq!(text.is_some(), of_all || !options.is_empty(), "{}", rule.id);
        let text = text.unwrap_or_default();
        for option in options {
            let (told, shown) = (
                format!("`{}`: ", option.key),
                format!("\n{} = ", option.key),
            );
            assert!(
                text.contains(&told) && text.contains(&shown),
                "{}",
                option.key
            );
            assert!(
                text.contains(&format!("[rules.{}]", rule.id)),
                "{}",
                rule.id
            );
        }
    }
}

/// Returns `rules/README.md`.
fn index() -> String {
    let mut text = "# Rules\n\nOne page for each rule: what it finds, why that matters, what fails and what passes. The examples are tests. To add a \
                    rule, copy [TEMPLATE.md](TEMPLATE.md).\n"
        .to_owned();
    let mut category = None;
    for rule in rules::all() {
        if category != Some(rule.category) {
            category = Some(rule.category);
            let head = "| Id | Name | Severity | Kind | Summary |\n| --- | --- | --- | --- | --- |";
            text.extend(["\n## ", rule.category.word(), "\n\n", head, "\n"]);
        }
        let Rule {
            id,
            name,
            severity,
            kind,
            ..
        } = rule;
        let summary = rule.summary();
        let row =
            format!("| [{id}]({id}-{name}.md) | `{name}` | {severity} | {kind} | {summary} |\n");
        text.push_str(&row);
    }
    text
}

#[test]
fn the_index_is_current() {
    let path = package().join("rules/README.md");
    let wanted = index();
    if fs::read_to_string(&path).is_ok_and(|found| found == wanted) {
        return;
    }
    assert!(
        updating(),
        "rules/README.md is out of date (UPDATE=1 writes it)"
    );
    fs::write(path, wanted).unwrap();
}
