//! From flags to an analysis: the only place that calls the engine.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::engine::Analysis;
use crate::finding::Severity;

use super::Error;
use super::args::Input;
use crate::config::Config;
use crate::engine::{self, StandIn, project_root};

/// Which findings are wanted.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Wanted<'a> {
    /// The values of `--select`.
    pub(super) select: &'a [String],
    /// The values of `--ignore`.
    pub(super) ignore: &'a [String],
    /// The value of `--min-severity`.
    pub(super) min_severity: Option<Severity>,
}

/// Reads the configuration and analyses the paths.
pub(super) fn analyse(input: &Input, wanted: Wanted<'_>) -> Result<Analysis, Error> {
    let (analysis, _) = analyse_with(input, wanted)?;
    Ok(analysis)
}

/// The same, with what it was done with.
pub(super) fn analyse_with(
    input: &Input,
    wanted: Wanted<'_>,
) -> Result<(Analysis, engine::Options), Error> {
    let stand_in = stand_in(input)?;
    let paths = paths(input, stand_in.as_ref());
    let root = project_root(&paths, stand_in.as_ref())?;
    let file = input.config.as_deref();
    let mut config = Config::load(file.map(Path::new), input.isolated, &root)?;
    config.select(wanted.select)?;
    config.ignore(wanted.ignore)?;
    if let Some(floor) = wanted.min_severity {
        config.min_severity(floor);
    }
    let options = engine::Options {
        paths,
        vars: input.vars.clone(),
        var_files: input.var_files.clone(),
        parameters: input.parameters.clone(),
        config,
        as_of: input.as_of.unwrap_or_else(today),
        no_ignore: input.no_ignore,
        stand_in,
    };
    Ok((engine::analyse(&options)?, options))
}

/// Reads standard input if it is one of the paths.
fn stand_in(input: &Input) -> Result<Option<StandIn>, Error> {
    let wanted = input.paths.iter().any(|path| is_standard_input(path));
    match (wanted, &input.stdin_filename) {
        (true, Some(path)) => Ok(Some(StandIn::read(path.clone(), io::stdin().lock()))),
        (false, None) => Ok(None),
        (true, None) => Err(Error::Usage(
            "to read `-`, say with --stdin-filename which file it stands for".to_owned(),
        )),
        (false, Some(_)) => Err(Error::Usage(
            "--stdin-filename says which file `-` stands for; name `-` as a path".to_owned(),
        )),
    }
}

/// Returns the paths, with the file that standard input stands for in its place.
fn paths(input: &Input, stand_in: Option<&StandIn>) -> Vec<PathBuf> {
    let path = |path: &PathBuf| match stand_in {
        Some(stand_in) if is_standard_input(path) => stand_in.path.clone(),
        _ => path.clone(),
    };
    input.paths.iter().map(path).collect()
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns the day it is in UTC.
fn today() -> Date {
    let utc = jiff::tz::TimeZone::UTC;
    jiff::Timestamp::now().to_zoned(utc).date()
}

/// Returns what to say about a run that had nothing to look at, and whether that is a failure.
pub(super) fn nothing_to_see(analysis: &Analysis) -> Option<(&'static str, bool)> {
    if analysis.stats.nothing_known {
        return Some((
            "nothing under the paths given is Terraform, a plan, Bicep, an ARM template or an export",
            true,
        ));
    }
    let stats = &analysis.stats;
    let empty = stats.roots == 0 && analysis.findings.is_empty() && !stats.incomplete;
    empty.then_some(("nothing here is about AKS or its networks", false))
}
