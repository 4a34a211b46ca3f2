//! AKS801. The azurerm that the code asks for does not know what is written.

use crate::finding::{RuleId, Severity};
use crate::model::{Network, Removed};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(801),
    name: "removed-attribute-for-provider-version",
    category: Category::Provider,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS801-removed-attribute-for-provider-version.md"),
    check: Check::Network(check),
};

fn check(network: &Network, cx: &mut Cx<'_>) {
    cx.each(&network.removed, |removed, cx| {
        if cx.need(&removed.gone).is_none() {
            return;
        }
        let Removed {
            path,
            since,
            instead,
            gone,
        } = removed;
        let help = match instead {
            Some(instead) => format!("write {instead}"),
            None => "remove it".to_owned(),
        };
        cx.report(
            gone,
            format!(
                "{path} was removed in azurerm {since}.0, and the code asks for {since}.0 or newer"
            ),
        )
        .label(format!("removed in azurerm {since}.0"))
        .help(help);
    });
}
