//! Who takes how many addresses of what.

use super::formulas;
use super::pool::{self, PodSource};
use super::presence::{exists_with, presence};
use super::quantity::{Ground, Quantity};
use crate::azure::limits::{API_SERVER_ADDRESSES, POD_BATCH, POD_BLOCK};
use crate::model::{Cluster, Id, Network, NodePool, Subnet};
use crate::truth::{Presence, Truth};
use crate::value::{EntityId, Interval, ProvId, State, Value};

/// What addresses are taken of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Supply {
    /// A subnet.
    Subnet(Id<Subnet>),
    /// A subnet that is not in the code, by the value that leads to it.
    Unseen(ProvId),
    /// The pod range of a cluster.
    PodRange(EntityId),
    /// The nodes that a cluster may have: not addresses, but counted alike.
    Nodes(EntityId),
}

/// Who takes addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taker {
    /// The nodes of a pool.
    Nodes(Id<NodePool>),
    /// The nodes of a pool and their pods.
    NodesAndPods(Id<NodePool>),
    /// The pods of a pool.
    Pods(Id<NodePool>),
    /// The private endpoint of the API server.
    PrivateEndpoint,
    /// The API server, projected into the network.
    ApiServer,
}

/// When addresses are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// With the nodes that there are now, or at first.
    Now,
    /// With each pool at its most nodes.
    Maximum,
    /// As before, while every pool is upgraded.
    Upgrade,
}

/// What one taker takes of one supply.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The cluster that it is for.
    pub cluster: EntityId,
    /// Who takes.
    pub taker: Taker,
    /// Of what.
    pub of: Supply,
    /// Where the pods' addresses come from; [`PodSource::Own`] for takers without pods.
    pub source: PodSource,
    /// How many there are now.
    pub now: Quantity,
    /// How many there are at the most.
    pub maximum: Quantity,
    /// How many more there are during an upgrade.
    pub surge: Quantity,
    /// The addresses that each takes at the least.
    pub each: Quantity,
    /// The addresses that each takes when all its pods run; more than `each` only for pods of a pod subnet.
    pub each_full: Quantity,
    /// Whether it exists.
    pub presence: Presence,
    /// Why it is not known whether it exists.
    pub doubt: Option<Ground>,
    /// Whether it exists wherever its cluster does.
    pub with_cluster: bool,
    /// Whether it may take of something else instead.
    pub perhaps_elsewhere: bool,
}

impl Demand {
    /// Returns how many takers there are.
    pub fn count(&self, moment: Moment) -> Quantity {
        match moment {
            Moment::Now => self.now.clone(),
            Moment::Maximum => self.maximum.clone(),
            Moment::Upgrade => self.maximum.clone().plus(self.surge.clone()),
        }
    }

    /// Returns the addresses that are taken.
    pub fn needed(&self, moment: Moment) -> Quantity {
        self.count(moment).times(self.each.clone())
    }

    /// Returns the pool whose nodes or pods take.
    pub fn pool(&self) -> Option<Id<NodePool>> {
        match self.taker {
            Taker::Nodes(pool) | Taker::NodesAndPods(pool) | Taker::Pods(pool) => Some(pool),
            Taker::PrivateEndpoint | Taker::ApiServer => None,
        }
    }

    /// Tells whether it exists wherever its cluster does, or where that is not `alone`, for sure.
    pub fn is_certain(&self, alone: bool) -> bool {
        self.presence.truth.is_true() || (alone && self.with_cluster)
    }

    /// Returns it as one that may take of `supply`, because of something that is not known.
    fn perhaps<T>(&self, supply: Supply, because: &Value<T>) -> Self {
        let perhaps = |quantity: &Quantity| quantity.clone().or_nothing().on(because);
        Demand {
            of: supply,
            now: perhaps(&self.now),
            maximum: perhaps(&self.maximum),
            surge: perhaps(&self.surge),
            perhaps_elsewhere: true,
            ..self.clone()
        }
    }
}

/// Returns what a cluster takes, of everything that it takes addresses of.
pub(super) fn of_cluster(network: &Network, cluster: &Cluster) -> Vec<Demand> {
    let mut all = Vec::new();
    let mut homeless = Vec::new();
    for id in &cluster.pools {
        let reader = PoolReader::new(network, cluster, *id);
        let pool = &network.pools[*id];
        match &pool.vnet_subnet.state {
            State::Known(subnet) => all.push(reader.nodes(Supply::Subnet(*subnet))),
            State::Unknown(_) => homeless.push((pool, reader.clone())),
            State::Absent | State::Invalid { .. } => {}
        }
        all.extend(reader.pods());
        all.push(reader.counted());
    }
    let subnets = distinct_subnets(&all);
    for (pool, reader) in homeless {
        let anywhere = |subnet| {
            let supply = Supply::Subnet(subnet);
            reader.nodes(supply).perhaps(supply, &pool.vnet_subnet)
        };
        all.extend(subnets.iter().copied().map(anywhere));
    }
    all.extend(private_endpoint(network, cluster));
    all.extend(api_server(network, cluster));
    all
}

