//! AKS327. A cluster speaks IPv4, or IPv4 and IPv6 in this order.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IpVersion};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(327),
    name: "ipv6-only",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS327-ipv6-only.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let families = &cluster.ip_versions;
    let elements = cx.need_elements(families);
    let known: Option<Vec<IpVersion>> = elements
        .iter()
        .map(|element| cx.need(element).map(|version| *version))
        .collect();
    let fault = match known.as_deref() {
        None | Some([] | [IpVersion::V4] | [IpVersion::V4, IpVersion::V6]) => return,
        Some([IpVersion::V6]) => "a cluster cannot have IPv6 alone",
        Some([IpVersion::V6, IpVersion::V4]) => "IPv4 must come before IPv6",
        Some(_) => "a cluster has IPv4, or IPv4 and IPv6, each once",
    };
    cx.report(families, fault.to_owned())
        .label("the address families")
        .help("write IPv4, or IPv4 and IPv6 in this order");
}
