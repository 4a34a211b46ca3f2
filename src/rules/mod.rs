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
use crate::model::{Cluster, Network, NodePool, Subnet, VirtualNetwork};
use crate::source::Sources;
use crate::value::EntityId;

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

/// Runs every rule over a network, side by side; `before` is the network that a plan starts from.
pub fn run(
    network: &Network,
    before: Option<&Network>,
    sources: &Sources,
    settings: &Settings,
) -> Verdicts {
    let spoken_here = |rule: &&&'static Rule| rule.dialects.contains(network.dialect);
    let verdicts: Vec<Verdicts> = all()
        .par_iter()
        .filter(spoken_here)
        .map(|rule| {
            let cx = |entity| Cx::new(rule, network, entity, sources, settings);
            run_one(rule, network, before, cx)
        })
        .collect();
    let mut all = Verdicts::default();
    for verdict in verdicts {
        all.observations.extend(verdict.observations);
        all.undecided.extend(verdict.undecided);
    }
    all
}

/// Runs one rule over all its targets.
fn run_one<'a>(
    rule: &Rule,
    network: &'a Network,
    before: Option<&Network>,
    cx: impl Fn(EntityId) -> Cx<'a>,
) -> Verdicts {
    let mut verdicts = Verdicts::default();
    let mut keep = |cx: Cx<'_>| {
        let (observations, undecided) = cx.finish();
        verdicts.observations.extend(observations);
        verdicts.undecided.extend(undecided);
    };
    match rule.check {
        Check::Input => {}
        Check::Network(check) => {
            let mut cx = cx(EntityId(0));
            check(network, &mut cx);
            keep(cx);
        }
        Check::Change(check) => {
            if let Some(before) = before {
                let mut cx = cx(EntityId(0));
                check(before, network, &mut cx);
                keep(cx);
            }
        }
        Check::Cluster(check) => each(&network.clusters, |c: &Cluster| c.id, check, cx, keep),
        Check::NodePool(check) => each(&network.pools, |p: &NodePool| p.id, check, cx, keep),
        Check::Subnet(check) => each(&network.subnets, |s: &Subnet| s.id, check, cx, keep),
        Check::VirtualNetwork(check) => {
            each(
                &network.virtual_networks,
                |v: &VirtualNetwork| v.id,
                check,
                cx,
                keep,
            );
        }
    }
    verdicts
}

/// Runs a check over the entities of one kind, with a context of its own for each.
fn each<'a, T>(
    targets: &[T],
    id: impl Fn(&T) -> EntityId,
    check: fn(&T, &mut Cx<'_>),
    cx: impl Fn(EntityId) -> Cx<'a>,
    mut keep: impl FnMut(Cx<'a>),
) {
    for target in targets {
        let mut cx = cx(id(target));
        check(target, &mut cx);
        keep(cx);
    }
}
