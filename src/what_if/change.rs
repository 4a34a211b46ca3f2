//! The copy of a network in which something is different. Where a value comes from says so.

use std::sync::Arc;

use super::question::{Count, Question, Setting};
use crate::azure::defaults;
use crate::model::{
    Cluster, Network, NetworkModel, NetworkPlugin, NodePool, PluginMode, PodIpAllocation,
};
use crate::value::{
    Cause, Interval, ProvId, ProvKind, ProvNode, Provenance, State, Unknown, Value,
};

/// Returns the network as it would be.
pub fn changed(network: &Network, question: &Question) -> Network {
    let mut copy = network.clone();
    let mut pen = Pen(Provenance::clone(&network.provenance));
    for index in 0..copy.clusters.items.len() {
        let cluster = &mut copy.clusters.items[index];
        let open = open(cluster);
        if let Some(model) = question.model {
            pen.model(cluster, model, &open);
        }
        for id in cluster.pools.clone() {
            let pool = &mut copy.pools.items[id.index()];
            if let Some(model) = question.model {
                pen.pods(pool, model, &open);
            }
            pen.sizes(pool, question);
        }
    }
    copy.provenance = Arc::new(pen.0);
    copy
}

/// Returns what leaves the model of a cluster open, if it is.
fn open(cluster: &Cluster) -> Vec<ProvId> {
    let plugin = match &cluster.network_plugin.state {
        State::Unknown(unknown) => Some(unknown.origin),
        State::Known(_) | State::Absent | State::Invalid { .. } => None,
    };
    let mode = match &cluster.network_plugin_mode.state {
        State::Unknown(unknown) => Some(unknown.origin),
        State::Known(_) | State::Absent | State::Invalid { .. } => None,
    };
    plugin.into_iter().chain(mode).collect()
}

/// Writes changes down.
struct Pen(Provenance);

impl Pen {
    /// Returns the head of a value with another way behind it.
    fn above(&mut self, head: ProvId, parent: ProvNode) -> ProvId {
        let node = self.0.node(head).clone();
        let parent = self.0.add(parent);
        self.0.add(ProvNode {
            parent: Some(parent),
            ..node
        })
    }

    fn put<T>(&mut self, value: &mut Value<T>, state: State<T>, kind: ProvKind, flag: &str) {
        value.prov = self.above(value.prov, ProvNode::new(kind, None).named(flag));
        value.state = state;
        value.written_at = None;
        value.sensitive = false;
    }

    fn ask<T>(&mut self, value: &mut Value<T>, state: State<T>, flag: &str) {
        self.put(value, state, ProvKind::Assumption, flag);
    }

    /// Gives a cluster another model, with what Azure fills in for it.
    fn model(&mut self, cluster: &mut Cluster, model: NetworkModel, open: &[ProvId]) {
        let plugin = match model {
            NetworkModel::Kubenet => NetworkPlugin::Kubenet,
            NetworkModel::ByoCni => NetworkPlugin::None,
            NetworkModel::NodeSubnet
            | NetworkModel::PodSubnet
            | NetworkModel::PodSubnetStatic
            | NetworkModel::Overlay => NetworkPlugin::Azure,
        };
        let mode = match model {
            NetworkModel::Overlay => State::Known(PluginMode::Overlay),
            _ => State::Absent,
        };
        self.ask(&mut cluster.network_plugin, State::Known(plugin), "--model");
        self.ask(&mut cluster.network_plugin_mode, mode, "--model");
        if !matches!(model, NetworkModel::Kubenet | NetworkModel::Overlay) {
            self.ask(&mut cluster.pod_cidrs, State::Absent, "--model");
            self.ask(&mut cluster.pod_cidr, State::Absent, "--model");
            return;
        }
        // A range that may or may not be filled in is filled in now.
        let lacks = match &cluster.pod_cidrs.state {
            State::Absent => true,
            State::Unknown(unknown) => open.contains(&unknown.origin),
            State::Known(_) | State::Invalid { .. } => false,
        };
        if lacks {
            let place = self.0.add(ProvNode::new(ProvKind::AzureDefault, None));
            let range = Value::known(defaults::POD_CIDR, place);
            let ranges = State::Known(vec![range]);
            self.put(
                &mut cluster.pod_cidrs,
                ranges,
                ProvKind::AzureDefault,
                "--model",
            );
        }
    }

