//! `aksnet check`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use clap::ArgMatches;

use crate::engine::Analysis;
use crate::finding::{RuleId, Severity};
use crate::view::{self, Style};

use super::args::{Check, FailOn, Format};
use super::run::{Wanted, analyse, nothing_to_see};
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};

/// A report that was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Report {
    /// `None` for the one that fits the surroundings.
    format: Option<Format>,
    /// `None` for standard output.
    file: Option<PathBuf>,
}

/// Returns the reports in the order of their flags: `--output` belongs to the `--format` before it.
pub(super) fn reports(matches: &ArgMatches) -> Result<Vec<Report>, Error> {
    let formats = matches
        .indices_of("format")
        .into_iter()
        .flatten()
        .zip(matches.get_many::<Format>("format").into_iter().flatten())
        .map(|(index, format)| (index, Some(*format), None));
    let files = matches
        .indices_of("output")
        .into_iter()
        .flatten()
        .zip(matches.get_many::<PathBuf>("output").into_iter().flatten())
        .map(|(index, file)| (index, None, Some(file.clone())));
    let mut flags: Vec<_> = formats.chain(files).collect();
    flags.sort_by_key(|(index, ..)| *index);
    let mut reports: Vec<Report> = Vec::new();
    for (_, format, file) in flags {
        match reports.last_mut() {
            Some(last) if format.is_none() && last.file.is_none() => last.file = file,
            Some(last) if format.is_some() && last.format.is_none() => last.format = format,
            _ => reports.push(Report { format, file }),
        }
    }
    if reports.is_empty() {
        reports.push(Report {
            format: None,
            file: None,
        });
    }
    if reports
        .iter()
        .filter(|report| report.file.is_none())
        .count()
        > 1
    {
        let words = "only one --format can go to standard output; give the others an --output";
        return Err(Error::Usage(words.to_owned()));
    }
    Ok(reports)
}

/// Checks and reports.
pub(super) fn run(check: &Check, reports: &[Report]) -> Result<Outcome, Error> {
    let start = Instant::now();
    let wanted = Wanted {
        select: &check.select,
        ignore: &check.ignore,
        min_severity: check.min_severity,
    };
    let analysis = analyse(&check.input, wanted)?;
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal(),
    };
    let nothing = nothing_to_see(&analysis);
    let fail_on = if check.exit_zero {
        FailOn::Never
    } else {
        check.fail_on
    };
    let outcome = match nothing {
        Some((_, true)) => Outcome::Failed,
        _ => outcome(&analysis, fail_on),
    };
    let style = Style {
        undecided: check.undecided,
        statistics: check.statistics,
        time: surroundings.terminal.then(|| start.elapsed()),
        folder: std::env::current_dir().unwrap_or_default(),
        fails: outcome != Outcome::Clean,
        ..surroundings.style(&check.look)
    };
    for report in reports {
        write(report, &analysis, &surroundings, &style, nothing.is_some())?;
    }
    if let Some((words, failure)) = nothing {
        if failure || !check.look.quiet {
            let head = if failure { "error: " } else { "" };
            output::say(&format!("{head}{words}"));
        }
        if failure {
            return Ok(outcome);
        }
    }
    if check.look.verbose {
        tell_files(&analysis);
    }
    if analysis.stats.incomplete && !shows_what_is_missing(&analysis) {
        output::say(
            "error: an input cannot be read or parsed; the finding that says which is hidden",
        );
    }
    Ok(outcome)
}

