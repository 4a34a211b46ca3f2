//! AKS512. Without a way out nodes can only start from a cache.

use super::ways::one_of;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, OutboundType, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(512),
    name: "outbound-none-without-cache",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS512-outbound-none-without-cache.md"),
    check: Check::Cluster(check),
};

const CACHE: &str = "Cache";

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.written.vocabulary != Vocabulary::Azurerm
        || one_of(cluster, &[OutboundType::None], cx).is_none()
    {
        return;
    }
    let source = &cluster.bootstrap_artifact_source;
    let Some(artifacts) = cx.need(source) else {
        return;
    };
    if *artifacts.as_ref() == *CACHE {
        return;
    }
    let owner = if cx.is_default(source) {
        "by default "
    } else {
        ""
    };
    cx.report(
        &cluster.outbound_type,
        format!("outbound type none needs artifacts from a cache, and their source is {owner}{artifacts}"),
    )
    .label("no way out")
    .also(source, "where artifacts come from")
    .help("set artifact_source to Cache in bootstrap_profile, with a container registry, or choose another outbound type");
}
