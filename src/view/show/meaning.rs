//! What the network model of a cluster means for it, in one line.

use crate::azure::models::{NODE_POD_PREFIX, POD_SUBNET_BATCH};
use crate::azure::retirements;
use crate::cidr::{Cidr, Family};
use crate::model::{Cluster, Network, NetworkModel};

/// Returns what the model means for the cluster.
pub(super) fn of(model: Option<NetworkModel>, cluster: &Cluster, network: &Network) -> String {
    const ONE: &str = "a node takes 1 address of its subnet";
    let Some(model) = model else {
        return "plugin, mode or pod subnet leave it open".to_owned();
    };
    match model {
        NetworkModel::Kubenet => {
            let day = retirements::KUBENET;
            format!("{ONE} and {}; retires on {day}", of_range(cluster))
        }
        NetworkModel::Overlay => format!("{ONE} and {}", of_range(cluster)),
        NetworkModel::NodeSubnet => match max_pods(cluster, network) {
            Some(pods) => format!(
                "a node takes {} addresses of its subnet, itself and {pods} pods",
                u64::from(pods) + 1
            ),
            None => "a node takes 1 address of its subnet for itself and for each pod".to_owned(),
        },
        NetworkModel::PodSubnet => {
            format!("{ONE} and of the pod subnet {POD_SUBNET_BATCH} at a time")
        }
        NetworkModel::PodSubnetStatic => {
            format!("{ONE} and of the pod subnet blocks of {POD_SUBNET_BATCH}")
        }
        NetworkModel::ByoCni => format!("{ONE}; what pods take is your CNI's"),
    }
}

/// Returns what a node takes of the pod range, and for how many that is enough where the range is known.
fn of_range(cluster: &Cluster) -> String {
    let share = format!("a /{NODE_POD_PREFIX} of the pod range");
    let ranges = cluster.pod_cidrs.get().map(Vec::as_slice);
    let is_v4 = |range: &&Cidr| range.family() == Family::V4;
    let mut known = ranges.unwrap_or_default().iter().filter_map(|r| r.get());
    let range = known.find(is_v4).filter(|_| !cluster.pod_cidrs.sensitive);
    match range.and_then(|range| NODE_POD_PREFIX.checked_sub(range.prefix())) {
        Some(bits) => format!("{share}, enough for {}", nodes(1_u64 << bits)),
        None => share,
    }
}

fn nodes(count: u64) -> String {
    match count {
        1 => "1 node".to_owned(),
        _ => format!("{count} nodes"),
    }
}

/// Returns the pods of a node, if they are known and the same for all pools.
fn max_pods(cluster: &Cluster, network: &Network) -> Option<u32> {
    let mut all = network
        .pools_of(cluster)
        .map(|pool| pool.max_pods.get().copied());
    let first = all.next()??;
    let sensitive = network
        .pools_of(cluster)
        .any(|pool| pool.max_pods.sensitive);
    (all.all(|pods| pods == Some(first)) && !sensitive).then_some(first)
}
