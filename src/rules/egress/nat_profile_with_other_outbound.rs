//! AKS509. The profile of the managed NAT gateway goes with a managed NAT gateway only.

use super::ways::one_of;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NatGatewayProfile, OutboundType, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(509),
    name: "nat-profile-with-other-outbound",
    category: Category::Egress,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Warning,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(511)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS509-nat-profile-with-other-outbound.md"),
    check: Check::Cluster(check),
};

/// The outbound types that the profile has no business with.
const OTHERS: &[OutboundType] = &[
    OutboundType::LoadBalancer,
    OutboundType::UserDefinedRouting,
    OutboundType::UserAssignedNatGateway,
    OutboundType::None,
    OutboundType::Block,
];

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let profile = &cluster.nat_gateway_profile;
    if profile.is_absent() {
        return;
    }
    let Some(way) = one_of(cluster, OTHERS, cx) else {
        return;
    };
    let Some(written) = cx.need(profile) else {
        return;
    };
    let written: &NatGatewayProfile = &written;
    // azurerm's page names the profile for a gateway of the user too, where there are no addresses for AKS to make.
    let lenient = cluster.written.vocabulary == Vocabulary::Azurerm;
    if lenient
        && *way == OutboundType::UserAssignedNatGateway
        && cx.need_setting(&written.managed_outbound_ip_count) != Some(true)
    {
        return;
    }
    let owner = if cx.is_default(&cluster.outbound_type) {
        "by default "
    } else {
        ""
    };
    cx.report(
        profile,
        format!("a NAT gateway profile is set, and the outbound type is {owner}{way}"),
    )
    .label("for a managed NAT gateway only")
    .also(&cluster.outbound_type, "the outbound type")
    .help("remove the profile, or use the outbound type managedNATGateway");
}
