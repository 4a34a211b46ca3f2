//! AKS236. A static egress gateway gives each of its nodes an address of a public range of /28 to /31.

use crate::azure::limits::GATEWAY_PREFIXES;
use crate::capacity::formulas::gateway_nodes;
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, PoolMode};

use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(236),
    name: "static-egress-gateway-prefix",
    category: Category::Capacity,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS236-static-egress-gateway-prefix.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(mode) = cx.need(&pool.mode) else {
        return;
    };
    if *mode != PoolMode::Gateway {
        return;
    }
    let size = &pool.gateway_prefix_length;
    let Some(length) = cx.need(size) else {
        return;
    };
    let (least, most) = (GATEWAY_PREFIXES.start(), GATEWAY_PREFIXES.end());
    if !GATEWAY_PREFIXES.contains(&*length) {
        cx.report(
            size,
            format!("a gateway's public range is a /{least} to /{most}, this one a /{length}"),
        )
        .label("not a size that Azure takes")
        .help(format!("choose a size from {least} to {most}"));
        return;
    }
    let Some(nodes) = cx.need(&pool.node_count) else {
        return;
    };
    let room = u8::try_from(*length).map_or(0, gateway_nodes);
    if i64::from(*nodes) <= room {
        return;
    }
    let room = cx.computed(room);
    let enough = GATEWAY_PREFIXES
        .rev()
        .find(|length| u8::try_from(*length).is_ok_and(|l| gateway_nodes(l) >= i64::from(*nodes)));
    let help = match enough {
        Some(enough) => format!("use a /{enough}, or at most {room} nodes"),
        None => format!("use at most {} nodes, with a /{least}", gateway_nodes(28)),
    };
    cx.report(
        size,
        format!(
            "the gateway's public range /{length} has {room} addresses, the pool {nodes} nodes"
        ),
    )
    .label(format!("{room} addresses"))
    .also(&pool.node_count, "an address for each")
    .help(help);
}
