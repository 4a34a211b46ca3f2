//! `[[facts]]`: what is not in the code, said in aksnet.toml.

use serde_json::Value;

use crate::support::cli::Project;

/// A cluster in a subnet that is only looked up.
const MAIN: &str = r#"data "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "network"
}

data "azurerm_subnet" "aks" {
  name                 = "aks"
  virtual_network_name = data.azurerm_virtual_network.hub.name
  resource_group_name  = "network"
}

resource "azurerm_kubernetes_cluster" "main" {
  default_node_pool {
    vnet_subnet_id = data.azurerm_subnet.aks.id
  }
  network_profile {
    network_plugin = "azure"
    service_cidr   = RANGE
    dns_service_ip = "10.0.0.10"
  }
}
"#;

fn project(range: &str, more: &str, config: &str) -> Project {
    let main = MAIN.replace("RANGE", range) + more;
    Project::new(&[("main.tf", &main), ("aksnet.toml", config)])
}

/// Returns the report of one rule.
#[track_caller]
fn report(project: &Project, rule: &str) -> Value {
    let run = project.run(&["check", "--format", "json", "--select", rule]);
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err))
}

/// Returns how often a rule speaks, and how often it cannot decide.
#[track_caller]
fn verdict(project: &Project, rule: &str) -> (usize, usize) {
    let report = report(project, rule);
    let count = |of: &str| report[of].as_array().expect("a list").len();
    (count("findings"), count("undecided"))
}

#[track_caller]
fn refused(project: &Project) -> String {
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    run.err
}

const SUBNET: &str =
    "[[facts]]\naddress = 'data.azurerm_subnet.aks'\naddress_prefixes = ['10.0.0.0/24']\n";

#[test]
fn a_subnet_with_a_fact_is_a_subnet() {
    let range = "\"10.0.0.0/16\"";
    assert_eq!(verdict(&project(range, "", ""), "AKS121"), (0, 1));
    let with = project(range, "", SUBNET);
    assert_eq!(verdict(&with, "AKS121").0, 1);
    let report = report(&with, "AKS121");
    let labels = report["findings"][0]["labels"].to_string();
    assert!(labels.contains("aksnet.toml"), "{labels}");
    let other = SUBNET.replace("10.0.0.0/24", "10.9.0.0/24");
    assert_eq!(verdict(&project(range, "", &other), "AKS121").0, 0);
}

#[test]
fn another_subnet_of_a_virtual_network_with_a_fact_counts() {
    let more = "data \"azurerm_subnet\" \"other\" {\n  name = \"other\"\n  virtual_network_name = \"hub\"\n  \
                resource_group_name = \"network\"\n}\n";
    let hub =
        "[[facts]]\naddress = 'data.azurerm_virtual_network.hub'\naddress_space = ['10.0.0.0/8']\n";
    let own = SUBNET.replace("10.0.0.0/24", "10.9.0.0/24");
    let other = SUBNET.replace(".aks", ".other");
    let all = format!("{hub}{own}{other}");
    assert_eq!(
        verdict(&project("\"10.0.0.0/16\"", more, &all), "AKS121").0,
        1
    );
}

#[test]
fn what_a_fact_leaves_out_stays_unknown() {
    let project = project("\"10.0.0.0/16\"", "", SUBNET);
    let shown = project.run(&["show", "--format", "json"]).out;
    let shown: Value = serde_json::from_str(&shown).expect("it is JSON");
    let subnet = &shown["subnets"][0];
    assert_eq!(subnet["address"], "data.azurerm_subnet.aks");
    assert_eq!(
        subnet["prefixes"]["value"],
        serde_json::json!(["10.0.0.0/24"])
    );
    assert_eq!(subnet["vnet"]["state"], "unknown");
}

#[test]
fn values_of_data_sources_variables_and_modules_are_used() {
    let range = "[\"10.0.0.0/24\"]";
    let cases = [
        (
            "data.azurerm_subnet.aks.address_prefixes[0]",
            "",
            SUBNET.to_owned(),
        ),
        (
            "var.range",
            "variable \"range\" {}\n",
            fact("var.range", "'10.1.0.0/24'"),
        ),
        (
            "module.net.ranges[0]",
            "module \"net\" {\n  source = \"hub/net/azurerm\"\n}\n",
            fact("module.net.ranges", range),
        ),
        (
            "module.net[\"a\"].ranges[0]",
            "module \"net\" {\n  for_each = toset([\"a\"])\n  source = \"hub/net/azurerm\"\n}\n",
            fact("module.net[\"a\"].ranges", range),
        ),
        (
            "module.net[\"a\"].ranges[0]",
            "module \"net\" {\n  for_each = toset([\"a\"])\n  source = \"hub/net/azurerm\"\n}\n",
            fact("module.net.ranges", range),
        ),
    ];
    for (expression, more, config) in cases {
        // 10.0.0.10 is in the one range and outside the other; both are known.
        let wanted = usize::from(expression == "var.range");
        let project = project(expression, more, &config);
        assert_eq!(verdict(&project, "AKS104"), (wanted, 0), "{expression}");
    }
}

