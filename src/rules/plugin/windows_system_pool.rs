//! AKS344. The pods of the system run on Linux.

use super::conditions::{all, is, is_windows};
use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, PoolMode};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(344),
    name: "windows-system-pool",
    category: Category::Plugin,
    kind: Kind::Invalid,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[RuleId(304), RuleId(315)],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS344-windows-system-pool.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let system = is(&pool.mode, |mode| *mode == PoolMode::System);
    if !all(&[is_windows(pool), system], cx) {
        return;
    }
    let message = "a pool of the mode System needs Linux nodes, and these are Windows nodes";
    cx.report(&pool.os_type, message.to_owned())
        .label("a Windows pool")
        .also(&pool.mode, "the mode")
        .help("run Windows in a pool of the mode User, beside a system pool with Linux");
}
