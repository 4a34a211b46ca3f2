//! AKS118. The one-range form and the list form of a range must not contradict each other.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(118),
    name: "cidr-scalar-and-list-disagree",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS118-cidr-scalar-and-list-disagree.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let pods = ("pod_cidr", &cluster.pod_cidr, &cluster.pod_cidrs);
    let services = (
        "service_cidr",
        &cluster.service_cidr,
        &cluster.service_cidrs,
    );
    cx.each([pods, services], |(name, single, list), cx| {
        check_forms(cluster, name, single, list, cx);
    });
}

fn check_forms(
    cluster: &Cluster,
    name: &str,
    single: &Value<Cidr>,
    list: &List<Cidr>,
    cx: &mut Cx<'_>,
) {
    let Some(one) = cx.need(single) else {
        return;
    };
    let Some(first) = cx.need_elements(list).first() else {
        return;
    };
    let Some(range) = cx.need(first) else {
        return;
    };
    if one.trunc() == range.trunc() {
        return;
    }
    let spell = |name: &str| cluster.written.vocabulary.spell(name);
    let (one_form, list_form) = (spell(name), spell(&format!("{name}s")));
    cx.report(
        single,
        format!("{one_form} {one} is not the first of {list_form}, {range}"),
    )
    .label("one range")
    .also(first, "another range")
    .help(format!("leave {one_form} out: {list_form} says it all"));
}
