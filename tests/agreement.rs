//! `capacity` and the rules say the same of random designs, and what must hold of every one of them.

use std::fmt::Write;

use aksnet::capacity::{Moment, Verdict, account};
use aksnet::engine::Analysis;
use aksnet::finding::Severity;
use aksnet::rules::{self, Category, Kind};
use aksnet::value::Interval;
use proptest::prelude::*;

use crate::support::run::analyse;

/// A number in the code: known, one of two by a variable, or a variable.
#[derive(Clone, Copy, Debug)]
enum Number {
    Known(u32),
    Either(u32, u32),
    Open,
}

impl Number {
    fn text(self) -> String {
        match self {
            Number::Known(number) => number.to_string(),
            Number::Either(one, other) => format!("var.busy ? {one} : {other}"),
            Number::Open => "var.open".to_owned(),
        }
    }

    /// Returns all that it may be, of what can be listed.
    fn settled(self, busy: bool) -> Number {
        match self {
            Number::Either(one, other) => Number::Known(if busy { one } else { other }),
            known => known,
        }
    }
}

#[derive(Clone, Debug)]
struct Pool {
    nodes: Number,
    scales: bool,
    pods: Number,
    surge: Option<&'static str>,
}

#[derive(Clone, Debug)]
struct Cluster {
    profile: usize,
    pod_prefix: u8,
    private: bool,
    pools: Vec<Pool>,
}

#[derive(Clone, Debug)]
struct Design {
    prefix: u8,
    pod_subnet_prefix: u8,
    clusters: Vec<Cluster>,
}

const OVERLAY: usize = 0;
const POD_SUBNET: usize = 3;
const OPEN: usize = 5;
const PROFILES: [&str; 6] = [
    "network_plugin = \"azure\"\nnetwork_plugin_mode = \"overlay\"",
    "network_plugin = \"kubenet\"",
    "network_plugin = \"azure\"",
    "network_plugin = \"azure\"",
    "network_plugin = \"none\"",
    "network_plugin = var.open",
];

fn number(most: u32, open: bool) -> impl Strategy<Value = Number> {
    let known = (1..=most).prop_map(Number::Known);
    let either = (1..=most, 1..=most).prop_map(|(a, b)| Number::Either(a, b));
    let open = u32::from(open);
    prop_oneof![6 => known, 2 => either, open => Just(Number::Open)]
}

fn pool(open: bool) -> impl Strategy<Value = Pool> {
    let surge = prop_oneof![Just(None), Just(Some("33%")), Just(Some("5"))];
    let pods = prop_oneof![3 => (10u32..=250).prop_map(Number::Known), 1 => (10u32..100, 100u32..=250).prop_map(|(a, b)| Number::Either(a, b))];
    let nodes = prop_oneof![2 => number(12, open), 2 => number(120, open), 1 => number(450, open)];
    (nodes, any::<bool>(), pods, surge).prop_map(|(nodes, scales, pods, surge)| Pool {
        nodes,
        scales,
        pods,
        surge,
    })
}

fn cluster(profiles: usize, open: bool) -> impl Strategy<Value = Cluster> {
    let pools = prop::collection::vec(pool(open), 1..=3);
    (0..profiles, 14u8..=24, any::<bool>(), pools).prop_map(
        |(profile, pod_prefix, private, pools)| Cluster {
            profile,
            pod_prefix,
            private,
            pools,
        },
    )
}

fn design(profiles: usize, open: bool) -> impl Strategy<Value = Design> {
    let clusters = prop_oneof![
        3 => prop::collection::vec(cluster(profiles, open), 1),
        1 => prop::collection::vec(cluster(profiles, open), 2),
    ];
    (16u8..=28, 16u8..=26, clusters).prop_map(|(prefix, pod_subnet_prefix, clusters)| Design {
        prefix,
        pod_subnet_prefix,
        clusters,
    })
}

