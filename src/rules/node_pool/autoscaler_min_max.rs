//! AKS409. The autoscaler needs a least and a greatest number of nodes, and they mean nothing without it.

use crate::finding::{RuleId, Severity};
use crate::model::NodePool;
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule, Stage};
use crate::value::Value;

pub(super) static RULE: Rule = Rule {
    id: RuleId(409),
    name: "autoscaler-min-max",
    category: Category::NodePool,
    kind: Kind::Invalid,
    stage: Some(Stage::Plan),
    severity: Severity::Error,
    dialects: Dialects::TERRAFORM,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS409-autoscaler-min-max.md"),
    check: Check::NodePool(check),
};

fn check(pool: &NodePool, cx: &mut Cx<'_>) {
    let Some(scales) = cx.need(&pool.auto_scaling) else {
        return;
    };
    if *scales {
        check_bounds(pool, cx);
        return;
    }
    cx.each(
        [
            ("min_count", &pool.min_count),
            ("max_count", &pool.max_count),
        ],
        |(name, count), cx| {
            if let Some(known) = cx.need(count)
                && *known > 0
            {
                cx.report(
                    count,
                    format!("{name} is {known}, and the pool does not scale by itself"),
                )
                .label("only for the autoscaler")
                .also(&pool.auto_scaling, "no autoscaler")
                .help("enable the autoscaler, or leave min_count and max_count out");
            }
        },
    );
}

/// Judges the bounds of a pool that scales by itself.
fn check_bounds(pool: &NodePool, cx: &mut Cx<'_>) {
    let most = &pool.max_count;
    if cx.need_absence(most) == Some(true) {
        missing(most, "max_count", cx);
        return;
    }
    if pool.default && cx.need_absence(&pool.min_count) == Some(true) {
        missing(&pool.min_count, "min_count", cx);
        return;
    }
    if let (Some(least), Some(greatest)) = (cx.need(&pool.min_count), cx.need(most))
        && *least > *greatest
    {
        cx.report(
            &pool.min_count,
            format!("min_count {least} is greater than max_count {greatest}"),
        )
        .label("the least number of nodes")
        .also(most, "the greatest")
        .help("let min_count be at most max_count");
    }
}

fn missing(count: &Value<u32>, name: &str, cx: &mut Cx<'_>) {
    cx.report(
        count,
        format!("the pool scales by itself, and {name} is not set"),
    )
    .label(format!("sets no {name}"))
    .help(format!("set {name}"));
}