/// Returns the subnets that nodes take of.
fn distinct_subnets(demands: &[Demand]) -> Vec<Id<Subnet>> {
    let mut subnets = Vec::new();
    for demand in demands {
        if let (Supply::Subnet(subnet), Taker::Nodes(_) | Taker::NodesAndPods(_)) =
            (demand.of, demand.taker)
            && !subnets.contains(&subnet)
        {
            subnets.push(subnet);
        }
    }
    subnets
}

/// Reads what one pool takes.
#[derive(Clone)]
pub(super) struct PoolReader<'n> {
    cluster: &'n Cluster,
    id: Id<NodePool>,
    pool: &'n NodePool,
    source: PodSource,
    says: Quantity,
    presence: Presence,
    doubt: Option<Ground>,
    with_cluster: bool,
    /// A pod subnet that is not in the code, where that is what is asked for.
    unseen: Option<ProvId>,
}

impl<'n> PoolReader<'n> {
    pub(super) fn new(network: &'n Network, cluster: &'n Cluster, id: Id<NodePool>) -> Self {
        let pool = &network.pools[id];
        let (source, says) = pool::pod_source(network, cluster, pool);
        let (presence, doubt) = presence(network, pool.id);
        PoolReader {
            cluster,
            id,
            pool,
            source,
            says,
            with_cluster: exists_with(network, pool.id, cluster.id),
            presence,
            doubt,
            unseen: None,
        }
    }

    /// Returns what the pods take of a pod subnet that is not in the code.
    pub(super) fn unseen_pods(self, of: ProvId) -> Vec<Demand> {
        let reader = PoolReader {
            unseen: Some(of),
            ..self
        };
        let mut demands = reader.pods();
        demands.retain(|demand| demand.of == Supply::Unseen(of));
        demands
    }

    fn demand(&self, taker: Taker, of: Supply, each: Quantity, each_full: Quantity) -> Demand {
        let maximum = pool::nodes(self.pool);
        Demand {
            cluster: self.cluster.id,
            taker,
            of,
            source: self.source,
            now: pool::nodes_now(self.pool),
            surge: pool::surge(self.pool, &maximum),
            maximum,
            each,
            each_full,
            presence: self.presence.clone(),
            doubt: self.doubt.clone(),
            with_cluster: self.with_cluster,
            perhaps_elsewhere: false,
        }
    }

    /// Returns what the nodes take of their subnet, with pods that live there.
    pub(super) fn nodes(&self, of: Supply) -> Demand {
        let with_pods = || pool::max_pods(self.pool).map(formulas::node_with_pods);
        let says = self.says.grounds.iter().cloned();
        let (taker, each) = match self.source {
            PodSource::NodeSubnet => (Taker::NodesAndPods(self.id), with_pods().resting_on(says)),
            PodSource::Unknown => {
                let either = Quantity::exactly(1).or(with_pods());
                (Taker::Nodes(self.id), either.resting_on(says))
            }
            PodSource::Kubenet
            | PodSource::Overlay
            | PodSource::PodSubnet
            | PodSource::PodSubnetBlocks
            | PodSource::Own => (Taker::Nodes(self.id), Quantity::exactly(1).resting_on(says)),
        };
        let on = |quantity: Quantity| quantity.on(&self.pool.vnet_subnet);
        self.demand(taker, of, on(each.clone()), on(each))
    }

    /// Returns the nodes as they count towards the most of a cluster.
    fn counted(&self) -> Demand {
        let one = Quantity::exactly(1);
        let of = Supply::Nodes(self.cluster.id);
        self.demand(Taker::Nodes(self.id), of, one.clone(), one)
    }

    /// Returns what the pods take of a range or a subnet of their own; of both, perhaps, where it is not known which.
    fn pods(&self) -> Vec<Demand> {
        let says = |quantity: Quantity| quantity.resting_on(self.says.grounds.iter().cloned());
        let block = || says(Quantity::exactly(POD_BLOCK));
        let blocks = || says(pool::max_pods(self.pool).map(formulas::block_addresses));
        match self.source {
            PodSource::Kubenet | PodSource::Overlay => vec![self.of_pod_range(block())],
            PodSource::PodSubnet => {
                let batch = says(Quantity::exactly(POD_BATCH));
                self.of_pod_subnet(batch, says(self.batches()))
            }
            PodSource::PodSubnetBlocks => self.of_pod_subnet(blocks(), blocks()),
            PodSource::Unknown => {
                let perhaps = says(self.batches()).or(blocks()).or_nothing();
                let mut both = self.of_pod_subnet(perhaps.clone(), perhaps);
                both.push(self.of_pod_range(block().or_nothing()));
                both
            }
            PodSource::NodeSubnet | PodSource::Own => Vec::new(),
        }
    }

