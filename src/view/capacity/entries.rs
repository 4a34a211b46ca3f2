//! The clusters of all designs. A cluster whose numbers are the same in several variants is told once.

use crate::capacity::account::{self, Account};
use crate::engine::Analysis;
use crate::model::{Design, Network, NetworkModel};
use crate::source::Span;
use crate::what_if::{Answer, Judged, way};

use super::facts::{Facts, facts};

/// A cluster.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) address: &'a str,
    /// The name in Azure, or the address.
    pub(super) name: &'a str,
    pub(super) source: String,
    pub(super) root: &'a str,
    /// The variants in which the numbers are these; empty where there are none.
    pub(super) variants: Vec<&'a str>,
    pub(super) head: Span,
    pub(super) today: Facts,
    pub(super) instead: Option<Facts>,
    pub(super) models: Vec<Alternative>,
}

/// A cluster with another model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Alternative {
    pub(super) model: NetworkModel,
    pub(super) facts: Facts,
    /// How a running cluster gets there; `None` if it is there, or it is not known where it is.
    pub(super) way: Option<String>,
}

/// Returns all clusters in the order of designs.
pub(super) fn entries<'a>(analysis: &'a Analysis, answers: &[Answer]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let nothing = Answer::default();
    for (index, design) in analysis.designs.iter().enumerate() {
        let answer = answers.get(index).unwrap_or(&nothing);
        for entry in of_design(design, answer) {
            match entries.iter_mut().find(|known| known.is_like(&entry)) {
                Some(known) => known.variants.extend(entry.variants),
                None => entries.push(entry),
            }
        }
    }
    entries
}

fn of_design<'a>(design: &'a Design, answer: &Answer) -> Vec<Entry<'a>> {
    let network = &design.after;
    let instead = answer.instead.as_ref().map(judged);
    let models: Vec<_> = answer
        .models
        .iter()
        .map(|(model, one)| (*model, judged(one)))
        .collect();
    let accounts = account::of(network).into_iter().enumerate();
    accounts
        .map(|(at, account)| Entry {
            instead: instead.as_ref().and_then(|all| all.get(at).cloned()),
            models: models
                .iter()
                .filter_map(|(model, all)| {
                    Some(Alternative {
                        model: *model,
                        facts: all.get(at)?.clone(),
                        way: way(account.cluster, account.model, *model),
                    })
                })
                .collect(),
            ..entry(design, network, &account)
        })
        .collect()
}

fn judged(judged: &Judged) -> Vec<Facts> {
    let accounts = account::of(&judged.network);
    let accounts = accounts.iter().zip(&judged.objections);
    accounts
        .map(|(account, objections)| facts(&judged.network, account, objections))
        .collect()
}

fn entry<'a>(design: &'a Design, network: &'a Network, account: &Account<'a>) -> Entry<'a> {
    let entity = network.entity(account.cluster.id);
    Entry {
        address: &entity.address,
        name: crate::capacity::cluster_name(network, account.cluster.id),
        source: network.dialect.to_string(),
        root: &design.root,
        variants: design.variant.as_deref().into_iter().collect(),
        head: entity.head,
        today: facts(network, account, &[]),
        instead: None,
        models: Vec::new(),
    }
}

impl Entry<'_> {
    /// Tells whether another entry is the same cluster of the same root with the same numbers.
    fn is_like(&self, other: &Entry<'_>) -> bool {
        (self.address, self.root, self.head) == (other.address, other.root, other.head)
            && self.variants.is_empty() == other.variants.is_empty()
            && self.today == other.today
            && self.instead == other.instead
            && self.models == other.models
    }
}
