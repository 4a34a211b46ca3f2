//! AKS119. Nothing uses the Docker bridge since nodes run containerd.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Removed};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(119),
    name: "docker-bridge-cidr-set",
    category: Category::Addressing,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS119-docker-bridge-cidr-set.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let refused = |removed: &Removed| {
        removed.gone.get().is_some() && removed.path.ends_with("docker_bridge_cidr")
    };
    if cx.network().removed.iter().any(refused) {
        // The provider itself refuses it, and AKS801 says so.
        return;
    }
    if cx.need_absence(&cluster.docker_bridge_cidr) != Some(false) {
        return;
    }
    let spelled = cluster.written.vocabulary.spell("docker_bridge_cidr");
    cx.report(
        &cluster.docker_bridge_cidr,
        format!("{spelled} is set, and no node has a Docker bridge any more"),
    )
    .label("has no effect")
    .help(format!("remove {spelled}"));
}
