//! Step 2: whether everything that an observation rests on can exist together. What cannot is dropped; what may is undecided.

use std::collections::HashSet;

use crate::config::Catalogue;
use crate::finding::{Observation, RuleId, Subject, Undecided};
use crate::model::{Entity, Network};
use crate::rules::{Check, Verdicts};
use crate::truth::{Presence, Truth};
use crate::value::Cause;

/// Judges the verdicts of one network.
pub(super) fn judge(network: &Network, verdicts: Verdicts, catalogue: Catalogue) -> Verdicts {
    let mut judged = Verdicts::default();
    for doubt in verdicts.undecided {
        let concerned = concerned(network, &doubt, catalogue);
        if !together(network, &concerned).is_false() {
            judged.undecided.push(doubt);
        }
    }
    for observation in verdicts.observations {
        let used = std::iter::once(&observation.subject).chain(&observation.used);
        let concerned = entities(network, used);
        match together(network, &concerned) {
            Truth::True => judged.observations.push(observation),
            Truth::False => {}
            Truth::Unknown => {
                let doubt = doubt(network, observation, &concerned);
                judged.undecided.push(doubt);
            }
        }
    }
    judged
}

/// Returns the entities that an undecided is about, its subject first. A check of the whole network has no target: its
/// subject counts only if the rule looked at it.
pub(super) fn concerned<'n>(
    network: &'n Network,
    doubt: &Undecided,
    catalogue: Catalogue,
) -> Vec<&'n Entity> {
    let looked_at = || {
        doubt
            .used
            .iter()
            .any(|used| used.entity == doubt.subject.entity)
    };
    let subject = (has_target(doubt.rule, catalogue) || looked_at()).then_some(&doubt.subject);
    entities(network, subject.into_iter().chain(&doubt.used))
}

/// Tells whether a rule is asked about one entity at a time.
fn has_target(rule: RuleId, catalogue: Catalogue) -> bool {
    catalogue
        .by_id(rule)
        .is_none_or(|rule| !matches!(rule.check, Check::Network(_) | Check::Change(_)))
}

/// Returns the entities behind some subjects, each once, in their order.
fn entities<'n, 's>(
    network: &'n Network,
    subjects: impl Iterator<Item = &'s Subject>,
) -> Vec<&'n Entity> {
    let mut seen = HashSet::new();
    subjects
        .map(|subject| subject.entity)
        .filter(|id| seen.insert(*id))
        .filter_map(|id| network.entities.get(id.0 as usize))
        .collect()
}

/// Returns whether an entity exists, the module instance that it is in included.
fn presence(network: &Network, entity: &Entity) -> Presence {
    let around = &network.instances.get(entity.instance).presence;
    entity.presence.and(around)
}

/// Returns whether all entities exist together.
fn together(network: &Network, entities: &[&Entity]) -> Truth {
    let all = entities
        .iter()
        .map(|entity| presence(network, entity))
        .fold(Presence::certain(), |all, one| all.and(&one));
    all.truth
}

/// Returns an observation as something that cannot be decided, because of the entities that may not exist.
fn doubt(network: &Network, observation: Observation, concerned: &[&Entity]) -> Undecided {
    let unsure: Vec<&&Entity> = concerned
        .iter()
        .filter(|entity| !presence(network, entity).truth.is_true())
        .collect();
    let names: Vec<&str> = unsure
        .iter()
        .map(|entity| entity.address.as_str())
        .collect();
    let because = match names.as_slice() {
        [name] => format!("it is not known whether {name} exists"),
        names => format!(
            "it is not known whether {} exist together",
            names.join(" and ")
        ),
    };
    let doubt = unsure.iter().find_map(|entity| entity.doubt);
    Undecided {
        rule: observation.rule,
        subject: observation.subject,
        used: observation.used,
        span: unsure
            .first()
            .map_or(observation.primary.span, |entity| entity.head),
        cause: Cause::Repetition,
        because,
        needs: doubt.and_then(|origin| network.provenance.needs(origin)),
        address: String::new(),
        instance: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::catalogue;
    use crate::finding::Observation;
    use crate::pipeline::testing::{Site, condition, observation};

    fn judge_over(a: Presence, b: Presence) -> (usize, Vec<String>) {
        let site = Site::new(&[("main.tf", "cluster a\nsubnet b\n")]);
        let mut design = site.design("x");
        let a = site.entity(&mut design, "aks.a", "cluster a", a);
        let b = site.entity(&mut design, "subnet.b", "subnet b", b);
        let mut said: Observation = observation(104, a, "dns", site.span("cluster a"));
        said.used.push(Subject {
            entity: b,
            attribute: Some("prefixes".into()),
        });
        let verdicts = Verdicts {
            observations: vec![said],
            undecided: Vec::new(),
        };
        let judged = judge(&design.after, verdicts, catalogue());
        let because = judged.undecided.into_iter().map(|doubt| doubt.because);
        (judged.observations.len(), because.collect())
    }

    #[test]
    fn what_may_not_exist_is_undecided_and_what_cannot_is_dropped() {
        let maybe = |negated| Presence::uncertain(Some(condition(1, negated)));
        let certain = Presence::certain;
        assert_eq!(judge_over(certain(), certain()), (1, vec![]));
        assert_eq!(
            judge_over(certain(), maybe(false)),
            (
                0,
                vec!["it is not known whether subnet.b exists".to_owned()]
            )
        );
        assert_eq!(
            judge_over(maybe(false), maybe(false)).1,
            ["it is not known whether aks.a and subnet.b exist together"]
        );
        assert_eq!(judge_over(maybe(true), maybe(false)), (0, vec![]));
    }

    #[test]
    fn an_undecided_about_what_does_not_exist_is_dropped() {
        let site = Site::new(&[("main.tf", "cluster a\n")]);
        let mut design = site.design("x");
        let absent = Presence {
            truth: Truth::False,
            ..Presence::certain()
        };
        let a = site.entity(&mut design, "aks.a", "cluster a", absent);
        let span = site.span("cluster a");
        let verdicts = |rule| Verdicts {
            observations: Vec::new(),
            undecided: vec![crate::pipeline::testing::undecided(rule, a, &[], span)],
        };
        let left = |rule| {
            judge(&design.after, verdicts(rule), catalogue())
                .undecided
                .len()
        };
        assert_eq!(left(104), 0);
        assert_eq!(left(201), 1, "a check of the whole network has no target");
    }
}
