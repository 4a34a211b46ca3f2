//! What hangs on a pool's cluster and subnets is filled in. Knows no attribute by name.

use super::addressing::{Way, Ways};
use super::cluster::change;
use super::filler::Filler;
use crate::azure::defaults;
use crate::model::{NodePool, PodIpAllocation, Vocabulary};
use crate::truth::Truth;
use crate::value::{Cause, Interval, Kind, ProvId, ProvKind, State, Unknown, Value};

/// Fills in what hangs on the pool's cluster and subnets.
pub(super) fn fill(pool: &mut NodePool, vocabulary: Vocabulary, ways: &Ways, filler: Filler<'_>) {
    let azure = ProvKind::AzureDefault;
    if !pool.pod_subnet.is_absent() {
        let default = PodIpAllocation::DynamicIndividual;
        change(&mut pool.pod_ip_allocation, |v| {
            filler.or(v, azure, default)
        });
    }
    let all = ways.all.as_deref();
    let defaults = all.and_then(|all| max_pods(all, absent(&pool.pod_subnet)));
    let why = open(pool, ways);
    change(&mut pool.max_pods, |value| {
        match (&value.state, defaults.as_deref()) {
            (State::Absent, Some([only])) => filler.or_number(value, azure, *only),
            (State::Absent, all) => {
                let spelled = vocabulary.spell("max_pods");
                let lacking = || (Cause::ComputedAtApply, filler.lacks(value.prov, spelled));
                let (cause, origin) = why.unwrap_or_else(lacking);
                let unknown = Unknown::new(cause, origin).of_kind(Kind::Number);
                filler.unknown(&value, among(unknown.not_null(), all))
            }
            (State::Unknown(unknown), all) if !unknown.null.is_false() => Value {
                state: State::Unknown(joined(unknown.clone(), all)),
                ..Value::absent(value.prov)
            },
            (State::Unknown(_) | State::Known(_) | State::Invalid { .. }, _) => value,
        }
    });
}

/// Returns why the way that pods get their addresses is not known.
fn open(pool: &NodePool, ways: &Ways) -> Option<(Cause, ProvId)> {
    ways.open.or_else(|| match &pool.pod_subnet.state {
        State::Unknown(unknown) if !unknown.null.is_false() => {
            Some((unknown.cause, unknown.origin))
        }
        State::Unknown(_) | State::Known(_) | State::Absent | State::Invalid { .. } => None,
    })
}

/// Returns all numbers that Azure may fill in, sorted; `None` when they cannot be listed.
fn max_pods(ways: &[Way], no_pod_subnet: Truth) -> Option<Vec<u32>> {
    let mut all = Vec::new();
    for way in ways {
        match way {
            Way::Kubenet => all.push(defaults::MAX_PODS_KUBENET),
            Way::Overlay => all.push(defaults::MAX_PODS_OVERLAY),
            Way::Flat => {
                if !no_pod_subnet.is_false() {
                    all.push(defaults::MAX_PODS_NODE_SUBNET);
                }
                if !no_pod_subnet.is_true() {
                    // Two pages of the documentation disagree.
                    all.push(defaults::MAX_PODS_POD_SUBNET);
                    all.push(defaults::MAX_PODS_POD_SUBNET_OTHER);
                }
            }
            Way::ByoCni => return None,
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Narrows an unknown number to one of a few.
fn among(unknown: Unknown<u32>, all: Option<&[u32]>) -> Unknown<u32> {
    let interval = |number: &u32| Interval::exactly(i64::from(*number));
    Unknown {
        bounds: all.and_then(|all| all.iter().map(interval).reduce(Interval::hull)),
        one_of: all.map(Into::into),
        ..unknown
    }
}

/// Adds to what an unknown number may be what is filled in if it is null.
fn joined(unknown: Unknown<u32>, all: Option<&[u32]>) -> Unknown<u32> {
    let filled = among(Unknown::new(unknown.cause, unknown.origin), all);
    let both = unknown.one_of.as_deref().zip(all);
    Unknown {
        null: Truth::False,
        bounds: unknown.bounds.zip(filled.bounds).map(|(a, b)| a.hull(b)),
        one_of: both.map(|(own, all)| own.iter().chain(all).copied().collect()),
        term: None,
        ..unknown
    }
}

/// Tells whether a value is absent.
fn absent<T>(value: &Value<T>) -> Truth {
    match &value.state {
        State::Absent => Truth::True,
        State::Known(_) | State::Invalid { .. } => Truth::False,
        State::Unknown(unknown) => unknown.null,
    }
}
