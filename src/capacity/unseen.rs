//! What is taken of subnets that are not in the code. Rules have nothing to hold it against; a plan needs it all the same.

use super::budget::Budget;
use super::demand::{self, Demand, PoolReader, Supply, Taker};
use super::quantity::Quantity;
use crate::model::{Cluster, Id, Network, Subnet};
use crate::source::Symbol;
use crate::value::{Cause, Interval, ProvId, ProvKind, State, TermId, Value};

/// Returns the budgets of the subnets of a cluster that are not in the code. Two values are one subnet only where they are
/// known to be the same.
pub(super) fn of_cluster(network: &Network, cluster: &Cluster) -> Vec<Budget> {
    let mut found = Found::default();
    for id in &cluster.pools {
        let pool = &network.pools[*id];
        let reader = PoolReader::new(network, cluster, *id);
        if let Some(of) = found.subnet(network, &pool.vnet_subnet) {
            found.add(reader.nodes(Supply::Unseen(of)), &pool.vnet_subnet);
        }
        if let Some(of) = found.subnet(network, &pool.pod_subnet) {
            for demand in reader.unseen_pods(of) {
                found.add(demand, &pool.pod_subnet);
            }
        }
    }
    let first = cluster.pools.first().map(|id| &network.pools[*id]);
    if let Some(first) = first {
        let endpoints = demand::private_endpoints(cluster);
        let lone = (Taker::PrivateEndpoint, endpoints);
        found.add_alone(network, cluster, &first.vnet_subnet, lone);
    }
    let access = &cluster.api_server;
    let lone = (Taker::ApiServer, demand::api_servers(cluster));
    found.add_alone(network, cluster, &access.subnet, lone);
    found.budgets
}

#[derive(Default)]
struct Found {
    budgets: Vec<Budget>,
    known: Vec<(Same, ProvId)>,
}

/// What makes two values one subnet.
#[derive(PartialEq, Eq)]
enum Same {
    /// They are the same quantity.
    Term(TermId),
    /// They are of the same data source, which is one subnet, or the one that is asked for.
    Data(Symbol),
}

impl Found {
    /// Returns the value that stands for the subnet; `None` if it is in the code, or there is none.
    fn subnet(&mut self, network: &Network, value: &Value<Id<Subnet>>) -> Option<ProvId> {
        let State::Unknown(unknown) = &value.state else {
            return None;
        };
        let term = unknown.term.filter(|term| !term.negated);
        let data = || {
            let needs = network.provenance.needs(unknown.origin)?;
            let asked = network.provenance.node(unknown.origin).kind == ProvKind::Assumption;
            let data = unknown.cause == Cause::DataSource;
            let one = data && needs.contains("data.azurerm_subnet.");
            (one || asked).then_some(Same::Data(needs))
        };
        let Some(same) = term.map(|term| Same::Term(term.id)).or_else(data) else {
            return Some(value.prov);
        };
        if let Some((_, known)) = self.known.iter().find(|(known, _)| *known == same) {
            return Some(*known);
        }
        self.known.push((same, value.prov));
        Some(value.prov)
    }

    fn add(&mut self, demand: Demand, value: &Value<Id<Subnet>>) {
        let same = |budget: &&mut Budget| budget.of == demand.of;
        if let Some(budget) = self.budgets.iter_mut().find(same) {
            budget.demands.push(demand);
            return;
        }
        let available = Quantity {
            interval: Interval {
                low: Some(0),
                high: None,
            },
            grounds: Vec::new(),
        };
        self.budgets.push(Budget {
            of: demand.of,
            available: available.on(value),
            demands: vec![demand],
            more: None,
        });
    }

    fn add_alone(
        &mut self,
        network: &Network,
        cluster: &Cluster,
        value: &Value<Id<Subnet>>,
        (taker, count): (Taker, Quantity),
    ) {
        let Some(of) = self.subnet(network, value) else {
            return;
        };
        let demand = demand::alone(network, cluster, taker, Supply::Unseen(of), count);
        if let Some(demand) = demand {
            self.add(demand, value);
        }
    }
}
