//! The rules. A rule is a static [`Rule`] and a function in a file of its own, `<category>/<name>.rs`, and a page of the same
//! name in the top-level `rules/`, which is its documentation and its test.
//!
//! A check sees the model alone, through [`Cx`]: it asks for the values that it needs, and reports. Presence, instances,
//! suppressions, configuration and what other rules say are the pipeline's.

mod addressing;
mod api_server;
mod capacity;
mod cx;
mod egress;
mod input;
mod nearby;
mod node_pool;
pub mod options;
mod plugin;
mod provider;
mod rule;
mod subnet;

use std::sync::LazyLock;

use rayon::prelude::*;

use crate::finding::{Observation, RuleId, Undecided};
use crate::model::Network;
use crate::source::Sources;
use crate::value::EntityId;

use cx::Room;
pub use cx::{Cx, Known, Report, Settings, SiteKind, SiteRange, Slip};
pub use rule::{Category, Check, Dialects, Kind, Rule, Stage};

/// Every rule, sorted by id.
static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut all: Vec<&'static Rule> = [
        input::RULES,
        addressing::RULES,
        capacity::RULES,
        plugin::RULES,
        node_pool::RULES,
        egress::RULES,
        provider::RULES,
        api_server::RULES,
        subnet::RULES,
    ]
    .concat();
    all.sort_by_key(|rule| rule.id);
    all
});

/// Returns every rule, sorted by id.
pub fn all() -> &'static [&'static Rule] {
    &ALL
}

/// Returns the rule with this id (`AKS104`, any letter case) or name (`dns-service-ip-outside-service-cidr`).
pub fn find(id_or_name: &str) -> Option<&'static Rule> {
    let id = id_or_name.parse::<RuleId>().ok();
    all()
        .iter()
        .copied()
        .find(|rule| Some(rule.id) == id || rule.name == id_or_name)
}

/// Returns the rule with this id.
pub fn by_id(id: RuleId) -> Option<&'static Rule> {
    all()
        .binary_search_by_key(&id, |rule| rule.id)
        .ok()
        .map(|index| all()[index])
}

/// What all rules saw in one network, in the order of rules and targets.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// What is wrong.
    pub observations: Vec<Observation>,
    /// What could not be decided.
    pub undecided: Vec<Undecided>,
}

/// How many observations of one rule are kept of one network: what clashes with everything would fill the memory.
const MOST_OBSERVATIONS: usize = 2_000;

/// How many notes of one rule about what it cannot decide are kept of one network.
const MOST_UNDECIDED: usize = 10_000;

impl Verdicts {
    /// Returns how much more one rule may say.
    fn room(&self) -> Room {
        Room {
            observations: MOST_OBSERVATIONS.saturating_sub(self.observations.len()),
            undecided: MOST_UNDECIDED.saturating_sub(self.undecided.len()),
        }
    }
}

/// Runs every rule over a network, side by side; `before` is the network that a plan starts from. Also returns the rules that
/// had more to say than is kept.
pub fn run(
    network: &Network,
    before: Option<&Network>,
    sources: &Sources,
    settings: &Settings,
) -> (Verdicts, Vec<RuleId>) {
    let spoken_here = |rule: &&&'static Rule| rule.dialects.contains(network.dialect);
    let verdicts: Vec<(Verdicts, Option<RuleId>)> = all()
        .par_iter()
        .filter(spoken_here)
        .map(|rule| {
            let cx = |entity, room| Cx::new(rule, network, entity, sources, settings, room);
            let (verdicts, cut) = run_one(rule, network, before, cx);
            (verdicts, cut.then_some(rule.id))
        })
        .collect();
    let (mut all, mut cut) = (Verdicts::default(), Vec::new());
    for (verdict, had_more) in verdicts {
        all.observations.extend(verdict.observations);
        all.undecided.extend(verdict.undecided);
        cut.extend(had_more);
    }
    (all, cut)
}

/// Runs one rule over all its targets; also tells whether it had more to say than is kept.
fn run_one<'a>(
    rule: &Rule,
    network: &'a Network,
    before: Option<&Network>,
    cx: impl Fn(EntityId, Room) -> Cx<'a>,
) -> (Verdicts, bool) {
    let (mut verdicts, mut cut) = (Verdicts::default(), false);
    let mut judge = |target: EntityId, check: &dyn Fn(&mut Cx<'_>)| {
        let mut cx = cx(target, verdicts.room());
        check(&mut cx);
        let said = cx.finish();
        verdicts.observations.extend(said.observations);
        verdicts.undecided.extend(said.undecided);
        cut |= said.cut;
    };
    match rule.check {
        Check::Input => {}
        Check::Network(check) => judge(EntityId(0), &|cx| check(network, cx)),
        Check::Change(check) => {
            if let Some(before) = before {
                judge(EntityId(0), &|cx| check(before, network, cx));
            }
        }
        Check::Cluster(check) => {
            for cluster in network.clusters.iter() {
                judge(cluster.id, &|cx| check(cluster, cx));
            }
        }
        Check::NodePool(check) => {
            for pool in network.pools.iter() {
                judge(pool.id, &|cx| check(pool, cx));
            }
        }
        Check::Subnet(check) => {
            for subnet in network.subnets.iter() {
                judge(subnet.id, &|cx| check(subnet, cx));
            }
        }
        Check::VirtualNetwork(check) => {
            for vnet in network.virtual_networks.iter() {
                judge(vnet.id, &|cx| check(vnet, cx));
            }
        }
    }
    (verdicts, cut)
}
