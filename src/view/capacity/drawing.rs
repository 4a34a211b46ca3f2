//! Tables and bars for a terminal. Knows no cluster.

use std::io::{self, Write};

use crate::capacity::Verdict;
use crate::view::Style;
use crate::view::paint::Paint;
use crate::view::plain::clean;

/// The cells of a bar.
pub(super) const BAR: usize = 20;
/// From this share on, in percent, what is left is little.
pub(super) const LITTLE: i64 = 80;

/// Draws in the colours and characters of a terminal.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub(super) style: &'a Style,
    pub(super) paint: Paint,
}

impl Pen<'_> {
    /// Writes lines whose numbers stand under each other; the first column is cut where there is no room.
    pub(super) fn table(&self, lines: &[[String; 4]], out: &mut dyn Write) -> io::Result<()> {
        let widest = |at: usize| lines.iter().map(|line| line[at].chars().count()).max();
        let widths: Vec<usize> = (0..4).map(|at| widest(at).unwrap_or(0)).collect();
        let numbers: usize = widths[1..].iter().map(|width| width + 2).sum();
        let room = self.style.width.saturating_sub(numbers + 2).max(24);
        let first = widths[0].min(room);
        for line in lines {
            let text = cut(&line[0], first, self.style.unicode);
            let [_, a, b, c] = line;
            let [_, wa, wb, wc] = widths[..] else {
                continue;
            };
            let numbers = format!("  {a:>wa$}  {b:>wb$}  {c:>wc$}");
            let numbers = if line[0].is_empty() {
                self.paint.dim(&numbers)
            } else {
                numbers
            };
            writeln!(out, "  {text:first$}{numbers}")?;
        }
        Ok(())
    }

    /// Returns a bar that is filled so many percent.
    pub(super) fn bar(&self, share: i64, verdict: Verdict) -> String {
        let cells = i64::try_from(BAR).unwrap_or(0);
        let filled = usize::try_from((share * cells + 99) / 100)
            .unwrap_or(BAR)
            .min(BAR);
        let (full, empty) = if self.style.unicode {
            ("█", "░")
        } else {
            ("#", ".")
        };
        let bar = format!("{}{}", full.repeat(filled), empty.repeat(BAR - filled));
        match verdict {
            Verdict::Exceeds => self.paint.gone(&bar),
            Verdict::Fits | Verdict::Open if share >= LITTLE => self.paint.little(&bar),
            Verdict::Fits | Verdict::Open => self.paint.added(&bar),
        }
    }

    /// Writes columns, the first line as their heads.
    pub(super) fn columns(&self, rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
        let columns = rows.first().map_or(0, Vec::len);
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| clean(cell).into_owned()).collect())
            .collect();
        let widest = |at: usize| rows.iter().map(|row| row[at].chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or(0)).collect();
        for (index, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(&widths);
            let cells: Vec<String> = cells
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            let line = format!("  {}", cells.join("  ").trim_end());
            let line = if index == 0 {
                self.paint.dim(&line)
            } else {
                line
            };
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// Returns how many percent are taken, rounded up.
pub(super) fn share(taken: i64, there: i64) -> i64 {
    if there <= 0 {
        return if taken > 0 { 100 } else { 0 };
    }
    taken.saturating_mul(100).saturating_add(there - 1) / there
}

/// Returns text that is no wider than this.
fn cut(text: &str, width: usize, unicode: bool) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let dots = if unicode { "…" } else { "..." };
    let kept = width.saturating_sub(dots.chars().count());
    text.chars().take(kept).chain(dots.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_up() {
        assert_eq!(
            [
                share(0, 251),
                share(1, 251),
                share(251, 251),
                share(252, 251)
            ],
            [0, 1, 100, 101]
        );
        assert_eq!((share(1, 0), share(0, 0)), (100, 0));
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(cut("abcdef", 4, true), "abc…");
        assert_eq!(cut("abcdef", 5, false), "ab...");
        assert_eq!(cut("abc", 3, true), "abc");
    }
}
