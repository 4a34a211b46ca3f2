//! What is and what would be, side by side.

use super::facts::{Facts, model_word, verdict_word};
use super::models::supported;
use super::number::Number;
use super::space::Space;

/// Returns the lines: what it is, today, and as it would be.
pub(super) fn lines(today: &Facts, instead: &Facts) -> Vec<[String; 3]> {
    let mut lines: Vec<[String; 3]> = Vec::new();
    let mut add = |name: &str, of: &dyn Fn(&Facts) -> String| {
        lines.push([name.to_owned(), of(today), of(instead)]);
    };
    add("model", &|facts| model_word(facts.model));
    add("nodes now", &|facts| facts.nodes[0].to_string());
    add("nodes at the most", &|facts| facts.nodes[1].to_string());
    add("pods at the most", &|facts| facts.pods[1].to_string());
    for name in names(today, instead) {
        add(&name, &|facts| of_space(facts, &name));
    }
    let most = |number: &Option<Number>| {
        let none = || "none".to_owned();
        number.as_ref().map_or_else(none, ToString::to_string)
    };
    add("most nodes that fit", &|facts| most(&facts.largest));
    add("with an upgrade", &|facts| most(&facts.largest_with_surge));
    add("first to be full", &|facts| {
        let first = facts.growing.map(|at| facts.pools[at].first.join(" or "));
        first.unwrap_or_default()
    });
    if today.ports.is_some() || instead.ports.is_some() {
        add("outbound ports", &|facts| match &facts.ports {
            Some(ports) if ports.largest.is_none() => "Azure chooses".to_owned(),
            Some(ports) => format!(
                "{} of {}, {}",
                ports.needed,
                ports.available,
                verdict_word(ports.verdict)
            ),
            None => "-".to_owned(),
        });
    }
    add("all", &|facts| verdict_word(facts.verdict).to_owned());
    lines.push(["rules".to_owned(), String::new(), supported(instead)]);
    lines
}

/// Returns the names of all spaces, each once; the number of nodes has lines of its own.
fn names(today: &Facts, instead: &Facts) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for space in today.spaces.iter().chain(&instead.spaces) {
        let name = title(space);
        if space.kind != "nodes" && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn of_space(facts: &Facts, name: &str) -> String {
    match facts.spaces.iter().find(|space| title(space) == name) {
        Some(space) => format!(
            "{} of {}, {}",
            space.taken[1],
            space.available,
            verdict_word(space.verdict)
        ),
        None => "-".to_owned(),
    }
}

/// Returns what a space is called in tables.
pub(super) fn title(space: &Space) -> String {
    match space.kind {
        "subnet" => format!("subnet {}", space.name),
        _ => space.name.clone(),
    }
}
