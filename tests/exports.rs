//! Exports: what `az` prints says the same as the code that made it, one folder is one root, what was not exported is not known,
//! what is secret stays hidden, and other JSON is left in peace.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use aksnet::engine::Analysis;
use aksnet::model::Dialect;

use crate::support::cli::{Project, Run, aksnet};
use crate::support::package;
use crate::support::run::{analyse, place};

const AKS: &str = "aks.json";
const NETWORK: [&str; 2] = ["vnets.json", "route-table.json"];

/// The same design as code.
const CODE: &str = r#"
resource "azurerm_virtual_network" "shop" {
  name                = "vnet-shop"
  location            = "westeurope"
  resource_group_name = "rg-network"
  address_space       = ["10.20.0.0/16"]
}

resource "azurerm_subnet" "aks" {
  name                 = "snet-aks"
  resource_group_name  = "rg-network"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.20.4.0/25"]

  delegation {
    name = "web"
    service_delegation {
      name = "Microsoft.Web/serverFarms"
    }
  }
}

resource "azurerm_kubernetes_cluster" "shop" {
  name                = "aks-shop"
  location            = "westeurope"
  resource_group_name = "rg-shop"
  dns_prefix          = "aks-shop"
  kubernetes_version  = "1.33"
  sku_tier            = "Standard"

  default_node_pool {
    name                 = "system"
    vm_size              = "Standard_D4s_v5"
    auto_scaling_enabled = true
    min_count            = 3
    max_count            = 10
    max_pods             = 30
    vnet_subnet_id       = azurerm_subnet.aks.id
    zones                = ["1", "2", "3"]

    upgrade_settings {
      max_surge = "10%"
    }
  }

  network_profile {
    network_plugin = "azure"
    service_cidr   = "10.20.0.0/16"
    dns_service_ip = "10.20.0.10"
  }

  identity {
    type = "SystemAssigned"
  }
}
"#;

/// Returns a file of the fixture.
fn file(name: &str) -> String {
    let path = package().join("fixtures/exports/prod").join(name);
    fs::read_to_string(path).expect("a file of the fixture")
}

/// Judges exports of the fixture.
fn exports(names: &[&str]) -> Analysis {
    let texts: Vec<(&str, String)> = names.iter().map(|name| (*name, file(name))).collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    analyse(&files)
}

fn all() -> Analysis {
    exports(&[AKS, NETWORK[0], NETWORK[1]])
}

