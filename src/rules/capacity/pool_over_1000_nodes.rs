//! AKS222. No pool has more than a thousand nodes.

use crate::azure::limits::POOL_NODES;
use crate::capacity::Quantity;
use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(222),
    name: "pool-over-1000-nodes",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS222-pool-over-1000-nodes.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    cx.each(
        [&pool.node_count, &pool.min_count, &pool.max_count],
        |value, cx| {
            if Quantity::bounds(value)
                .high
                .is_some_and(|high| high <= i64::from(POOL_NODES))
            {
                return;
            }
            let Some(nodes) = cx.need(value) else {
                return;
            };
            if *nodes <= POOL_NODES {
                return;
            }
            cx.report(
                value,
                format!("a node pool has at most {POOL_NODES} nodes, this one is to have {nodes}"),
            )
            .label(format!("over {POOL_NODES}"))
            .help(format!("lower it to {POOL_NODES}, or add another pool"));
        },
    );
}
