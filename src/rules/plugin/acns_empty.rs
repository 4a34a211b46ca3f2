//! AKS338. Advanced networking with nothing turned on is refused.

use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::State;

pub(super) static RULE: Rule = Rule {
    id: RuleId(338),
    name: "acns-empty",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS338-acns-empty.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let advanced = &cluster.advanced_networking;
    let State::Known(profile) = &advanced.state else {
        cx.open(advanced);
        return;
    };
    let switches = [&profile.observability_enabled, &profile.security_enabled];
    if cluster.written.vocabulary == Vocabulary::Arm
        || switches
            .iter()
            .any(|switch| cx.need_setting(switch) != Some(false))
    {
        return;
    }
    let message = "advanced_networking sets neither observability_enabled nor security_enabled";
    cx.report(advanced, message.to_owned())
        .label("turns nothing on")
        .help("set one of them, or leave the block out");
}
