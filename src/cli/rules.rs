//! `aksnet rules`.

use crate::rules;
use crate::view;

use super::args::Rules;
use super::explain::shape;
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};

/// Prints every rule.
pub(super) fn run(args: &Rules) -> Result<Outcome, Error> {
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal(),
    };
    let style = surroundings.style(&args.look);
    let shape = shape(args.format);
    output::print(style.colour, |out| {
        view::write_catalogue(rules::all(), shape, &style, out)
    })?;
    Ok(Outcome::Clean)
}