    /// Gives a pool what goes with another model: pod subnet, and pods where the code says nothing.
    fn pods(&mut self, pool: &mut NodePool, model: NetworkModel, open: &[ProvId]) {
        let blocks = match model {
            NetworkModel::PodSubnet => Some(PodIpAllocation::DynamicIndividual),
            NetworkModel::PodSubnetStatic => Some(PodIpAllocation::StaticBlock),
            _ => None,
        };
        let is_default = self.is_default(&pool.max_pods, open);
        match blocks {
            None => self.ask(&mut pool.pod_subnet, State::Absent, "--model"),
            Some(blocks) => {
                self.ask(&mut pool.pod_ip_allocation, State::Known(blocks), "--model");
                let given = match &pool.pod_subnet.state {
                    State::Known(_) => true,
                    State::Unknown(unknown) => unknown.null.is_false(),
                    State::Absent | State::Invalid { .. } => false,
                };
                if !given {
                    let node = ProvNode::new(ProvKind::Assumption, None);
                    let origin = self
                        .0
                        .add(node.named("the pod subnet that --model asks for"));
                    let unknown = Unknown::new(Cause::DataSource, origin).not_null();
                    self.ask(&mut pool.pod_subnet, State::Unknown(unknown), "--model");
                }
            }
        }
        if is_default {
            let state = self.default_pods(model);
            self.put(&mut pool.max_pods, state, ProvKind::AzureDefault, "--model");
        }
    }

    /// Tells whether the code says nothing about the pods of a node.
    fn is_default(&self, value: &Value<u32>, open: &[ProvId]) -> bool {
        match &value.state {
            State::Known(_) => self.0.source_kind(value.prov) == ProvKind::AzureDefault,
            State::Absent => true,
            State::Unknown(unknown) => {
                open.contains(&unknown.origin)
                    || self.0.node(unknown.origin).kind == ProvKind::AzureDefault
            }
            State::Invalid { .. } => false,
        }
    }

    /// Returns the pods of a node that Azure fills in.
    fn default_pods(&mut self, model: NetworkModel) -> State<u32> {
        let known = match model {
            NetworkModel::Kubenet => [defaults::MAX_PODS_KUBENET].as_slice(),
            NetworkModel::NodeSubnet => &[defaults::MAX_PODS_NODE_SUBNET],
            NetworkModel::Overlay => &[defaults::MAX_PODS_OVERLAY],
            // Two pages of the documentation disagree.
            NetworkModel::PodSubnet | NetworkModel::PodSubnetStatic => &[
                defaults::MAX_PODS_POD_SUBNET,
                defaults::MAX_PODS_POD_SUBNET_OTHER,
            ],
            NetworkModel::ByoCni => &[],
        };
        if let [only] = known {
            return State::Known(*only);
        }
        let node = ProvNode::new(ProvKind::AzureDefault, None);
        let origin = self.0.add(node.named("max_pods"));
        let unknown = Unknown::new(Cause::ComputedAtApply, origin).not_null();
        State::Unknown(Unknown {
            one_of: (!known.is_empty()).then(|| known.into()),
            ..unknown
        })
    }

    /// Gives a pool other numbers.
    fn sizes(&mut self, pool: &mut NodePool, question: &Question) {
        let name = pool.name.get().cloned();
        let name = name.as_deref();
        if let Some(Count(pods)) = Setting::of(&question.max_pods, name) {
            self.ask(&mut pool.max_pods, State::Known(*pods), "--max-pods");
        }
        if let Some(surge) = Setting::of(&question.surge, name) {
            self.ask(&mut pool.max_surge, State::Known(*surge), "--surge");
        }
        let scales = pool.auto_scaling.get() != Some(&false) && !pool.auto_scaling.is_absent();
        if let Some(Count(nodes)) = Setting::of(&question.nodes, name) {
            self.ask(&mut pool.node_count, State::Known(*nodes), "--nodes");
            if scales {
                self.ask(&mut pool.max_count, State::Known(*nodes), "--nodes");
                if pool.min_count.get().is_some_and(|least| least > nodes) {
                    self.ask(&mut pool.min_count, State::Known(*nodes), "--nodes");
                }
            }
        } else if let Some(growth) = question.growth {
            for count in [
                &mut pool.node_count,
                &mut pool.min_count,
                &mut pool.max_count,
            ] {
                let grown = grown(&count.state, |nodes| growth.of(nodes));
                if let Some(grown) = grown {
                    // Twice a secret tells the secret.
                    let sensitive = count.sensitive;
                    self.ask(count, grown, "--growth");
                    count.sensitive = sensitive;
                }
            }
        }
    }
}

/// Returns a number, or what is known of one, changed by a function that never falls.
fn grown(state: &State<u32>, grow: impl Fn(u32) -> u32) -> Option<State<u32>> {
    match state {
        State::Known(number) => Some(State::Known(grow(*number))),
        State::Absent | State::Invalid { .. } => None,
        State::Unknown(unknown) => {
            let bound = |end: i64| u32::try_from(end).map_or(end, |end| i64::from(grow(end)));
            let one_of = unknown.one_of.as_deref();
            Some(State::Unknown(Unknown {
                bounds: unknown.bounds.map(|bounds: Interval| bounds.map(bound)),
                one_of: one_of.map(|all| all.iter().map(|one| grow(*one)).collect()),
                term: None,
                ..unknown.clone()
            }))
        }
    }
}
