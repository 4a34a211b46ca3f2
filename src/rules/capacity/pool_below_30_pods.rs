//! AKS217. A pool must have room for thirty pods, so that those of the system find a place.

use crate::azure::limits::MIN_PODS_OF_POOL;
use crate::capacity::Quantity;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(217),
    name: "pool-below-30-pods",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(215)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS217-pool-below-30-pods.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    if Quantity::bounds(&pool.max_pods)
        .low
        .is_some_and(|low| low >= i64::from(MIN_PODS_OF_POOL))
    {
        return;
    }
    let Some(pods) = cx.need(&pool.max_pods) else {
        return;
    };
    if *pods == 0 || *pods >= MIN_PODS_OF_POOL {
        return;
    }
    let Some(scales) = cx.need(&pool.auto_scaling) else {
        return;
    };
    let least = if *scales {
        &pool.min_count
    } else {
        &pool.node_count
    };
    let Some(nodes) = cx.need(least) else {
        return;
    };
    let room = nodes.saturating_mul(*pods);
    if *nodes == 0 || room >= MIN_PODS_OF_POOL {
        return;
    }
    let room = cx.computed(i64::from(room));
    let enough = MIN_PODS_OF_POOL.div_ceil(*pods);
    let plural = if *nodes == 1 { "node" } else { "nodes" };
    cx.report(
        &pool.max_pods,
        format!("a pool has room for at least {MIN_PODS_OF_POOL} pods, this one for {room}"),
    )
    .label(format!("{pods} pods on each node"))
    .also(least, format!("{nodes} {plural}"))
    .help(format!(
        "allow {} pods on a node, or start with {enough} nodes",
        MIN_PODS_OF_POOL.div_ceil(*nodes)
    ));
}
