//! Plans and states: the same design says the same as code and as plan, what is sensitive stays hidden, what is not known stays
//! unknown, and no text does harm.

use std::fs;
use std::time::Instant;

use aksnet::engine::Analysis;
use aksnet::finding::{Finding, RuleId};
use aksnet::model::Network;

use crate::support::cli::aksnet;
use crate::support::package;
use crate::support::run::{analyse, place};

/// Returns a file of the design that is there as code and as plan.
fn file(name: &str) -> String {
    let path = package().join("fixtures/plan/new").join(name);
    fs::read_to_string(path).expect("a file of the fixture")
}

const CODE: [&str; 3] = ["main.tf", "net/main.tf", "pool/main.tf"];

/// Judges the code, the plan, or both.
fn design(code: bool, plan: Option<&str>) -> Analysis {
    let texts: Vec<(&str, String)> = CODE.iter().map(|name| (*name, file(name))).collect();
    let mut files: Vec<(&str, &str)> = Vec::new();
    if code {
        files.extend(texts.iter().map(|(name, text)| (*name, text.as_str())));
    }
    files.extend(plan.map(|plan| ("plan.json", plan)));
    analyse(&files)
}

/// Returns rule, subject and message of everything that was found or not decided.
fn said(analysis: &Analysis) -> Vec<(RuleId, String, String)> {
    let findings = analysis.findings.iter().flat_map(|finding| {
        let instances = finding.instances.iter();
        instances.map(|one| (finding.rule, one.subject.clone(), one.message.clone()))
    });
    let undecided = analysis.undecided.iter();
    let undecided = undecided.map(|one| (one.rule, one.address.clone(), one.because.clone()));
    let mut all: Vec<_> = findings.chain(undecided).collect();
    all.sort();
    all
}

/// Judges a plan of these resource changes.
fn changes(changes: &str, configuration: &str) -> Analysis {
    let plan = format!(
        "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"planned_values\":{{}},\
         \"resource_changes\":[{changes}],\"configuration\":{configuration}}}"
    );
    analyse(&[("plan.json", &plan)])
}

fn change(address: &str, rest: &str) -> String {
    let (kind, name) = address.split_once('.').expect("an address");
    let name = name.split('[').next().unwrap_or(name);
    format!(
        "{{\"address\":{address:?},\"mode\":\"managed\",\"type\":\"{kind}\",\"name\":\"{name}\",{rest}}}"
    )
}

fn network(analysis: &Analysis) -> &Network {
    &analysis.designs[0].after
}

#[test]
fn a_design_says_the_same_as_code_and_as_plan() {
    let code = said(&design(true, None));
    let plan = said(&design(false, Some(&file("plan.json"))));
    assert!(code.len() >= 2, "{code:?}");
    assert_eq!(code, plan);
}

#[test]
fn a_plan_alone_is_where_its_findings_are() {
    let analysis = design(false, Some(&file("plan.json")));
    let source = analysis.findings[0].primary.span.source;
    let shown = |rule| {
        let of_rule = |finding: &&Finding| finding.rule == RuleId(rule);
        let finding = analysis.findings.iter().find(of_rule).expect("the finding");
        analysis.sources.slice(finding.primary.span)
    };
    assert_eq!(analysis.sources.get(source).name, "plan.json");
    assert_eq!(shown(104), "\"10.2.0.10\"");
    assert_eq!(shown(121), "\"10.1.0.0/16\"");
}

#[test]
fn code_and_plan_are_one_finding_at_the_code() {
    let both = design(true, Some(&file("plan.json")));
    let code = design(true, None);
    assert_eq!(both.findings.len(), code.findings.len());
    for (both, alone) in both.findings.iter().zip(&code.findings) {
        assert_eq!(both.primary, alone.primary);
        assert_eq!(both.fingerprint, alone.fingerprint);
        assert_eq!(both.fix, alone.fix);
        let roots: Vec<&str> = both.instances.iter().map(|i| i.root.as_str()).collect();
        assert_eq!(roots, [".", "plan.json"]);
    }
    assert_eq!(both.stats.clusters, 1);
}

