//! What can go wrong with aksnet.toml and with the flags that stand for it.

use std::io;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// Trouble with the configuration.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The file is there, or was named, and cannot be read.
    #[error("cannot read {name}")]
    Read {
        /// The file as shown.
        name: String,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The file says something that is not understood.
    #[error("{name}:{line}:{column}: {message}")]
    Text {
        /// The file as shown.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// The whole text, for the report.
        #[source_code]
        text: Arc<NamedSource<String>>,
        /// The place in the text.
        #[label]
        span: SourceSpan,
    },
    /// A flag names no rule.
    #[error("{flag}: {message}")]
    Flag {
        /// `--select` or `--ignore`.
        flag: &'static str,
        /// What is wrong.
        message: String,
    },
}

impl Error {
    /// Returns trouble at a range of bytes of a text.
    pub(super) fn at(
        name: &str,
        text: &str,
        range: std::ops::Range<usize>,
        message: String,
    ) -> Self {
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Error::Text {
            name: name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
            text: Arc::new(NamedSource::new(name, text.to_owned())),
            span: range.into(),
        }
    }
}
