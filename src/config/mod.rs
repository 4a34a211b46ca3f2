//! aksnet.toml and the flags that stand for it: which rules run, how severe they are, what is allowed.
//!
//! `load` reads the file and points at what it does not understand, `selection` knows the words for rules. Nothing here
//! judges: the pipeline asks.

mod allow;
mod catalogue;
mod error;
mod load;
mod nearest;
mod selection;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::finding::{RuleId, Severity};
use crate::source::FilePath;

pub use allow::Allow;
pub(crate) use catalogue::Catalogue;
pub use error::Error;
pub(crate) use nearest::nearest;

/// What the user wants to hear.
#[derive(Clone, Debug, Default)]
pub struct Config {
    catalogue: Catalogue,
    selected: Option<BTreeSet<RuleId>>,
    ignored: BTreeSet<RuleId>,
    severities: BTreeMap<RuleId, Severity>,
    floor: Option<Severity>,
    allows: Vec<Allow>,
    file: Option<ConfigFile>,
}

/// The file that the configuration came from.
#[derive(Clone, Debug)]
pub(crate) struct ConfigFile {
    /// The file as shown.
    pub(crate) name: String,
    /// The path to open it by; empty for a text that is only in memory.
    pub(crate) disk: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// The path below the project root, if it lies there.
    pub(crate) path: Option<FilePath>,
}

impl Config {
    /// Takes the values of `--select`, which replace what the file selects; none changes nothing.
    pub fn select(&mut self, values: &[String]) -> Result<(), Error> {
        if let Some(rules) = self.resolve("--select", values)? {
            self.selected = Some(rules);
        }
        Ok(())
    }

    /// Takes the values of `--ignore`, in addition to what the file ignores.
    pub fn ignore(&mut self, values: &[String]) -> Result<(), Error> {
        let rules = self.resolve("--ignore", values)?;
        self.ignored.extend(rules.into_iter().flatten());
        Ok(())
    }

    /// Hides findings that are less severe.
    pub fn min_severity(&mut self, floor: Severity) {
        self.floor = Some(floor);
    }

    /// Tells whether findings of a rule are wanted: selected, or nothing is selected, and not ignored.
    pub fn runs(&self, rule: RuleId) -> bool {
        let selected = self
            .selected
            .as_ref()
            .is_none_or(|rules| rules.contains(&rule));
        selected && !self.ignored.contains(&rule)
    }

    /// Returns the severity of a rule: the configured one, else its own, at its worst.
    pub fn severity_of(&self, rule: RuleId) -> Severity {
        let own = || {
            self.catalogue
                .by_id(rule)
                .map_or(Severity::Warning, |rule| rule.severity)
        };
        self.configured_severity(rule).unwrap_or_else(own)
    }

    /// Returns the severity that is configured for a rule.
    pub(crate) fn configured_severity(&self, rule: RuleId) -> Option<Severity> {
        self.severities.get(&rule).copied()
    }

    /// Tells whether findings of this severity are shown.
    pub fn shows(&self, severity: Severity) -> bool {
        self.floor.is_none_or(|floor| severity >= floor)
    }

    /// Returns the entries of `[[allow]]`, in the order of the file.
    pub fn allows(&self) -> &[Allow] {
        &self.allows
    }

    /// Returns the rules that can be named.
    pub(crate) fn catalogue(&self) -> Catalogue {
        self.catalogue
    }

    /// Returns the file that it came from; `None` for flags alone.
    pub(crate) fn file(&self) -> Option<&ConfigFile> {
        self.file.as_ref()
    }

    fn resolve(
        &self,
        flag: &'static str,
        values: &[String],
    ) -> Result<Option<BTreeSet<RuleId>>, Error> {
        let mut rules = None::<BTreeSet<RuleId>>;
        for word in selection::words(values) {
            let more = selection::resolve(word, self.catalogue)
                .map_err(|message| Error::Flag { flag, message })?;
            rules.get_or_insert_default().extend(more);
        }
        Ok(rules)
    }
}
