//! What the terminal and the environment say about colour, characters, width and links. A flag goes before the environment,
//! the environment before the terminal.

use crate::view::{Format, Style};

use super::args::{Colour, Look};

/// Narrower than this, frames make no sense.
const NARROWEST: usize = 60;
/// Wider than this, lines are hard to read.
const WIDEST: usize = 140;

/// The environment, and whether the report goes to a terminal.
pub(super) struct Surroundings<'a> {
    /// Returns a variable of the environment that is set and not empty.
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
    /// Whether the report goes to a terminal.
    pub(super) terminal: bool,
}

/// Returns a variable of the process's environment, `None` if it is empty.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Surroundings<'_> {
    /// Returns the style of a report on standard output.
    pub(super) fn style(&self, look: &Look) -> Style {
        let colour = self.colour(look.color);
        let links = colour && self.links();
        Style {
            colour,
            unicode: self.unicode(),
            width: self.width(),
            links,
            urls: !self.terminal,
            narrated: self.has("NO_GRAPHICS"),
            quiet: look.quiet,
            verbose: look.verbose,
            ..Style::plain()
        }
    }

    /// Tells whether a CI service shows the output to people.
    pub(super) fn is_ci_log(&self) -> bool {
        ["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD"]
            .iter()
            .any(|name| self.has(name))
    }

    /// Returns how the CI service that shows the output wants to be told of places in the code.
    pub(super) fn annotations(&self) -> Option<Format> {
        if self.has("GITHUB_ACTIONS") {
            Some(Format::Github)
        } else if self.has("TF_BUILD") {
            Some(Format::AzurePipelines)
        } else {
            None
        }
    }

    fn colour(&self, wish: Colour) -> bool {
        let forced = |name: &str| {
            let value = (self.variable)(name);
            value.is_some_and(|value| value != "0" && value != "false")
        };
        match wish {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if self.has("NO_COLOR") => false,
            Colour::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
            Colour::Auto if self.is_dumb() || self.is("CLICOLOR", "0") => false,
            Colour::Auto => self.terminal,
        }
    }

    fn unicode(&self) -> bool {
        if self.is_dumb() {
            return false;
        }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| (self.variable)(name));
        match locale {
            Some(locale) => {
                let locale = locale.to_ascii_lowercase();
                locale.contains("utf-8") || locale.contains("utf8")
            }
            None => self.has("WT_SESSION") || self.is("TERM_PROGRAM", "vscode"),
        }
    }

    fn width(&self) -> usize {
        let columns = (self.variable)("COLUMNS").and_then(|columns| columns.parse().ok());
        columns
            .unwrap_or(Style::plain().width)
            .clamp(NARROWEST, WIDEST)
    }

    fn links(&self) -> bool {
        let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"];
        let terms = ["xterm-kitty", "alacritty", "foot", "xterm-ghostty"];
        let known = [
            "WT_SESSION",
            "KONSOLE_VERSION",
            "VTE_VERSION",
            "FORCE_HYPERLINK",
        ];
        self.terminal
            && !self.has("CI")
            && (programs.iter().any(|name| self.is("TERM_PROGRAM", name))
                || terms.iter().any(|name| self.is("TERM", name))
                || known.iter().any(|name| self.has(name)))
    }

    fn is_dumb(&self) -> bool {
        self.is("TERM", "dumb")
    }

    fn has(&self, name: &str) -> bool {
        (self.variable)(name).is_some()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        (self.variable)(name).is_some_and(|found| found == value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(terminal: bool, wish: Colour, set: &[(&str, &str)]) -> bool {
        let variable = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let surroundings = Surroundings {
            variable: &variable,
            terminal,
        };
        surroundings.colour(wish)
    }

    #[test]
    fn the_flag_wins_then_no_color_then_force_then_the_terminal() {
        let force = ("CLICOLOR_FORCE", "1");
        assert!(colour(false, Colour::Always, &[("NO_COLOR", "1")]));
        assert!(!colour(true, Colour::Never, &[force]));
        assert!(!colour(true, Colour::Auto, &[("NO_COLOR", "0"), force]));
        assert!(colour(false, Colour::Auto, &[force, ("TERM", "dumb")]));
        assert!(!colour(false, Colour::Auto, &[("FORCE_COLOR", "0")]));
        assert!(!colour(true, Colour::Auto, &[("TERM", "dumb")]));
        assert!(colour(true, Colour::Auto, &[]));
        assert!(!colour(false, Colour::Auto, &[]));
    }
}
