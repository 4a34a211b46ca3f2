//! Step 3: a rule is silent where a neighbour tells the same better, and undecided where the neighbour is.
//!
//! A rule is judged against what its neighbours saw before they yielded themselves: what is silent because of a better one
//! still stands in the way of a worse one. So no order of rules matters.

use std::collections::{HashMap, HashSet};

use crate::config::Catalogue;
use crate::finding::{RuleId, Subject, Undecided};
use crate::rules::Verdicts;
use crate::source::Symbol;
use crate::value::EntityId;

/// An attribute that a rule looked at.
type Place<'v> = (RuleId, EntityId, &'v Symbol);

/// What becomes of a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// No neighbour objects.
    Stays,
    /// A neighbour speaks.
    Silent,
    /// A neighbour is undecided: this one.
    Open(usize),
}

/// What all rules said about which attributes.
struct Voices<'v> {
    speaking: HashSet<Place<'v>>,
    open: HashMap<Place<'v>, usize>,
    catalogue: Catalogue,
}

/// Judges the verdicts of one network, after presence.
pub(super) fn judge(verdicts: Verdicts, catalogue: Catalogue) -> Verdicts {
    let voices = Voices::of(&verdicts, catalogue);
    let observed: Vec<Fate> = verdicts
        .observations
        .iter()
        .map(|observation| voices.fate(observation.rule, &observation.used))
        .collect();
    let doubted: Vec<Fate> = verdicts
        .undecided
        .iter()
        .map(|doubt| voices.fate(doubt.rule, &doubt.used))
        .collect();
    let mut judged = Verdicts::default();
    for (observation, fate) in verdicts.observations.into_iter().zip(observed) {
        match fate {
            Fate::Stays => judged.observations.push(observation),
            Fate::Silent => {}
            Fate::Open(index) => judged.undecided.push(Undecided {
                rule: observation.rule,
                subject: observation.subject,
                used: observation.used,
                ..verdicts.undecided[index].clone()
            }),
        }
    }
    for (doubt, fate) in verdicts.undecided.into_iter().zip(doubted) {
        if fate != Fate::Silent {
            judged.undecided.push(doubt);
        }
    }
    judged
}

impl<'v> Voices<'v> {
    fn of(verdicts: &'v Verdicts, catalogue: Catalogue) -> Self {
        let speaking = verdicts
            .observations
            .iter()
            .flat_map(|observation| places(observation.rule, &observation.used))
            .collect();
        let mut open = HashMap::new();
        for (index, doubt) in verdicts.undecided.iter().enumerate() {
            for place in places(doubt.rule, &doubt.used) {
                open.entry(place).or_insert(index);
            }
        }
        Voices {
            speaking,
            open,
            catalogue,
        }
    }

    /// Returns what becomes of a verdict of `rule` that rests on `used`.
    fn fate(&self, rule: RuleId, used: &'v [Subject]) -> Fate {
        let neighbours = self
            .catalogue
            .by_id(rule)
            .map_or(&[] as &[RuleId], |rule| rule.yields_to);
        let places = || {
            neighbours
                .iter()
                .flat_map(|neighbour| places(*neighbour, used))
        };
        if places().any(|place| self.speaking.contains(&place)) {
            return Fate::Silent;
        }
        places()
            .find_map(|place| self.open.get(&place))
            .map_or(Fate::Stays, |index| Fate::Open(*index))
    }
}

/// Returns the attributes among what a rule looked at.
fn places(rule: RuleId, used: &[Subject]) -> impl Iterator<Item = Place<'_>> {
    used.iter()
        .filter_map(move |subject| Some((rule, subject.entity, subject.attribute.as_ref()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::catalogue;
    use crate::pipeline::testing::{Site, observation, undecided};

    /// Judges observations and undecideds, each a rule, an entity and an attribute; returns the rules that are left.
    fn left(observed: &[(u16, u32, &str)], open: &[(u16, u32, &str)]) -> (Vec<u16>, Vec<u16>) {
        let site = Site::new(&[("main.tf", "x")]);
        let span = site.span("x");
        let verdicts = Verdicts {
            observations: observed
                .iter()
                .map(|(rule, entity, attribute)| {
                    observation(*rule, EntityId(*entity), attribute, span)
                })
                .collect(),
            undecided: open
                .iter()
                .map(|(rule, entity, attribute)| {
                    undecided(*rule, EntityId(*entity), &[attribute], span)
                })
                .collect(),
        };
        let judged = judge(verdicts, catalogue());
        (
            judged.observations.iter().map(|o| o.rule.0).collect(),
            judged.undecided.iter().map(|u| u.rule.0).collect(),
        )
    }

    #[test]
    fn a_neighbour_that_speaks_silences() {
        let none: Vec<u16> = Vec::new();
        let said = left(&[(104, 0, "dns"), (101, 0, "dns")], &[]);
        assert_eq!(said, (vec![101], none.clone()));
        let other_attribute = left(&[(104, 0, "dns"), (101, 0, "pods")], &[]);
        assert_eq!(other_attribute.0, [104, 101]);
        let other_entity = left(&[(104, 0, "dns"), (101, 1, "dns")], &[]);
        assert_eq!(other_entity.0, [104, 101]);
        let open = left(&[(101, 0, "dns")], &[(104, 0, "dns")]);
        assert_eq!(
            open,
            (vec![101], none),
            "it would be silent, decided or not"
        );
    }

    #[test]
    fn a_neighbour_that_is_undecided_makes_undecided() {
        let said = left(&[(104, 0, "dns")], &[(101, 0, "dns")]);
        assert_eq!(said, (vec![], vec![104, 101]));
    }

    #[test]
    fn a_silenced_neighbour_still_stands_in_the_way() {
        let all = left(&[(108, 0, "dns"), (104, 0, "dns"), (101, 0, "dns")], &[]);
        assert_eq!(all.0, [101]);
    }

    #[test]
    fn yielding_never_goes_in_circles() {
        let rules = crate::rules::all();
        let mut settled: HashSet<RuleId> = HashSet::new();
        loop {
            let ready = |rule: &&&crate::rules::Rule| {
                let known =
                    |id: &RuleId| settled.contains(id) || crate::rules::by_id(*id).is_none();
                !settled.contains(&rule.id) && rule.yields_to.iter().all(known)
            };
            let next: Vec<RuleId> = rules.iter().filter(ready).map(|rule| rule.id).collect();
            if next.is_empty() {
                break;
            }
            settled.extend(next);
        }
        let circular: Vec<RuleId> = rules
            .iter()
            .map(|rule| rule.id)
            .filter(|id| !settled.contains(id))
            .collect();
        assert!(circular.is_empty(), "{circular:?} would silence each other");
    }
}