#[test]
fn what_only_the_plan_knows_is_told_at_the_code() {
    let main = file("main.tf").replace("\"10.2.0.10\"", "var.dns");
    let main = main + "\nvariable \"dns\" {\n  type = string\n}\n";
    let (net, pool, plan) = (file("net/main.tf"), file("pool/main.tf"), file("plan.json"));
    let files = [
        ("main.tf", main.as_str()),
        ("net/main.tf", &net),
        ("pool/main.tf", &pool),
        ("plan.json", &plan),
    ];
    let analysis = analyse(&files);
    let finding = analysis
        .findings
        .iter()
        .find(|f| f.rule == RuleId(104))
        .expect("AKS104");
    assert_eq!(place(&analysis, finding.primary.span).0, "main.tf");
    assert_eq!(analysis.sources.slice(finding.primary.span), "var.dns");
    let hop = &finding.trail[0];
    assert_eq!(
        (place(&analysis, hop.span).0.as_str(), hop.text.as_str()),
        ("plan.json", "in the plan")
    );
}

#[test]
fn the_version_of_the_provider_comes_from_the_plan() {
    let analysis = design(false, Some(&file("plan.json")));
    let provider = network(&analysis).clusters.items[0].written.provider;
    assert_eq!((provider.at_least, provider.at_most), (Some(4), Some(4)));
}

#[test]
fn sensitive_values_are_masked() {
    let plan = file("plan.json").replace(
        "\"network_profile\": [\n      {}\n     ]",
        "\"network_profile\": true",
    );
    let analysis = design(false, Some(&plan));
    assert_ne!(plan, file("plan.json"));
    let messages: Vec<&str> = analysis
        .findings
        .iter()
        .map(|f| f.message.as_str())
        .filter(|message| message.contains("service range"))
        .collect();
    assert!(!messages.is_empty());
    assert!(
        messages.iter().all(|m| m.contains("(sensitive)")),
        "{messages:?}"
    );
    let shown = aksnet::view::render_human(&analysis);
    assert!(
        !shown.contains("10.2.0.10") && shown.contains("**.*.*.**"),
        "{shown}"
    );
    let about_ranges = |finding: &&Finding| finding.message.contains("service range");
    for finding in analysis.findings.iter().filter(about_ranges) {
        assert!(finding.help.is_none() && finding.rows.is_empty() && finding.fix.is_none());
    }
}

#[test]
fn a_change_of_what_is_sensitive_is_masked() {
    let side = |ip: &str| {
        format!(
            "{{\"name\":\"a\",\"network_profile\":[{{\"service_cidr\":\"10.0.0.0/16\",\"dns_service_ip\":\"{ip}\"}}]}}"
        )
    };
    let mask = "{\"network_profile\":[{\"dns_service_ip\":true}]}";
    let rest = format!(
        "\"change\":{{\"actions\":[\"delete\",\"create\"],\"before\":{},\"after\":{},\"after_unknown\":{{}},\
         \"before_sensitive\":{mask},\"after_sensitive\":{mask},\"replace_paths\":[[\"network_profile\",0,\"dns_service_ip\"]]}}",
        side("10.0.0.11"),
        side("10.0.0.12")
    );
    let analysis = changes(&change("azurerm_kubernetes_cluster.a", &rest), "{}");
    let finding = analysis
        .findings
        .iter()
        .find(|f| f.rule == RuleId(803))
        .expect("AKS803");
    let text = aksnet::view::render_human(&analysis);
    assert!(
        finding.message.contains("from (sensitive) to (sensitive)"),
        "{}",
        finding.message
    );
    assert!(
        !finding.primary.text.contains("10.0"),
        "{}",
        finding.primary.text
    );
    assert!(!text.contains("10.0.0.1"), "{text}");
}

/// Returns the plan of a pool whose subnet comes from these references, and of two subnets.
fn pool(references: &str) -> Analysis {
    let subnet = |key: u8| {
        let rest = format!(
            "\"index\":{key},\"change\":{{\"actions\":[\"create\"],\"before\":null,\"after\":{{\"name\":\"s{key}\"}},\"after_unknown\":{{\"id\":true}}}}"
        );
        change(&format!("azurerm_subnet.s[{key}]"), &rest)
    };
    let rest = "\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{\"name\":\"p\"},\"after_unknown\":{\"vnet_subnet_id\":true,\"max_pods\":true}}";
    let pool = change("azurerm_kubernetes_cluster_node_pool.p", rest);
    let code = format!(
        "{{\"root_module\":{{\"resources\":[{{\"address\":\"azurerm_kubernetes_cluster_node_pool.p\",\
         \"expressions\":{{\"vnet_subnet_id\":{{\"references\":[{references}]}}}}}}]}}}}"
    );
    changes(&[subnet(0), subnet(1), pool].join(","), &code)
}

