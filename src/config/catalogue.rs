//! The rules that there are, as configuration and suppressions name them. Runs none of them.

use super::nearest::nearest;
use crate::finding::RuleId;
use crate::rules::{self, Rule};

/// The rules that can be named, sorted by id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Catalogue(&'static [&'static Rule]);

impl Default for Catalogue {
    fn default() -> Self {
        Catalogue(rules::all())
    }
}

impl Catalogue {
    /// Returns a catalogue of other rules than aksnet's own.
    #[cfg(test)]
    pub(crate) fn of(rules: &'static [&'static Rule]) -> Self {
        Catalogue(rules)
    }

    /// Returns every rule, sorted by id.
    pub(crate) fn all(self) -> &'static [&'static Rule] {
        self.0
    }

    /// Returns the rule with this id.
    pub(crate) fn by_id(self, id: RuleId) -> Option<&'static Rule> {
        self.0
            .binary_search_by_key(&id, |rule| rule.id)
            .ok()
            .map(|index| self.0[index])
    }

    /// Returns the rule with this id, in any letter case, or this name.
    pub(crate) fn find(self, id_or_name: &str) -> Option<&'static Rule> {
        match id_or_name.parse() {
            Ok(id) => self.by_id(id),
            Err(()) => self.0.iter().copied().find(|rule| rule.name == id_or_name),
        }
    }

    /// Returns the id or name that is nearest to a word that names no rule.
    pub(crate) fn nearest(self, word: &str) -> Option<String> {
        let ids: Vec<String> = self.0.iter().map(|rule| rule.id.to_string()).collect();
        let names = self.0.iter().map(|rule| rule.name);
        nearest(word, ids.iter().map(String::as_str).chain(names)).map(str::to_owned)
    }
}
