//! Where the same is wrong too, and what else is wrong at the place. Part of the report for a reader.

use std::io::{self, Write};

use crate::finding::Instance;

use super::Style;
use super::human::write_note;
use super::plain::{clean, wrap};

/// Instances named in full; the others are only counted.
const NAMED_INSTANCES: usize = 5;

/// Writes what else is wrong at the place, and where else the same is wrong; nothing if it is wrong once and without a variant.
pub(super) fn write(instances: &[Instance], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let Some((first, rest)) = instances.split_first() else {
        return Ok(());
    };
    let (again, others): (Vec<&Instance>, Vec<&Instance>) =
        rest.iter().partition(|other| other.is_same(first));
    write_again(&again, style, out)?;
    let roots = others.iter().any(|other| other.root != first.root);
    if others.is_empty() {
        return match &first.variant {
            Some(_) => write_note("in", &name(first, false), style, out),
            None => Ok(()),
        };
    }
    let total = others.len() + 1;
    write_note("in", &format!("{total} instances"), style, out)?;
    let all = std::iter::once(first).chain(others);
    for instance in all.take(NAMED_INSTANCES) {
        let mut line = name(instance, roots);
        if instance.message != first.message {
            line += ": ";
            line += &instance.message;
        }
        write!(out, "{}", wrap("        ", &clean(&line), style.width))?;
    }
    write_more(total, out)
}

/// Returns the same in a few lines without indents, each harmless.
pub(super) fn lines(instances: &[Instance]) -> Vec<String> {
    let Some((first, rest)) = instances.split_first() else {
        return Vec::new();
    };
    let (again, others): (Vec<&Instance>, Vec<&Instance>) =
        rest.iter().partition(|other| other.is_same(first));
    let also = again.iter().take(NAMED_INSTANCES);
    let mut lines: Vec<String> = also
        .map(|one| format!("also: {}", clean(&one.message)))
        .collect();
    if again.len() > NAMED_INSTANCES {
        lines.push(format!("and {} more", again.len() - NAMED_INSTANCES));
    }
    if others.is_empty() && first.variant.is_none() {
        return lines;
    }
    let roots = others.iter().any(|other| other.root != first.root);
    let all = std::iter::once(first).chain(others.iter().copied());
    let named: Vec<String> = all
        .take(NAMED_INSTANCES)
        .map(|one| name(one, roots))
        .collect();
    let more = (others.len() + 1).saturating_sub(NAMED_INSTANCES);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    lines.push(format!("in {}{more}", clean(&named.join(", "))));
    lines
}

/// Writes what is wrong at the place of the first instance besides what the title says.
fn write_again(again: &[&Instance], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, instance) in again.iter().take(NAMED_INSTANCES).enumerate() {
        if index == 0 {
            write_note("also", &instance.message, style, out)?;
        } else {
            let line = wrap("        ", &clean(&instance.message), style.width);
            write!(out, "{line}")?;
        }
    }
    write_more(again.len(), out)
}

fn write_more(total: usize, out: &mut dyn Write) -> io::Result<()> {
    if total > NAMED_INSTANCES {
        writeln!(out, "        and {} more", total - NAMED_INSTANCES)?;
    }
    Ok(())
}

/// Returns what an instance is called; with its root where there are several.
fn name(instance: &Instance, roots: bool) -> String {
    let subject = &instance.subject;
    let variant = instance.variant.as_ref();
    let variant = variant.map_or_else(String::new, |variant| format!(" ({variant})"));
    let root = if roots {
        format!(" from {}", instance.root)
    } else {
        String::new()
    };
    format!("{subject}{variant}{root}")
}
