//! The address budget of every cluster: for a reader, for programs, for a pull request, for a spreadsheet.
//!
//! `facts`, `space` and `egress` put words to what `capacity` counted, `entries` folds variants that say the same; each
//! format is a file, the address map a folder. What would be stands beside what is (`beside`), and all models in one table (`models`).

mod beside;
mod csv;
mod drawing;
mod egress;
mod entries;
mod facts;
mod human;
mod json;
mod map;
mod markdown;
mod models;
mod number;
mod space;

use std::io::{self, Write};

use crate::engine::Analysis;
use crate::rules::SiteRange;
use crate::what_if::{Answer, Question};

use super::Style;

/// How it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Tables for a reader.
    Human,
    /// For programs; `docs/capacity.schema.json` describes it.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// For a spreadsheet.
    Csv,
    /// The address map, as a drawing.
    Svg,
    /// The address map, as a page.
    Html,
}

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Budgets<'a> {
    /// The designs.
    pub analysis: &'a Analysis,
    /// What is asked; empty for the designs as they are.
    pub question: &'a Question,
    /// The answers, one for each design.
    pub answers: &'a [Answer],
    /// Networks that the configuration names.
    pub site_ranges: &'a [SiteRange],
}

/// Writes the budgets of all clusters.
pub fn write(
    form: Form,
    budgets: Budgets<'_>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let entries = entries::entries(budgets.analysis, budgets.answers);
    match form {
        Form::Human => human::write(&entries, budgets, style, out),
        Form::Json => json::write(&entries, budgets, out),
        Form::Markdown => markdown::write(&entries, budgets, out),
        Form::Csv => csv::write(&entries, out),
        Form::Svg => map::write_svg(budgets, out),
        Form::Html => map::write_html(budgets, out),
    }
}
