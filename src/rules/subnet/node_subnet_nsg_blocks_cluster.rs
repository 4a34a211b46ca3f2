//! AKS701. Traffic between the nodes of a subnet must pass its security group, on every port.

use std::sync::Arc;

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, SecurityGroup, SecurityRule, Subnet};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};
use crate::value::{List, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(701),
    name: "node-subnet-nsg-blocks-cluster",
    category: Category::Subnet,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS701-node-subnet-nsg-blocks-cluster.md"),
    check: Check::Cluster(check),
};

/// What a rule does to all traffic between the nodes of a subnet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    /// It lets it pass.
    Passes,
    /// It stops it.
    Stops,
    /// It is about something else, or about a part of it.
    Nothing,
}

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut seen = Vec::new();
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(id) = cx.need(&pool.vnet_subnet) else {
            return;
        };
        if seen.contains(&*id) {
            return;
        }
        seen.push(*id);
        let subnet = &cx.network().subnets[*id];
        let Some(group) = cx.need(&subnet.security_group) else {
            return;
        };
        let group = &cx.network().security_groups[*group];
        cx.each(["Inbound", "Outbound"], |direction, cx| {
            check_direction(subnet, group, direction, cx);
        });
    });
}

fn check_direction(subnet: &Subnet, group: &SecurityGroup, direction: &str, cx: &mut Cx<'_>) {
    let mut rules: Vec<(u32, &SecurityRule, Effect)> = Vec::new();
    let mut known = group.more_rules.is_absent();
    cx.open(&group.more_rules);
    cx.each(&group.rules, |rule, cx| {
        let Some(own) = cx.need(&rule.direction) else {
            known = false;
            return;
        };
        if !own.eq_ignore_ascii_case(direction) {
            return;
        }
        match (cx.need(&rule.priority), effect(rule, subnet, cx)) {
            (Some(priority), Some(effect)) => rules.push((*priority, rule, effect)),
            _ => known = false,
        }
    });
    rules.retain(|(.., effect)| *effect != Effect::Nothing);
    rules.sort_by_key(|(priority, ..)| *priority);
    let Some((_, rule, Effect::Stops)) = rules.first() else {
        return;
    };
    if !known {
        return;
    }
    let towards = direction.to_lowercase();
    cx.report(
        &rule.access,
        format!("the security group of the node subnet stops {towards} traffic between nodes"),
    )
    .label("stops all of it")
    .also(&subnet.security_group, "the node subnet's security group")
    .help("allow all traffic from the subnet's range to itself, with a lower priority number");
}

/// Returns what the rule does; `None` where that is not known.
fn effect(rule: &SecurityRule, subnet: &Subnet, cx: &mut Cx<'_>) -> Option<Effect> {
    let source = takes_in(&rule.source_prefixes, subnet, cx)?;
    let destination = takes_in(&rule.destination_prefixes, subnet, cx)?;
    let every_port = elements(&rule.destination_ports, cx)?
        .iter()
        .map(|ports| {
            cx.need(ports)
                .map(|ports| matches!(&**ports, "*" | "0-65535" | "1-65535"))
        })
        .collect::<Option<Vec<bool>>>()?;
    let access = cx.need(&rule.access)?;
    let protocol = cx.need(&rule.protocol)?;
    if !(source && destination && every_port.contains(&true)) {
        return Some(Effect::Nothing);
    }
    Some(if access.eq_ignore_ascii_case("allow") {
        Effect::Passes
    } else if ["*", "tcp"]
        .iter()
        .any(|all| protocol.eq_ignore_ascii_case(all))
    {
        Effect::Stops
    } else {
        Effect::Nothing
    })
}

/// Tells whether prefixes take in the whole subnet: everything, the VNet, or a range around it.
fn takes_in(prefixes: &List<Arc<str>>, subnet: &Subnet, cx: &mut Cx<'_>) -> Option<bool> {
    let own = elements(&subnet.prefixes, cx)?;
    let own: Vec<Cidr> = own
        .iter()
        .map(|range| cx.need(range).map(|range| *range))
        .collect::<Option<_>>()?;
    let mut any = false;
    for prefix in elements(prefixes, cx)? {
        let prefix = cx.need(prefix)?;
        let tag = ["*", "any", "VirtualNetwork"];
        let range = Cidr::parse(&prefix);
        any |= tag.iter().any(|tag| prefix.eq_ignore_ascii_case(tag))
            || range.is_ok_and(|range| !own.is_empty() && own.iter().all(|own| range.covers(own)));
    }
    Some(any)
}

/// Returns the elements, none of a list that is not written; `None` with a note if it is unknown.
fn elements<'v, T>(list: &'v List<T>, cx: &mut Cx<'_>) -> Option<&'v [Value<T>]> {
    let elements = cx.need_elements(list);
    (!list.is_unknown()).then_some(elements)
}
