//! AKS401. All pools of a cluster live in one virtual network.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Id, NodePool, VirtualNetwork};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(401),
    name: "pools-in-different-vnets",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS401-pools-in-different-vnets.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let mut first: Option<(&NodePool, Id<VirtualNetwork>)> = None;
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        let Some(vnet) = vnet_of(pool, cx) else {
            return;
        };
        let Some((other, home)) = first else {
            first = Some((pool, vnet));
            return;
        };
        if vnet == home {
            return;
        }
        vnet_of(other, cx);
        let networks = &cx.network().virtual_networks;
        let (here, there) = (&networks[vnet], &networks[home]);
        let message = match (cx.need(&here.name), cx.need(&there.name)) {
            (Some(here), Some(there)) if *here != *there => {
                format!("the pool's subnet is in VNet {here}, and the cluster's other pools are in {there}")
            }
            _ => "the pool's subnet is in another VNet than the cluster's other pools".to_owned(),
        };
        cx.report(&pool.vnet_subnet, message)
            .label("in one VNet")
            .also(&other.vnet_subnet, "in another")
            .help("put all pools of a cluster into subnets of one VNet");
    });
}

fn vnet_of(pool: &NodePool, cx: &mut Cx<'_>) -> Option<Id<VirtualNetwork>> {
    let subnet = *cx.need(&pool.vnet_subnet)?;
    let vnet = cx.need(&cx.network().subnets[subnet].virtual_network)?;
    Some(*vnet)
}
