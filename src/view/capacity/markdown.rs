//! Budgets for a comment on a pull request. Names come from untrusted files: nothing in them is markup.

use std::io::{self, Write};

use super::entries::Entry;
use super::facts::{Facts, model_word, verdict_word};
use super::{Budgets, beside, models};

/// Writes everything.
pub(super) fn write(
    entries: &[Entry<'_>],
    budgets: Budgets<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for entry in entries {
        title(entry, out)?;
        if let Some(instead) = &entry.instead {
            let head = format!("with {}", budgets.question);
            let mut rows = vec![[String::new(), "today".to_owned(), head].to_vec()];
            rows.extend(
                beside::lines(&entry.today, instead)
                    .into_iter()
                    .map(Vec::from),
            );
            table(&rows, out)?;
        } else if entry.models.is_empty() {
            facts(&entry.today, out)?;
        }
        if !entry.models.is_empty() {
            let mut rows = vec![with_way(models::HEADS.map(str::to_owned).to_vec(), "way")];
            rows.extend(entry.models.iter().map(|one| {
                let way = one.way.as_deref().unwrap_or("-");
                with_way(models::cells(entry, one).to_vec(), way)
            }));
            table(&rows, out)?;
            if let Some(common) = models::common_words(entry) {
                writeln!(out, "{}\n", escape(&common))?;
            }
        }
    }
    Ok(())
}

fn with_way(mut cells: Vec<String>, way: &str) -> Vec<String> {
    cells.push(way.to_owned());
    cells
}

fn title(entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut title = escape(entry.address);
    if entry.root != "." {
        title = format!("{title}, root {}", escape(entry.root));
    }
    if !entry.variants.is_empty() {
        title = format!("{title}, with {}", escape(&entry.variants.join(", ")));
    }
    writeln!(out, "### {title}\n")
}

fn facts(facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let [now, most, upgrade] = &facts.nodes;
    let model = model_word(facts.model);
    let verdict = verdict_word(facts.verdict);
    writeln!(
        out,
        "**{verdict}**: model {model}, {now} nodes now, {most} at the most, {upgrade} during an upgrade\n"
    )?;
    table(&rows(facts), out)?;
    if let (Some(largest), Some(at)) = (&facts.largest, facts.growing)
        && largest.interval.high.is_some()
    {
        let first = escape(&facts.pools[at].first.join(" or "));
        writeln!(
            out,
            "The most nodes that fit: {largest}; then {first} is full.\n"
        )?;
    }
    let lines = remarks(facts);
    for line in &lines {
        writeln!(out, "- {}", escape(line))?;
    }
    if lines.is_empty() {
        Ok(())
    } else {
        writeln!(out)
    }
}

/// Returns the table of all spaces, below each what takes of it.
fn rows(facts: &Facts) -> Vec<Vec<String>> {
    let heads = [
        "",
        "now",
        "at the most",
        "in an upgrade",
        "there",
        "verdict",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for space in &facts.spaces {
        let name = match space.ranges.as_slice() {
            [] => beside::title(space),
            ranges => format!("{} {}", beside::title(space), ranges.join(", ")),
        };
        let [now, most, upgrade] = space.taken.each_ref().map(ToString::to_string);
        let there = space.available.to_string();
        let verdict = verdict_word(space.verdict).to_owned();
        rows.push(vec![name, now, most, upgrade, there, verdict]);
        for row in space.rows.iter().filter(|_| space.kind != "nodes") {
            let cluster = row.other_cluster.as_ref();
            let cluster = cluster.map(|name| format!("cluster {name}, "));
            let text = format!("- {}{}", cluster.unwrap_or_default(), row.text);
            let [now, most, upgrade] = row.taken.each_ref().map(ToString::to_string);
            rows.push(vec![text, now, most, upgrade, String::new(), String::new()]);
        }
    }
    rows
}

/// Returns why something is not known, each reason once, and what is not counted.
fn remarks(facts: &Facts) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for space in &facts.spaces {
        let numbers = space.taken.iter().chain([&space.available]);
        for words in numbers.flat_map(|number| &number.because) {
            let line = format!("unknown: {words}");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.extend(facts.notes.iter().cloned());
    lines
}

/// Writes a table, the first row as its heads.
fn table(rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escape(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
        if index == 0 {
            let lines: Vec<&str> = row.iter().map(|_| "---").collect();
            writeln!(out, "| {} |", lines.join(" | "))?;
        }
    }
    writeln!(out)
}

/// Returns text that shows as it is: what could be markup, a mention or a link is written as a number.
fn escape(text: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::with_capacity(text.len());
    let link = text.contains("www.");
    for c in crate::view::plain::clean(text).chars() {
        let plain = c.is_alphanumeric() || " ,;/()%-'\"+=".contains(c) || (c == '.' && !link);
        if plain {
            escaped.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "&#{};", u32::from(c));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_markup() {
        let hostile = "a|b `c` <img src=x> [x](http://y) @all #1 www.z.com **d** _e_\n";
        let escaped = escape(hostile);
        for mark in [
            "|", "`", "<", "[", "@", " #1", "www.", "*", "_", "\n", "://",
        ] {
            assert!(!escaped.contains(mark), "{mark} in {escaped}");
        }
        assert_eq!(
            escape("10.1.0.0/24, 5 nodes x (1 + 30)"),
            "10.1.0.0/24, 5 nodes x (1 + 30)"
        );
    }
}
