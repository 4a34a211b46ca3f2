//! Budgets for a reader: a table for each space of a cluster, with a bar, and what runs out first.

use std::io::{self, Write};

use crate::capacity::Verdict;
use crate::view::Style;
use crate::view::paint::Paint;
use crate::view::place::short;
use crate::view::plain::{clean, count, wrap};

use super::Budgets;
use super::drawing::{BAR, Pen, share};
use super::entries::Entry;
use super::facts::{Facts, Pool, model_word, verdict_word};
use super::number::{Number, grouped};
use super::space::{NODES, Space};
use super::{beside, models};

/// The most pools of which each has a line of its own.
const MANY_POOLS: usize = 6;

/// Writes everything.
pub(super) fn write(
    entries: &[Entry<'_>],
    budgets: Budgets<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint {
        colour: style.colour,
        links: false,
    };
    let to = Printer {
        budgets,
        style,
        paint,
        pen: Pen { style, paint },
    };
    for entry in entries {
        to.entry(entry, out)?;
    }
    if !style.quiet {
        counts(entries, out)?;
    }
    Ok(())
}

struct Printer<'a> {
    budgets: Budgets<'a>,
    style: &'a Style,
    paint: Paint,
    pen: Pen<'a>,
}

impl Printer<'_> {
    fn entry(&self, entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.title(entry, out)?;
        if let Some(instead) = &entry.instead {
            self.beside(&entry.today, instead, out)?;
        } else if entry.models.is_empty() {
            self.facts(&entry.today, out)?;
        }
        if !entry.models.is_empty() {
            self.models(entry, out)?;
        }
        writeln!(out)
    }

    fn title(&self, entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        let sources = &self.budgets.analysis.sources;
        let mut parts = vec![short(sources, entry.head)];
        if entry.root != "." {
            parts.push(format!("root {}", clean(entry.root)));
        }
        if !entry.variants.is_empty() {
            parts.push(format!("with {}", clean(&entry.variants.join(", "))));
        }
        let title = self
            .paint
            .bold(&format!("cluster {}", clean(entry.address)));
        writeln!(out, "{title}  {}", self.paint.dim(&parts.join(", ")))
    }

    fn facts(&self, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
        let [now, most, upgrade] = &facts.nodes;
        let model = model_word(facts.model);
        let nodes = if now == most {
            counted(now, "node")
        } else {
            format!("{now} nodes now, {most} at the most")
        };
        writeln!(out, "model {model}; {nodes}, {upgrade} during an upgrade")?;
        for space in &facts.spaces {
            if space.kind == "nodes" {
                self.nodes(space, out)?;
            } else {
                self.space(space, out)?;
            }
        }
        for services in &facts.services {
            let ranges = clean(&services.ranges.join(", ")).into_owned();
            if ranges.is_empty() {
                writeln!(out, "service range  not known")?;
            } else {
                writeln!(
                    out,
                    "service range  {ranges}  {} services",
                    services.available
                )?;
            }
        }
        ports(facts, out)?;
        self.growth(facts, out)?;
        for note in &facts.notes {
            write!(out, "{}", wrap("note: ", &clean(note), self.style.width))?;
        }
        Ok(())
    }

    /// Writes how many nodes there may be, where that is not far off.
    fn nodes(&self, space: &Space, out: &mut dyn Write) -> io::Result<()> {
        let verdict = self.verdict(space);
        let (taken, most) = (&space.taken[1], &space.available);
        writeln!(out, "nodes of the cluster  {taken} of {most}  {verdict}")
    }

    fn space(&self, space: &Space, out: &mut dyn Write) -> io::Result<()> {
        let title = self.paint.bold(&clean(&beside::title(space)));
        let ranges = match space.ranges.as_slice() {
            [] => String::new(),
            ranges => format!("  {}", clean(&ranges.join(", "))),
        };
        writeln!(out, "{title}{ranges}  {}", self.verdict(space))?;
        let mut lines = vec![line("", ["now", "at the most", "in an upgrade"])];
        if space.reserved > 0 {
            let kept = grouped(space.reserved);
            lines.push(line("kept by Azure", [&kept, &kept, &kept]));
        }
        for row in &space.rows {
            let mut text = match &row.other_cluster {
                Some(cluster) => format!("cluster {cluster}, {}", row.text),
                None => row.text.clone(),
            };
            if row.uncertain {
                text.push_str(" (may not exist)");
            }
            let taken = row.taken.each_ref().map(ToString::to_string);
            lines.push(line(&text, taken.each_ref().map(String::as_str)));
        }
        let known = space.available.interval.exact().is_some();
        if known || space.available.masked {
            let left = space.left.each_ref().map(ToString::to_string);
            lines.push(line("left", left.each_ref().map(String::as_str)));
        } else if space.rows.len() > 1 {
            let taken = space.taken.each_ref().map(ToString::to_string);
            lines.push(line("taken", taken.each_ref().map(String::as_str)));
        }
        self.pen.table(&lines, out)?;
        self.summary(space, out)
    }

    /// Writes the bar of a space, the smallest prefix that would do, and why something is not known.
    fn summary(&self, space: &Space, out: &mut dyn Write) -> io::Result<()> {
        let mut parts: Vec<String> = Vec::new();
        let mut bar = String::new();
        if let (Some(taken), Some(there)) = (
            space.taken[1].interval.exact(),
            space.available.interval.exact(),
        ) {
            let share = share(taken, there);
            bar = format!("{} ", self.pen.bar(share, space.verdict));
            parts.push(format!("{} % taken at the most", grouped(share)));
        }
        parts.extend(prefix_words(space));
        if let Some(full) = &space.taken_full {
            parts.push(format!("{full} when all pods run"));
        }
        if !parts.is_empty() {
            let room = self.style.width.saturating_sub(bar_width(&bar));
            let text = wrap("", &parts.join("; "), room);
            for (index, line) in text.lines().enumerate() {
                let bar = if index == 0 { bar.as_str() } else { "" };
                writeln!(out, "  {bar}{line}")?;
            }
        }
        for because in because(space) {
            let line = format!("  unknown: {}", clean(&because));
            writeln!(out, "{}", self.paint.dim(&line))?;
        }
        Ok(())
    }

    fn verdict(&self, space: &Space) -> String {
        let upgrade = Verdict::of(space.taken[2].interval, space.available.interval);
        let masked = space.taken[2].masked || space.available.masked;
        match (space.verdict, upgrade) {
            (Verdict::Fits, Verdict::Exceeds) if !masked => {
                self.paint.little("fits, but not during an upgrade")
            }
            (Verdict::Fits, _) => self.paint.added("fits"),
            (Verdict::Exceeds, _) => self.paint.gone(verdict_word(Verdict::Exceeds)),
            (Verdict::Open, _) => self.paint.little("not known whether it fits"),
        }
    }

    fn growth(&self, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
        let shown = if facts.pools.len() > MANY_POOLS {
            facts.growing.into_iter().collect()
        } else {
            (0..facts.pools.len()).collect::<Vec<_>>()
        };
        for at in shown {
            if let Some(line) = growth_words(&facts.pools[at]) {
                write!(out, "{}", wrap("", &clean(&line), self.style.width))?;
            }
        }
        Ok(())
    }

    fn beside(&self, today: &Facts, instead: &Facts, out: &mut dyn Write) -> io::Result<()> {
        let question = self.budgets.question.to_string();
        let head = [
            String::new(),
            "today".to_owned(),
            format!("with {question}"),
        ];
        let mut rows = vec![head.to_vec()];
        rows.extend(beside::lines(today, instead).into_iter().map(Vec::from));
        self.pen.columns(&rows, out)?;
        self.objections(instead, out)
    }

    fn objections(&self, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
        for objection in &facts.objections {
            let code = self
                .paint
                .severity(objection.severity, &objection.rule.to_string());
            writeln!(out, "  {code}  {}", clean(&objection.message))?;
        }
        Ok(())
    }

    fn models(&self, entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut rows = vec![models::HEADS.map(str::to_owned).to_vec()];
        let cells = entry.models.iter().map(|one| models::cells(entry, one));
        rows.extend(cells.map(Vec::from));
        self.pen.columns(&rows, out)?;
        if let Some(common) = models::common_words(entry) {
            writeln!(out, "  {common}")?;
        }
        for one in &entry.models {
            if let Some(way) = &one.way {
                let head = format!("  to {}: ", one.model);
                write!(out, "{}", wrap(&head, &clean(way), self.style.width))?;
            }
        }
        Ok(())
    }
}

