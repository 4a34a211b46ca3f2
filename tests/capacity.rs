//! Budgets: the worked examples of the rules' catalogue by their numbers, and what must hold of every design.

use aksnet::capacity::{self, Budget, Moment, Supply, Verdict, formulas};
use aksnet::engine::Analysis;
use aksnet::model::Network;
use aksnet::value::Interval;
use proptest::prelude::*;

use crate::support::run::analyse;

/// A cluster in one subnet, its pools as the bodies of their blocks.
struct Design<'d> {
    profile: &'d str,
    subnet: &'d str,
    pools: &'d [&'d str],
    more: &'d str,
}

const FLAT: &str = "network_plugin = \"azure\"";
const KUBENET: &str = "network_plugin = \"kubenet\"";
const OVERLAY: &str = "network_plugin = \"azure\"\nnetwork_plugin_mode = \"overlay\"";

impl Design<'_> {
    fn analyse(&self) -> Analysis {
        let mut text = format!(
            "resource \"azurerm_subnet\" \"nodes\" {{\n name = \"nodes\"\n address_prefixes = [\"{}\"]\n}}\n{}\n",
            self.subnet, self.more
        );
        for (number, body) in self.pools.iter().enumerate() {
            let inside =
                format!("name = \"p{number}\"\nvnet_subnet_id = azurerm_subnet.nodes.id\n{body}\n");
            let block = match number {
                0 => format!(
                    "resource \"azurerm_kubernetes_cluster\" \"main\" {{\n name = \"main\"\n default_node_pool {{\n{inside}}}\n \
                     network_profile {{\n{}\n}}\n}}\n",
                    self.profile
                ),
                _ => format!(
                    "resource \"azurerm_kubernetes_cluster_node_pool\" \"p{number}\" {{\n kubernetes_cluster_id = \
                     azurerm_kubernetes_cluster.main.id\n{inside}}}\n"
                ),
            };
            text.push_str(&block);
        }
        analyse(&[("main.tf", &text)])
    }
}

fn network(analysis: &Analysis) -> &Network {
    &analysis.designs[0].after
}

/// Returns the budget of the node subnet.
fn subnet(network: &Network) -> Budget {
    let mut budgets = capacity::of(network).into_iter();
    let found = budgets.find(|budget| matches!(budget.of, Supply::Subnet(_)));
    found.expect("the pools are in a subnet")
}

/// Returns the budget of the pod range.
fn pod_range(network: &Network) -> Budget {
    let mut budgets = capacity::of(network).into_iter();
    let found = budgets.find(|budget| matches!(budget.of, Supply::PodRange(_)));
    found.expect("the cluster has a pod range")
}

/// Returns what the nodes of some pools need of a /24, and whether it fits.
fn in_24(profile: &str, pools: &[&str], moment: Moment) -> (Option<i64>, Verdict) {
    let design = Design {
        profile,
        subnet: "10.1.0.0/24",
        pools,
        more: "",
    };
    let analysis = design.analyse();
    let budget = subnet(network(&analysis));
    (
        budget.needed(moment).interval.exact(),
        budget.verdict(moment),
    )
}

#[test]
fn examples_1_and_2_flat_with_surge() {
    let needed = |nodes| {
        let pool = format!("node_count = {nodes}\nupgrade_settings {{\n max_surge = \"1\"\n}}");
        let (needed, _) = in_24(FLAT, &[&pool], Moment::Upgrade);
        (needed, needed.and_then(formulas::smallest_subnet))
    };
    assert_eq!(needed(50), (Some(1581), Some(21)));
    assert_eq!(needed(60), (Some(1891), Some(21)));
}

#[test]
fn examples_6_to_9_flat_clusters_that_azure_refused() {
    let needed = |pools: &[&str]| in_24(FLAT, pools, Moment::Maximum);
    assert_eq!(needed(&["node_count = 10"]), (Some(310), Verdict::Exceeds));
    assert_eq!(
        needed(&["node_count = 5\nmax_pods = 100"]),
        (Some(505), Verdict::Exceeds)
    );
    assert_eq!(
        needed(&["node_count = 3\nmax_pods = 110"]),
        (Some(333), Verdict::Exceeds)
    );
    let mixed = [
        "node_count = 2\nmax_pods = 110",
        "node_count = 1\nmax_pods = 32",
    ];
    assert_eq!(needed(&mixed), (Some(255), Verdict::Exceeds));
}

#[test]
fn examples_3_and_4_fill_a_24() {
    assert_eq!(
        in_24(FLAT, &["node_count = 8"], Moment::Maximum),
        (Some(248), Verdict::Fits)
    );
    assert_eq!(
        in_24(KUBENET, &["node_count = 251"], Moment::Maximum).1,
        Verdict::Fits
    );
    assert_eq!(
        in_24(KUBENET, &["node_count = 252"], Moment::Maximum).1,
        Verdict::Exceeds
    );
    let analysis = Design {
        profile: FLAT,
        subnet: "10.1.0.0/24",
        pools: &["node_count = 10"],
        more: "",
    }
    .analyse();
    let budget = subnet(network(&analysis));
    let pool = budget.demands[0].pool().expect("the nodes of a pool");
    let most = |upgrade| budget.largest_count(pool, network(&analysis), upgrade);
    let exactly = |nodes| Some(Interval::exactly(nodes));
    assert_eq!((most(false), most(true)), (exactly(8), exactly(7)));
}

