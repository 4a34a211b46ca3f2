//! What rules saw, to what a user is shown. Reads no file and runs no rule.
//!
//! In each network: `severity` (how bad), `presence` (what cannot exist together goes, what may not is undecided),
//! `yields` (a neighbour tells it better), `relocate` (into the user's own code). Then over all of them: `fold` (one
//! place, one finding), `select` (what is wanted), `suppress` (what is allowed), `sort`.

mod case;
mod comments;
mod covering;
mod fingerprint;
mod fold;
mod notices;
mod presence;
mod relocate;
mod select;
mod severity;
mod sort;
mod suppress;
#[cfg(test)]
mod testing;
mod yields;

use jiff::civil::Date;

use crate::config::Config;
use crate::finding::{Finding, RuleId, Trouble, Undecided};
use crate::model::{Design, Dialect, Network};
use crate::rules::{Check, Verdicts};
use crate::source::{Comment, Source, Sources};

use case::{Case, Doubt};
use fold::Group;
use relocate::ThirdParty;
use select::Named;
use suppress::Suppressions;

/// What all rules saw in one root and variant.
#[derive(Debug)]
pub struct Raw<'a> {
    /// The root and variant.
    pub design: &'a Design,
    /// What they saw.
    pub verdicts: Verdicts,
}

/// Everything that the pipeline works on.
pub struct Input<'a> {
    /// One for each root and variant.
    pub raw: Vec<Raw<'a>>,
    /// Trouble with the input itself.
    pub troubles: Vec<Trouble>,
    /// What the user wants to hear.
    pub config: &'a Config,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// The comments of all files that belong to what is judged; those that do not speak to aksnet do no harm.
    pub comments: &'a [Comment],
    /// Tells whether a file is among those that the user named, by itself or by a folder above it.
    pub named: &'a dyn Fn(&Source) -> bool,
    /// The day on which suppressions are judged.
    pub as_of: Date,
}

/// What is left of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong, sorted by file, place and rule.
    pub findings: Vec<Finding>,
    /// What could not be decided, sorted by rule, file and place.
    pub undecided: Vec<Undecided>,
    /// How many findings were suppressed in all their instances.
    pub suppressed: usize,
    /// Whether something named could not be read or parsed, shown or not; a suppression with its reason excuses it.
    pub incomplete: bool,
}

/// Runs all steps.
pub fn run(input: Input<'_>) -> Outcome {
    let (config, sources) = (input.config, input.sources);
    let dialects = dialects(&input.raw);
    let mut named = Named::new(input.named, sources);
    let third_party = ThirdParty::of(input.raw.iter().map(|raw| raw.design), sources);
    let (cases, mut doubts) = judge(input.raw, &third_party, config, sources);
    select::doubts(&mut doubts, config);

    let troubles = input.troubles.into_iter();
    let troubles = troubles.map(|trouble| Case::of_trouble(trouble, sources, config));
    let mut groups = grouped(cases.into_iter().chain(troubles), sources);
    groups.retain(|group| {
        let rule = group.first().rule;
        config.runs(rule) || RuleId::INCOMPLETE.contains(&rule)
    });

    let mut suppressions = Suppressions::new(input.comments, config, sources, input.as_of);
    let mut outcome = Outcome::default();
    let mut left = Vec::new();
    for mut group in groups {
        let rule = group.first().rule;
        let (named, runs) = (named.group(&group), config.runs(rule));
        let severity = group.severity();
        suppressions.apply(&mut group, sources);
        if group.cases.is_empty() {
            outcome.suppressed += usize::from(named && runs && config.shows(severity));
        } else if named {
            outcome.incomplete |= RuleId::INCOMPLETE.contains(&rule);
            if runs {
                left.push(group);
            }
        }
    }
    for doubt in &doubts {
        suppressions.excuse(doubt, sources);
    }
    let ran = |rule| ran(rule, config, &dialects);
    let notices = notices::cases(&mut suppressions, ran, sources, config);
    let mut notices = grouped(notices, sources);
    notices.retain(|group| {
        let (rule, place) = (group.first().rule, group.first().primary.span);
        config.runs(rule) && !third_party.holds(place) && named.group(group)
    });
    left.extend(notices);

    left.retain(|group| config.shows(group.severity()));
    sort::groups(&mut left, sources);
    outcome.findings = left.into_iter().filter_map(Group::finding).collect();
    doubts.retain(|doubt| named.any(doubt.places.iter().copied()));
    outcome.undecided = doubts.into_iter().map(|doubt| doubt.said).collect();
    sort::undecided(&mut outcome.undecided, sources);
    outcome
}

/// Returns what is left of what rules saw in one network: what exists together, and what no neighbour tells better.
pub fn of_network(network: &Network, verdicts: Verdicts, config: &Config) -> Verdicts {
    let catalogue = config.catalogue();
    let verdicts = presence::judge(network, verdicts, catalogue);
    yields::judge(verdicts, catalogue)
}

/// Judges each network by itself.
fn judge(
    raw: Vec<Raw<'_>>,
    third_party: &ThirdParty,
    config: &Config,
    sources: &Sources,
) -> (Vec<Case>, Vec<Doubt>) {
    let catalogue = config.catalogue();
    let mut cases = Vec::new();
    let mut doubts = Vec::new();
    for Raw { design, verdicts } in raw {
        let verdicts = of_network(&design.after, verdicts, config);
        let seen = verdicts.observations.into_iter();
        cases.extend(seen.map(|one| Case::new(one, design, third_party, sources, config)));
        let open = verdicts.undecided.into_iter();
        doubts.extend(open.map(|one| Doubt::new(one, design, third_party, catalogue)));
    }
    (cases, fold::doubts(doubts))
}

/// Folds cases, sorts them and gives them their fingerprints, before anything is selected or suppressed that would shift
/// them.
fn grouped(cases: impl IntoIterator<Item = Case>, sources: &Sources) -> Vec<Group> {
    let mut groups = fold::cases(cases);
    sort::groups(&mut groups, sources);
    fingerprint::assign(&mut groups, sources);
    groups
}

/// Returns the languages of all networks.
fn dialects(raw: &[Raw<'_>]) -> Vec<Dialect> {
    let mut dialects: Vec<Dialect> = raw.iter().map(|raw| raw.design.after.dialect).collect();
    dialects.sort_unstable();
    dialects.dedup();
    dialects
}

/// Tells whether a rule was asked: it is wanted, and there was a network in a language that it speaks.
fn ran(rule: RuleId, config: &Config, dialects: &[Dialect]) -> bool {
    let spoken = config.catalogue().by_id(rule).is_some_and(|rule| {
        matches!(rule.check, Check::Input)
            || dialects
                .iter()
                .any(|dialect| rule.dialects.contains(*dialect))
    });
    spoken && config.runs(rule)
}
