//! The parts of README.md that are written by `UPDATE=1 cargo test`: a report of the example, and the rules by category.

use std::fs;
use std::path::PathBuf;

use aksnet::engine::{Options, analyse};
use aksnet::rules::{self, Category};
use jiff::civil::date;

use crate::support::{package, updating};

/// The folder of the example and the rule whose finding the README shows, as its command names them.
const EXAMPLE: [&str; 2] = ["fixtures/terraform/example", "service-cidr-overlaps-subnet"];

/// Returns the report of the command above it.
fn report() -> String {
    let [folder, rule] = EXAMPLE;
    let mut options = Options::new(date(2026, 11, 22));
    options.paths = vec![PathBuf::from(folder)];
    let selected = options.config.select(&[rule.to_owned()]);
    selected.expect("the rule exists");
    let analysis = analyse(&options).expect("the example can be analysed");
    let text = aksnet::view::render_human(&analysis);
    format!("```text\n$ aksnet check {folder} --select {rule}\n{text}```")
}

/// How many rules of a category are named before the rest is only counted.
const NAMED: usize = 4;

/// Returns the rules of a category: the first by name, the others by number.
fn some(links: &[String]) -> String {
    let named = links[..links.len().min(NAMED)].join(", ");
    match links.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and [{more} more](rules/README.md)"),
    }
}

/// Returns the rules of each category, in one row; those about the input itself come last.
fn categories() -> String {
    let mut rows: Vec<(Category, Vec<String>)> = Vec::new();
    for rule in rules::all() {
        let link = format!(
            "[{name}](rules/{id}-{name}.md)",
            name = rule.name,
            id = rule.id
        );
        match rows.last_mut() {
            Some((category, links)) if *category == rule.category => links.push(link),
            _ => rows.push((rule.category, vec![link])),
        }
    }
    rows.sort_by_key(|(category, _)| *category == Category::Input);
    let rows = rows
        .iter()
        .map(|(category, links)| format!("\n| {category} | {} |", some(links)));
    format!(
        "| Category | Rules |\n| --- | --- |{}",
        rows.collect::<String>()
    )
}

/// Returns the README with `text` between the markers of a part.
fn with_part(readme: &str, part: &str, text: &str) -> String {
    let (open, close) = (format!("<!-- {part} -->\n"), format!("\n<!-- /{part} -->"));
    let (before, rest) = readme.split_once(&open).expect("the part is opened");
    let (_, after) = rest.split_once(&close).expect("the part is closed");
    [before, &open, text, &close, after].concat()
}

#[test]
fn the_readme_is_current() {
    let path = package().join("README.md");
    let found = fs::read_to_string(&path).expect("README.md is there");
    let wanted = with_part(&found, "report", &report());
    let wanted = with_part(&wanted, "rules", &categories());
    if found == wanted {
        return;
    }
    assert!(
        updating(),
        "README.md is out of date (UPDATE=1 writes it):\n{wanted}"
    );
    fs::write(path, wanted).expect("README.md can be written");
}

#[test]
fn the_test_command_of_the_readme_is_that_of_ci() {
    let read = |name| fs::read_to_string(package().join(name)).expect("the file is there");
    let (readme, ci) = (read("README.md"), read(".ci/run"));
    let command = "cargo test --locked";
    assert!(readme.lines().any(|line| line == command));
    assert_eq!(ci.lines().next_back(), Some(command));
}
