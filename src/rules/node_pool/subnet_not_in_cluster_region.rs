//! AKS403. Nodes are in the region of the cluster, and so is their network.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(403),
    name: "subnet-not-in-cluster-region",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS403-subnet-not-in-cluster-region.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(home) = cx.need(&cluster.location) else {
        return;
    };
    let mut said = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(subnet) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let Some(vnet) = cx.need(&cx.network().subnets[*subnet].virtual_network) else {
            return;
        };
        let network = &cx.network().virtual_networks[*vnet];
        let Some(there) = cx.need(&network.location) else {
            return;
        };
        if bare(&home) == bare(&there) || said.contains(&*vnet) {
            return;
        }
        said.push(*vnet);
        cx.report(
            &pool.vnet_subnet,
            format!("the cluster is in {home}, and the VNet of its nodes is in {there}"),
        )
        .label("the nodes' subnet")
        .also(&network.location, "the VNet's region")
        .also(&cluster.location, "the cluster's region")
        .help("use a VNet in the cluster's region");
    });
}

/// Returns a region as Azure compares it: `West Europe` is `westeurope`.
fn bare(region: &str) -> String {
    region.to_ascii_lowercase().split_whitespace().collect()
}