/// Returns a fact with one value.
fn fact(address: &str, value: &str) -> String {
    format!("[[facts]]\naddress = '{address}'\nvalue = {value}\n")
}

#[test]
fn a_fact_about_a_nested_data_source_and_one_root() {
    let module = MAIN.replace("RANGE", "\"10.0.0.0/16\"");
    let call = "module \"aks\" {\n  source = \"../aks\"\n}\n";
    let nested = SUBNET.replace("data.", "module.aks.data.");
    let files = |config: &str| {
        Project::new(&[
            ("a/main.tf", call),
            ("b/main.tf", call),
            ("aks/main.tf", &module),
            ("aksnet.toml", config),
        ])
    };
    let instances = |config: &str| {
        let report = report(&files(config), "AKS121");
        report["findings"][0]["instances"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(instances(&nested), 2);
    assert_eq!(instances(&format!("{nested}root = 'a'\n")), 1);
}

#[test]
fn a_flag_goes_before_a_fact() {
    let project = project(
        "var.range",
        "variable \"range\" {}\n",
        &fact("var.range", "'10.1.0.0/24'"),
    );
    let code = |flags: &[&str]| {
        let check = ["check", "-q", "--select", "AKS104"];
        project.run(&[&check, flags].concat()).code
    };
    assert_eq!(code(&[]), 1);
    assert_eq!(code(&["--var", "range=10.0.0.0/24"]), 0);
}

#[test]
fn a_fact_may_repeat_the_code() {
    let more = "variable \"range\" {\n  default = \"10.0.0.0/24\"\n}\n";
    let same = fact("var.range", "'10.0.0.0/24'");
    let name = format!("{SUBNET}name = 'AKS'\n");
    for config in [same, name] {
        let run = project("var.range", more, &config).run(&["check"]);
        assert_ne!(run.code, 2, "{}", run.err);
    }
}

#[test]
fn a_fact_that_contradicts_the_code_or_is_about_nothing_is_refused() {
    let more = "variable \"range\" {\n  default = \"10.0.0.0/24\"\n}\n\
                variable \"set\" {}\nmodule \"net\" {\n  source = \"./net\"\n}\n";
    let says = |config: &str| {
        let project = project(
            "cidrsubnet(var.range, 1, length(var.set) + length(module.net.id))",
            more,
            config,
        );
        project.write("terraform.tfvars", "set = \"10.1.0.0/24\"\n");
        project.write("net/main.tf", "output \"id\" {\n  value = \"known\"\n}\n");
        refused(&project)
    };
    insta::assert_snapshot!(
        [
            says(&fact("var.range", "'10.1.0.0/24'")),
            says(&fact("var.set", "'10.2.0.0/24'")),
            says(&fact("module.net.id", "'other'")),
            says(&format!("{SUBNET}name = 'other'\n")),
            says(&fact("var.rnage", "'10.1.0.0/24'")),
            says(&fact("module.nets.id", "'x'")),
            says(&SUBNET.replace("data.", "module.net.data.")),
            says(&format!("{SUBNET}root = 'app'\n")),
            says(&SUBNET.replace("data.", "")),
            says(&fact("var.range", "'10.0.0.0/24'\nvalues = 1")),
            says("[[facts]]\naddress = 'var.range'\n"),
            says("[[facts]]\nvalue = 1\n"),
            says("[[facts]]\naddress = 1\n"),
            says(&format!("{SUBNET}{SUBNET}")),
            says("[[fact]]\naddress = 'var.range'\n"),
        ]
        .concat(),
        @r#"
    error: aksnet.toml:3:9: var.range has another value at main.tf:23:13; a fact says what the code does not
    error: aksnet.toml:3:9: var.set has another value at terraform.tfvars:1:7; a fact says what the code does not
    error: aksnet.toml:3:9: module.net.id has another value at net/main.tf:2:11; a fact says what the code does not
    error: aksnet.toml:4:8: data.azurerm_subnet.aks.name has another value at main.tf:7:26; a fact says what the code does not
    error: aksnet.toml:2:11: nothing is called var.rnage
    error: aksnet.toml:2:11: nothing is called module.nets.id
    error: aksnet.toml:2:11: nothing is called module.net.data.azurerm_subnet.aks
    error: aksnet.toml:2:11: nothing is called data.azurerm_subnet.aks in the root app
    error: aksnet.toml:2:11: "azurerm_subnet.aks" is not an address that a fact can be about; write data.TYPE.NAME, var.NAME or module.NAME.OUTPUT
    error: aksnet.toml:4:1: unknown key "values"; what it is stands in "value"
    error: aksnet.toml:2:11: nothing is said about var.range
    error: aksnet.toml:1:1: the key "address" is missing
    error: aksnet.toml:2:11: this must be a string
    error: aksnet.toml:5:11: a second fact about data.azurerm_subnet.aks
    error: aksnet.toml:1:3: unknown key "fact"; did you mean "facts"?
    "#
    );
}