impl Design {
    fn text(&self) -> String {
        let mut text = format!(
            "variable \"busy\" {{\n type = bool\n nullable = false\n}}\nvariable \"open\" {{}}\n\
             resource \"azurerm_subnet\" \"nodes\" {{\n name = \"nodes\"\n address_prefixes = [\"10.1.0.0/{}\"]\n}}\n\
             resource \"azurerm_subnet\" \"pods\" {{\n name = \"pods\"\n address_prefixes = [\"10.2.0.0/{}\"]\n}}\n",
            self.prefix, self.pod_subnet_prefix
        );
        for (number, cluster) in self.clusters.iter().enumerate() {
            cluster.write(number, &mut text);
        }
        text
    }

    fn analyse(&self) -> Analysis {
        analyse(&[("main.tf", &self.text())])
    }

    fn settled(&self, busy: bool) -> Design {
        let mut design = self.clone();
        for pool in design.clusters.iter_mut().flat_map(|c| &mut c.pools) {
            pool.nodes = pool.nodes.settled(busy);
            pool.pods = pool.pods.settled(busy);
        }
        design
    }
}

impl Cluster {
    fn write(&self, number: usize, text: &mut String) {
        let range = match self.profile {
            OVERLAY | 1 => format!(
                "\npod_cidr = \"192.{}.0.0/{}\"",
                100 + number * 20,
                self.pod_prefix
            ),
            _ => String::new(),
        };
        for (at, pool) in self.pools.iter().enumerate() {
            let mut body = format!("name = \"p{at}\"\nvnet_subnet_id = azurerm_subnet.nodes.id\n");
            if self.profile == POD_SUBNET {
                body.push_str("pod_subnet_id = azurerm_subnet.pods.id\n");
            }
            let nodes = pool.nodes.text();
            let sizes = if pool.scales {
                format!("auto_scaling_enabled = true\nmin_count = 1\nmax_count = {nodes}\n")
            } else {
                format!("node_count = {nodes}\n")
            };
            body.push_str(&sizes);
            let _ = writeln!(body, "max_pods = {}", pool.pods.text());
            if let Some(surge) = pool.surge {
                let _ = writeln!(body, "upgrade_settings {{\n max_surge = \"{surge}\"\n}}");
            }
            let _ = if at == 0 {
                write!(
                    text,
                    "resource \"azurerm_kubernetes_cluster\" \"c{number}\" {{\n name = \"c{number}\"\n private_cluster_enabled = {}\n \
                     default_node_pool {{\n{body}}}\n network_profile {{\n{}{range}\n}}\n}}\n",
                    self.private, PROFILES[self.profile]
                )
            } else {
                write!(
                    text,
                    "resource \"azurerm_kubernetes_cluster_node_pool\" \"c{number}p{at}\" {{\n kubernetes_cluster_id = \
                     azurerm_kubernetes_cluster.c{number}.id\n{body}}}\n"
                )
            };
        }
    }
}

/// Returns the rules of the category that say with an error that something is too small.
fn errors(analysis: &Analysis) -> Vec<String> {
    let lacks = |rule| {
        rules::by_id(rule)
            .is_some_and(|rule| (rule.category, rule.kind) == (Category::Capacity, Kind::Capacity))
    };
    analysis
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error && lacks(finding.rule))
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

fn verdicts(analysis: &Analysis) -> Vec<Verdict> {
    let accounts = account::of(&analysis.designs[0].after);
    accounts.iter().map(account::Account::verdict).collect()
}

