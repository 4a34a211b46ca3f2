//! AKS504. The outbound addresses are made by AKS, or given one by one, or given as prefixes.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

const MADE: &str = "addresses that AKS makes";
const PREFIXES: &str = "prefixes of yours";
const ADDRESSES: &str = "addresses of yours";

pub(super) static RULE: Rule = Rule {
    id: RuleId(504),
    name: "lb-profile-exclusive-outbound-ips",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS504-lb-profile-exclusive-outbound-ips.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.load_balancer_profile) else {
        return;
    };
    let (addresses, prefixes) = (
        &profile.outbound_ip_addresses,
        &profile.outbound_ip_prefixes,
    );
    let managed = [
        &profile.managed_outbound_ip_count,
        &profile.managed_outbound_ipv6_count,
    ];
    let made = managed.iter().any(|count| !is_spare(count, cx));
    if [made, !prefixes.is_absent(), !addresses.is_absent()]
        .iter()
        .filter(|way| **way)
        .count()
        < 2
    {
        return;
    }
    let managed = managed.into_iter().find(|count| takes(*count, cx));
    match (managed, takes(prefixes, cx), takes(addresses, cx)) {
        (Some(count), _, true) => say(cluster, (count, MADE), (addresses, ADDRESSES), cx),
        (Some(count), true, false) => say(cluster, (count, MADE), (prefixes, PREFIXES), cx),
        (None, true, true) => say(cluster, (prefixes, PREFIXES), (addresses, ADDRESSES), cx),
        (Some(_), false, false) | (None, false, _) | (None, true, false) => {}
    }
}

/// Says that the code takes two ways at once.
fn say<A, B>(
    cluster: &Cluster,
    first: (&Value<A>, &str),
    last: (&Value<B>, &str),
    cx: &mut Cx<'_>,
) {
    let help = match cluster.written.vocabulary {
        Vocabulary::Azurerm => {
            "keep one of managed_outbound_ip_count, outbound_ip_prefix_ids and outbound_ip_address_ids"
        }
        Vocabulary::Arm => "keep one of managedOutboundIPs, outboundIPPrefixes and outboundIPs",
    };
    let message = format!(
        "the load balancer has {} and {}, and Azure takes one of them",
        first.1, last.1
    );
    let report = cx
        .report(last.0, message)
        .label(last.1)
        .also(first.0, first.1)
        .help(help);
    // Azure Verified Modules send both, and their tests deploy it.
    if cluster.written.vocabulary == Vocabulary::Arm {
        report.severity(Severity::Warning);
    }
}

/// Tells whether nothing is written for a number of addresses.
fn is_spare(count: &Value<u32>, cx: &Cx<'_>) -> bool {
    count.is_absent() || (count.get().is_some() && cx.is_default(count))
}

fn takes<T>(choice: &Value<T>, cx: &mut Cx<'_>) -> bool {
    cx.need_setting(choice) == Some(true)
}
