//! The few colours that reports use, as escape sequences of the sixteen that every terminal has.

use crate::finding::Severity;

/// A pen that paints, or leaves text as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    /// Whether it paints.
    pub(super) colour: bool,
    /// Whether it makes links.
    pub(super) links: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Returns bold text.
    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Returns text that steps back.
    pub(super) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// Returns text in the colour of help.
    pub(super) fn help(self, text: &str) -> String {
        self.with("1;36", text)
    }

    /// Returns text in the colour of what is taken away.
    pub(super) fn gone(self, text: &str) -> String {
        self.with("31", text)
    }

    /// Returns text in the colour of what is added.
    pub(super) fn added(self, text: &str) -> String {
        self.with("32", text)
    }

    /// Returns text in the colour of what is scarce.
    pub(super) fn little(self, text: &str) -> String {
        self.with("33", text)
    }

    /// Returns text in the colour of a severity.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Advice => "1;36",
        };
        self.with(code, text)
    }

    /// Returns text as a link (OSC 8).
    pub(super) fn link(self, url: &str, text: &str) -> String {
        if self.links {
            format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
        } else {
            text.to_owned()
        }
    }
}
