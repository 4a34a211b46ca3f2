//! AKS345. Azure has retired Windows Server 2019 and the annual channel.

use super::conditions::{all, is, is_windows};
use jiff::civil::Date;

use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(345),
    name: "windows-2019-retired",
    category: Category::Plugin,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS345-windows-2019-retired.md"),
    check: Check::NodePool(check),
};

/// What is retired, how it is called, and when.
const RETIRED: [(&str, &str, Date); 2] = [
    (
        "Windows2019",
        "Windows Server 2019",
        retirements::WINDOWS_2019,
    ),
    (
        "WindowsAnnual",
        "the annual channel of Windows Server",
        retirements::WINDOWS_ANNUAL,
    ),
];

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    for (sku, name, day) in RETIRED {
        let old = is(&pool.os_sku, |found| found.eq_ignore_ascii_case(sku));
        if !all(&[is_windows(pool), old], cx) {
            continue;
        }
        let (severity, verb) = if cx.as_of() >= day {
            (Severity::Error, "was retired on")
        } else {
            (Severity::Warning, "will be retired on")
        };
        cx.report(&pool.os_sku, format!("{name} {verb} {day}"))
            .label("the nodes' system")
            .help("use Windows2022")
            .severity(severity);
    }
}
