//! Reports: an [`Analysis`] as bytes, one file per format. Decides nothing about findings, and nothing about terminals: what
//! the output may contain stands in [`Style`].

mod azure_pipelines;
mod capacity;
mod concise;
mod details;
pub mod diagnostic;
mod github;
mod gitlab;
mod guide;
mod harmless;
mod human;
mod instances;
mod json;
mod junit;
mod markdown;
mod page;
mod paint;
mod place;
mod plain;
mod rdjson;
#[cfg(test)]
mod sample;
mod sarif;
mod show;
mod snippet;
mod summary;
mod text;
mod undecided;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use crate::engine::Analysis;

pub use capacity::{Budgets, Form as CapacityForm, write as write_capacity};
pub use guide::{Guide, guides, write_guide};
pub use page::{Shape, write_catalogue, write_page};
pub use plain::clean;
pub use show::{Form, write as write_show};
pub use summary::{counts, summary_line};

/// How findings are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For a reader: title, source lines, arithmetic, help.
    Human,
    /// One line a finding.
    Concise,
    /// For programs; `docs/check.schema.json` describes it.
    Json,
    /// SARIF 2.1.0, as code scanning of GitHub takes it.
    Sarif,
    /// Workflow commands, which GitHub Actions shows as annotations.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// Logging commands, which Azure Pipelines shows as issues.
    AzurePipelines,
    /// The XML of `JUnit`, for readers of test results.
    Junit,
    /// For reviewdog.
    Rdjson,
    /// A comment below a pull request.
    Markdown,
}

impl Format {
    /// Tells whether people read it, so that there may be colours.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Human | Format::Concise)
    }
}

/// What a report may contain.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, as on the command line"
)]
pub struct Style {
    /// Colours by escape sequences.
    pub colour: bool,
    /// Characters beyond ASCII in frames.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Codes as links to their pages.
    pub links: bool,
    /// The addresses of pages below the findings, for those who cannot follow a link.
    pub urls: bool,
    /// Sentences instead of frames, for a screen reader.
    pub narrated: bool,
    /// No line of counts.
    pub quiet: bool,
    /// Every absent setting too, in `show`.
    pub verbose: bool,
    /// What could not be decided, below the findings.
    pub undecided: bool,
    /// How often each rule spoke, below the findings.
    pub statistics: bool,
    /// The time taken, on the line of counts.
    pub time: Option<Duration>,
    /// The folder that names are seen from, for services that want absolute paths.
    pub folder: PathBuf,
    /// Whether the run ends with another code than 0.
    pub fails: bool,
    /// Another report stands beside this one and tells everything.
    pub beside: bool,
}

impl Style {
    /// Returns the style of a page or file: no colour, 100 columns, Unicode frames, no time.
    pub fn plain() -> Self {
        Style {
            colour: false,
            unicode: true,
            width: 100,
            links: false,
            urls: false,
            narrated: false,
            quiet: false,
            verbose: false,
            undecided: false,
            statistics: false,
            time: None,
            folder: PathBuf::new(),
            fails: false,
            beside: false,
        }
    }
}

/// Writes a report in one of the formats.
pub fn write(
    format: Format,
    analysis: &Analysis,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(analysis, style, out),
        Format::Concise => concise::write(analysis, style, out),
        Format::Json => json::write(analysis, style, out),
        Format::Sarif => sarif::write(analysis, out),
        Format::Github => github::write(analysis, out),
        Format::Gitlab => gitlab::write(analysis, out),
        Format::AzurePipelines => azure_pipelines::write(analysis, style, out),
        Format::Junit => junit::write(analysis, out),
        Format::Rdjson => rdjson::write(analysis, out),
        Format::Markdown => markdown::write(analysis, style, out),
    }
}

/// Returns the human report without colour, 100 columns wide, without a time: for pages and tests.
pub fn render_human(analysis: &Analysis) -> String {
    let mut out = Vec::new();
    let written = human::write(analysis, &Style::plain(), &mut out);
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    String::from_utf8_lossy(&out).into_owned()
}
