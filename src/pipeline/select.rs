//! Steps 6 and 8: what is wanted. All rules run: what is not wanted goes only after it has silenced its neighbours.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::Config;
use crate::source::{Source, SourceId, Sources, Span};

use super::case::{Case, Doubt};
use super::fold::Group;

/// Which files the user named.
pub(super) struct Named<'a> {
    ask: &'a dyn Fn(&Source) -> bool,
    sources: &'a Sources,
    answers: HashMap<SourceId, bool>,
}

impl<'a> Named<'a> {
    /// Returns a memory of what `ask` says.
    pub(super) fn new(ask: &'a dyn Fn(&Source) -> bool, sources: &'a Sources) -> Self {
        Named {
            ask,
            sources,
            answers: HashMap::new(),
        }
    }

    /// Tells whether one of some places lies in a named file.
    pub(super) fn any(&mut self, places: impl IntoIterator<Item = Span>) -> bool {
        places.into_iter().any(|place| {
            let ask = || (self.ask)(&self.sources.get(place.source));
            *self.answers.entry(place.source).or_insert_with(ask)
        })
    }

    /// Tells whether a group touches a named file; its instances are told all or not at all. What was seen in a plan touches
    /// the plan, though its place is in the code.
    pub(super) fn group(&mut self, group: &Group) -> bool {
        let recorded = group.cases.iter().filter(|case| case.recorded);
        let seen_in: BTreeSet<&str> = recorded.map(|case| case.instance.root.as_str()).collect();
        self.any(group.cases.iter().flat_map(Case::touches))
            || seen_in.into_iter().any(|root| self.file(root))
    }

    /// Tells whether a file, by its path below the project root, is named.
    fn file(&self, path: &str) -> bool {
        let sources = self.sources.all();
        let same =
            |source: &Arc<Source>| source.path.as_ref().is_some_and(|own| own.as_str() == path);
        sources
            .iter()
            .filter(|source| same(source))
            .any(|source| (self.ask)(source))
    }
}

/// Keeps the undecideds that are wanted.
pub(super) fn doubts(doubts: &mut Vec<Doubt>, config: &Config) {
    doubts.retain(|doubt| {
        let rule = doubt.said.rule;
        config.runs(rule) && config.shows(config.severity_of(rule))
    });
}

#[cfg(test)]
mod tests {
    use crate::finding::Label;
    use crate::pipeline::testing::{Run, Site, observation};
    use crate::project::InstanceId;
    use crate::value::Hop;

    const FILES: &[(&str, &str)] = &[
        ("main.tf", "call a"),
        ("aks.tf", "cluster x { dns }"),
        ("net.tf", "range"),
        ("prod.tfvars", "value"),
        ("other.tf", ""),
    ];

    #[test]
    fn what_is_ignored_still_silences() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let x = site.entity_in(&mut design, InstanceId::ROOT, "aks.x", "cluster x");
        let said = || [104, 101].map(|rule| observation(rule, x, "dns", site.span("dns")));
        let run = |config| {
            Run::new(&site, &design, said().to_vec())
                .config(config)
                .lines()
        };
        assert_eq!(run(""), "aks.tf:1 AKS101 dns is wrong (aks.x)");
        assert_eq!(run("ignore = ['AKS101']"), "");
        assert_eq!(run("select = ['AKS104']"), "");
    }

    #[test]
    fn a_configured_severity_wins() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let x = site.entity_in(&mut design, InstanceId::ROOT, "aks.x", "cluster x");
        let mut said = observation(104, x, "dns", site.span("dns"));
        let severity = |said: &crate::finding::Observation, config| {
            let run = Run::new(&site, &design, vec![said.clone()]).config(config);
            run.outcome().findings[0].severity.word()
        };
        assert_eq!(severity(&said, ""), "error");
        said.severity = Some(crate::finding::Severity::Advice);
        assert_eq!(severity(&said, ""), "advice");
        assert_eq!(severity(&said, "[severity]\nAKS104 = 'warning'"), "warning");
    }

    #[test]
    fn a_named_file_is_touched_by_place_label_trail_or_call() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let a = site.module(&mut design, InstanceId::ROOT, "a", "call a", false);
        let x = site.entity_in(&mut design, a, "aks.x", "cluster x");
        let mut said = observation(104, x, "dns", site.span("dns"));
        let text = String::new();
        said.labels.push(Label {
            span: site.span("range"),
            text: text.clone(),
        });
        said.trail.push(Hop {
            span: site.span("value"),
            text,
        });
        let told = |file| {
            let run = Run::new(&site, &design, vec![said.clone()]).named(file);
            !run.outcome().findings.is_empty()
        };
        assert_eq!(
            ["main.tf", "aks.tf", "net.tf", "prod.tfvars", "other.tf"].map(told),
            [true, true, true, true, false]
        );
    }
}
