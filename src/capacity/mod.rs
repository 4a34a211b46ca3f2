//! Addresses needed and there, in bounds, with what they rest on. Judges no code and prints nothing: the rules on capacity and
//! the command of the same name read the same budgets.
//!
//! `formulas` and `ports` are the arithmetic on plain numbers. `quantity` is a number in bounds that remembers which values it
//! came from, `pool` what one pool counts, `demand` who takes how much of what, `budget` what there is and all that takes of
//! it. A lower bound holds whatever is not known: pools that may not exist, or values without bounds, never add to it.

mod about;
pub mod account;
mod available;
mod budget;
mod demand;
pub mod formulas;
mod growth;
pub mod outbound;
pub mod pool;
pub mod ports;
mod presence;
mod quantity;
mod text;
mod unseen;

use std::collections::HashMap;

use crate::model::{Cluster, Network};

pub use about::{About, Addresses, Together};
pub use budget::{Budget, Need, Verdict};
pub use demand::{Demand, Moment, Supply, Taker};
pub use growth::Upgrade;
pub use pool::PodSource;
pub use quantity::{Ground, Quantity};
pub use text::{cluster_name, pool_name};

/// Returns the budgets of everything that a cluster takes addresses of, with what it alone takes, in the order of its pools.
pub fn of_cluster(network: &Network, cluster: &Cluster) -> Vec<Budget> {
    collect(network, demand::of_cluster(network, cluster))
}

/// Returns the budgets of everything that any cluster takes addresses of, in the order of clusters and pools.
pub fn of(network: &Network) -> Vec<Budget> {
    let all = network.clusters.iter();
    let demands = all.flat_map(|cluster| demand::of_cluster(network, cluster));
    collect(network, demands.collect())
}

fn collect(network: &Network, demands: Vec<Demand>) -> Vec<Budget> {
    let mut budgets: Vec<Budget> = Vec::new();
    let mut known: HashMap<Supply, usize> = HashMap::new();
    for demand in demands {
        if let Some(index) = known.get(&demand.of) {
            budgets[*index].demands.push(demand);
            continue;
        }
        let Some(available) = available::of(network, demand.of) else {
            continue;
        };
        known.insert(demand.of, budgets.len());
        budgets.push(Budget {
            of: demand.of,
            available,
            demands: vec![demand],
            more: more(network),
        });
    }
    for budget in &mut budgets {
        // A file that is not read puts no limit of thousands in doubt; a pool that is repeated who knows how often does.
        let sure = budget.certain().count() == budget.demands.len();
        if sure && matches!(budget.of, Supply::Nodes(_)) {
            budget.more = None;
        }
    }
    budgets
}

/// Returns why there may be more pools than the code shows.
fn more(network: &Network) -> Option<Ground> {
    let unknown = network.pools.incomplete.as_ref()?;
    Some(Ground {
        prov: unknown.origin,
        unknown: Some(unknown.clone()),
        sensitive: false,
    })
}