fn within(inner: Interval, outer: Interval) -> bool {
    let low = outer
        .low
        .is_none_or(|low| inner.low.is_some_and(|own| low <= own));
    let high = outer
        .high
        .is_none_or(|high| inner.high.is_some_and(|own| own <= high));
    low && high
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn the_command_and_the_rules_agree(design in design(OPEN + 1, true)) {
        let analysis = design.analyse();
        let (errors, verdicts) = (errors(&analysis), verdicts(&analysis));
        let lacks = verdicts.contains(&Verdict::Exceeds);
        prop_assert_eq!(lacks, !errors.is_empty(), "{:?} {:?}\n{}", verdicts, errors, design.text());
    }

    #[test]
    fn what_becomes_known_stays_within_what_is_shown(design in design(OPEN, false)) {
        let open = design.analyse();
        let before = account::of(&open.designs[0].after);
        for busy in [false, true] {
            let known = design.settled(busy).analyse();
            let after = account::of(&known.designs[0].after);
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(before.verdict() == after.verdict() || before.verdict() == Verdict::Open);
                prop_assert_eq!(before.sheets.len(), after.sheets.len());
                for (open, known) in before.sheets.iter().zip(&after.sheets) {
                    for moment in [Moment::Now, Moment::Maximum, Moment::Upgrade] {
                        let (known, open) = (known.taken(moment).interval, open.taken(moment).interval);
                        prop_assert!(within(known, open), "{:?} in {:?}\n{}", known, open, design.text());
                    }
                    let (inner, outer) = (known.left(Moment::Upgrade), open.left(Moment::Upgrade));
                    prop_assert!(within(inner.interval, outer.interval));
                }
                for (open, known) in before.growths.iter().zip(&after.growths) {
                    for (open, known) in [(open.largest, known.largest), (open.largest_with_surge, known.largest_with_surge)] {
                        let fits = match (open, known) {
                            (Some(open), Some(known)) => within(known, open),
                            // None at all fits: the interval begins with none.
                            (Some(open), None) => open.low == Some(0),
                            (None, known) => known.is_none(),
                        };
                        prop_assert!(fits, "{:?} in {:?}\n{}", known, open, design.text());
                    }
                }
            }
        }
    }

    #[test]
    fn a_node_more_never_frees_and_a_larger_subnet_is_never_worse(design in design(OPEN, false)) {
        let design = design.settled(true);
        let analysis = design.analyse();
        let before = account::of(&analysis.designs[0].after);
        let mut more = design.clone();
        if let Number::Known(nodes) = &mut more.clusters[0].pools[0].nodes {
            *nodes += 1;
        }
        let more = more.analyse();
        let after = account::of(&more.designs[0].after);
        for (before, after) in before.iter().zip(&after) {
            for (fewer, more) in before.sheets.iter().zip(&after.sheets) {
                for moment in [Moment::Now, Moment::Maximum, Moment::Upgrade] {
                    let (more, fewer) = (more.taken(moment).interval, fewer.taken(moment).interval);
                    prop_assert!(more.low >= fewer.low && more.high >= fewer.high);
                }
            }
        }
        let mut larger = design.clone();
        larger.prefix -= 1;
        larger.pod_subnet_prefix -= 1;
        let larger = larger.analyse();
        let rank = |verdict: &Verdict| match verdict {
            Verdict::Exceeds => 0,
            Verdict::Open => 1,
            Verdict::Fits => 2,
        };
        for (before, after) in verdicts(&analysis).iter().zip(&verdicts(&larger)) {
            prop_assert!(rank(after) >= rank(before));
        }
        let grown = account::of(&larger.designs[0].after);
        for (before, after) in before.iter().zip(&grown) {
            for (small, large) in before.growths.iter().zip(&after.growths) {
                let most = |limit: Option<Interval>| limit.and_then(|limit| limit.high);
                prop_assert!(most(large.largest) >= most(small.largest));
                prop_assert!(most(large.largest_with_surge) >= most(small.largest_with_surge));
            }
        }
    }

    #[test]
    fn the_largest_number_of_nodes_is_the_largest(design in design(OPEN, false)) {
        let design = design.settled(false);
        let analysis = design.analyse();
        let growth = account::of(&analysis.designs[0].after)[0].growths[0].clone();
        // Other clusters on the subnet have a verdict of their own.
        prop_assume!(design.clusters.len() == 1);
        let fits = |nodes: i64| {
            let mut design = design.clone();
            let nodes = u32::try_from(nodes).expect("so many");
            design.clusters[0].pools[0].nodes = Number::Known(nodes);
            verdicts(&design.analyse())[0] != Verdict::Exceeds
        };
        match growth.largest.and_then(Interval::exact) {
            Some(most) if most > 0 => prop_assert!(fits(most) && !fits(most + 1), "{}\n{}", most, design.text()),
            _ => prop_assert!(!fits(1)),
        }
    }
}
