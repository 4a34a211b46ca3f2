//! Budgets for a spreadsheet: one line for each thing that takes, and one for what is taken in all.

use std::io::{self, Write};

use super::entries::Entry;
use super::facts::{Facts, model_word, verdict_word};
use super::number::Number;

const HEADS: [&str; 16] = [
    "root",
    "variants",
    "cluster",
    "design",
    "model",
    "space",
    "name",
    "ranges",
    "what",
    "now_low",
    "now_high",
    "maximum_low",
    "maximum_high",
    "upgrade_low",
    "upgrade_high",
    "verdict",
];

/// Writes everything.
pub(super) fn write(entries: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", HEADS.join(","))?;
    for entry in entries {
        let mut designs = vec![("today", &entry.today)];
        designs.extend(entry.instead.as_ref().map(|facts| ("what-if", facts)));
        designs.extend(entry.models.iter().map(|one| ("model", &one.facts)));
        for (design, facts) in designs {
            lines(entry, design, facts, out)?;
        }
    }
    Ok(())
}

fn lines(entry: &Entry<'_>, design: &str, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let variants = entry.variants.join(" ");
    let model = model_word(facts.model);
    for space in &facts.spaces {
        let ranges = space.ranges.join(" ");
        let head = [
            entry.root,
            &variants,
            entry.address,
            design,
            &model,
            space.kind,
            &space.name,
            &ranges,
        ];
        let there = std::array::from_fn(|_| space.available.clone());
        line(&head, "available", &there, "", out)?;
        for row in &space.rows {
            let text = match &row.other_cluster {
                Some(cluster) => format!("cluster {cluster}, {}", row.text),
                None => row.text.clone(),
            };
            line(&head, &text, &row.taken, "", out)?;
        }
        line(&head, "taken", &space.taken, "", out)?;
        line(&head, "left", &space.left, verdict_word(space.verdict), out)?;
    }
    Ok(())
}

fn line(
    head: &[&str],
    what: &str,
    numbers: &[Number; 3],
    verdict: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut cells: Vec<String> = head.iter().copied().chain([what]).map(cell).collect();
    for number in numbers {
        for end in [number.interval.low, number.interval.high] {
            cells.push(end.map_or_else(String::new, |end| end.to_string()));
        }
    }
    cells.push(cell(verdict));
    writeln!(out, "{}", cells.join(","))
}

/// Returns text as a cell; no spreadsheet takes it for a formula.
fn cell(text: &str) -> String {
    let text = crate::view::plain::clean(text);
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if guard.is_empty() && !text.contains([',', '"', '\n']) {
        return text.into_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=cmd()"), "\"'=cmd()\"");
    }
}
