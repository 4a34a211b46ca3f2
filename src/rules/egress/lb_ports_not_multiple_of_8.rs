//! AKS506. Azure gives a node its outbound ports in eights.

use crate::azure::outbound::{PORTS_OF_ADDRESS, PORTS_STEP};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(506),
    name: "lb-ports-not-multiple-of-8",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS506-lb-ports-not-multiple-of-8.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.load_balancer_profile) else {
        return;
    };
    let allocated = &profile.outbound_ports_allocated;
    let Some(ports) = cx.need(allocated) else {
        return;
    };
    if u64::from(*ports) > PORTS_OF_ADDRESS {
        cx.report(allocated, format!("{ports} outbound ports for each node are more than the {PORTS_OF_ADDRESS} of an outbound IP"))
            .label("more than there are")
            .help(format!("use a multiple of {PORTS_STEP}, at most {PORTS_OF_ADDRESS}"));
        return;
    }
    let rest = *ports % PORTS_STEP;
    if rest == 0 {
        return;
    }
    let (below, above) = (*ports - rest, *ports - rest + PORTS_STEP);
    let help = if below == 0 {
        format!("use {above}")
    } else {
        format!("use {below} or {above}")
    };
    cx.report(
        allocated,
        format!("{ports} outbound ports for each node are not a multiple of {PORTS_STEP}"),
    )
    .label(format!("not a multiple of {PORTS_STEP}"))
    .help(help);
}
