//! The answer to a question, for one network.

use super::question::Question;
use super::verdict::{Court, Objection};
use super::{changed, each_model};
use crate::model::{Network, NetworkModel};

/// A network, and what the rules have against each of its clusters.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The network.
    pub network: Network,
    /// What the rules say, in the order of clusters.
    pub objections: Vec<Vec<Objection>>,
}

/// What there is, and what would be.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// As it would be; `None` if nothing is asked for.
    pub instead: Option<Judged>,
    /// With each model; empty unless all are compared.
    pub models: Vec<(NetworkModel, Judged)>,
}

/// Returns what would be; with each model where they are compared.
pub fn answer(network: &Network, question: &Question, compare: bool, court: &Court<'_>) -> Answer {
    let judged = |network: Network| Judged {
        objections: court.judge(&network),
        network,
    };
    let models = if compare {
        each_model(network, question)
    } else {
        Vec::new()
    };
    Answer {
        instead: (!question.is_empty()).then(|| judged(changed(network, question))),
        models: models
            .into_iter()
            .map(|(model, network)| (model, judged(network)))
            .collect(),
    }
}