/// Writes how many clusters there are, and how many fit.
fn counts(entries: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    let facts = entries
        .iter()
        .map(|e| e.instead.as_ref().unwrap_or(&e.today));
    let verdicts: Vec<Verdict> = facts.map(|facts| facts.verdict).collect();
    let of = |wanted| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == wanted)
            .count()
    };
    let clusters = count(entries.len(), "cluster");
    let (fit, lack, open) = (of(Verdict::Fits), of(Verdict::Exceeds), of(Verdict::Open));
    writeln!(
        out,
        "{clusters}: {fit} fit, {lack} do not fit, {open} unknown"
    )
}

/// Returns a line of a table.
fn line(text: &str, numbers: [&str; 3]) -> [String; 4] {
    let [a, b, c] = numbers.map(str::to_owned);
    [clean(text).into_owned(), a, b, c]
}

/// Returns why numbers of a space are not known.
fn because(space: &Space) -> Vec<String> {
    let basis = space
        .taken
        .iter()
        .fold(space.available.clone(), Number::and);
    basis.because
}

/// Writes what nodes have of outbound ports.
fn ports(facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let Some(ports) = &facts.ports else {
        return Ok(());
    };
    let there = format!(
        "{} ({})",
        ports.available,
        counted(&ports.addresses, "address")
    );
    let Some(largest) = &ports.largest else {
        return writeln!(
            out,
            "outbound ports  {there}; Azure chooses how many a node has"
        );
    };
    if !ports.each.masked && ports.each.interval.exact().is_none() {
        return writeln!(out, "outbound ports  not known");
    }
    let (nodes, each) = (counted(&ports.nodes, "node"), &ports.each);
    let verdict = verdict_word(ports.verdict);
    writeln!(
        out,
        "outbound ports  {nodes} x {each} of {there}: {verdict}; enough for {}",
        counted(largest, "node")
    )
}

