//! `aksnet explain`.

use crate::config::Catalogue;
use crate::rules;
use crate::view::{self, Shape};

use super::args::{Explain, PageFormat};
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};

/// Prints the page of a rule.
pub(super) fn run(explain: &Explain) -> Result<Outcome, Error> {
    let Some(rule) = rules::find(&explain.rule) else {
        return Err(Error::Usage(unknown(&explain.rule)));
    };
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal(),
    };
    let style = surroundings.style(&explain.look);
    let shape = shape(explain.format);
    output::print(style.colour, |out| {
        view::write_page(rule, shape, &style, out)
    })?;
    Ok(Outcome::Clean)
}

/// Returns the shape of a page or list.
pub(super) fn shape(format: PageFormat) -> Shape {
    match format {
        PageFormat::Human => Shape::Human,
        PageFormat::Markdown => Shape::Markdown,
        PageFormat::Json => Shape::Json,
    }
}

fn unknown(word: &str) -> String {
    match Catalogue::default().nearest(word) {
        Some(near) => format!("there is no rule or page `{word}`; did you mean `{near}`?"),
        None => format!("there is no rule or page `{word}`; `aksnet rules` lists them"),
    }
}