/// Returns the ids of what was found, sorted.
fn ids(analysis: &Analysis) -> Vec<String> {
    let mut ids: Vec<String> = analysis
        .findings
        .iter()
        .map(|one| one.rule.to_string())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Runs aksnet in a project with this standard input.
fn check(project: &Project, file: &str, input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_aksnet"))
        .args(["check", "-", "--stdin-filename", file, "--undecided"])
        .current_dir(project)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads all");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

#[test]
fn exports_say_the_same_as_the_code() {
    let code = ids(&analyse(&[("main.tf", CODE)]));
    let exports = ids(&all());
    assert!(code.contains(&"AKS121".to_owned()), "{code:?}");
    assert!(code.contains(&"AKS203".to_owned()), "{code:?}");
    assert_eq!(exports, code);
}

#[test]
fn a_folder_is_one_root() {
    let analysis = all();
    let [design] = analysis.designs.as_slice() else {
        panic!("{} roots", analysis.designs.len())
    };
    assert_eq!(design.after.dialect, Dialect::Export);
    let cluster = &design.after.clusters.items[0];
    assert_eq!(cluster.written.dialect, Dialect::Export);
    let subnet = &design.after.subnets.items[0];
    assert!(subnet.virtual_network.get().is_some());
    assert!(subnet.route_table.get().is_some());
    assert_eq!(design.after.route_tables.items[0].routes.len(), 1);
    assert_eq!(design.after.entity(cluster.id).address, "aks-shop");
}

#[test]
fn places_are_those_of_the_values() {
    let analysis = all();
    let overlap = |one: &&aksnet::finding::Finding| one.rule.to_string() == "AKS121";
    let finding = analysis.findings.iter().find(overlap).expect("an overlap");
    let (path, _) = place(&analysis, finding.primary.span);
    let source = analysis.sources.get(finding.primary.span.source);
    assert_eq!(path, AKS);
    assert_eq!(source.slice(finding.primary.span), "\"10.20.0.0/16\"");
}

#[test]
fn what_was_not_exported_is_not_known() {
    let analysis = exports(&[AKS]);
    let found = ids(&analysis);
    assert!(!found.contains(&"AKS203".to_owned()), "{found:?}");
    let because = |one: &&aksnet::finding::Undecided| one.rule.to_string() == "AKS203";
    let open = analysis.undecided.iter().find(because).expect("undecided");
    assert!(
        open.because.ends_with("is not among the exports"),
        "{}",
        open.because
    );
}

#[test]
fn the_answer_of_the_rest_interface_says_the_same() {
    let raw = |text: &str, beside: &[&str]| {
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let one = |value: serde_json::Value| {
            let serde_json::Value::Object(all) = value else {
                panic!("an object")
            };
            let (mut own, inside): (serde_json::Map<_, _>, serde_json::Map<_, _>) = all
                .into_iter()
                .partition(|(name, _)| beside.contains(&name.as_str()));
            own.insert("properties".to_owned(), inside.into());
            serde_json::Value::Object(own)
        };
        let all = match value {
            serde_json::Value::Array(all) => all.into_iter().map(one).collect(),
            value => vec![one(value)],
        };
        serde_json::json!({ "value": all }).to_string()
    };
    let beside = ["id", "name", "type", "location", "identity", "sku", "tags"];
    let texts: Vec<(&str, String)> = [AKS, NETWORK[0], NETWORK[1]]
        .map(|name| (name, raw(&file(name), &beside)))
        .to_vec();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    assert_eq!(ids(&analyse(&files)), ids(&all()));
}

#[test]
fn a_child_that_is_printed_twice_is_there_once() {
    let vnets: serde_json::Value = serde_json::from_str(&file("vnets.json")).expect("JSON");
    let subnets = vnets[0]["subnets"].to_string();
    let aks: serde_json::Value = serde_json::from_str(&file(AKS)).expect("JSON");
    let mut pool = aks["agentPoolProfiles"][0].clone();
    pool["id"] = format!("{}/agentPools/system", aks["id"].as_str().expect("an id")).into();
    pool["typePropertiesType"] = pool["type"].take();
    pool["type"] = "Microsoft.ContainerService/managedClusters/agentPools".into();
    let mut more = pool.clone();
    more["id"] = format!("{}/agentPools/more", aks["id"].as_str().expect("an id")).into();
    more["name"] = "more".into();
    let pools = serde_json::json!([pool, more]).to_string();
    let analysis = analyse(&[
        (AKS, &file(AKS)),
        ("again.json", &file(AKS)),
        ("vnets.json", &file("vnets.json")),
        ("subnets.json", &subnets),
        ("pools.json", &pools),
    ]);
    let network = &analysis.designs[0].after;
    assert_eq!(network.clusters.items.len(), 1);
    assert_eq!(network.subnets.items.len(), 1);
    let pools: Vec<_> = network.pools.iter().map(|pool| pool.name.get()).collect();
    assert_eq!(pools, [Some(&"system".into()), Some(&"more".into())]);
    let more = &network.pools.items[1];
    assert_eq!(more.kind.get(), Some(&"VirtualMachineScaleSets".into()));
    assert!(more.vnet_subnet.get().is_some());
}

#[test]
fn a_subnet_alone_is_found_by_its_id() {
    let vnets: serde_json::Value = serde_json::from_str(&file("vnets.json")).expect("JSON");
    let subnets = vnets[0]["subnets"].to_string();
    let analysis = analyse(&[(AKS, &file(AKS)), ("subnets.json", &subnets)]);
    let found = ids(&analysis);
    assert!(found.contains(&"AKS203".to_owned()), "{found:?}");
}

#[test]
fn standard_input_is_judged_with_the_folder_that_it_is_in() {
    let vnets = file("vnets.json");
    let project = Project::new(&[("live/vnets.json", &vnets)]);
    let run = check(&project, "live/cluster.json", &file(AKS));
    assert!(
        run.out.contains("live/cluster.json:113:7: error[AKS121]"),
        "{}",
        run.out
    );
    assert_eq!(run.code, 1, "{}", run.err);

    let project = Project::new(&[("README.md", "nothing")]);
    let run = check(&project, "aks.json", &file(AKS));
    assert!(!run.out.contains("AKS203"), "{}", run.out);
    assert!(run.err.contains("1 cluster"), "{}", run.err);
}

#[test]
fn standard_input_counts_before_an_older_export() {
    let vnets = file("vnets.json");
    let project = Project::new(&[("live/vnets.json", &vnets), ("live/aks.json", &file(AKS))]);
    let newer = file(AKS).replace("10.20.0.0/16", "10.99.0.0/16");
    let run = check(&project, "live/newer.json", &newer);
    assert!(!run.out.contains("AKS121"), "{}", run.out);
    assert!(run.out.contains("AKS203"), "{}", run.out);
}

#[test]
fn a_folder_on_disk_is_judged() {
    let run = aksnet(
        &package(),
        &["check", "fixtures/exports", "--format", "concise"],
    );
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("AKS203"), "{}", run.out);
    assert!(run.err.contains("3 files, 1 cluster"), "{}", run.err);
}

#[test]
fn secrets_are_printed_nowhere() {
    const SECRET: &str = "hush-7f3a";
    let text = file(AKS)
        .replace("\"secret\": null", &format!("\"secret\": \"{SECRET}\""))
        .replace(
            "\"windowsProfile\": null\n}",
            &format!("\"windowsProfile\": {{\"adminPassword\": \"{SECRET}\"}}\n}}"),
        );
    assert_eq!(text.matches(SECRET).count(), 2);
    let one_line: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for text in [
        text.clone(),
        one_line.to_string(),
        text[..text.len() - 3].to_owned(),
    ] {
        let project = Project::new(&[("aks.json", &text), ("vnets.json", &file("vnets.json"))]);
        for arguments in [
            &["check", "--format", "human", "--undecided"][..],
            &["check", "--format", "json", "--undecided"],
            &["show"],
        ] {
            let run = project.run(arguments);
            assert!(!run.out.contains(SECRET), "{arguments:?}: {}", run.out);
            assert!(!run.err.contains(SECRET), "{arguments:?}: {}", run.err);
        }
    }
}

#[test]
fn what_is_cut_off_is_told() {
    let text = file(AKS);
    let project = Project::new(&[("live/aks.json", &text[..2500])]);
    for path in ["live", "live/aks.json"] {
        let run = project.run(&["check", path]);
        assert_eq!(run.code, 2, "{path}: {}", run.out);
        assert!(
            run.out.contains("this export does not parse"),
            "{}",
            run.out
        );
    }
}

#[test]
fn other_json_is_left_in_peace() {
    let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
    for text in [
        String::new(),
        "[]".to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
        format!("\"{id}\""),
        format!("[\"id\", \"{id}\"]"),
        format!("{{\"id\": \"{id}\"}}"),
        format!("{{\"parameters\": {{\"subnet\": {{\"id\": \"{id}\"}}}}}}"),
        format!("{{\"id\": [\"{id}\"], \"name\": \"v\"}}"),
        format!("{{\"id\": \"{id}/\", \"name\": \"v\", }}"),
        format!("// settings\n{{\"id\": \"{id}\", \"name\": \"v\"}}"),
        "{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsZones/z\", \"name\": \"z\"}"
            .to_owned(),
    ] {
        let analysis = analyse(&[("other.json", &text)]);
        assert!(analysis.designs.is_empty(), "{text}");
        assert!(analysis.findings.is_empty(), "{text}");
    }
}

#[test]
fn no_cut_does_harm() {
    let text = file("vnets.json").replace(char::is_whitespace, "");
    for end in (0..text.len()).step_by(17) {
        let analysis = analyse(&[(AKS, &file(AKS)), ("vnets.json", &text[..end])]);
        let found = ids(&analysis);
        assert!(!found.contains(&"AKS203".to_owned()), "{end}: {found:?}");
    }
}

#[test]
fn a_nat_gateway_and_its_address_are_found() {
    const NETWORK: &str = "/subscriptions/S/resourceGroups/g/providers/Microsoft.Network";
    let gateway = serde_json::json!({
        "id": format!("{NETWORK}/natGateways/n"), "name": "n", "idleTimeoutInMinutes": 4,
        "publicIpAddresses": [{"id": format!("{NETWORK}/publicIPAddresses/p"), "resourceGroup": "g"}],
        "sku": {"name": "Standard", "tier": "Regional"}, "zones": ["1"],
    });
    let address = serde_json::json!([{
        "id": format!("{NETWORK}/publicIPAddresses/p").to_lowercase(), "name": "p",
        "publicIpAddressVersion": "IPv4", "sku": {"name": "Standard"},
    }]);
    let texts = (gateway.to_string(), address.to_string());
    let analysis = analyse(&[("nat.json", &texts.0), ("ip.json", &texts.1)]);
    let network = &analysis.designs[0].after;
    let gateway = &network.nat_gateways.items[0];
    assert_eq!(gateway.sku.get(), Some(&"Standard".into()));
    assert!(gateway.public_ips[0].get().is_some());
}

#[test]
fn what_powershell_writes_is_told() {
    let project = Project::new(&[("README.md", "nothing")]);
    let wide = file(AKS)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let text: Vec<u8> = [vec![0xff, 0xfe], wide].concat();
    fs::write(project.as_ref().join("aks.json"), text).expect("a file can be written");
    let run = project.run(&["check", "aks.json"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.out.contains("it is not UTF-8 text"), "{}", run.out);
}
