//! AKS501. Azure has retired the Basic load balancer.

use crate::azure::retirements;
use crate::finding::{RuleId, Severity};
use crate::model::{Cluster, LoadBalancerSku, Vocabulary};
use crate::rules::{Category, Check, Cx, Dialects, Kind, Rule};

pub(super) static RULE: Rule = Rule {
    id: RuleId(501),
    name: "basic-load-balancer",
    category: Category::Egress,
    kind: Kind::Retirement,
    stage: None,
    severity: Severity::Error,
    dialects: Dialects::ALL,
    yields_to: &[],
    fix: None,
    since: "0.1.0",
    page: include_str!("../../../rules/AKS501-basic-load-balancer.md"),
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster, cx: &mut Cx<'_>) {
    let Some(sku) = cx.need(&cluster.load_balancer_sku) else {
        return;
    };
    if *sku != LoadBalancerSku::Basic {
        return;
    }
    let refused = retirements::BASIC_LOAD_BALANCER_CREATION;
    let retired = retirements::BASIC_LOAD_BALANCER;
    let (severity, when) = if cx.as_of() >= retired {
        (Severity::Error, format!("was retired on {retired}"))
    } else if cx.as_of() >= refused {
        (
            Severity::Error,
            format!("is refused for new clusters since {refused}"),
        )
    } else {
        (
            Severity::Warning,
            format!("will be refused for new clusters from {refused}"),
        )
    };
    let owner = if cx.is_default(&cluster.load_balancer_sku) {
        "the provider's default "
    } else {
        ""
    };
    let help = match cluster.written.vocabulary {
        Vocabulary::Azurerm => {
            "use the SKU standard; migrate a running cluster with the Azure CLI first, Terraform would recreate it"
        }
        Vocabulary::Arm => {
            "use the SKU standard; migrate a running cluster with the Azure CLI first"
        }
    };
    cx.report(
        &cluster.load_balancer_sku,
        format!("{owner}load balancer SKU {sku} {when}"),
    )
    .label("the Basic load balancer")
    .help(help)
    .severity(severity);
}
