//! What a site may set for a rule, in aksnet.toml under the rule's id or name. Reads no file.

use std::collections::BTreeMap;

use crate::cidr::Cidr;
use crate::finding::RuleId;
use crate::model::{Choice, NetworkPolicy};

/// An option of a rule. Each stands on the rule's page, under "Options".
#[derive(Debug)]
pub struct RuleOption {
    /// The rule that asks for it.
    pub rule: RuleId,
    /// Its key, kebab-case.
    pub key: &'static str,
    /// What may be written.
    pub takes: Takes,
}

/// What an option takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A list of some of these words.
    Words(&'static [&'static str]),
    /// A list of ranges.
    Ranges,
}

/// What is set for an option.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Setting {
    /// Words, each one of those that the option takes.
    Words(Vec<String>),
    /// Ranges.
    Ranges(Vec<Cidr>),
}

/// Every option that is set, by rule and key.
#[derive(Clone, Default, Debug)]
pub struct Options(BTreeMap<(RuleId, &'static str), Setting>);

/// The network policy engines that a site allows.
pub(super) const ALLOWED_POLICIES: &str = "allowed-policies";

/// The ranges that a site lets into its API servers.
pub(super) const ALLOWED_RANGES: &str = "allowed-ranges";

/// Every option of every rule.
static ALL: &[RuleOption] = &[
    RuleOption {
        rule: RuleId(318),
        key: ALLOWED_POLICIES,
        takes: Takes::Words(NetworkPolicy::WORDS),
    },
    RuleOption {
        rule: RuleId(601),
        key: ALLOWED_RANGES,
        takes: Takes::Ranges,
    },
];

/// Returns the options of all rules.
pub fn all() -> &'static [RuleOption] {
    ALL
}

/// Returns the options of a rule.
pub fn of(rule: RuleId) -> impl Iterator<Item = &'static RuleOption> {
    ALL.iter().filter(move |option| option.rule == rule)
}

impl Options {
    /// Sets an option.
    pub fn set(&mut self, option: &RuleOption, setting: Setting) {
        self.0.insert((option.rule, option.key), setting);
    }

    /// Returns what is set.
    pub fn get(&self, rule: RuleId, key: &'static str) -> Option<&Setting> {
        self.0.get(&(rule, key))
    }
}