#[test]
fn an_id_that_is_not_known_leads_to_its_resource() {
    let subnet = |references| {
        network(&pool(references)).pools.items[0]
            .vnet_subnet
            .clone()
    };
    let exact = "\"azurerm_subnet.s[1].id\",\"azurerm_subnet.s[1]\",\"azurerm_subnet.s\"";
    assert_eq!(subnet(exact).get().map(|id| id.index()), Some(1));
    let given = format!("\"var.on\",{exact}");
    assert_eq!(subnet(&given).get().map(|id| id.index()), Some(1));
    for open in ["\"azurerm_subnet.s\"", "\"azurerm_subnet.s\",\"each.key\""] {
        let value = subnet(open);
        let aksnet::value::State::Unknown(unknown) = value.state else {
            panic!("{open}")
        };
        assert_eq!(unknown.one_of.map(|all| all.len()), Some(2), "{open}");
    }
    for other in [
        "\"local.id\"",
        "\"each.value\"",
        "\"azurerm_subnet.s[1].name\"",
        "\"azurerm_subnet.s[7].id\"",
        "\"\"",
        "\"[\"",
    ] {
        assert!(subnet(other).is_unknown(), "{other}");
    }
}

#[test]
fn what_the_code_does_not_write_is_filled_in_as_for_code() {
    let values = |analysis: &Analysis| {
        let network = network(analysis);
        let (cluster, pool) = (&network.clusters.items[0], &network.pools.items[0]);
        let pods = cluster.pod_cidrs.is_absent();
        let kind = network
            .provenance
            .source_kind(cluster.network_data_plane.prov);
        (pool.max_pods.get().copied(), pods, kind)
    };
    let plan = values(&design(false, Some(&file("plan.json"))));
    assert_eq!(plan.0, Some(30));
    assert_eq!(plan, values(&design(true, None)));
}

#[test]
fn what_is_deleted_is_only_there_before() {
    let gone = "\"change\":{\"actions\":[\"delete\"],\"before\":{\"name\":\"a\"},\"after\":null}";
    let stays = "\"change\":{\"actions\":[\"no-op\"],\"before\":{\"name\":\"b\"},\"after\":{\"name\":\"b\"}}";
    let new = "\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{\"name\":\"c\"}}";
    let left = format!("\"deposed\":\"0f1e2d3c\",{gone}");
    let all = [
        change("azurerm_subnet.a", gone),
        change("azurerm_subnet.b", stays),
        change("azurerm_subnet.c", new),
        change("azurerm_subnet.c", &left),
    ];
    let analysis = changes(&all.join(","), "{}");
    let design = &analysis.designs[0];
    let names = |network: &Network| -> Vec<String> {
        network
            .subnets
            .iter()
            .map(|s| s.name.get().expect("a name").to_string())
            .collect()
    };
    assert_eq!(names(&design.after), ["b", "c"]);
    assert_eq!(
        names(design.before.as_ref().expect("a plan has it")),
        ["a", "b"]
    );
}

#[test]
fn a_state_is_understood_likewise() {
    let state = "{\"format_version\":\"1.0\",\"terraform_version\":\"1.11.4\",\"values\":{\"root_module\":{\"child_modules\":[{\
        \"address\":\"module.m[\\\"x.y\\\"]\",\"resources\":[{\"address\":\"module.m[\\\"x.y\\\"].azurerm_kubernetes_cluster.a\",\
        \"mode\":\"managed\",\"type\":\"azurerm_kubernetes_cluster\",\"name\":\"a\",\"values\":{\"name\":\"a\",\"network_profile\":[{\
        \"network_policy\":\"\",\"service_cidr\":\"10.0.0.0/16\",\"dns_service_ip\":\"10.9.0.10\"}]},\"sensitive_values\":{}}]}]}}}";
    let analysis = analyse(&[("state.json", state)]);
    let found: Vec<RuleId> = analysis.findings.iter().map(|f| f.rule).collect();
    assert!(found.contains(&RuleId(104)), "{found:?}");
    let network = network(&analysis);
    assert_eq!(network.clusters.len(), 1);
    assert!(
        network.clusters.items[0].network_policy.is_absent(),
        "the provider writes nothing as \"\""
    );
    let instance = network.entity(network.clusters.items[0].id).instance;
    assert_eq!(network.instances.prefix(instance), "module.m[\"x.y\"].");
    assert!(analysis.designs[0].before.is_none());
}

