//! AKS209. Addresses go out in blocks of sixteen, one of which is the node's: some numbers of pods leave much of a block unused.

use crate::azure::limits::POD_BATCH;
use crate::capacity::formulas::{block_addresses, block_waste};
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, PodIpAllocation};

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(209),
    name: "static-block-max-pods-wasteful",
    category: Category::Capacity,
    kind: Kind::Capacity,
    stage: None,
    severity: Severity::Advice,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(215)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS209-static-block-max-pods-wasteful.md"),
    check: Check::NodePool(check),
};

/// From how many unused addresses of a node on it is worth a word; inferred, no page says.
const MUCH: i64 = 12;

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(allocation) = cx.need(&pool.pod_ip_allocation) else {
        return;
    };
    if *allocation != PodIpAllocation::StaticBlock {
        return;
    }
    let Some(pods) = cx.need(&pool.max_pods) else {
        return;
    };
    let waste = block_waste(i64::from(*pods));
    if waste < MUCH {
        return;
    }
    let taken = block_addresses(i64::from(*pods));
    let (less, more) = (taken - POD_BATCH - 1, taken - 1);
    let unused = cx.computed(waste);
    cx.report(
        &pool.max_pods,
        format!("{pods} pods on a node leave {unused} addresses of its blocks unused"),
    )
    .label("leaves the last block nearly empty")
    .row(
        format!("blocks of {POD_BATCH} for {pods} pods and the node"),
        taken,
    )
    .row("used", i64::from(*pods) + 1)
    .help(format!("allow {less} or {more} pods"));
}
