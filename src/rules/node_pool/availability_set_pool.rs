//! AKS413. Azure has retired pools in availability sets.

use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(413),
    name: "availability-set-pool",
    category: Category::NodePool,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS413-availability-set-pool.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(kind) = cx.need(&pool.kind) else {
        return;
    };
    if !kind.eq_ignore_ascii_case("AvailabilitySet") {
        return;
    }
    let day = retirements::AVAILABILITY_SET_POOLS;
    let (severity, when) = if cx.as_of() >= day {
        (Severity::Error, format!("were retired on {day}"))
    } else {
        (Severity::Warning, format!("will be retired on {day}"))
    };
    cx.report(
        &pool.kind,
        format!("node pools in an AvailabilitySet {when}"),
    )
    .label("an availability set")
    .help("use VirtualMachineScaleSets; a running cluster migrates with the Azure CLI")
    .severity(severity);
}
