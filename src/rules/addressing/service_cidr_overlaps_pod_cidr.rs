//! AKS124. An address of a service must never be the address of a pod.

use super::ranges;
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(124),
    name: "service-cidr-overlaps-pod-cidr",
    category: Category::Addressing,
    kind: Kind::Overlap,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS124-service-cidr-overlaps-pod-cidr.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    if cluster.pod_cidrs.is_absent() || ranges::pods_outside_vnet(cluster, cx) != Some(true) {
        return;
    }
    let pods_by_default = cx.is_default(&cluster.pod_cidrs);
    let services = cx.need_elements(&cluster.service_cidrs);
    cx.each(services, |service, cx| {
        let Some(service_range) = cx.need(service) else {
            return;
        };
        let pods = cx.need_elements(&cluster.pod_cidrs);
        cx.each(pods, |pod, cx| {
            let Some(pod_range) = cx.need(pod) else {
                return;
            };
            if !service_range.overlaps(&pod_range) {
                return;
            }
            let service_name =
                ranges::named(&cluster.service_cidrs, "service range", &service_range, cx);
            let pod_name = ranges::named(&cluster.pod_cidrs, "pod range", &pod_range, cx);
            let report = if cx.is_default(&cluster.service_cidrs) && !pods_by_default {
                cx.report(pod, format!("{pod_name} overlaps {service_name}"))
                    .label("the pod range")
                    .also(service, "the service range")
            } else {
                cx.report(service, format!("{service_name} overlaps {pod_name}"))
                    .label("the service range")
                    .also(pod, "the pod range")
            };
            report.help("move one of them to a range that neither the VNet nor the other uses");
        });
    });
}
