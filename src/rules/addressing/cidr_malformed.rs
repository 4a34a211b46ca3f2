//! AKS101. Azure reads a range as `a.b.c.d/n` and nothing else.

use crate::cidr::{Cidr, CidrProblem};
use crate::finding::{RuleId, Severity};
use crate::model::Cluster;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, Problem, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(101),
    name: "cidr-malformed",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS101-cidr-malformed.md"),
    check: Check::Cluster(check),
};

/// Judges the ranges that belong to the cluster itself; the Docker bridge is not used by anything.
fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    cx.each(
        [
            (&cluster.pod_cidrs, "pod range"),
            (&cluster.service_cidrs, "service range"),
        ],
        |(ranges, what), cx| check_ranges(ranges, what, cx),
    );
}

fn check_ranges(ranges: &List<Cidr>, what: &str, cx: &mut Cx<'_>) {
    if let Some(problem) = malformed(ranges, what, cx) {
        say(ranges, problem, cx);
        return;
    }
    let elements = if ranges.is_unknown() {
        &[]
    } else {
        cx.need_elements(ranges)
    };
    cx.each(elements, |range, cx| {
        if let Some(problem) = malformed(range, what, cx) {
            say(range, problem, cx);
        }
    });
}

/// Returns the message and what to do about a value that is no range.
fn malformed<T>(value: &Value<T>, what: &str, cx: &mut Cx<'_>) -> Option<(String, &'static str)> {
    let slip = cx.need_invalid(value)?;
    let Problem::Cidr(problem) = slip.problem else {
        return None;
    };
    if slip.is_empty() {
        let message = format!("{what} is an empty string, which is not the same as none");
        return Some((message, "leave it out, or use null, to get Azure's default"));
    }
    let help = match problem {
        CidrProblem::NotCidr => "write an address, a slash and a prefix length: 10.244.0.0/16",
        CidrProblem::MissingPrefix => "add the prefix length, as in 10.244.0.0/16",
        CidrProblem::LeadingZero => "write the numbers without leading zeros",
        CidrProblem::PrefixRange => {
            "use a prefix length of at most 32 for IPv4, of at most 128 for IPv6"
        }
        CidrProblem::OctetRange => "use octets from 0 to 255",
    };
    Some((format!("{what} {slip} is malformed: {problem}"), help))
}

fn say<T>(value: &Value<T>, (message, help): (String, &str), cx: &mut Cx<'_>) {
    cx.report(value, message)
        .label("not an address range")
        .help(help);
}
