//! AKS420. Azure ends its support of editions of the nodes' system.

use jiff::civil::Date;

use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(420),
    name: "os-sku-retired",
    category: Category::NodePool,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS420-os-sku-retired.md"),
    check: Check::NodePool(check),
};

/// Editions and the day of their retirement.
const RETIRED: [(&str, Date); 2] = [
    ("Ubuntu2004", retirements::UBUNTU_2004),
    ("Ubuntu2204", retirements::UBUNTU_2204),
];

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(sku) = cx.need(&pool.os_sku) else {
        return;
    };
    let Some((_, day)) = RETIRED
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(&sku))
    else {
        return;
    };
    let verb = if cx.as_of() >= *day {
        "was retired on"
    } else {
        "will be retired on"
    };
    cx.report(&pool.os_sku, format!("node OS {sku} {verb} {day}"))
        .label("the edition")
        .help("use Ubuntu2404, or Ubuntu and let AKS choose the edition");
}
