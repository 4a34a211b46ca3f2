//! AKS617. AKS may put API servers only into a subnet that is delegated to it.

use std::sync::Arc;

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IgnoredChanges, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Known, Rule, Stage};
use crate::value::List;

pub(super) static RULE: Rule = Rule {
    id: RuleId(617),
    name: "apiserver-vnet-subnet-not-delegated",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS617-apiserver-vnet-subnet-not-delegated.md"),
    check: Check::Cluster(check),
};

/// The service that the subnet is delegated to. Source: MicrosoftDocs/azure-aks-docs at fb060ab, api-server-vnet-integration.md,
/// "bring-your-own VNet", read 2026-11-22.
const MANAGED_CLUSTERS: &str = "Microsoft.ContainerService/managedClusters";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let access = &cluster.api_server;
    if cx
        .need(&access.virtual_network_integration_enabled)
        .is_none_or(|enabled| !*enabled)
    {
        return;
    }
    let Some(subnet) = cx.need(&access.subnet) else {
        return;
    };
    let subnet = &cx.network().subnets[*subnet];
    let delegations = &subnet.delegations;
    match cx.need_absence(delegations) {
        Some(true) if !keeps_delegation(subnet, cx) => {
            cx.report(
                &access.subnet,
                format!("the API server's subnet is not delegated to {MANAGED_CLUSTERS}"),
            )
            .label("the API server's subnet")
            .also(delegations, "not delegated")
            .help(format!("delegate the subnet to {MANAGED_CLUSTERS}"))
            .severity(Severity::Warning);
        }
        Some(false) => check_services(cluster, delegations, cx),
        Some(true) | None => {}
    }
}

/// Tells whether a delegation that AKS adds stays: changes of it are ignored.
fn keeps_delegation(subnet: &Subnet, cx: &Cx<'_>) -> bool {
    match &cx.network().entity(subnet.id).ignored_changes {
        IgnoredChanges::All => true,
        IgnoredChanges::None => false,
        IgnoredChanges::Some(paths) => paths.iter().any(|path| {
            path.first()
                .is_some_and(|name| matches!(name.as_str(), "delegation" | "body"))
        }),
    }
}

/// Judges the services that a subnet is delegated to.
fn check_services(cluster: &Cluster, delegations: &List<Arc<str>>, cx: &mut Cx<'_>) {
    let services = cx.need_each(delegations);
    let all_known = Some(services.len()) == delegations.get().map(Vec::len);
    let own = |service: &Known<'_, Arc<str>>| service.eq_ignore_ascii_case(MANAGED_CLUSTERS);
    let Some(first) = services.first() else {
        return;
    };
    if !all_known || services.iter().any(own) {
        return;
    }
    cx.report(
        &cluster.api_server.subnet,
        format!(
            "the API server's subnet must be delegated to {MANAGED_CLUSTERS}, and it is delegated to {}",
            &***first
        ),
    )
    .label("the API server's subnet")
    .also(delegations, "the delegation")
    .help(format!(
        "delegate a subnet of its own to {MANAGED_CLUSTERS}, and put nothing else into it"
    ));
}