#[test]
fn examples_10_and_11_overlay_pod_ranges() {
    let verdict = |cidr: &str, nodes: i64| {
        let profile = format!("{OVERLAY}\npod_cidr = \"{cidr}\"");
        let pool = format!("auto_scaling_enabled = true\nmin_count = 1\nmax_count = {nodes}");
        let design = Design {
            profile: &profile,
            subnet: "10.1.0.0/16",
            pools: &[&pool],
            more: "",
        };
        let analysis = design.analyse();
        let budget = pod_range(network(&analysis));
        let needed = budget.needed(Moment::Maximum).interval.exact();
        (
            needed,
            budget.available.interval.exact(),
            budget.verdict(Moment::Maximum),
        )
    };
    assert_eq!(
        verdict("10.240.100.0/22", 5),
        (Some(1280), Some(1024), Verdict::Exceeds)
    );
    assert_eq!(verdict("10.244.0.0/16", 256).2, Verdict::Fits);
    assert_eq!(verdict("10.244.0.0/16", 257).2, Verdict::Exceeds);
}

#[test]
fn example_28_an_upgrade() {
    let pool = "node_count = 4\nmax_pods = 50\nupgrade_settings {\n max_surge = \"33%\"\n}";
    let (needed, _) = in_24(FLAT, &[pool], Moment::Upgrade);
    assert_eq!(needed, Some((4 + 2) * (1 + 50)));
}

#[test]
fn pools_that_never_exist_together_are_never_summed() {
    let on = "count = var.a ? 1 : 0\nnode_count = 3";
    let off = "count = var.a ? 0 : 1\nnode_count = 2";
    let bounds = |pools: &[&str]| {
        let design = Design {
            profile: OVERLAY,
            subnet: "10.1.0.0/24",
            pools,
            more: "variable \"a\" {\n type = bool\n}",
        };
        let analysis = design.analyse();
        let interval = subnet(network(&analysis)).needed(Moment::Maximum).interval;
        (interval.low, interval.high)
    };
    assert_eq!(bounds(&["node_count = 1", on, off]), (Some(1), Some(4)));
    assert_eq!(bounds(&["node_count = 1", on, on]), (Some(1), Some(7)));
}

#[test]
fn what_is_not_known_is_neither_none_nor_all() {
    let budget = |pools: &[&str]| {
        let design = Design {
            profile: FLAT,
            subnet: "10.1.0.0/24",
            pools,
            more: "variable \"n\" {}",
        };
        subnet(network(&design.analyse()))
    };
    let open = budget(&["node_count = 3", "node_count = var.n"]);
    assert_eq!(open.needed(Moment::Maximum).interval.low, Some(93));
    assert_eq!(open.verdict(Moment::Maximum), Verdict::Open);
    let sure = budget(&["node_count = 9", "node_count = var.n"]);
    let verdict = sure.verdict(Moment::Maximum);
    assert_eq!(verdict, Verdict::Exceeds, "whatever the second pool is");
}

const PROFILES: [&str; 4] = [FLAT, KUBENET, OVERLAY, "network_plugin = \"none\""];

/// Returns what is needed of the node subnet, and whether it fits.
fn judged(profile: &str, prefix: u8, count: &str, pods: u32, more: &str) -> (Budget, Verdict) {
    let subnet_range = format!("10.1.0.0/{prefix}");
    let pool = format!("node_count = {count}\nmax_pods = {pods}");
    let design = Design {
        profile,
        subnet: &subnet_range,
        pools: &[&pool],
        more,
    };
    let analysis = design.analyse();
    let budget = subnet(network(&analysis));
    let verdict = budget.verdict(Moment::Upgrade);
    (budget, verdict)
}

/// Returns how good a verdict is.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Exceeds => 0,
        Verdict::Open => 1,
        Verdict::Fits => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_node_never_frees_addresses(profile in 0usize..4, nodes in 1i64..900, pods in 10u32..250) {
        let needed = |nodes: i64| {
            let (budget, _) = judged(PROFILES[profile], 22, &nodes.to_string(), pods, "");
            budget.needed(Moment::Upgrade).interval.exact()
        };
        let (fewer, more) = (needed(nodes), needed(nodes + 1));
        prop_assert!(fewer.is_some() && fewer < more);
    }

    #[test]
    fn a_larger_subnet_is_never_worse(profile in 0usize..4, nodes in 1i64..900, pods in 10u32..250, prefix in 9u8..29) {
        let verdict = |prefix| judged(PROFILES[profile], prefix, &nodes.to_string(), pods, "").1;
        prop_assert!(rank(verdict(prefix - 1)) >= rank(verdict(prefix)));
    }

    #[test]
    fn what_becomes_known_stays_within_the_bounds(
        profile in 0usize..4,
        low in 1i64..400,
        width in 0i64..100,
        share in 0i64..=100,
        pods in 10u32..250,
        prefix in 16u8..28,
    ) {
        let high = low + width;
        let known = low + width * share / 100;
        let variable = format!(
            "variable \"n\" {{\n type = number\n nullable = false\n validation {{\n condition = var.n >= {low} && var.n <= {high}\n \
             error_message = \"No.\"\n }}\n}}"
        );
        let (open, unsure) = judged(PROFILES[profile], prefix, "var.n", pods, &variable);
        let (settled, sure) = judged(PROFILES[profile], prefix, &known.to_string(), pods, "");
        for moment in [Moment::Now, Moment::Maximum, Moment::Upgrade] {
            let bounds = open.needed(moment).interval;
            let exact = settled.needed(moment).interval.exact();
            prop_assert!(bounds.low <= exact && exact <= bounds.high, "{exact:?} in {bounds:?}");
        }
        let same = unsure == sure || unsure == Verdict::Open;
        prop_assert!(same, "{unsure:?} became {sure:?}");
    }
}
