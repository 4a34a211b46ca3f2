//! AKS611. AKS takes private DNS zones of one form of name.

use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(611),
    name: "private-dns-zone-name",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(610)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS611-private-dns-zone-name.md"),
    check: Check::Cluster(check),
};

/// What the names end in outside Azure's global cloud, where their form is not known well enough to judge them.
const OTHER_CLOUDS: [&str; 3] = [".azk8s.cn", ".azure.us", ".azmk8s.us"];

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let id = &cluster.private_dns_zone_id;
    let Some(known) = cx.need(id) else {
        return;
    };
    let text = known.to_ascii_lowercase();
    let Some((_, name)) = text.rsplit_once("/privatednszones/") else {
        return;
    };
    if OTHER_CLOUDS.iter().any(|cloud| name.ends_with(cloud)) {
        return;
    }
    let labels: Vec<&str> = name
        .strip_suffix(".azmk8s.io")
        .map(|labels| labels.split('.').collect())
        .unwrap_or_default();
    let [.., kind @ ("privatelink" | "private"), region] = labels.as_slice() else {
        cx.report(
            id,
            format!("AKS takes no private DNS zone with the name {name}"),
        )
        .label("the zone")
        .help("use privatelink.<region>.azmk8s.io, or a zone below it");
        return;
    };
    if *kind == "private" {
        return;
    }
    let Some(location) = cx.need(&cluster.location) else {
        return;
    };
    let location: String = location.to_ascii_lowercase().split_whitespace().collect();
    if *region != location {
        cx.report(
            id,
            format!("the private DNS zone is for {region}, and the cluster is in {location}"),
        )
        .label("a zone of another region")
        .also(&cluster.location, "the region")
        .help(format!(
            "use privatelink.{location}.azmk8s.io, or a zone below it"
        ));
    }
}