fn write(
    report: &Report,
    analysis: &Analysis,
    surroundings: &Surroundings<'_>,
    style: &Style,
    nothing: bool,
) -> Result<(), Error> {
    let for_people = surroundings.terminal || surroundings.is_ci_log();
    let fitting = if for_people {
        Format::Human
    } else {
        Format::Concise
    };
    let format = kind(report.format.unwrap_or(fitting));
    if let Some(file) = &report.file {
        let plain = Style {
            undecided: style.undecided,
            statistics: style.statistics,
            quiet: style.quiet,
            folder: style.folder.clone(),
            fails: style.fails,
            urls: true,
            ..Style::plain()
        };
        return output::write_file(file, |out| view::write(format, analysis, &plain, out));
    }
    let style = Style {
        quiet: style.quiet || nothing,
        colour: style.colour && format.is_for_people(),
        ..style.clone()
    };
    let annotations = surroundings.annotations();
    let annotations = annotations.filter(|_| report.format.is_none());
    output::print(style.colour, |out| {
        view::write(format, analysis, &style, out)?;
        let beside = Style {
            beside: true,
            ..style.clone()
        };
        annotations.map_or(Ok(()), |kind| view::write(kind, analysis, &beside, out))
    })?;
    let is_log = matches!(
        format,
        view::Format::Concise | view::Format::Github | view::Format::AzurePipelines
    );
    if is_log && !style.quiet {
        let plain = Style {
            colour: false,
            ..style
        };
        output::say(&view::summary_line(analysis, &plain));
    }
    Ok(())
}

fn kind(format: Format) -> view::Format {
    match format {
        Format::Human => view::Format::Human,
        Format::Concise => view::Format::Concise,
        Format::Json => view::Format::Json,
        Format::Sarif => view::Format::Sarif,
        Format::Github => view::Format::Github,
        Format::Gitlab => view::Format::Gitlab,
        Format::AzurePipelines => view::Format::AzurePipelines,
        Format::Junit => view::Format::Junit,
        Format::Rdjson => view::Format::Rdjson,
        Format::Markdown => view::Format::Markdown,
    }
}

/// Tells which files were read, and how many others were not and why.
fn tell_files(analysis: &Analysis) {
    for source in &analysis.read {
        output::say(&format!("read {}", analysis.sources.get(*source).name));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &analysis.left_alone {
        *reasons.entry(reason).or_default() += 1;
    }
    for (reason, count) in reasons {
        let files = if count == 1 { "file" } else { "files" };
        output::say(&format!("left alone {count} {files}: {reason}"));
    }
}

/// Tells whether a finding says what could not be read or parsed.
fn shows_what_is_missing(analysis: &Analysis) -> bool {
    let mut findings = analysis.findings.iter();
    findings.any(|finding| RuleId::INCOMPLETE.contains(&finding.rule))
}

/// Returns how the run ends; an input that cannot be read goes before findings.
fn outcome(analysis: &Analysis, fail_on: FailOn) -> Outcome {
    let floor = match fail_on {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Advice => Some(Severity::Advice),
        FailOn::Never => None,
    };
    let counts = |severity| floor.is_some_and(|floor| severity >= floor);
    if analysis.stats.incomplete {
        Outcome::Failed
    } else if analysis.findings.iter().any(|f| counts(f.severity)) {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Args;
    use clap::CommandFactory;

    fn parse(flags: &[&str]) -> Result<Vec<Report>, Error> {
        let all = ["aksnet", "check"].iter().chain(flags);
        let matches = Args::command().get_matches_from(all);
        reports(matches.subcommand().unwrap().1)
    }

    fn report(format: Option<Format>, file: Option<&str>) -> Report {
        Report {
            format,
            file: file.map(PathBuf::from),
        }
    }

    #[test]
    fn formats_and_outputs_go_in_pairs() {
        assert_eq!(parse(&[]).unwrap(), [report(None, None)]);
        assert_eq!(
            parse(&[
                "--format", "human", "--format", "json", "--output", "a.json"
            ])
            .unwrap(),
            [
                report(Some(Format::Human), None),
                report(Some(Format::Json), Some("a.json"))
            ]
        );
        assert_eq!(
            parse(&["--output", "a.txt"]).unwrap(),
            [report(None, Some("a.txt"))]
        );
        assert!(parse(&["--format", "human", "--format", "json"]).is_err());
    }
}
