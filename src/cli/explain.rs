//! `aksnet explain`.

use crate::config::{Catalogue, nearest};
use crate::rules::{self, Rule};
use crate::view::{self, Guide, Shape};

use super::args::{Explain, PageFormat};
use super::terminal::{Surroundings, variable};
use super::{Error, Outcome, output};

/// A page that was asked for.
enum Page {
    Rule(&'static Rule),
    Guide(&'static Guide),
}

/// Prints the page of a rule, or a guide.
pub(super) fn run(explain: &Explain) -> Result<Outcome, Error> {
    let word = &explain.rule;
    let rule = rules::find(word).map(Page::Rule);
    let Some(page) = rule.or_else(|| Guide::find(word).map(Page::Guide)) else {
        return Err(Error::Usage(unknown(word)));
    };
    let surroundings = Surroundings {
        variable: &variable,
        terminal: output::is_terminal(),
    };
    let style = surroundings.style(&explain.look);
    let shape = shape(explain.format);
    output::print(style.colour, |out| match page {
        Page::Rule(rule) => view::write_page(rule, shape, &style, out),
        Page::Guide(guide) => view::write_guide(guide, shape, &style, out),
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
    let guides = view::guides().iter().map(|guide| guide.name);
    let guide = nearest(word, guides).map(str::to_owned);
    match Catalogue::default().nearest(word).or(guide) {
        Some(near) => format!("there is no rule or page `{word}`; did you mean `{near}`?"),
        None => format!("there is no rule or page `{word}`; `aksnet rules` lists them"),
    }
}
