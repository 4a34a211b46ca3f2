//! AKS134. Two subnets of a VNet share no address.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::{Id, Network, Subnet, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(134),
    name: "subnets-overlap-in-vnet",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS134-subnets-overlap-in-vnet.md"),
    check: Check::Network(check),
};

/// How many of the ranges around one are compared with it: the nearest. More say nothing new, and would cost the square of them.
const NEAREST: usize = 4;

/// A range of a subnet.
#[derive(Clone, Copy)]
struct Taken<'a> {
    vnet: Id<VirtualNetwork>,
    range: Cidr,
    value: &'a Value<Cidr>,
    subnet: &'a Subnet,
}

fn check(network: &Network, cx: &mut Cx<'_>) {
    if network.subnets.len() < 2 {
        return;
    }
    let mut all = Vec::new();
    cx.each(&network.subnets.items, |subnet, cx| {
        let Some(vnet) = cx.need(&subnet.virtual_network) else {
            return;
        };
        let prefixes = cx.need_elements(&subnet.prefixes);
        cx.each(prefixes, |value, cx| {
            all.extend(cx.need(value).map(|range| Taken {
                vnet: *vnet,
                range: *range,
                value,
                subnet,
            }));
        });
    });
    all.sort_by_key(|taken| {
        let range = taken.range.trunc();
        (
            taken.vnet.index(),
            range.network(),
            range.prefix(),
            taken.subnet.id,
        )
    });
    // Ranges overlap only when one holds the other: those that hold the next one are a stack.
    let mut around: Vec<Taken<'_>> = Vec::new();
    for taken in all {
        let holds =
            |outer: &Taken<'_>| outer.vnet == taken.vnet && outer.range.covers(&taken.range);
        while around.last().is_some_and(|outer| !holds(outer)) {
            around.pop();
        }
        let nearest = around.iter().rev().take(NEAREST);
        cx.each(nearest, |outer, cx| report(taken, *outer, cx));
        around.push(taken);
    }
}

/// Says it at the one that comes later in the code.
fn report(a: Taken<'_>, b: Taken<'_>, cx: &mut Cx<'_>) {
    let (first, second) = if b.subnet.id <= a.subnet.id {
        (b, a)
    } else {
        (a, b)
    };
    cx.need(&first.subnet.virtual_network);
    cx.need(&second.subnet.virtual_network);
    if is_same(first, second, cx) != Some(false) {
        return;
    }
    let (Some(taken), Some(range)) = (cx.need(first.value), cx.need(second.value)) else {
        return;
    };
    let message = format!("subnet range {range} overlaps {taken}, which is in the same VNet");
    cx.report(second.value, message)
        .label("this subnet")
        .also(first.value, "the other")
        .help("give each subnet a range of its own");
}

/// Tells whether both are one subnet, declared in its VNet and again alone: the same name and range. `None` with a note if a name
/// that decides is unknown.
fn is_same(a: Taken<'_>, b: Taken<'_>, cx: &mut Cx<'_>) -> Option<bool> {
    if a.range.trunc() != b.range.trunc() || a.subnet.id == b.subnet.id {
        return Some(false);
    }
    let (first, second) = (cx.need(&a.subnet.name), cx.need(&b.subnet.name));
    Some(first?.eq_ignore_ascii_case(&second?))
}
