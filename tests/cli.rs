//! What scripts, hooks and CI steps rely on: exit codes, where what is printed goes, and that nothing depends on order.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::reports::FORMATS;
use crate::support::cli::{Project, Run, aksnet_with};

/// A cluster without a fault; `NETWORK` is where more of its network profile can stand.
const CLUSTER: &str = r#"resource "azurerm_kubernetes_cluster" "main" {
  name                = "aks"
  location            = "westeurope"
  resource_group_name = "rg"
  dns_prefix          = "aks"

  default_node_pool {
    name       = "system"
    vm_size    = "Standard_D4s_v5"
    node_count = 2
  }

  identity {
    type = "SystemAssigned"
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "calico"
    # NETWORK
  }

  api_server_access_profile {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }
}
"#;

/// A fault: the DNS service IP is not in the service range.
const DNS: &str = r#"service_cidr   = "10.0.0.0/16"
    dns_service_ip = "10.1.0.10""#;

/// A file that Terraform refuses.
const BROKEN: &str = "locals {\n  a = [1, 2\n}\n";

/// Returns a cluster with these lines in its network profile.
fn cluster(network: &str) -> String {
    CLUSTER.replace("# NETWORK", network)
}

/// Returns a project with this cluster in `main.tf`.
fn project(network: &str) -> Project {
    Project::new(&[("main.tf", &cluster(network))])
}

/// Returns the codes of the findings of a concise report, in order.
fn codes(run: &Run) -> Vec<&str> {
    let code = |line: &str| {
        let start = line.find("[AKS").expect("a line has a code") + 1;
        start..start + 6
    };
    run.out.lines().map(|line| &line[code(line)]).collect()
}

/// Returns a report as JSON.
fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).expect("it is JSON")
}

#[track_caller]
fn expect(run: &Run, code: i32, err: &str) {
    assert_eq!((run.code, run.err.as_str()), (code, err), "{}", run.out);
}

#[test]
fn nothing_wrong_is_0() {
    let run = project("").run(&["check"]);
    expect(&run, 0, "no findings; 1 file, 1 cluster\n");
    assert_eq!(run.out, "");
}

#[test]
fn a_quiet_clean_run_says_nothing() {
    let project = project("");
    for format in ["concise", "human"] {
        let run = project.run(&["check", "-q", "--format", format]);
        expect(&run, 0, "");
        assert_eq!(run.out, "");
    }
}

#[test]
fn findings_are_1() {
    let run = project(DNS).run(&["check"]);
    expect(&run, 1, "1 error; 1 file, 1 cluster\n");
    assert_eq!(
        run.out,
        "main.tf:22:22: error[AKS104] DNS service IP 10.1.0.10 is outside the service range 10.0.0.0/16\n"
    );
}

#[test]
fn fail_on_draws_the_line() {
    let (error, warning) = (project(DNS), Project::example());
    let code = |project: &Project, flags: &[&str]| {
        let day = ["check", "--as-of", "2026-11-22"];
        project.run(&[&day, flags].concat()).code
    };
    assert_eq!(code(&error, &["--fail-on", "never"]), 0);
    assert_eq!(code(&error, &["--exit-zero"]), 0);
    assert_eq!(code(&error, &["--fail-on", "error"]), 1);
    assert_eq!(code(&error, &["--fail-on", "advice"]), 1);
    let kubenet = ["--select", "kubenet-retired"];
    assert_eq!(code(&warning, &kubenet), 0);
    assert_eq!(
        code(
            &warning,
            &[&kubenet[..], &["--fail-on", "warning"]].concat()
        ),
        1
    );
}

