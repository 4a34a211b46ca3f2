//! AKS116. The ranges of a dual-stack cluster come in the order of its address families.

use crate::cidr::{Cidr, Family};
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, IpVersion};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(116),
    name: "cidr-list-order-mismatch",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(101), RuleId(117)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS116-cidr-list-order-mismatch.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    cx.each(
        [
            (&cluster.pod_cidrs, &cluster.pod_cidr, "pod range"),
            (
                &cluster.service_cidrs,
                &cluster.service_cidr,
                "service range",
            ),
        ],
        |(ranges, single, what), cx| {
            // What a single range means for a cluster of two families is not documented.
            let one = ranges.get().is_some_and(|all| all.len() == 1);
            if cx.is_default(ranges) || (one && !single.is_absent()) {
                return;
            }
            check_list(ranges, &cluster.ip_versions, what, cx);
        },
    );
}

fn check_list(ranges: &List<Cidr>, versions: &List<IpVersion>, what: &str, cx: &mut Cx<'_>) {
    let (Some(_), Some(_)) = (cx.need(ranges), cx.need(versions)) else {
        return;
    };
    let (all, families) = (cx.need_elements(ranges), cx.need_elements(versions));
    if all.len() != families.len() {
        // Two ranges for one family are what AKS117 tells.
        if families.len() == 2 && !all.is_empty() {
            let s = if all.len() == 1 { "" } else { "s" };
            let message = format!("2 address families have {} {what}{s}", all.len());
            cx.report(ranges, message)
                .label(format!("the {what}s"))
                .also(versions, "the address families")
                .help(format!(
                    "write one {what} for each family, in the same order"
                ));
        }
        return;
    }
    let mut said = false;
    cx.each(all.iter().zip(families), |(range, version), cx| {
        said = said || check_pair(ranges, range, version, what, cx);
    });
}

/// Judges a range and its family, and returns whether they differ; the list is what is wrong.
fn check_pair(
    ranges: &List<Cidr>,
    value: &Value<Cidr>,
    version: &Value<IpVersion>,
    what: &str,
    cx: &mut Cx<'_>,
) -> bool {
    let (Some(range), Some(family)) = (cx.need(value), cx.need(version)) else {
        return false;
    };
    let same = match range.family() {
        Family::V4 => *family == IpVersion::V4,
        Family::V6 => *family == IpVersion::V6,
    };
    if same {
        return false;
    }
    let message = format!("{what} {range} stands where the address family is {family}");
    cx.report(ranges, message)
        .label(format!("the {what}s"))
        .also(version, "the address family of its place")
        .help(format!(
            "write the {what}s in the order of the address families"
        ));
    true
}
