//! What would be if: the same design with another network model, other nodes, pods or surge. Works on a changed copy of the
//! model, never on the code; budgets and rules are asked about the copy as they are about the original.
//!
//! `question` is what is asked, `change` makes the copy, `verdict` is what the rules say of it, `way` how a running cluster
//! gets there. Prints nothing.

mod answer;
mod change;
mod question;
mod verdict;
mod way;

use crate::model::{Choice, Network, NetworkModel};

pub use answer::{Answer, Judged, answer};
pub use change::changed;
pub use question::{Count, Growth, Question, Setting};
pub use verdict::{Court, Objection};
pub use way::way;

/// The models that are compared, in the order in which they are shown.
pub const MODELS: [NetworkModel; 6] = [
    NetworkModel::Overlay,
    NetworkModel::PodSubnet,
    NetworkModel::PodSubnetStatic,
    NetworkModel::NodeSubnet,
    NetworkModel::Kubenet,
    NetworkModel::ByoCni,
];

/// Returns the network with each model, everything else as it is asked for.
pub fn each_model(network: &Network, question: &Question) -> Vec<(NetworkModel, Network)> {
    debug_assert_eq!(MODELS.len(), NetworkModel::WORDS.len(), "all are compared");
    let with = |model: NetworkModel| {
        let question = Question {
            model: Some(model),
            ..question.clone()
        };
        (model, changed(network, &question))
    };
    MODELS.into_iter().map(with).collect()
}
