//! `aksnet capacity`.

use crate::engine::Options;
use crate::rules::Settings;
use crate::view::{self, Budgets, CapacityForm};
use crate::what_if::{self, Answer, Court, Question};

use super::args::{Capacity, CapacityFormat};
use super::run::{Wanted, analyse_with, nothing_to_see};
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};
use crate::engine::Analysis;

/// Prints the budgets of all clusters.
pub(super) fn run(capacity: &Capacity) -> Result<Outcome, Error> {
    check_format(capacity)?;
    let (analysis, options) = analyse_with(&capacity.input, Wanted::default())?;
    let question = question(capacity);
    check_pools(&question, &analysis)?;
    let answers = answers(&analysis, &options, &question, capacity.compare_models);
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal() && capacity.output.is_none(),
    };
    let mut style = surroundings.style(&capacity.look);
    let nothing = nothing_to_see(&analysis);
    style.quiet |= nothing.is_some();
    let form = match capacity.format {
        CapacityFormat::Human => CapacityForm::Human,
        CapacityFormat::Json => CapacityForm::Json,
        CapacityFormat::Markdown => CapacityForm::Markdown,
        CapacityFormat::Csv => CapacityForm::Csv,
        CapacityFormat::Svg => CapacityForm::Svg,
        CapacityFormat::Html => CapacityForm::Html,
    };
    let budgets = Budgets {
        analysis: &analysis,
        question: &question,
        answers: &answers,
        site_ranges: options.config.site_ranges(),
    };
    match &capacity.output {
        Some(path) => {
            style.colour = false;
            output::write_file(path, |out| view::write_capacity(form, budgets, &style, out))?;
        }
        None => output::print(style.colour, |out| {
            view::write_capacity(form, budgets, &style, out)
        })?,
    }
    if let Some((words, failure)) = nothing {
        if failure || !capacity.look.quiet {
            let head = if failure { "error: " } else { "" };
            output::say(&format!("{head}{words}"));
        }
        if failure {
            return Ok(Outcome::Failed);
        }
    }
    if analysis.stats.incomplete {
        output::say("error: some files cannot be read or parsed; `aksnet check` says which");
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Clean)
}

/// Refuses a comparison that the format has no place for.
fn check_format(capacity: &Capacity) -> Result<(), Error> {
    let is_map = matches!(capacity.format, CapacityFormat::Svg | CapacityFormat::Html);
    if is_map && capacity.compare_models {
        let words = "--compare-models is a table, which svg and html have not";
        return Err(Error::Usage(words.to_owned()));
    }
    Ok(())
}

fn question(capacity: &Capacity) -> Question {
    Question {
        model: capacity.model,
        max_pods: capacity.max_pods.clone(),
        nodes: capacity.nodes.clone(),
        surge: capacity.surge.clone(),
        growth: capacity.growth,
    }
}

/// Refuses names of pools that no cluster has: the answer would be today's.
fn check_pools(question: &Question, analysis: &Analysis) -> Result<(), Error> {
    let networks = || analysis.designs.iter().map(|design| &design.after);
    let known = |name: &str| {
        let mut pools = networks().flat_map(|network| network.pools.iter());
        pools.any(|pool| pool.name.get().is_some_and(|known| **known == *name))
    };
    match question.pools().find(|name| !known(name)) {
        Some(name) => Err(Error::Usage(format!("no node pool is called {name}"))),
        None => Ok(()),
    }
}

fn answers(
    analysis: &Analysis,
    options: &Options,
    question: &Question,
    compare: bool,
) -> Vec<Answer> {
    let settings = Settings {
        as_of: options.as_of,
        options: options.config.rule_options().clone(),
        site_ranges: options.config.site_ranges().to_vec(),
    };
    let court = Court {
        sources: &analysis.sources,
        config: &options.config,
        settings: &settings,
    };
    let designs = analysis.designs.iter();
    designs
        .map(|design| what_if::answer(&design.after, question, compare, &court))
        .collect()
}
