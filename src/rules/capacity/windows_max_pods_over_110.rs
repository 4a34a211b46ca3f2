//! AKS218. Azure advises no more than 110 pods on a Windows node.

use crate::azure::limits::{MAX_PODS, MAX_PODS_WINDOWS};
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, OsType};

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(218),
    name: "windows-max-pods-over-110",
    category: Category::Capacity,
    kind: Kind::Reliability,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS218-windows-max-pods-over-110.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(system) = cx.need(&pool.os_type) else {
        return;
    };
    if *system != OsType::Windows || cx.need_setting(&pool.max_pods) != Some(true) {
        return;
    }
    let Some(pods) = cx.need(&pool.max_pods) else {
        return;
    };
    if *pods <= MAX_PODS_WINDOWS || *pods > MAX_PODS {
        return;
    }
    cx.report(
        &pool.max_pods,
        format!(
            "a Windows node should have at most {MAX_PODS_WINDOWS} pods, this pool allows {pods}"
        ),
    )
    .label(format!("over {MAX_PODS_WINDOWS}"))
    .also(&pool.os_type, "Windows nodes")
    .help(format!("set it to {MAX_PODS_WINDOWS} or less"));
}
