//! AKS618. Only API Server VNet Integration uses a subnet.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(618),
    name: "apiserver-subnet-without-integration",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS618-apiserver-subnet-without-integration.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let access = &cluster.api_server;
    let integration = &access.virtual_network_integration_enabled;
    if cx.need(integration).is_none_or(|enabled| *enabled) {
        return;
    }
    if cx.need_absence(&access.subnet) != Some(false) {
        return;
    }
    let why = if cx.is_default(integration) {
        "is off by default"
    } else {
        "is off"
    };
    cx.report(
        &access.subnet,
        format!("the API server has a subnet, and its VNet integration {why}"),
    )
    .label("the API server's subnet")
    .also(integration, "no integration")
    .help("enable the VNet integration of the API server, or remove the subnet");
}
