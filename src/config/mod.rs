//! aksnet.toml and the flags that stand for it: which rules run, how severe they are, what is allowed.
//!
//! `load` reads the file and points at what it does not understand, `selection` knows the words for rules. Nothing here
//! judges: the pipeline asks.

mod allow;
mod catalogue;
mod disk;
mod error;
mod load;
mod nearest;
mod options;
mod ranges;
mod said;
mod selection;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::finding::{RuleId, Severity};
use crate::project::{Fact, RootSettings};
use crate::rules::SiteRange;
use crate::rules::options::Options;
use crate::source::{FilePath, SourceId, Sources};

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
    options: Options,
    floor: Option<Severity>,
    allows: Vec<Allow>,
    roots: Vec<RootSettings>,
    facts: Vec<Fact>,
    site_ranges: Vec<SiteRange>,
    module_cache: Option<PathBuf>,
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

    /// Returns what is set for single rules.
    pub fn rule_options(&self) -> &Options {
        &self.options
    }

    /// Tells whether findings of this severity are shown.
    pub fn shows(&self, severity: Severity) -> bool {
        self.floor.is_none_or(|floor| severity >= floor)
    }

    /// Returns the folder in which Bicep keeps the modules of registries, if they shall be read.
    pub fn module_cache(&self) -> Option<&Path> {
        self.module_cache.as_deref()
    }

    /// Returns the entries of `[[allow]]`, in the order of the file.
    pub fn allows(&self) -> &[Allow] {
        &self.allows
    }

    /// Returns the entries of `[[terraform.root]]`, in the order of the file.
    pub fn roots(&self) -> &[RootSettings] {
        &self.roots
    }

    /// Returns the entries of `[[facts]]`, in the order of the file.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Returns trouble with what the file says at some of its bytes.
    pub(crate) fn refuse(&self, place: Range<usize>, message: String) -> Error {
        let (name, text) = match &self.file {
            Some(file) => (file.name.as_str(), file.text.as_str()),
            None => ("", ""),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Error::at(name, text, place, message)
    }

    /// Returns the number of the file's text; adds it to the sources if it is not there. `None` without a file.
    pub(crate) fn source(&self, sources: &Sources) -> Option<SourceId> {
        let file = self.file.as_ref()?;
        let in_memory = file.disk == PathBuf::new();
        let known = sources
            .all()
            .into_iter()
            .find(|source| source.name == file.name && (in_memory || source.disk == file.disk));
        Some(match known {
            Some(source) => source.id,
            None => sources.add(
                &file.name,
                file.path.clone(),
                file.disk.clone(),
                file.text.clone(),
            ),
        })
    }

    /// Returns the networks of `[[ranges]]`, in the order of the file.
    pub fn site_ranges(&self) -> &[SiteRange] {
        &self.site_ranges
    }

    /// Returns the rules that can be named.
    pub(crate) fn catalogue(&self) -> Catalogue {
        self.catalogue
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
