//! AKS133. A subnet has its addresses from the VNet that it lies in.

use crate::cidr::Cidr;
use crate::finding::{RuleId, Severity};
use crate::model::Subnet;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::{List, State, Value};

pub(super) static RULE: Rule = Rule {
    id: RuleId(133),
    name: "subnet-outside-vnet",
    category: Category::Addressing,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(128)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS133-subnet-outside-vnet.md"),
    check: Check::Subnet(check),
};

fn check(subnet: &Subnet, cx: &mut Cx<'_>) {
    let prefixes = cx.need_elements(&subnet.prefixes);
    let Some(vnet) = cx.need(&subnet.virtual_network) else {
        return;
    };
    let space = &cx.network().virtual_networks[*vnet].address_space;
    cx.each(prefixes, |prefix, cx| check_prefix(prefix, space, cx));
}

fn check_prefix(value: &Value<Cidr>, space: &List<Cidr>, cx: &mut Cx<'_>) {
    let Some(prefix) = cx.need(value) else {
        return;
    };
    let elements = cx.need_elements(space);
    let known: Vec<Cidr> = elements.iter().filter_map(|e| e.get().copied()).collect();
    if elements.is_empty() || is_covered(&prefix, &known) {
        return;
    }
    let ranges = cx.need_each(space);
    if elements.iter().any(|e| !matches!(e.state, State::Known(_))) {
        return;
    }
    let shown: Vec<String> = ranges.iter().map(ToString::to_string).collect();
    let (ranges, verb) = match shown.len() {
        1 => ("range", "is"),
        _ => ("ranges", "are"),
    };
    let shown = shown.join(" and ");
    let message = format!("subnet range {prefix} is outside the VNet {ranges} {shown}");
    cx.report(value, message)
        .label("not in the VNet")
        .also(space, format!("the VNet's {ranges} {verb} here"))
        .help(format!(
            "use a range inside {shown}, or add one to the VNet"
        ));
}

/// Tells whether ranges hold all of another, each alone or several together.
fn is_covered(prefix: &Cidr, ranges: &[Cidr]) -> bool {
    if ranges.iter().any(|range| range.covers(prefix)) {
        return true;
    }
    let inside: Vec<Cidr> = ranges
        .iter()
        .copied()
        .filter(|r| prefix.covers(r))
        .collect();
    let half = |n| {
        prefix
            .subnet(1, n)
            .is_some_and(|half| is_covered(&half, &inside))
    };
    !inside.is_empty() && half(0) && half(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_together() {
        let ranges = |all: &[&str]| -> Vec<Cidr> {
            all.iter().map(|text| Cidr::parse(text).unwrap()).collect()
        };
        let prefix = Cidr::parse("10.0.0.0/22").unwrap();
        assert!(is_covered(&prefix, &ranges(&["10.0.0.0/8"])));
        assert!(is_covered(
            &prefix,
            &ranges(&["10.0.2.0/23", "10.0.0.0/24", "10.0.1.0/24"])
        ));
        assert!(!is_covered(
            &prefix,
            &ranges(&["10.0.2.0/23", "10.0.0.0/24"])
        ));
        assert!(!is_covered(
            &Cidr::parse("::/0").unwrap(),
            &ranges(&["fd00::/8"])
        ));
    }
}