/// Returns the columns that a bar takes, with what stands before and after it.
fn bar_width(bar: &str) -> usize {
    if bar.is_empty() { 2 } else { BAR + 3 }
}

/// Returns the smallest prefix that would do.
fn prefix_words(space: &Space) -> Option<String> {
    let [most, upgrade] = space.prefixes;
    let Some(exact) = most.exact() else {
        let (low, high) = most.low.zip(most.high)?;
        return Some(format!(
            "the smallest range that does lies between a /{high} and a /{low}"
        ));
    };
    Some(match upgrade.exact() {
        Some(upgrade) if upgrade != exact => {
            format!("a /{exact} is the smallest that does, a /{upgrade} with room for an upgrade")
        }
        Some(_) | None => format!("a /{exact} is the smallest that does"),
    })
}

/// Returns how far a pool can grow; `None` where nothing is known of that but the limits of any cluster.
fn growth_words(pool: &Pool) -> Option<String> {
    let name = &pool.name;
    let full = match pool.first.as_slice() {
        [] => return None,
        [one] => format!("then {one} is full"),
        many => format!("then {} is full", many.join(" or ")),
    };
    let Some(most) = &pool.largest else {
        return Some(format!(
            "no node of pool {name} fits while the other pools are at their most"
        ));
    };
    let known = most.masked || most.interval.exact().is_some();
    if !known && pool.first.iter().any(|first| first == NODES) {
        return None;
    }
    let fit = |number: &Number| {
        let text = counted(number, "node");
        let bounded = text.starts_with("up to") || number.masked;
        if bounded {
            text
        } else {
            format!("at most {text}")
        }
    };
    let upgrade = match &pool.largest_with_surge {
        Some(with) if with != most && with.interval.high.is_some() => {
            format!(", {with} if upgrades are to fit")
        }
        Some(_) => String::new(),
        None => ", none if upgrades are to fit".to_owned(),
    };
    Some(format!(
        "pool {name}: room for {}{upgrade}; {full}",
        fit(most)
    ))
}

/// Returns a number with its noun.
fn counted(number: &Number, noun: &str) -> String {
    match (number.interval.exact(), noun) {
        (Some(1), _) => format!("1 {noun}"),
        (_, "address") => format!("{number} addresses"),
        _ => format!("{number} {noun}s"),
    }
}
