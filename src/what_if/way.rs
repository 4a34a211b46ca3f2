//! How a running cluster gets another model.

use crate::azure::migrations::{NO_WAY, TO_OVERLAY, TO_OVERLAY_SINCE, TO_POD_SUBNET};
use crate::model::{Cluster, NetworkModel, NetworkPolicy};

/// Returns the way from one model to another, in words; `None` where there is none to go, or it is not known where it starts.
pub fn way(cluster: &Cluster, from: Option<NetworkModel>, to: NetworkModel) -> Option<String> {
    let from = from.filter(|from| *from != to)?;
    Some(match (from, to) {
        (NetworkModel::NodeSubnet | NetworkModel::Kubenet, NetworkModel::Overlay) => {
            to_overlay(cluster)
        }
        (NetworkModel::NodeSubnet, NetworkModel::PodSubnet | NetworkModel::PodSubnetStatic) => {
            TO_POD_SUBNET.to_owned()
        }
        _ => NO_WAY.to_owned(),
    })
}

fn to_overlay(cluster: &Cluster) -> String {
    let mut first = Vec::new();
    let (major, minor) = TO_OVERLAY_SINCE;
    match cluster.kubernetes_version.get() {
        Some(version) if (version.major, version.minor) >= TO_OVERLAY_SINCE => {}
        Some(_) => first.push(format!("Kubernetes {major}.{minor}")),
        None if cluster.kubernetes_version.is_absent() => {}
        None => first.push(format!("Kubernetes {major}.{minor}, if it is older")),
    }
    match cluster.network_policy.get() {
        Some(NetworkPolicy::None) => {}
        Some(policy) => first.push(format!("taking the network policy engine {policy} away")),
        None if cluster.network_policy.is_absent() => {}
        None => first.push("taking the network policy engine away, if there is one".to_owned()),
    }
    match first.as_slice() {
        [] => TO_OVERLAY.to_owned(),
        first => format!("{TO_OVERLAY}; before that {}", first.join(" and ")),
    }
}
