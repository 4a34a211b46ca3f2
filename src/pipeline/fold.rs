//! Step 5: the same rule at the same place is one finding, however many instances, roots and variants have it.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Fix, Label, RuleId, Severity};
use crate::source::{Span, Symbol};

use super::case::{Case, Doubt};

/// All occurrences of a fault at one place.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The occurrences, sorted by instance; never empty outside `suppress`.
    pub(super) cases: Vec<Case>,
    /// The change that mends all of them; `None` if they would need different ones.
    pub(super) fix: Option<Fix>,
    /// Filled in once all groups are known.
    pub(super) fingerprint: String,
}

/// Folds cases; the groups come in the order of their first cases.
pub(super) fn cases(cases: impl IntoIterator<Item = Case>) -> Vec<Group> {
    let mut index: HashMap<(RuleId, Span), usize> = HashMap::new();
    let mut groups: Vec<Vec<Case>> = Vec::new();
    for case in cases {
        let at = *index
            .entry((case.rule, case.primary.span))
            .or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    groups.into_iter().map(Group::new).collect()
}

/// Folds undecideds that have the same rule and place and need the same.
pub(super) fn doubts(doubts: impl IntoIterator<Item = Doubt>) -> Vec<Doubt> {
    let mut index: HashMap<(RuleId, Span, Option<Symbol>), usize> = HashMap::new();
    let mut folded: Vec<Doubt> = Vec::new();
    for doubt in doubts {
        let said = &doubt.said;
        let at = *index
            .entry((said.rule, said.span, said.needs.clone()))
            .or_insert(folded.len());
        let Some(first) = folded.get_mut(at) else {
            folded.push(doubt);
            continue;
        };
        first.places.extend(doubt.places);
        if doubt.said.instance < first.said.instance {
            first.said = doubt.said;
        }
    }
    folded
}

impl Group {
    fn new(mut cases: Vec<Case>) -> Self {
        // The code speaks before a plan that was made from it, and alone says how it is mended.
        cases.sort_by(|a, b| (a.recorded, &a.instance).cmp(&(b.recorded, &b.instance)));
        let fix = cases[0].fix.clone();
        let same = |fix: &Fix| {
            let mut code = cases.iter().filter(|case| !case.recorded);
            code.all(|case| case.fix.as_ref() == Some(fix))
        };
        let fix = fix.filter(same);
        cases.dedup_by(|later, first| later.instance == first.instance);
        Group {
            cases,
            fix,
            fingerprint: String::new(),
        }
    }

    /// Returns the case that speaks for all.
    pub(super) fn first(&self) -> &Case {
        &self.cases[0]
    }

    /// Returns the greatest severity of its cases.
    pub(super) fn severity(&self) -> Severity {
        let all = self.cases.iter().map(|case| case.severity);
        all.max().unwrap_or(Severity::Advice)
    }

    /// Returns it as a user is shown it; `None` if no case is left.
    pub(super) fn finding(self) -> Option<Finding> {
        let severity = self.severity();
        let instances = self.cases.iter().map(|case| case.instance.clone());
        let instances = instances.collect();
        let mut cases = self.cases.into_iter();
        let mut first = cases.next()?;
        let instance = first.instance.clone();
        let mut told: HashSet<Label> = first.labels.iter().cloned().collect();
        // The same instance again: its place clashes with several others.
        for other in cases.filter(|case| case.instance.is_same(&instance)) {
            let more = other.labels.into_iter();
            first
                .labels
                .extend(more.filter(|label| told.insert(label.clone())));
        }
        Some(Finding {
            rule: first.rule,
            severity,
            message: first.instance.message,
            help: first.help,
            primary: first.primary,
            labels: first.labels,
            trail: first.trail,
            rows: first.rows,
            fix: self.fix,
            instances,
            fingerprint: self.fingerprint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Edit, Safety};
    use crate::pipeline::testing::{Run, Site, observation, undecided};
    use crate::project::InstanceId;
    use crate::rules::Verdicts;

    const FILES: &[(&str, &str)] = &[
        ("main.tf", "call b\ncall a\n"),
        ("aks/main.tf", "cluster x { dns }\n"),
    ];

    fn fix(span: Span, replacement: &str) -> Fix {
        Fix {
            title: "replace it".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit {
                span,
                replacement: replacement.to_owned(),
            }],
        }
    }

    #[test]
    fn instances_roots_and_variants_fold() {
        let site = Site::new(FILES);
        let mut first = site.design(".");
        let b = site.module(&mut first, InstanceId::ROOT, "b", "call b", false);
        let a = site.module(&mut first, InstanceId::ROOT, "a", "call a", false);
        let b = site.entity_in(&mut first, b, "aks.x", "cluster x");
        let a = site.entity_in(&mut first, a, "aks.x", "cluster x");
        let second = first.clone();
        let dns = site.span("dns");
        let seen = |fixes: [&str; 2]| {
            let mut said = vec![
                observation(104, b, "dns", dns),
                observation(104, a, "dns", dns),
            ];
            for (one, text) in said.iter_mut().zip(fixes) {
                one.fix = Some(fix(dns, text));
            }
            said[0].message = "b is wrong".to_owned();
            said
        };
        let run = || Run::new(&site, &first, seen(["1", "1"]));
        let outcome = run().outcome();
        assert_eq!(outcome.findings.len(), 1);
        assert_eq!(outcome.findings[0].message, "dns is wrong");
        assert_eq!(outcome.findings[0].instances[0].subject, "module.a.aks.x");
        assert_eq!(outcome.findings[0].instances[1].message, "b is wrong");
        assert_eq!(outcome.findings[0].fix, Some(fix(dns, "1")));

        let mut variant = second;
        variant.variant = Some("prod.tfvars".to_owned());
        let both = run().and(&variant, seen(["1", "2"])).outcome();
        assert_eq!(both.findings[0].instances.len(), 4);
        assert_eq!(both.findings[0].fix, None, "one instance needs another fix");
    }

    #[test]
    fn a_place_that_clashes_with_several_keeps_all_labels() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let x = site.entity_in(&mut design, InstanceId::ROOT, "aks.x", "cluster x");
        let clash = |with: &str| {
            let mut said = observation(104, x, "dns", site.span("dns"));
            said.message = format!("dns clashes with {with}");
            let (span, text) = (site.span(with), String::new());
            said.labels.push(Label { span, text });
            said
        };
        let said = vec![clash("call b"), clash("call a"), clash("call a")];
        let outcome = Run::new(&site, &design, said).outcome();
        assert_eq!(outcome.findings[0].labels.len(), 2);
        assert_eq!(outcome.findings[0].instances.len(), 2);
    }

    #[test]
    fn undecideds_that_need_the_same_fold() {
        let site = Site::new(FILES);
        let mut design = site.design("envs/x");
        let mut run = Vec::new();
        for name in ["b", "a"] {
            let call = format!("call {name}");
            let module = site.module(&mut design, InstanceId::ROOT, name, &call, false);
            let x = site.entity_in(&mut design, module, "aks.x", "cluster x");
            run.push(undecided(104, x, &["dns"], site.span("dns")));
        }
        let mut run_of = Run::new(&site, &design, Vec::new());
        run_of.raw[0].1 = Verdicts {
            observations: Vec::new(),
            undecided: run,
        };
        let outcome = run_of.outcome();
        assert_eq!(outcome.undecided.len(), 1);
        assert_eq!(outcome.undecided[0].address, "module.a.aks.x");
        let instance = outcome.undecided[0].instance.as_ref().unwrap();
        assert_eq!(instance.root, "envs/x");
        assert_eq!(instance.calls, [site.span("call a")]);
    }
}
