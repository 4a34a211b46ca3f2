//! AKS404. A subnet that is delegated to another service is that service's.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(404),
    name: "node-subnet-delegated",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS404-node-subnet-delegated.md"),
    check: Check::Cluster(check),
};

/// The one delegation that does no harm. Source: MicrosoftDocs/SupportArticles-docs, `subnetisdelegated-error.md`, read
/// 2026-11-22.
const MANAGED_CLUSTERS: &str = "Microsoft.ContainerService/managedClusters";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut said = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(id) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        let delegations = &cx.network().subnets[*id].delegations;
        let services = cx.need_each(delegations);
        let other = services
            .iter()
            .find(|service| !service.eq_ignore_ascii_case(MANAGED_CLUSTERS));
        let Some(other) = other else {
            return;
        };
        if said.contains(&*id) {
            return;
        }
        said.push(*id);
        cx.report(
            &pool.vnet_subnet,
            format!("the nodes' subnet is delegated to {}", &***other),
        )
        .label("the nodes' subnet")
        .also(delegations, "the delegation")
        .help("use a subnet without a delegation for nodes");
    });
}
