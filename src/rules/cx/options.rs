//! What a site has set for the rule.

use super::Cx;
use crate::cidr::Cidr;
use crate::model::Choice;
use crate::rules::options::Setting;

impl<'a> Cx<'a> {
    /// Returns the words that the site has set for an option of this rule; `None` if it has not.
    pub fn allowed_words<C: Choice>(&self, key: &'static str) -> Option<Vec<C>> {
        match self.settings.options.get(self.rule.id, key)? {
            Setting::Words(words) => Some(words.iter().filter_map(|word| C::read(word)).collect()),
            Setting::Ranges(_) => None,
        }
    }

    /// Returns the ranges that the site has set for an option of this rule; `None` if it has not.
    pub fn allowed_ranges(&self, key: &'static str) -> Option<&'a [Cidr]> {
        match self.settings.options.get(self.rule.id, key)? {
            Setting::Ranges(ranges) => Some(ranges),
            Setting::Words(_) => None,
        }
    }
}