#[test]
fn a_path_that_is_not_there_is_2() {
    let run = project("").run(&["check", ".", "nowhere"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: cannot open nowhere: "));
    assert_eq!(run.err.lines().count(), 1);
}

#[test]
fn a_folder_without_a_known_file_is_2() {
    let project = Project::new(&[("notes.txt", "")]);
    for command in ["check", "show"] {
        let run = project.run(&[command]);
        expect(
            &run,
            2,
            "error: nothing under the paths given is Terraform, a plan, Bicep, an ARM template or an export\n",
        );
        assert_eq!(run.out, "");
    }
}

#[test]
fn a_folder_without_aks_is_0_and_one_line() {
    let project = Project::new(&[("main.tf", "resource \"aws_instance\" \"web\" {}\n")]);
    for command in ["check", "show"] {
        let run = project.run(&[command]);
        expect(&run, 0, "nothing here is about AKS or its networks\n");
        assert_eq!(run.out, "");
        expect(&project.run(&[command, "-q"]), 0, "");
    }
}

#[test]
fn a_broken_file_beside_a_cluster_is_2_and_the_rest_is_checked() {
    let project = project(DNS);
    project.write("other.tf", BROKEN);
    let run = project.run(&["check"]);
    expect(
        &run,
        2,
        "2 errors; 2 undecided (--undecided lists them); 2 files, 1 cluster\n",
    );
    assert_eq!(codes(&run), ["AKS104", "AKS001"]);
    assert!(run.out.contains("\nother.tf:2:7: error[AKS001] `[` is"));
    assert_eq!(project.run(&["check", "--exit-zero"]).code, 2);
    assert_eq!(project.run(&["show"]).code, 2);
}

#[test]
fn a_broken_file_is_2_even_if_its_finding_is_hidden() {
    let project = project(DNS);
    project.write("other.tf", BROKEN);
    let hidden = "error: an input cannot be read or parsed; the finding that says which is hidden";
    let open = "2 undecided (--undecided lists them); ";
    for (flag, rule, open) in [("--ignore", "AKS001", open), ("--select", "AKS104", "")] {
        let run = project.run(&["check", flag, rule]);
        let counts = format!("1 error; {open}2 files, 1 cluster");
        expect(&run, 2, &format!("{counts}\n{hidden}\n"));
        assert_eq!(codes(&run), ["AKS104"]);
    }
    project.write("aksnet.toml", "[severity]\nAKS001 = 'advice'\n");
    let run = project.run(&["check", "--min-severity", "error"]);
    assert_eq!((run.code, codes(&run)), (2, vec!["AKS104"]));
}

#[test]
fn a_broken_file_that_is_allowed_does_not_make_it_2() {
    let project = project("");
    project.write("other.tf", BROKEN);
    let allow = "[[allow]]\nrule = 'AKS001'\nreason = 'a template'\npath = 'other.tf'\n";
    project.write("aksnet.toml", allow);
    let run = project.run(&["check"]);
    expect(
        &run,
        0,
        "no findings; 1 suppressed; 2 undecided (--undecided lists them); 2 files, 1 cluster\n",
    );
}

#[test]
fn a_broken_file_without_aks_counts_only_by_name() {
    let project = Project::new(&[
        ("aks/main.tf", &cluster("")),
        ("aws/main.tf", BROKEN),
        ("aws/more.tf", "resource \"aws_instance\" \"web\" {}\n"),
    ]);
    assert_eq!(project.run(&["check"]).code, 0);
    assert_eq!(project.run(&["check", "aws"]).code, 0);
    let run = project.run(&["check", "aws/main.tf"]);
    assert_eq!((run.code, codes(&run)), (2, vec!["AKS001"]));
}

#[test]
fn a_wrong_flag_is_2() {
    let project = project("");
    for flags in [
        &["check", "--selct", "AKS104"][..],
        &["check", "--fail-on", "sometimes"],
        &["check", "--var", "name"],
        &["check", "--as-of", "tomorrow"],
        &["check", "--exit-zero", "--fail-on", "error"],
        &["check", "--format", "human", "--format", "json"],
        &["check", "--var-file", "nowhere.tfvars"],
        &["check", "--config", "nowhere.toml"],
        &["check", "--output", "nowhere/report.txt"],
        &["lint"],
        &[],
    ] {
        let run = project.run(flags);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{flags:?}");
        assert!(!run.err.is_empty(), "{flags:?}");
    }
}

#[test]
fn a_misspelt_rule_is_2_with_the_name_that_was_meant() {
    let (project, wrong) = (project(""), "dns-service-ip-outside-service-cdr");
    let right = "dns-service-ip-outside-service-cidr";
    for flag in ["--select", "--ignore"] {
        let said = format!("error: {flag}: no rule is called {wrong:?}; did you mean {right:?}?\n");
        expect(&project.run(&["check", flag, wrong]), 2, &said);
    }
    let said = format!("error: there is no rule or page `{wrong}`; did you mean `{right}`?\n");
    expect(&project.run(&["explain", wrong]), 2, &said);
    let said = "error: there is no rule or page `weather`; `aksnet rules` lists them\n";
    expect(&project.run(&["explain", "weather"]), 2, said);
}

#[test]
fn a_wrong_configuration_is_2_with_its_place() {
    let project = project("");
    project.write("aksnet.toml", "\nignor = ['AKS104']\n");
    let said = "error: aksnet.toml:2:1: unknown key \"ignor\"; did you mean \"ignore\"?\n";
    expect(&project.run(&["check"]), 2, said);
    expect(&project.run(&["show"]), 2, said);
    assert_eq!(project.run(&["check", "--isolated"]).code, 0);
}

#[test]
fn ranges_of_the_site_are_compared_with_clusters_in_a_subnet() {
    let ranges = "[[ranges]]\nname = 'headquarters'\ncidr = '10.0.128.0/17'\nkind = 'on-premises'\n\
                  [[ranges]]\nname = 'hub'\ncidr = '10.244.0.0/20'\nkind = 'peered'\n";
    let attached = cluster("").replace(
        "node_count = 2",
        "node_count = 2\n    vnet_subnet_id = azurerm_subnet.nodes.id",
    );
    let network = r#"
resource "azurerm_virtual_network" "main" {
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  address_space       = ["10.1.0.0/16"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = "shop"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.1.0.0/24"]
}
"#;
    let project = Project::new(&[("main.tf", &attached), ("network.tf", network)]);
    let check = ["check", "--format", "concise"];
    assert_eq!(project.run(&check).out, "");
    project.write("aksnet.toml", ranges);
    let said = project.run(&check);
    let messages: Vec<&str> = said
        .out
        .lines()
        .filter_map(|line| line.split_once(": ").map(|(_, message)| message))
        .collect();
    assert_eq!(
        messages,
        [
            "warning[AKS123] Azure's default service range 10.0.0.0/16 overlaps the on-premises network headquarters, \
             10.0.128.0/17",
            "warning[AKS126] Azure's default pod range 10.244.0.0/16 overlaps the peered network hub, 10.244.0.0/20",
        ]
    );
    project.write("main.tf", &cluster(""));
    assert_eq!(project.run(&check).out, "", "no network of the user");
    project.write(
        "aksnet.toml",
        "[[ranges]]\nname = 'a'\ncidr = '10.0.0.0'\nkind = 'peered'\n",
    );
    let said = "error: aksnet.toml:3:8: \"10.0.0.0\" is malformed: the prefix length is missing\n";
    expect(&project.run(&["check"]), 2, said);
}

#[test]
fn a_file_by_name_says_what_its_folder_says_about_it() {
    let project = Project::example();
    let whole = project.run(&["check", "--format", "json"]);
    let whole = json(&whole);
    for file in [
        "main.tf",
        "network.tf",
        "variables.tf",
        "modules/aks/main.tf",
    ] {
        let touches = |finding: &Value| {
            let labels = finding["labels"].as_array().expect("labels");
            let mut places = labels.iter().chain([finding]);
            let subject = finding["subject"].as_str().expect("a subject");
            // A call is where a finding inside a module comes from.
            let called = file == "main.tf" && subject.starts_with("module.shop.");
            called || places.any(|place| place["location"]["file"] == file)
        };
        let wanted = whole["findings"].as_array().expect("findings");
        let wanted: Vec<&Value> = wanted.iter().filter(|finding| touches(finding)).collect();
        let found = json(&project.run(&["check", "--format", "json", file]));
        let found: Vec<&Value> = found["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .collect();
        assert_eq!(found, wanted, "{file}");
        assert!(!found.is_empty(), "{file}");
    }
}

#[test]
fn neither_order_nor_batches_matter() {
    let project = Project::example();
    let fingerprints = |paths: &[&str]| -> BTreeSet<String> {
        let report = json(&project.run(&[&["check", "--format", "json"], paths].concat()));
        let findings = report["findings"].as_array().expect("findings").iter();
        findings
            .map(|finding| finding["fingerprint"].to_string())
            .collect()
    };
    let files = [
        "main.tf",
        "modules/aks/main.tf",
        "network.tf",
        "variables.tf",
    ];
    let together = project.run(&[&["check"][..], &files].concat());
    let mut backwards = files;
    backwards.reverse();
    assert_eq!(
        project.run(&[&["check"][..], &backwards].concat()),
        together
    );
    let batches = fingerprints(&files[..2])
        .into_iter()
        .chain(fingerprints(&files[2..]));
    assert_eq!(batches.collect::<BTreeSet<_>>(), fingerprints(&["."]));
}

#[test]
fn runs_are_alike_to_the_byte() {
    let project = Project::example();
    for args in [
        &["check", "--format", "human", "--undecided", "--statistics"][..],
        &["check", "--format", "json"],
        &["show"],
        &["show", "--format", "json"],
    ] {
        let first = project.run(args);
        for _ in 0..4 {
            assert_eq!(project.run(args), first, "{args:?}");
        }
    }
}

#[test]
fn variables_are_taken_from_flags_and_files() {
    let project = project("service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = var.dns");
    project.write("variables.tf", "variable \"dns\" {\n  type = string\n}\n");
    project.write("right.tfvars", "dns = \"10.0.0.10\"\n");
    project.write("wrong.tfvars", "dns = \"10.1.0.10\"\n");
    let code = |flags: &[&str]| project.run(&[&["check"], flags].concat()).code;
    assert_eq!(code(&["--var", "dns=10.1.0.10"]), 1);
    assert_eq!(code(&["--var", "dns=10.0.0.10"]), 0);
    assert_eq!(code(&["--var-file", "wrong.tfvars"]), 1);
    assert_eq!(code(&["--var-file", "right.tfvars"]), 0);
    assert_eq!(
        code(&["--var-file", "right.tfvars", "--var", "dns=10.1.0.10"]),
        1
    );
}

#[test]
fn what_cannot_be_decided_is_counted_and_listed() {
    let project = project("service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = var.dns");
    project.write("variables.tf", "variable \"dns\" {\n  type = string\n}\n");
    let run = project.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(
        run.err
            .contains(" undecided (--undecided lists them); 2 files")
    );
    let run = project.run(&["check", "--undecided", "--format", "human"]);
    let said = |line: &str| line.starts_with("`var.dns` keeps ") && line.contains(" undecided");
    assert!(run.out.lines().any(said), "{}", run.out);
}

#[test]
fn suppressions_are_counted() {
    let comment = format!("{DNS} # aksnet: allow AKS104 -- moves in May");
    let said = "no findings; 1 suppressed; 1 file, 1 cluster\n";
    expect(&project(&comment).run(&["check"]), 0, said);

    let configured = project(DNS);
    let allow = "[[allow]]\nrule = 'AKS104'\nreason = 'moves in May'\n";
    configured.write("aksnet.toml", allow);
    let run = configured.run(&["check", "--format", "json"]);
    let report = json(&run);
    assert_eq!(
        (run.code, &report["summary"]["suppressed"]),
        (0, &Value::from(1))
    );
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    assert_eq!(configured.run(&["check", "--isolated"]).code, 1);
}

#[test]
fn a_sensitive_value_is_never_printed() {
    let project = project("service_cidr   = var.service\n    dns_service_ip = var.dns");
    let variable =
        |name| format!("variable \"{name}\" {{\n  type      = string\n  sensitive = true\n");
    let service = variable("service") + "  default   = \"10.77.0.0/16\"\n}\n";
    project.write("variables.tf", &(service + &variable("dns") + "}\n"));
    project.write("terraform.tfvars", "dns = \"10.88.0.10\"\n");
    let checks = FORMATS.map(|format| vec!["check", "--undecided", "--format", format]);
    let others = [
        vec!["check", "--format", "human", "--var", "dns=10.88.0.11"],
        vec!["show", "-v"],
        vec!["show", "--format", "json"],
    ];
    for args in checks.iter().chain(&others) {
        let run = project.run(args);
        assert!(run.out.contains("(sensitive)"), "{args:?}: {}", run.out);
        for secret in ["10.77.", "10.88."] {
            assert!(!run.out.contains(secret), "{args:?}: {}", run.out);
            assert!(!run.err.contains(secret), "{args:?}: {}", run.err);
        }
    }
}

#[test]
fn explain_takes_ids_and_names() {
    let project = Project::new(&[]);
    let by_id = project.run(&["explain", "aks104"]);
    expect(&by_id, 0, "");
    assert!(
        by_id
            .out
            .starts_with("AKS104: dns-service-ip-outside-service-cidr\n")
    );
    let by_name = project.run(&["explain", "dns-service-ip-outside-service-cidr"]);
    assert_eq!(by_name, by_id);
    let page = project.run(&["explain", "AKS104", "--format", "markdown"]);
    assert!(page.out.starts_with("# AKS104: "));
    let page = json(&project.run(&["explain", "AKS104", "--format", "json"]));
    assert_eq!(page["code"], "AKS104");
}

#[test]
fn a_site_narrows_a_rule_by_its_options() {
    let project = project("");
    let run = || {
        let run = project.run(&["check", "--format", "concise"]);
        codes(&run).join(" ")
    };
    assert_eq!(run(), "");
    project.write(
        "aksnet.toml",
        "[rules.AKS318]\nallowed-policies = ['cilium']\n",
    );
    assert_eq!(run(), "AKS318");
    let both = "[rules.AKS318]\nallowed-policies = ['cilium', 'calico']\n[rules.AKS601]\nallowed-ranges = ['203.0.113.0/24']\n";
    project.write("aksnet.toml", both);
    assert_eq!(run(), "AKS601");
    project.write(
        "aksnet.toml",
        &both
            .replace("203.0.113.0", "198.51.0.0")
            .replace("/24", "/16"),
    );
    assert_eq!(run(), "");
    project.write("aksnet.toml", "[rules.AKS318]\nallowed-policy = []\n");
    let refused = project.run(&["check"]);
    assert_eq!(refused.code, 2);
    let said = "AKS318 has no option \"allowed-policy\"; did you mean \"allowed-policies\"?";
    assert!(refused.err.contains(said), "{}", refused.err);
}

#[test]
fn show_says_what_the_model_means() {
    let overlay = "network_plugin_mode = \"overlay\"";
    let azure = "network_plugin      = \"azure\"";
    let said = |cluster: String| {
        let run = Project::new(&[("main.tf", &cluster)]).run(&["show"]);
        let line = run.out.lines().find(|line| line.contains(" model "));
        let line = line.expect("a cluster has a model");
        line.split_once(": ").expect("it says more").1.to_owned()
    };
    let range = "a node takes 1 address of its subnet and a /24 of the pod range, enough for";
    assert_eq!(said(cluster("")), format!("{range} 256 nodes"));
    let small = cluster("pod_cidr = \"10.9.0.0/24\"");
    assert_eq!(said(small), format!("{range} 1 node"));
    let kubenet = cluster("").replace(overlay, "");
    let kubenet = kubenet.replace(azure, "network_plugin = \"kubenet\"");
    let retires = format!("{range} 256 nodes; retires on 2028-03-31");
    assert_eq!(said(kubenet), retires);
    let flat = "a node takes 31 addresses of its subnet, itself and 30 pods";
    assert_eq!(said(cluster("").replace(overlay, "")), flat);
    let own = cluster("").replace(overlay, "");
    let own = own.replace(azure, "network_plugin = \"none\"");
    let yours = "a node takes 1 address of its subnet; what pods take is your CNI's";
    assert_eq!(said(own), yours);
}

#[test]
fn explain_has_guides_beside_the_rules() {
    let project = Project::new(&[]);
    let guide = project.run(&["explain", "models"]);
    expect(&guide, 0, "");
    assert!(
        guide
            .out
            .starts_with("models: how pods get their addresses\n")
    );
    for model in ["kubenet", "azure-cni-pod-subnet-static", "byo-cni"] {
        assert!(guide.out.contains(&format!("\n{model}\n")), "{model}");
    }
    let page = project.run(&["explain", "models", "--format", "markdown"]);
    assert!(page.out.starts_with("# models: "));
    let told = json(&project.run(&["explain", "Models", "--format", "json"]));
    assert_eq!(told["name"], "models");
    assert_eq!(told["page"], page.out);
    let said = "error: there is no rule or page `model`; did you mean `models`?\n";
    expect(&project.run(&["explain", "model"]), 2, said);
}

#[test]
fn rules_are_listed_for_programs() {
    let rules = json(&Project::new(&[]).run(&["rules", "--format", "json"]));
    let rules = rules.as_array().expect("a list");
    assert_eq!(rules.len(), aksnet::rules::all().len());
    for rule in rules {
        for key in [
            "code", "name", "category", "kind", "severity", "summary", "url",
        ] {
            assert!(rule[key].is_string(), "{key} of {rule}");
        }
    }
}

#[test]
fn show_tells_each_value_and_where_it_came_from() {
    let run = Project::example().run(&["show", "--format", "json"]);
    let shown = json(&run);
    expect(&run, 0, "");
    let clusters = shown["clusters"].as_array().expect("clusters");
    let addresses: Vec<&Value> = clusters.iter().map(|cluster| &cluster["address"]).collect();
    assert_eq!(
        addresses,
        [
            "azurerm_kubernetes_cluster.legacy",
            "module.shop.azurerm_kubernetes_cluster.this"
        ]
    );
    let pods = &clusters[1]["values"]["pod_cidrs"];
    assert_eq!(pods["state"], "set");
    assert_eq!(pods["value"], Value::from(vec!["10.1.0.0/16"]));
    assert_eq!(pods["location"]["file"], "modules/aks/main.tf");
    let trail = pods["trail"].as_array().expect("a trail");
    let last = trail.last().expect("a step");
    assert_eq!(last["location"]["file"], "variables.tf");
    let defaulted = &clusters[0]["values"]["pod_cidrs"];
    assert_eq!(defaulted["state"], "default");
}

#[test]
fn colour_and_format_follow_the_surroundings() {
    let project = project(DNS);
    let escape = '\u{1b}';
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        aksnet_with(project.as_ref(), &[&["check"], args].concat(), variables).out
    };
    assert!(!run(&[], &[]).contains(escape));
    assert!(run(&[], &[("CLICOLOR_FORCE", "1")]).contains(escape));
    assert!(!run(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains(escape));
    assert!(run(&["--color", "always"], &[("NO_COLOR", "1")]).contains(escape));
    assert!(run(&[], &[("GITHUB_ACTIONS", "true")]).starts_with("error[AKS104]: "));
    assert!(run(&[], &[]).starts_with("main.tf:22:22: error[AKS104] "));
}

#[test]
fn reports_go_to_files_in_pairs() {
    let project = project(DNS);
    let run = project.run(&[
        "check",
        "--format",
        "json",
        "--output",
        "report.json",
        "--format",
        "concise",
    ]);
    assert_eq!((run.code, codes(&run)), (1, vec!["AKS104"]));
    let report: Value = serde_json::from_str(&project.read("report.json")).expect("it is JSON");
    assert_eq!(report["findings"][0]["code"], "AKS104");
}
