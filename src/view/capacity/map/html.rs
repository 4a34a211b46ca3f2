//! The map as a page: one file, without a script and without a request. Places are shares of the width, so that the page fits
//! any window.

use askama::Template;

use crate::engine::Analysis;
use crate::finding::Severity;
use crate::view::counts;
use crate::view::plain::count;

use super::geometry::{Band, WHOLE};
use super::notes::{MOST, Note};
use super::picture::{Drawn, Mark, Picture};

/// The page.
#[derive(Template)]
#[template(path = "map.html")]
pub(super) struct Page<'a> {
    sections: Vec<Section<'a>>,
    incomplete: bool,
    /// How many findings there are of each severity.
    counts: String,
    version: &'static str,
}

/// What is drawn of one design; its ids begin with its number.
struct Section<'a> {
    number: usize,
    picture: &'a Picture,
}

impl<'a> Page<'a> {
    /// Returns the page of some pictures.
    pub(super) fn new(pictures: &'a [Picture], analysis: &Analysis) -> Self {
        let sections = pictures.iter().enumerate();
        Page {
            sections: sections
                .map(|(at, picture)| Section {
                    number: at + 1,
                    picture,
                })
                .collect(),
            incomplete: analysis.stats.incomplete,
            counts: counted(analysis),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "templates hand out references"
)]
impl Section<'_> {
    /// Returns a range by its place.
    fn range(&self, at: &usize) -> &Drawn {
        &self.picture.ranges[*at]
    }

    /// Returns the findings that are listed: those about ranges, or the others.
    fn listed(&self) -> [Vec<(usize, &Note)>; 2] {
        let notes = self.picture.notes.iter().take(MOST).enumerate();
        let (others, listed) = notes.partition(|(_, note)| note.ranges.is_empty());
        [listed, others]
    }

    /// Tells whether the row of a range on a strip is where links to it lead: others have theirs on a line.
    fn is_home(&self, at: &usize) -> bool {
        !self
            .picture
            .lines
            .iter()
            .any(|line| line.marks.iter().any(|mark| mark.range == *at))
    }

    /// Returns how many findings are not listed.
    fn unlisted(&self) -> usize {
        self.picture.notes.len().saturating_sub(MOST)
    }
}

/// Returns how many findings there are: `1 error, 2 warnings, 0 advice`.
fn counted(analysis: &Analysis) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Advice];
    let counts = counts(analysis).into_iter().zip(severities);
    let counts = counts.map(|(number, severity)| count(number, severity.word()));
    counts.collect::<Vec<_>>().join(", ")
}

impl Band {
    /// Returns a place on the whole line as a style.
    fn style(&self) -> String {
        part(self.start, self.end, WHOLE)
    }
}

impl Mark {
    /// Returns the place of a part of the mark as a style.
    fn style_of(&self, clash: &Band) -> String {
        let start = clash.start.saturating_sub(self.band.start);
        let end = clash.end.saturating_sub(self.band.start);
        part(start, end, self.band.end - self.band.start)
    }

    /// Returns the classes of its style.
    fn class(&self) -> &'static str {
        if self.band.to_scale { "" } else { "wider" }
    }
}

/// Returns a part of a whole as a style.
fn part(start: u32, end: u32, whole: u32) -> String {
    let percent = |units: u32| f64::from(units) * 100.0 / f64::from(whole);
    let (left, width) = (percent(start), percent(end - start));
    format!("left:{left:.4}%;width:{width:.4}%")
}

impl Drawn {
    /// Returns what a screen reader says of it.
    fn spoken(&self) -> String {
        let (kind, details) = (self.kind.words(), self.details.join(". "));
        format!("{kind} {} {}. {details}", self.name, self.cidr)
    }

    /// Returns the classes of its style.
    fn class(&self) -> String {
        let perhaps = if self.uncertain { " perhaps" } else { "" };
        format!("{}{perhaps} {}", self.kind.class(), self.fault)
    }
}
