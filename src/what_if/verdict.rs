//! What the rules say of a network, cluster by cluster.

use crate::config::Config;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Network};
use crate::pipeline;
use crate::rules::{self, Kind, Settings};
use crate::source::Sources;

/// What rules need to judge.
#[derive(Clone, Copy, Debug)]
pub struct Court<'a> {
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// What the user wants to hear.
    pub config: &'a Config,
    /// What the configuration tells the rules.
    pub settings: &'a Settings,
}

/// What a rule has against a network.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Objection {
    /// The rule.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// What happens.
    pub kind: Kind,
}

impl Court<'_> {
    /// Returns what the rules have against each cluster of a network, in the order of clusters: errors, and what retires.
    pub fn judge(&self, network: &Network) -> Vec<Vec<Objection>> {
        let (verdicts, _) = rules::run(network, None, self.sources, self.settings);
        let verdicts = pipeline::of_network(network, verdicts, self.config);
        let mut all = vec![Vec::new(); network.clusters.len()];
        for observation in verdicts.observations {
            let Some(rule) = rules::by_id(observation.rule) else {
                continue;
            };
            let own = self.config.severity_of(rule.id);
            let objection = Objection {
                rule: rule.id,
                severity: observation.severity.unwrap_or(own),
                message: observation.message,
                kind: rule.kind,
            };
            let counts = objection.severity == Severity::Error || rule.kind == Kind::Retirement;
            if !counts || !self.config.runs(rule.id) {
                continue;
            }
            let used = || std::iter::once(&observation.subject).chain(&observation.used);
            for (cluster, objections) in network.clusters.iter().zip(&mut all) {
                let concerned = used().any(|subject| is_of(network, cluster, subject.entity));
                if concerned && !objections.contains(&objection) {
                    objections.push(objection.clone());
                }
            }
        }
        all
    }
}

fn is_of(network: &Network, cluster: &Cluster, entity: crate::value::EntityId) -> bool {
    cluster.id == entity || network.pools_of(cluster).any(|pool| pool.id == entity)
}