    fn of_pod_range(&self, each: Quantity) -> Demand {
        let range = Supply::PodRange(self.cluster.id);
        self.demand(Taker::Pods(self.id), range, each.clone(), each)
    }

    /// Returns the addresses of a full node that takes batches: at the least what its pods have, at the most the reserve too.
    fn batches(&self) -> Quantity {
        let pods = pool::max_pods(self.pool);
        let least = pods.clone().map(formulas::batched_addresses);
        least.or(pods.map(formulas::dynamic_addresses))
    }

    fn of_pod_subnet(&self, each: Quantity, each_full: Quantity) -> Vec<Demand> {
        let subnet = match self.unseen {
            Some(unseen) => Some(Supply::Unseen(unseen)),
            None => self.pool.pod_subnet.get().copied().map(Supply::Subnet),
        };
        let taker = Taker::Pods(self.id);
        let demand = subnet.map(|subnet| self.demand(taker, subnet, each, each_full));
        demand.into_iter().collect()
    }
}

/// Returns the address of a private cluster's endpoint, in the subnet of the first pool.
fn private_endpoint(network: &Network, cluster: &Cluster) -> Option<Demand> {
    let first = &network.pools[*cluster.pools.first()?];
    let of = Supply::Subnet(*first.vnet_subnet.get()?);
    let count = private_endpoints(cluster).on(&first.vnet_subnet);
    alone(network, cluster, Taker::PrivateEndpoint, of, count)
}

/// Returns how many private endpoints a cluster has.
pub(super) fn private_endpoints(cluster: &Cluster) -> Quantity {
    let access = &cluster.api_server.virtual_network_integration_enabled;
    let private = switch(&cluster.private_cluster_enabled);
    let projected = switch(access);
    let interval = Interval {
        low: Some(i64::from(private.is_true() && projected.is_false())),
        high: Some(i64::from(!private.is_false() && !projected.is_true())),
    };
    Quantity {
        interval,
        grounds: Vec::new(),
    }
    .on(&cluster.private_cluster_enabled)
    .on(access)
}

/// Returns the addresses of an API server in the network.
fn api_server(network: &Network, cluster: &Cluster) -> Option<Demand> {
    let of = Supply::Subnet(*cluster.api_server.subnet.get()?);
    alone(network, cluster, Taker::ApiServer, of, api_servers(cluster))
}

/// Returns how many API servers of a cluster are in the network.
pub(super) fn api_servers(cluster: &Cluster) -> Quantity {
    let access = &cluster.api_server;
    let projected = switch(&access.virtual_network_integration_enabled);
    let interval = Interval {
        low: Some(i64::from(projected.is_true())),
        high: Some(i64::from(!projected.is_false())),
    };
    Quantity {
        interval,
        grounds: Vec::new(),
    }
    .on(&access.virtual_network_integration_enabled)
    .on(&access.subnet)
}

/// Returns a demand that has nothing to do with pools; `None` if there is none for sure.
pub(super) fn alone(
    network: &Network,
    cluster: &Cluster,
    taker: Taker,
    of: Supply,
    count: Quantity,
) -> Option<Demand> {
    if count.interval.high == Some(0) {
        return None;
    }
    let (presence, doubt) = presence(network, cluster.id);
    let each = match taker {
        Taker::ApiServer => API_SERVER_ADDRESSES,
        Taker::PrivateEndpoint | Taker::Nodes(_) | Taker::NodesAndPods(_) | Taker::Pods(_) => 1,
    };
    Some(Demand {
        cluster: cluster.id,
        taker,
        of,
        source: PodSource::Own,
        now: count.clone(),
        maximum: count,
        surge: Quantity::exactly(0),
        each: Quantity::exactly(each),
        each_full: Quantity::exactly(each),
        presence,
        doubt,
        with_cluster: true,
        perhaps_elsewhere: false,
    })
}

fn switch(value: &Value<bool>) -> Truth {
    match &value.state {
        State::Known(on) => (*on).into(),
        State::Absent => Truth::False,
        State::Unknown(_) | State::Invalid { .. } => Truth::Unknown,
    }
}
