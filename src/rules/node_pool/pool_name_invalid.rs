//! AKS408. Names of pools are short and plain.

use crate::finding::{RuleId, Severity};
use crate::model::{NodePool, OsType};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};

pub(super) static RULE: Rule = Rule {
    id: RuleId(408),
    name: "pool-name-invalid",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS408-pool-name-invalid.md"),
    check: Check::NodePool(check),
};

/// Letters of a name, and of the name of a Windows pool. Source: Azure/azure-rest-api-specs `AgentPoolModels.tsp`, and
/// MicrosoftDocs/azure-aks-docs at fb060ab, quotas-skus-regions.md, read 2026-11-22.
const LONGEST: usize = 12;
const WINDOWS: usize = 6;

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(name) = cx.need(&pool.name) else {
        return;
    };
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.bytes().all(plain) {
        cx.report(
            &pool.name,
            format!(
                "the pool's name {:?} is not made of lower-case letters and digits, a letter first",
                &**name
            ),
        )
        .label("the name")
        .help("use lower-case letters and digits alone, a letter first");
        return;
    }
    if name.len() <= WINDOWS {
        return;
    }
    let long = name.len() > LONGEST;
    let windows = !long
        && cx
            .need(&pool.os_type)
            .is_some_and(|os| *os == OsType::Windows);
    if !long && !windows {
        return;
    }
    let (whose, most) = if long {
        ("pool", LONGEST)
    } else {
        ("Windows pool", WINDOWS)
    };
    cx.report(
        &pool.name,
        format!(
            "the {whose}'s name {:?} has {} letters, and {most} are the most",
            &**name,
            name.len()
        ),
    )
    .label("the name")
    .help(format!("use a name of at most {most} letters"));
}
