//! `aksnet show`.

use crate::view::{self, Form};

use super::args::{Show, ShowFormat};
use super::run::{Wanted, analyse, nothing_to_see};
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};

/// Prints what was understood.
pub(super) fn run(show: &Show) -> Result<Outcome, Error> {
    let analysis = analyse(&show.input, Wanted::default())?;
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal(),
    };
    let mut style = surroundings.style(&show.look);
    let nothing = nothing_to_see(&analysis);
    style.quiet |= nothing.is_some();
    let form = match show.format {
        ShowFormat::Human => Form::Human,
        ShowFormat::Json => Form::Json,
    };
    output::print(style.colour, |out| {
        view::write_show(form, &analysis, &style, out)
    })?;
    if let Some((words, failure)) = nothing {
        if failure || !show.look.quiet {
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
