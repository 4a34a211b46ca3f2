//! The command line: flags to options, one file per command, an exit code at the end. What is printed is made in `view`.

mod args;
mod capacity;
mod check;
mod explain;
mod output;
mod rules;
mod run;
mod show;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::engine;
use args::{Args, Command};

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// The job could not be done.
    Failed = 2,
}

/// What keeps a command from doing its job.
#[derive(thiserror::Error, Debug)]
enum Error {
    /// The report cannot be written.
    #[error("cannot write the report: {0}")]
    Write(#[from] io::Error),
    /// A file for a report cannot be made.
    #[error("cannot write {path}: {source}")]
    Output {
        /// The file as given.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A flag does not fit.
    #[error("{0}")]
    Usage(String),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] crate::config::Error),
    /// The run could not start.
    #[error(transparent)]
    Engine(#[from] engine::Error),
}

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    // Clap ends the process by itself for --help and for what it does not understand, the latter with 2.
    let matches = Args::command().get_matches();
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let outcome = match &args.command {
        Command::Check(check) => {
            let reports = matches
                .subcommand()
                .map_or_else(|| Ok(Vec::new()), |(_, of_check)| check::reports(of_check));
            reports.and_then(|reports| check::run(check, &reports))
        }
        Command::Show(show) => show::run(show),
        Command::Capacity(capacity) => capacity::run(capacity),
        Command::Explain(explain) => explain::run(explain),
        Command::Rules(rules) => rules::run(rules),
    };
    let outcome = outcome.unwrap_or_else(|error| fail(&error));
    ExitCode::from(outcome as u8)
}

/// Says what went wrong, on one line; a reader who has gone away is no failure.
fn fail(error: &Error) -> Outcome {
    if let Error::Write(cause) = error
        && cause.kind() == io::ErrorKind::BrokenPipe
    {
        return Outcome::Clean;
    }
    let mut words = vec![error.to_string()];
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !words.iter().any(|known| known.contains(&more)) {
            words.push(more);
        }
        cause = inner.source();
    }
    output::say(&format!("error: {}", words.join(": ")));
    Outcome::Failed
}
