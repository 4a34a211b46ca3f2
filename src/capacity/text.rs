//! A demand in words, as rules and the command of budgets show it.

use super::demand::{Demand, Moment, Supply, Taker};
use crate::model::{Cluster, Id, Network, NodePool};
use crate::value::EntityId;

impl Demand {
    /// Returns what is counted: `pool system: 5 nodes x (1 + 50)`.
    pub fn text(&self, network: &Network, moment: Moment) -> String {
        let count = self.count(moment);
        let nodes = match count.interval.exact() {
            Some(1) => "1 node".to_owned(),
            _ => format!("{count} nodes"),
        };
        let named = |pool| format!("pool {}", pool_name(network, pool));
        let blocks = !matches!(self.of, Supply::Nodes(_));
        match self.taker {
            Taker::NodesAndPods(pool) => {
                let pods = self.each.clone().map(|each| each - 1);
                format!("{}: {nodes} x (1 + {pods})", named(pool))
            }
            Taker::Pods(pool) if blocks => format!("{}: {nodes} x {}", named(pool), self.each),
            Taker::Nodes(pool) | Taker::Pods(pool) => format!("{}: {nodes}", named(pool)),
            Taker::PrivateEndpoint => "private endpoint of the API server".to_owned(),
            Taker::ApiServer => "API server".to_owned(),
        }
    }
}

/// Returns what a pool is called: its name, or its address where the name is not known or must be masked.
pub fn pool_name(network: &Network, pool: Id<NodePool>) -> &str {
    let pool = &network.pools[pool];
    match pool.name.get() {
        Some(name) if !pool.name.sensitive => name,
        Some(_) | None => &network.entity(pool.id).address,
    }
}

/// Returns what a cluster is called: its name, or its address where the name is not known or must be masked.
pub fn cluster_name(network: &Network, id: EntityId) -> &str {
    let of = |cluster: &&Cluster| cluster.id == id;
    let name = network
        .clusters
        .iter()
        .find(of)
        .map(|cluster| &cluster.name);
    match name.and_then(|name| name.get().filter(|_| !name.sensitive)) {
        Some(name) => name,
        None => &network.entity(id).address,
    }
}
