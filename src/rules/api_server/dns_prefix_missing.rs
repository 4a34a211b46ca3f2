//! AKS613. The API server of a cluster needs a name.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(613),
    name: "dns-prefix-missing",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: Some(Stage::Apply),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS613-dns-prefix-missing.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.written.vocabulary != Vocabulary::Azurerm || !cluster.automatic.is_false() {
        return;
    }
    let (public, own) = (&cluster.dns_prefix, &cluster.dns_prefix_private_cluster);
    if cx.need_absence(public) != Some(true) {
        return;
    }
    if cx.need_absence(own) == Some(true) {
        cx.report(public, "the cluster has no DNS prefix".to_owned())
            .label("sets neither dns_prefix nor dns_prefix_private_cluster")
            .help("set dns_prefix");
    } else if own.get().is_some()
        && let Some(private) = cx.need(&cluster.private_cluster_enabled)
        && !*private
    {
        cx.report(
            own,
            "the cluster is not private, and it has a private DNS prefix alone".to_owned(),
        )
        .label("only for private clusters")
        .help("set dns_prefix in its place");
    }
}
