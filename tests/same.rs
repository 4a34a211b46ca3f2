//! The designs of `fixtures/same`, each in four languages: they say the same of a design, and understand the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use aksnet::engine::Analysis;
use aksnet::finding::{RuleId, Severity};
use aksnet::model::Dialect;
use aksnet::rules;
use aksnet::value::{EntityId, Value};
use aksnet::view::{Form, Style, write_show};
use serde_json::Value as Json;

use crate::support::package;
use crate::support::run::analyse;

/// The languages, by the file that each design is written in.
const LANGUAGES: [(&str, Dialect); 4] = [
    ("main.tf", Dialect::Terraform),
    ("plan.json", Dialect::Plan),
    ("main.bicep", Dialect::Bicep),
    ("main.json", Dialect::Arm),
];

/// What a resource of ARM is not given, and Terraform is, or the other way round: the name of the value, what stands there in
/// Terraform and what in Bicep and ARM, and why both are right.
const OTHER_VALUES: &[(&str, &str, &str, &str)] = &[
    (
        "resource_group",
        "rg",
        "unknown",
        "a template is deployed to a group that it does not name",
    ),
    (
        "private_cluster_public_fqdn_enabled",
        "false",
        "absent",
        "a default of azurerm; Azure leaves it out where the cluster is not private",
    ),
];

/// What is found in each design, in every language that the rule speaks.
const FOUND: &[(&str, &[u16])] = &[
    ("api_server", &[601, 617]),
    ("cilium_without_overlay", &[313, 342, 601]),
    ("conditions", &[203, 213, 342, 601]),
    ("dual_stack", &[104, 324, 328, 601]),
    ("kubenet", &[121, 301, 601]),
    ("loops", &[203, 342, 601]),
    ("modules", &[121, 601]),
    ("nat_gateway", &[]),
    ("nat_gateway_missing", &[515, 601]),
    ("old_policy", &[121, 321, 601]),
    ("overlay", &[]),
    ("peered_hub", &[123, 601]),
    ("pod_subnet", &[207, 319, 601]),
    ("private_cluster", &[602, 609]),
    ("routes", &[519, 601]),
    ("routes_missing", &[516, 601]),
    ("service_overlaps_subnet", &[121, 601]),
    ("several_pools", &[203, 319, 342, 601]),
    ("subnet_too_small", &[203, 342, 601]),
];

/// Judges the files of a folder that belong to one language.
fn judge(design: &str, file: &str) -> Analysis {
    let folder = package().join("fixtures/same").join(design);
    let ending = file.rsplit('.').next().unwrap_or(file);
    let mut texts: Vec<(String, String)> = Vec::new();
    collect(&folder, "", &mut texts);
    let wanted = |name: &str| match ending {
        "json" => name == file,
        _ => name.ends_with(&format!(".{ending}")),
    };
    texts.retain(|(name, _)| wanted(name));
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    analyse(&texts)
}

fn collect(folder: &std::path::Path, prefix: &str, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the fixture") {
        let path = entry.expect("an entry of the fixture").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), into);
        } else {
            let text = fs::read_to_string(&path).expect("a file of the fixture");
            into.push((name, text));
        }
    }
    into.sort();
}

fn designs() -> Vec<String> {
    let folder = fs::read_dir(package().join("fixtures/same")).expect("the designs");
    let names = folder.map(|entry| entry.expect("a design").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into()).collect();
    names.sort();
    names
}

/// Returns what each address stands for, in words that do not hang on the language: `subnet nodes`.
fn roles(analysis: &Analysis) -> BTreeMap<String, String> {
    let mut roles = BTreeMap::new();
    for design in &analysis.designs {
        let network = &design.after;
        let mut add = |what: &str, id: EntityId, name: &Value<std::sync::Arc<str>>| {
            let name = name.get().map_or("?", |name| &**name);
            let address = network.entity(id).address.clone();
            roles.insert(address, format!("{what} {name}"));
        };
        for one in &*network.clusters {
            add("cluster", one.id, &one.name);
        }
        for one in &*network.pools {
            add("pool", one.id, &one.name);
        }
        for one in &*network.subnets {
            add("subnet", one.id, &one.name);
        }
        for one in &*network.virtual_networks {
            add("vnet", one.id, &one.name);
        }
        for one in &*network.route_tables {
            add("route table", one.id, &one.name);
        }
        for one in &*network.nat_gateways {
            add("nat gateway", one.id, &one.name);
        }
        for one in &*network.public_ips {
            add("public ip", one.id, &one.name);
        }
        for one in &*network.security_groups {
            add("security group", one.id, &one.name);
        }
    }
    roles
}

type Said = BTreeSet<(RuleId, Severity, String)>;

/// Returns rule, severity and subject of each finding.
fn findings(analysis: &Analysis) -> Said {
    let roles = roles(analysis);
    let all = analysis.findings.iter().flat_map(|finding| {
        finding.instances.iter().map(|one| {
            let role = roles.get(&one.subject).unwrap_or(&one.subject);
            (finding.rule, finding.severity, role.clone())
        })
    });
    all.collect()
}

