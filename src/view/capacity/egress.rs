//! The outbound ports of a cluster as they are shown.

use crate::capacity::Verdict;
use crate::capacity::outbound::Outbound;
use crate::model::Network;

use super::number::Number;

/// The outbound ports of a cluster.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ports {
    pub(super) addresses: Number,
    pub(super) available: Number,
    /// The ports of each node; 0 where Azure chooses.
    pub(super) each: Number,
    pub(super) nodes: Number,
    pub(super) needed: Number,
    /// The most nodes that find ports; `None` where Azure chooses by their number.
    pub(super) largest: Option<Number>,
    pub(super) verdict: Verdict,
}

/// Returns outbound ports as they are shown.
pub(super) fn outbound(network: &Network, ports: &Outbound) -> Ports {
    let number = |quantity| Number::of(network, quantity);
    let basis = number(&ports.addresses).and(&number(&ports.each));
    let chosen = ports.each.interval.exact() == Some(0);
    Ports {
        addresses: number(&ports.addresses),
        available: number(&ports.available),
        each: number(&ports.each),
        nodes: number(&ports.nodes),
        needed: number(&ports.needed),
        largest: if chosen {
            None
        } else {
            basis.like(Some(ports.room))
        },
        verdict: if chosen {
            Verdict::Fits
        } else {
            Verdict::of(ports.needed.interval, ports.available.interval)
        },
    }
}
