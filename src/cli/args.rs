//! What can be said on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::finding::Severity;
use crate::model::{Choice, NetworkModel, Surge};
use crate::what_if::{Count, Growth, Setting};

/// The linter for Azure Kubernetes Service networking.
#[derive(Parser, Debug)]
#[command(name = "aksnet", version, about, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Find what Azure will refuse and what will hurt later
    Check(Check),
    /// Print every cluster, pool, subnet and virtual network with each value and where it came from
    Show(Show),
    /// Print the address budget of every cluster: what is needed, what is there, what runs out first
    Capacity(Capacity),
    /// Print the page of a rule, or a guide such as models
    Explain(Explain),
    /// List every rule
    Rules(Rules),
}

/// Which code is read, and with which inputs.
#[derive(ClapArgs, Debug)]
pub(super) struct Input {
    /// Files or folders; - is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// The file in whose place standard input is judged
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Set a Terraform variable
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = assignment)]
    pub(super) vars: Vec<(String, String)>,
    /// Read Terraform variables from a file
    #[arg(long = "var-file", value_name = "FILE")]
    pub(super) var_files: Vec<PathBuf>,
    /// Read parameters of Bicep or an ARM template from a file: .bicepparam, JSON
    #[arg(long, value_name = "FILE")]
    pub(super) parameters: Vec<PathBuf>,
    /// Read this file instead of the project's aksnet.toml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Read no aksnet.toml
    #[arg(long)]
    pub(super) isolated: bool,
    /// Read files that .gitignore and the like leave out
    #[arg(long)]
    pub(super) no_ignore: bool,
    /// The day on which retirements are judged [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
}

/// How much is said, and in which colours.
#[derive(ClapArgs, Debug)]
pub(super) struct Look {
    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Colour,
    /// Print the report alone, without counts and hints
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,
    /// How to tell it; may be repeated in pairs with --output [default: human on a terminal and in CI logs, else concise]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Vec<Format>,
    /// Write the report of the --format before it to a file
    #[arg(long, value_name = "FILE")]
    pub(super) output: Vec<PathBuf>,
    /// Only these rules: ids, names, category:addressing, kind:retirement
    #[arg(long, value_name = "RULES")]
    pub(super) select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULES")]
    pub(super) ignore: Vec<String>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(super) fail_on: FailOn,
    /// The same as --fail-on never
    #[arg(long, conflicts_with = "fail_on")]
    pub(super) exit_zero: bool,
    /// Hide findings that are less severe
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(super) min_severity: Option<Severity>,
    /// List what could not be decided, and what is needed for it
    #[arg(long)]
    pub(super) undecided: bool,
    /// Count the findings of each rule
    #[arg(long)]
    pub(super) statistics: bool,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Show {
    #[command(flatten)]
    pub(super) input: Input,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ShowFormat,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Capacity {
    #[command(flatten)]
    pub(super) input: Input,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: CapacityFormat,
    /// Write it to a file
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// What if pods got their addresses this way, as `aksnet show` calls it
    #[arg(long, value_name = "MODEL", value_parser = model())]
    pub(super) model: Option<NetworkModel>,
    /// What if a node ran so many pods; for one pool POOL=N
    #[arg(long, value_name = "[POOL=]N")]
    pub(super) max_pods: Vec<Setting<Count>>,
    /// What if each pool had so many nodes, with autoscaling at the most; for one pool POOL=N
    #[arg(long, value_name = "[POOL=]N")]
    pub(super) nodes: Vec<Setting<Count>>,
    /// What if an upgrade added so many nodes, or percent; for one pool POOL=N
    #[arg(long, value_name = "[POOL=]N|N%", value_parser = surge)]
    pub(super) surge: Vec<Setting<Surge>>,
    /// What if there were so many times the nodes: 2x, 1.5, 150%
    #[arg(long, value_name = "FACTOR")]
    pub(super) growth: Option<Growth>,
    /// Compare all models: whether Azure takes the design, whether it fits, and how to get there
    #[arg(long)]
    pub(super) compare_models: bool,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Explain {
    /// The id or name of a rule, or the name of a guide
    #[arg(value_name = "RULE|PAGE")]
    pub(super) rule: String,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: PageFormat,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Rules {
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: PageFormat,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    /// Source lines, arithmetic and help
    Human,
    /// One line a finding
    Concise,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code quality report of GitLab
    Gitlab,
    /// Issues of Azure Pipelines
    AzurePipelines,
    /// Test results
    Junit,
    /// For reviewdog
    Rdjson,
    /// A comment below a pull request
    Markdown,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ShowFormat {
    /// A tree
    Human,
    /// For programs
    Json,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CapacityFormat {
    /// Tables
    Human,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
    /// For a spreadsheet
    Csv,
    /// The address map, as a drawing
    Svg,
    /// The address map, as a page with details and findings
    Html,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PageFormat {
    /// For the terminal
    Human,
    /// Markdown
    Markdown,
    /// For programs
    Json,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FailOn {
    /// Refused or broken
    Error,
    /// Also what will hurt later
    Warning,
    /// Any finding
    Advice,
    /// Findings never make the run fail
    Never,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Colour {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// Reads the name of a network model.
fn model() -> impl TypedValueParser<Value = NetworkModel> {
    let known = PossibleValuesParser::new(NetworkModel::WORDS);
    known.try_map(|word| NetworkModel::read(&word).ok_or("not a network model"))
}

/// Reads `3`, `10%` and `pool=3`.
fn surge(text: &str) -> Result<Setting<Surge>, String> {
    let (pool, value) = match text.split_once('=') {
        Some((pool, value)) => (Some(pool.trim().to_owned()), value.trim()),
        None => (None, text.trim()),
    };
    let number = |text: &str| {
        let wrong = |_| "expected a number of nodes, or percent".to_owned();
        text.parse::<u32>().map_err(wrong)
    };
    let value = match value.strip_suffix('%') {
        Some(percent) => Surge::Percent(number(percent)?),
        None => Surge::Nodes(number(value)?),
    };
    Ok(Setting { pool, value })
}

fn severity(text: &str) -> Result<Severity, String> {
    text.parse()
        .map_err(|()| "expected error, warning or advice".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn values_of_variables_may_hold_equals_signs() {
        assert_eq!(assignment("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert!(assignment("=b").is_err() && assignment("a").is_err());
    }
}