type Values = BTreeMap<(String, String), String>;

/// Returns what is shown of each entity, by role and name of the value.
fn values(analysis: &Analysis) -> Values {
    let roles = roles(analysis);
    let mut out = Vec::new();
    write_show(Form::Json, analysis, &Style::plain(), &mut out).expect("memory takes it");
    let shown: Json = serde_json::from_slice(&out).expect("it is JSON");
    let mut all = BTreeMap::new();
    let mut take = |entity: &Json, values: &Json| {
        let role = role(&entity["address"], &roles);
        for (name, value) in values.as_object().expect("an object") {
            if let Some(text) = content(value, &roles) {
                all.insert((role.clone(), name.clone()), text);
            }
        }
    };
    for cluster in shown["clusters"].as_array().expect("a list") {
        take(cluster, &cluster["values"]);
        for pool in cluster["node_pools"].as_array().expect("a list") {
            take(pool, &pool["values"]);
        }
    }
    for list in ["subnets", "virtual_networks"] {
        for entity in shown[list].as_array().expect("a list") {
            take(entity, entity);
        }
    }
    all
}

fn role(address: &Json, roles: &BTreeMap<String, String>) -> String {
    let address = address.as_str().unwrap_or_default();
    roles.get(address).map_or(address, |role| role).to_owned()
}

/// Returns a value without its place; `None` for what is no value of the model.
fn content(shown: &Json, roles: &BTreeMap<String, String>) -> Option<String> {
    if let Some(peers) = shown.as_array() {
        let all: Option<Vec<String>> = peers.iter().map(|peer| content(peer, roles)).collect();
        return Some(all?.join(", "));
    }
    let state = shown.get("state")?.as_str()?;
    let known = matches!(state, "set" | "default");
    let open = |value: &Json| {
        let items = value.as_array();
        items.is_some_and(|items| items.iter().all(Json::is_null))
    };
    let text = match &shown["value"] {
        Json::Null => state.to_owned(),
        value if !known && open(value) => state.to_owned(),
        value @ Json::String(_) => {
            let named = role(value, roles);
            if known {
                named
            } else {
                format!("{state} {named}")
            }
        }
        value if known => value.to_string(),
        value => format!("{state} {value}"),
    };
    Some(text)
}

#[test]
fn every_language_finds_the_same() {
    let mut faults = Vec::new();
    for design in designs() {
        let all = LANGUAGES.map(|(file, dialect)| (dialect, findings(&judge(&design, file))));
        let expected = FOUND.iter().find(|(name, _)| *name == design);
        let expected: BTreeSet<u16> = expected
            .map_or(&[][..], |(_, ids)| ids)
            .iter()
            .copied()
            .collect();
        let found: BTreeSet<u16> = all[0].1.iter().map(|(rule, ..)| rule.0).collect();
        if found != expected {
            faults.push(format!("{design}: {found:?} is found, not {expected:?}"));
        }
        let every: BTreeSet<_> = all.iter().flat_map(|(_, found)| found).collect();
        for (rule, severity, role) in every {
            let one = (*rule, *severity, role.clone());
            let speaks = rules::by_id(*rule).expect("a rule").dialects;
            for (dialect, found) in &all {
                if found.contains(&one) != speaks.contains(*dialect) {
                    let says = if found.contains(&one) {
                        "says"
                    } else {
                        "does not say"
                    };
                    faults.push(format!(
                        "{design}: {dialect} {says} {rule} {severity} of {role}"
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_language_understands_the_same() {
    let mut faults = Vec::new();
    let mut excused = BTreeSet::new();
    for design in designs() {
        let terraform = values(&judge(&design, "main.tf"));
        assert!(terraform.len() > 40, "{design}: {terraform:?}");
        for (file, dialect) in &LANGUAGES[1..] {
            let shown = values(&judge(&design, file));
            let keys: BTreeSet<_> = terraform.keys().chain(shown.keys()).collect();
            for key @ (role, name) in keys {
                let text = |all: &Values| all.get(key).map_or("nothing", |text| text).to_owned();
                let (expected, found) = (text(&terraform), text(&shown));
                let other = OTHER_VALUES.iter().find(|(value, theirs, ours, _)| {
                    (*value, *theirs, *ours) == (name.as_str(), expected.as_str(), found.as_str())
                });
                match other {
                    _ if found == expected => {}
                    Some((value, ..)) if *dialect != Dialect::Plan => {
                        excused.insert(*value);
                    }
                    _ => faults.push(format!(
                        "{design}: {dialect} {name} of {role}: {found} not {expected}"
                    )),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let listed: BTreeSet<&str> = OTHER_VALUES.iter().map(|(value, ..)| *value).collect();
    assert_eq!(excused, listed, "what is listed must be needed");
}
