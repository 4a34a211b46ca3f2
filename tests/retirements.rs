//! Retirements are warnings before their day and errors from it on.

use aksnet::engine::{Options, analyse_texts};
use aksnet::finding::{RuleId, Severity};
use jiff::civil::{Date, date};

const CLUSTER: &str = r#"
resource "azurerm_kubernetes_cluster" "main" {
  name = "shop"
  default_node_pool {
    name = "system"
  }
  network_profile {
    network_plugin      = "PLUGIN"
    network_plugin_mode = MODE
    network_policy      = "azure"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "windows" {
  count                 = POOLS
  name                  = "win"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  os_type               = "Windows"
  os_sku                = "SKU"
}
"#;

/// A cluster, the rule that speaks of it, and the day.
struct Retirement {
    rule: RuleId,
    plugin: &'static str,
    pools: &'static str,
    sku: &'static str,
    day: Date,
}

const RETIREMENTS: &[Retirement] = &[
    Retirement {
        rule: RuleId(301),
        plugin: "kubenet",
        pools: "0",
        sku: "Windows2022",
        day: date(2028, 3, 31),
    },
    Retirement {
        rule: RuleId(319),
        plugin: "azure",
        pools: "0",
        sku: "Windows2022",
        day: date(2028, 9, 30),
    },
    Retirement {
        rule: RuleId(320),
        plugin: "azure",
        pools: "1",
        sku: "Windows2022",
        day: date(2026, 9, 30),
    },
    Retirement {
        rule: RuleId(345),
        plugin: "azure",
        pools: "1",
        sku: "Windows2019",
        day: date(2026, 3, 1),
    },
    Retirement {
        rule: RuleId(345),
        plugin: "azure",
        pools: "1",
        sku: "WindowsAnnual",
        day: date(2026, 5, 15),
    },
];

/// Returns severity and message of what the rule says on a day.
fn said(retirement: &Retirement, day: Date) -> (Severity, String) {
    let mode = match retirement.plugin {
        "azure" => "\"overlay\"",
        _ => "null",
    };
    let text = CLUSTER
        .replace("PLUGIN", retirement.plugin)
        .replace("MODE", mode)
        .replace("POOLS", retirement.pools)
        .replace("SKU", retirement.sku);
    let options = Options::new(day);
    let analysis = analyse_texts(&[("main.tf", &text)], &options).expect("it can be analysed");
    let mut spoken = analysis
        .findings
        .iter()
        .filter(|f| f.rule == retirement.rule);
    let finding = spoken
        .next()
        .unwrap_or_else(|| panic!("{} is silent", retirement.rule));
    (finding.severity, finding.message.clone())
}

#[test]
fn a_retirement_is_an_error_from_its_day_on() {
    for retirement in RETIREMENTS {
        let day = retirement.day;
        let before = day.yesterday().expect("there is a day before");
        let (severity, message) = said(retirement, before);
        assert_eq!(severity, Severity::Warning, "{message}");
        assert!(message.contains(&format!("will be retired on {day}")));
        let (severity, message) = said(retirement, day);
        assert_eq!(severity, Severity::Error, "{message}");
        assert!(message.contains(&format!("was retired on {day}")));
    }
}
