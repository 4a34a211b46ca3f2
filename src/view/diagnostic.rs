//! A finding as a miette diagnostic, for programs that show it with a handler of their own.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::finding::{Finding, Severity};
use crate::rules;
use crate::source::Sources;

use super::plain::clean;
use super::snippet::{Frame, frames};
use super::text::Texts;

/// A finding that miette can show. Labels near the place to change are its own, others stand in related diagnostics without
/// code or help, so that it reads as one finding.
#[derive(Debug)]
pub struct Report {
    message: String,
    code: String,
    severity: Severity,
    help: Option<String>,
    url: Option<String>,
    first: Option<Frame>,
    others: Vec<Frame>,
}

impl Report {
    /// Returns the diagnostic of a finding whose places are in `sources`.
    pub fn new(finding: &Finding, sources: &Sources) -> Self {
        let mut all = frames(finding, &mut Texts::new(sources)).into_iter();
        Report {
            message: clean(&finding.message).into_owned(),
            code: finding.rule.to_string(),
            severity: finding.severity,
            help: finding.help.as_deref().map(|h| clean(h).into_owned()),
            url: rules::by_id(finding.rule).map(rules::Rule::url),
            first: all.next(),
            others: all.collect(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl Diagnostic for Report {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn url(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let url = self.url.as_ref()?;
        Some(Box::new(url))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.first.as_ref()?.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.first.as_ref()?.labels()
    }

    fn related(&self) -> Option<Box<dyn Iterator<Item = &dyn Diagnostic> + '_>> {
        if self.others.is_empty() {
            return None;
        }
        Some(Box::new(self.others.iter().map(|f| f as &dyn Diagnostic)))
    }
}
