//! AKS206. Kubenet needs a route for each node, and a route table takes four hundred.

use super::nodes;
use crate::azure::limits::KUBENET_NODES;
use crate::capacity::PodSource;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(206),
    name: "kubenet-over-400-nodes",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: Some(Stage::Create),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS206-kubenet-over-400-nodes.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(budget) = nodes::budget(cluster, cx) else {
        return;
    };
    match nodes::source(&budget) {
        Some(PodSource::Kubenet) => {
            nodes::check(&budget, KUBENET_NODES, cx, |count, cx| {
                let message = format!(
                    "a kubenet cluster has at most {KUBENET_NODES} nodes, this one may have {count}"
                );
                nodes::report(&budget, message, cx).help(format!(
                    "lower the pools to {KUBENET_NODES} nodes together, or move to Azure CNI Overlay"
                ));
            });
        }
        Some(PodSource::Unknown) => nodes::open_unless_fits(&budget, KUBENET_NODES, cx),
        Some(_) | None => {}
    }
}
