//! The address map: the ranges of each design, drawn. `atlas` says which ranges there are and whose, `meetings` which share
//! addresses and must not, `geometry` where on a line a range lies, `picture` puts these together with words for both formats.
//!
//! Names come from files that nobody vouches for: the templates escape every text, and no text becomes a script, an id, a
//! style or an address.

mod atlas;
mod fill;
mod geometry;
mod html;
mod joint;
mod meetings;
mod notes;
mod picture;
mod reader;
mod svg;
mod words;

use std::io::{self, Write};

use askama::Template;

use crate::model::Network;
use crate::view::plain::clean;

use super::Budgets;
use picture::Picture;

/// Writes the map as a page that stands alone.
pub(super) fn write_html(budgets: Budgets<'_>, out: &mut dyn Write) -> io::Result<()> {
    let pictures = pictures(budgets);
    html::Page::new(&pictures, budgets.analysis).write_into(out)
}

/// Writes the map as a drawing.
pub(super) fn write_svg(budgets: Budgets<'_>, out: &mut dyn Write) -> io::Result<()> {
    let pictures = pictures(budgets);
    svg::Drawing::new(&pictures, budgets.analysis).write_into(out)
}

/// Returns the pictures of all designs; variants that look the same are one.
fn pictures(budgets: Budgets<'_>) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for (at, design) in budgets.analysis.designs.iter().enumerate() {
        let root = clean(&design.root).into_owned();
        let variant = design.variant.as_deref().map(|one| clean(one).into_owned());
        let variants: Vec<String> = variant.into_iter().collect();
        let read = |network: &Network| atlas::of(network, budgets.site_ranges);
        let today = read(&design.after);
        let notes = notes::of(budgets.analysis, design, &today);
        let today = picture::of(root.clone(), variants.clone(), today, notes);
        let instead = budgets
            .answers
            .get(at)
            .and_then(|answer| answer.instead.as_ref());
        let instead = instead.map(|judged| Picture {
            what_if: true,
            ..picture::of(root, variants, read(&judged.network), Vec::new())
        });
        for picture in [Some(today), instead].into_iter().flatten() {
            match pictures.iter_mut().find(|known| is_like(known, &picture)) {
                Some(known) => known.variants.extend(picture.variants),
                None => pictures.push(picture),
            }
        }
    }
    pictures
}

/// Tells whether two pictures differ in their variants alone.
fn is_like(one: &Picture, other: &Picture) -> bool {
    let named = !one.variants.is_empty() && !other.variants.is_empty();
    let plain = Picture {
        variants: one.variants.clone(),
        ..other.clone()
    };
    named && *one == plain
}
