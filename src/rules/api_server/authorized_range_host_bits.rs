//! AKS604. An authorized range is written by its first address.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Safety, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(604),
    name: "authorized-range-host-bits",
    category: Category::ApiServer,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(602), RuleId(603)],
    fix: Some(Safety::Unsafe),
    since: "0.1.0",
    page: include_str!("../../../rules/AKS604-authorized-range-host-bits.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let ranges = cx.need_elements(&cluster.api_server.authorized_ip_ranges);
    cx.each(ranges, check_range);
}

fn check_range(range: &Value<Cidr>, cx: &mut Cx<'_>) {
    let Some(known) = cx.need(range) else {
        return;
    };
    if known.has_host_bits() {
        let first = known.trunc();
        cx.report(
            range,
            format!(
                "the authorized range {known} does not begin at its first address, {}",
                first.network()
            ),
        )
        .label("not the first address")
        .help(format!(
            "write {first}, or a longer prefix if one address is meant"
        ))
        .replace(range, first);
    }
}
