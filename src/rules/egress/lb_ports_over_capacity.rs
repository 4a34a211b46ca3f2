//! AKS505. The nodes, those of an upgrade included, need more outbound ports than the addresses have.

use super::nodes::{Share, addresses, hides_addresses, known_shares, look_at, open};
use crate::azure::outbound::PORTS_OF_ADDRESS;
use crate::capacity::ports;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, LoadBalancerProfile, OutboundType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(505),
    name: "lb-ports-over-capacity",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(503), RuleId(504), RuleId(511)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS505-lb-ports-over-capacity.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(profile) = cx.need(&cluster.load_balancer_profile) else {
        return;
    };
    let Some(ports) = cx.need(&profile.outbound_ports_allocated) else {
        return;
    };
    if *ports == 0 || u64::from(*ports) > PORTS_OF_ADDRESS {
        return;
    }
    let balanced = cx
        .need(&cluster.outbound_type)
        .is_some_and(|way| *way == OutboundType::LoadBalancer);
    let Some(addresses) = balanced.then(|| addresses(&profile, cx)).flatten() else {
        return;
    };
    let room = ports::nodes(*ports, addresses);
    let shares = known_shares(cluster, room, cx);
    let nodes: u64 = shares.iter().map(Share::all).sum();
    if nodes <= room {
        open(cluster, cx);
        return cx.open_if_incomplete(&cx.network().pools);
    }
    say(&profile, *ports, addresses, &shares, cx);
}

/// Says that these pools need more ports than the addresses have.
fn say(
    profile: &LoadBalancerProfile,
    ports: u32,
    addresses: u64,
    shares: &[Share<'_>],
    cx: &mut Cx<'_>,
) {
    for share in shares {
        look_at(share, cx);
    }
    let nodes: u64 = shares.iter().map(Share::all).sum();
    let needed = nodes.saturating_mul(u64::from(ports));
    let there = addresses.saturating_mul(PORTS_OF_ADDRESS);
    let allocated = &profile.outbound_ports_allocated;
    let secret = shares.iter().any(|share| share.sensitive);
    let message = if secret || allocated.sensitive || hides_addresses(profile) {
        "the nodes need more outbound ports than the outbound IPs have".to_owned()
    } else {
        let ips = match addresses {
            1 => "the outbound IP has".to_owned(),
            all => format!("the {all} outbound IPs have"),
        };
        format!(
            "{nodes} nodes with {ports} outbound ports each need {needed} ports, and {ips} {there}"
        )
    };
    let report = cx
        .report(allocated, message)
        .label("outbound ports of each node");
    let report = shares.iter().fold(report, |report, share| {
        let name = share.pool.name.get().filter(|_| !share.pool.name.sensitive);
        let name = name.map_or("a pool", |name| name);
        let (nodes, surge) = (share.nodes, share.surge);
        let text = format!("{name}: {nodes} nodes and {surge} during an upgrade");
        report.row(text, share.all())
    });
    let fit = ports::fitting(nodes, addresses);
    let more = needed.div_ceil(PORTS_OF_ADDRESS);
    report.help(format!(
        "allocate at most {fit} ports to each node, or give the load balancer {more} outbound IPs"
    ));
}