#[test]
fn a_plan_that_leaves_something_out_proves_no_absence() {
    let plan = file("plan.json").replace("\"complete\": true", "\"complete\": false");
    let analysis = design(false, Some(&plan));
    assert!(network(&analysis).subnets.incomplete.is_some());
}

#[test]
fn other_json_is_left_in_peace() {
    for text in [
        "{\"name\": \"azurerm_kubernetes_cluster\"}",
        "{\"format_version\": \"1.0\", \"terraform_version\": \"1\", \"provider_schemas\": {}}",
        "[\"format_version\", \"terraform_version\"]",
        "\"format_version\" \"terraform_version\"",
        "{\"format_version\": 5, terraform_version",
        "{\"format_version\": 1, \"terraform_version\": 2, \"values\": {}}",
    ] {
        let analysis = analyse(&[("data.json", text)]);
        assert!(
            analysis.findings.is_empty() && analysis.designs.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn a_truncated_plan_is_told_with_its_place() {
    let plan = file("plan.json");
    let cut = &plan[..plan.len() / 2];
    let analysis = analyse(&[("plan.json", cut)]);
    let finding = &analysis.findings[0];
    assert_eq!(finding.rule, RuleId::SYNTAX_ERROR);
    assert!(
        finding
            .message
            .starts_with("this plan or state does not parse")
    );
    let lines = u32::try_from(cut.lines().count()).expect("few lines");
    assert_eq!(place(&analysis, finding.primary.span).1, lines);
}

#[test]
fn no_text_does_harm() {
    let plan = file("plan.json");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for value in [
        "null",
        "true",
        "5",
        "-1e999999999",
        "\"x\"",
        "[]",
        "{}",
        "[[null]]",
        &deep,
    ] {
        for name in [
            "after",
            "after_unknown",
            "after_sensitive",
            "actions",
            "expressions",
            "root_module",
            "references",
            "index",
            "network_profile",
            "address",
            "module_calls",
            "child_modules",
            "version_constraint",
            "planned_values",
            "pod_cidr",
        ] {
            let from = format!("\"{name}\": ");
            let broken = plan.replace(&from, &format!("\"{name}\": {value}, \"was_{name}\": "));
            analyse(&[("plan.json", &broken)]);
        }
    }
    for cut in (0..plan.len()).step_by(997) {
        analyse(&[("plan.json", plan.get(..cut).unwrap_or_default())]);
    }
}

#[test]
fn what_nests_too_deeply_is_not_known() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for layer in ["after", "after_unknown", "after_sensitive"] {
        let layers = ["after", "after_unknown", "after_sensitive"].map(|name| {
            let value = if name == layer { &deep } else { "null" };
            format!("\"{name}\":{{\"name\":\"s\",\"x\":{value}}}")
        });
        let rest = format!(
            "\"change\":{{\"actions\":[\"create\"],{}}}",
            layers.join(",")
        );
        let analysis = changes(&change("azurerm_subnet.a", &rest), "{}");
        assert!(
            network(&analysis).subnets.items[0].name.is_unknown(),
            "{layer}"
        );
    }
}

#[test]
fn many_resources_take_little_time() {
    let subnet = |n: usize| {
        let rest = format!(
            "\"index\":{n},\"change\":{{\"actions\":[\"create\"],\"before\":null,\"after\":{{\"name\":\"s{n}\"}},\"after_unknown\":{{\"id\":true}}}}"
        );
        change(&format!("azurerm_subnet.s[{n}]"), &rest)
    };
    let all: Vec<String> = (0..100_000).map(subnet).collect();
    let start = Instant::now();
    let analysis = changes(&all.join(","), "{}");
    assert!(network(&analysis).subnets.len() <= 20_000);
    assert!(network(&analysis).subnets.incomplete.is_some());
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn by_name_and_by_folder_a_plan_says_the_same() {
    let folder = package().join("fixtures/plan/new");
    let run = |path: &str| {
        let run = aksnet(&folder, &["check", path, "--format", "concise"]);
        (run.code, run.out)
    };
    let (code, by_name) = run("plan.json");
    assert_eq!((code, by_name.clone()), run("."));
    assert_eq!(code, 1);
    assert!(by_name.starts_with("main.tf:"), "{by_name}");
}

#[test]
fn a_folder_of_other_json_holds_nothing_known() {
    let run = aksnet(&package().join("docs"), &["check", "check.schema.json"]);
    assert_eq!(run.code, 2, "{}", run.err);
}
