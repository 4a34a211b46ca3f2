//! AKS402. Either all pools have a subnet of the user, or none has.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, NodePool};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::State;

pub(super) static RULE: Rule = Rule {
    id: RuleId(402),
    name: "mixed-managed-and-custom-subnet",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Validate),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS402-mixed-managed-and-custom-subnet.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let given = |pool: &&NodePool| match &pool.vnet_subnet.state {
        State::Known(_) => true,
        State::Unknown(unknown) => unknown.null.is_false(),
        State::Absent | State::Invalid { .. } => false,
    };
    let custom = cx.network().pools_of(cluster).find(given);
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        if cx.need_absence(&pool.vnet_subnet) != Some(true) {
            return;
        }
        let Some(custom) = custom else {
            return;
        };
        let own = match cx.need(&pool.name) {
            Some(name) => format!("pool {:?}", &**name),
            None => "the pool".to_owned(),
        };
        cx.report(
            &pool.vnet_subnet,
            format!("{own} sets no subnet, and another pool of the cluster does"),
        )
        .label("a subnet that AKS makes")
        .also(&custom.vnet_subnet, "a subnet of yours")
        .help("give every pool of the cluster a subnet of the same VNet");
    });
}
