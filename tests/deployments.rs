//! Bicep files and ARM templates together: modules, parameter files, names, loops, conditions, nested deployments and ids.

use aksnet::engine::{Analysis, Evaluated, Options, evaluate_texts};
use aksnet::finding::RuleId;
use jiff::civil::date;

use crate::support::cli::Project;
use crate::support::recorded::print;
use crate::support::run::{analyse, of_rule, place};

/// Evaluates files; `path` is the root whose outputs are wanted, as `name = value` in the order of their names.
fn outputs(files: &[(&str, &str)], path: &str) -> Vec<String> {
    let options = Options::new(date(2026, 11, 22));
    let all = evaluate_texts(files, &options, &|_| true).expect("texts in memory can be evaluated");
    let root = all.iter().find(|root| root.folder == path);
    let root: &Evaluated = root.expect("the file is a root");
    let outputs = root.outputs.iter();
    outputs
        .map(|(name, value)| format!("{name} = {}", print(value)))
        .collect()
}

/// Returns the outputs of one Bicep file.
fn of(text: &str) -> Vec<String> {
    outputs(&[("main.bicep", text)], "main.bicep")
}

const NETWORK: &str = r"
param name string
param prefixes array = ['10.0.0.0/16']
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-vnet'
  properties: {
    addressSpace: { addressPrefixes: prefixes }
    subnets: [for (prefix, i) in prefixes: { name: 'sub${i}', properties: { addressPrefix: prefix } }]
  }
}
output first string = vnet.properties.subnets[0].properties.addressPrefix
output name string = vnet.name
";

#[test]
fn names_mean_parameters_variables_and_outputs_of_modules() {
    let main = r"
param base string = 'shop'
var twice = '${base}-${base}'
module network 'net/main.bicep' = {
  name: 'network'
  params: { name: twice, prefixes: ['10.1.0.0/16', '10.2.0.0/16'] }
}
output first string = network.outputs.first
output missing string = network.?outputs.?nothing ?? 'none'
output name string = network.outputs.name
output own string = network.name
";
    let files = [("main.bicep", main), ("net/main.bicep", NETWORK)];
    assert_eq!(
        outputs(&files, "main.bicep"),
        [
            "first = \"10.1.0.0/16\"",
            "missing = \"none\"",
            "name = \"shop-shop-vnet\"",
            "own = \"network\""
        ]
    );
}

#[test]
fn loops_and_conditions_make_instances() {
    let main = r"
param zones array = ['a', 'b', 'c']
module nets 'net/main.bicep' = [for (zone, i) in zones: if (zone != 'b') {
  name: 'net-${i}'
  params: { name: zone }
}]
module one 'net/main.bicep' = if (length(zones) > 2) { name: 'one', params: { name: 'one' } }
output last string = nets[2].outputs.name
output one string = one.outputs.name
output names array = [for i in [0, 2]: nets[i].name]
";
    let files = [("main.bicep", main), ("net/main.bicep", NETWORK)];
    assert_eq!(
        outputs(&files, "main.bicep"),
        [
            "last = \"c-vnet\"",
            "names = Tuple[\"net-0\", \"net-2\"]",
            "one = \"one-vnet\""
        ]
    );
}

#[test]
fn files_take_variables_and_functions_from_each_other() {
    let shared = r"
@export()
var ranges = { pods: '10.244.0.0/16' }
@export()
func named(kind string, name string) string => '${kind}-${name}-${suffix}'
var suffix = 'weu'
";
    let main = r"
import { ranges, named as of } from 'shared.bicep'
import * as all from 'shared.bicep'
output aliased string = of('vnet', 'shop')
output spaced string = all.named('aks', 'shop')
output taken string = ranges.pods
output whole string = all.ranges.pods
";
    let files = [("main.bicep", main), ("shared.bicep", shared)];
    assert_eq!(
        outputs(&files, "main.bicep"),
        [
            "aliased = \"vnet-shop-weu\"",
            "spaced = \"aks-shop-weu\"",
            "taken = \"10.244.0.0/16\"",
            "whole = \"10.244.0.0/16\""
        ]
    );
}

#[test]
fn a_null_argument_is_no_argument_and_arguments_may_be_spread() {
    let inner =
        "param a string = 'own'\nparam b string = 'own'\noutput both string = '${a} ${b}'\n";
    let main = r"
var more = { b: 'spread' }
module m 'inner.bicep' = { name: 'm', params: { a: null, ...more } }
output both string = m.outputs.both
";
    let files = [("main.bicep", main), ("inner.bicep", inner)];
    assert_eq!(outputs(&files, "main.bicep"), ["both = \"own spread\""]);
}

#[test]
fn what_is_chosen_at_deployment_is_not_known_but_the_same() {
    let text = r"
output group bool = resourceGroup().name == resourceGroup().name
output other string = resourceGroup('shared').name
output unknown string = resourceGroup().name
";
    let found = of(text);
    assert_eq!(found[..2], ["group = true", "other = \"shared\""]);
    assert!(!found[2].contains('"'), "{}", found[2]);
}

#[test]
fn names_that_nobody_declares_are_unknown() {
    let found = of("output a string = nothing\noutput b string = other.outputs.x\n");
    assert!(found.iter().all(|line| !line.contains('"')), "{found:?}");
}

/// A template with a deployment in it; names inside mean the outer ones, unless SCOPE says otherwise.
fn nested(scope: &str) -> String {
    r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "Range": { "type": "string", "defaultValue": "10.0.0.0/16" } },
  "variables": { "who": "outer" },
  "resources": [ {
    "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[format('{0}-{1}', 'inner', deployment().name)]",
    "properties": {
      "mode": "Incremental", SCOPE
      "template": {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": { "range": { "type": "string", "defaultValue": "10.9.0.0/16" } },
        "variables": { "who": "inner" },
        "resources": [],
        "outputs": {
          "range": { "type": "string", "value": "[parameters('range')]" },
          "who": { "type": "string", "value": "[variables('WHO')]" }
        }
      }
    }
  } ],
  "outputs": {
    "range": { "type": "string", "value": "[reference(resourceId('Microsoft.Resources/deployments', format('{0}-{1}', 'inner', deployment().name)), '2022-09-01').outputs.range.value]" },
    "who": { "type": "string", "value": "[reference(format('inner-{0}', deployment().name)).outputs.who.value]" }
  }
}"#
    .replace("SCOPE", scope)
}

#[test]
fn a_nested_deployment_has_names_of_its_own_when_it_says_so() {
    let inner = nested(r#""expressionEvaluationOptions": { "scope": "inner" },"#);
    assert_eq!(
        outputs(&[("main.json", &inner)], "main.json"),
        ["range = \"10.9.0.0/16\"", "who = \"inner\""]
    );
    let outer = nested("");
    assert_eq!(
        outputs(&[("main.json", &outer)], "main.json"),
        ["range = \"10.0.0.0/16\"", "who = \"outer\""]
    );
}

/// A cluster whose ranges are parameters.
const CLUSTER: &str = r"
param serviceCidr string
param dnsServiceIP string = '10.0.0.10'
resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'shop'
  properties: {
    dnsPrefix: 'shop'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vmSize: 'Standard_D4s_v5' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', serviceCidr: serviceCidr, dnsServiceIP: dnsServiceIP }
  }
}
";

fn variants(analysis: &Analysis) -> Vec<Option<&str>> {
    let designs = analysis.designs.iter();
    designs.map(|design| design.variant.as_deref()).collect()
}

fn wrong(analysis: &Analysis) -> Vec<Option<&str>> {
    let findings = of_rule(analysis, RuleId(104));
    let instances = findings.flat_map(|finding| &finding.instances);
    instances.map(|one| one.variant.as_deref()).collect()
}

#[test]
fn parameter_files_make_variants() {
    let base = "using none\nparam dnsServiceIP = '10.1.0.10'\n";
    let prod = "using './main.bicep'\nextends 'base.bicepparam'\nvar net = '10.1'\nparam serviceCidr = '${net}.0.0/16'\n";
    let test = r#"{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0", "parameters": { "servicecidr": { "value": "10.2.0.0/16" } } }"#;
    let example = test.replace("10.2", "10.3");
    let analysis = analyse(&[
        ("base.bicepparam", base),
        ("example-values.json", &example),
        ("main.bicep", CLUSTER),
        ("main.parameters.test.json", test),
        ("prod.bicepparam", prod),
    ]);
    let files = ["main.parameters.test.json", "prod.bicepparam"];
    assert_eq!(variants(&analysis), files.map(Some));
    assert_eq!(wrong(&analysis), [Some("main.parameters.test.json")]);
}

#[test]
fn placeholders_of_other_tools_are_no_values() {
    let azd = r#"{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0", "parameters": { "serviceCidr": { "value": "${SERVICE_CIDR}" } } }"#;
    let analysis = analyse(&[("main.bicep", CLUSTER), ("main.parameters.json", azd)]);
    assert!(
        analysis
            .findings
            .iter()
            .all(|finding| finding.rule != RuleId(101))
    );
    assert_eq!(wrong(&analysis), []);
}

#[test]
fn what_the_compiler_made_is_told_at_its_source() {
    let json = r#"{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "metadata": { "_generator": { "name": "bicep" } },
        "resources": [ { "type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-05-01", "name": "shop",
          "properties": { "networkProfile": { "networkPlugin": "azure", "serviceCidr": "10.2.0.0/16", "dnsServiceIP": "10.0.0.10" } } } ] }"#;
    let bicep = CLUSTER.replace(
        "param serviceCidr string",
        "param serviceCidr string = '10.2.0.0/16'",
    );
    let analysis = analyse(&[("main.bicep", &bicep), ("main.json", json)]);
    let places: Vec<String> = of_rule(&analysis, RuleId(104))
        .map(|finding| place(&analysis, finding.primary.span).0)
        .collect();
    assert_eq!(places, ["main.bicep"]);
    let alone = analyse(&[("main.json", json)]);
    assert_eq!(of_rule(&alone, RuleId(104)).count(), 1);
}

/// A VNet with a subnet, and a cluster whose node subnet is SUBNET.
fn linked(more: &str, subnet: &str) -> Analysis {
    let text = format!(
        "param vnetName string = 'shop'
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {{
  name: vnetName
  properties: {{
    addressSpace: {{ addressPrefixes: ['10.0.0.0/8'] }}
    subnets: [{{ name: 'nodes', properties: {{ addressPrefix: '10.0.1.0/24' }} }}]
  }}
}}
{more}
resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {{
  name: 'shop'
  properties: {{
    dnsPrefix: 'shop'
    agentPoolProfiles: [{{ name: 'system', mode: 'System', count: 1, maxPods: 30, vmSize: 'Standard_D4s_v5', vnetSubnetID: {subnet} }}]
    networkProfile: {{ networkPlugin: 'azure', serviceCidr: '10.0.0.0/16', dnsServiceIP: '10.0.0.10' }}
  }}
}}
"
    );
    analyse(&[("main.bicep", &text)])
}

#[test]
fn ids_lead_to_the_subnet_however_they_are_written() {
    const EXISTING: &str = "resource nodes 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {\n  parent: vnet\n  name: 'nodes'\n}\n";
    const BY_NAME: &str = "resource nodes 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {\n  name: '${vnetName}/nodes'\n}\n";
    let ways = [
        ("", "vnet.properties.subnets[0].id"),
        (
            "",
            "filter(vnet.properties.subnets, s => s.name == 'nodes')[0].id",
        ),
        ("", "first(map(vnet.properties.subnets, s => s.id))"),
        ("", "'${vnet.id}/subnets/nodes'"),
        (
            "",
            "resourceId('Microsoft.Network/virtualNetworks/subnets', vnetName, 'nodes')",
        ),
        (
            "",
            "resourceId('Microsoft.Network/virtualNetworks/subnets', last(split(vnet.id, '/')), 'nodes')",
        ),
        (EXISTING, "nodes.id"),
        (BY_NAME, "nodes.id"),
    ];
    for (more, way) in ways {
        let analysis = linked(more, way);
        assert_eq!(of_rule(&analysis, RuleId(121)).count(), 1, "{way}");
    }
    let elsewhere = linked(
        "",
        "resourceId('other', 'Microsoft.Network/virtualNetworks/subnets', 'far', 'nodes')",
    );
    assert_eq!(of_rule(&elsewhere, RuleId(121)).count(), 0);
}

#[test]
fn broken_statements_leave_the_others() {
    let text = format!(
        "param = 3\n{}",
        CLUSTER.replace(
            "param serviceCidr string",
            "param serviceCidr string = '10.2.0.0/16'"
        )
    );
    let analysis = analyse(&[("main.bicep", &text)]);
    assert_eq!(of_rule(&analysis, RuleId(1)).count(), 1);
    assert_eq!(of_rule(&analysis, RuleId(104)).count(), 1);
}

#[test]
fn cycles_of_modules_and_values_end() {
    let a = "module b 'b.bicep' = { name: 'b' }\nvar x = y\nvar y = x\noutput x string = x\n";
    let b = "module a 'a.bicep' = { name: 'a' }\nresource v 'Microsoft.Network/virtualNetworks@2024-05-01' = { name: 'v' }\n";
    let analysis = analyse(&[("a.bicep", a), ("b.bicep", b)]);
    assert_eq!(of_rule(&analysis, RuleId(10)).count(), 1);
    let again = "import { f } from 'b.bicep'\nfunc g(x string) string => g(x)\noutput x string = g('a')\noutput y string = f\n";
    let back = "import { f } from 'a.bicep'\n";
    let files = [("a.bicep", again), ("b.bicep", back)];
    assert!(
        outputs(&files, "a.bicep")
            .iter()
            .all(|line| !line.contains('"'))
    );
}

#[test]
fn modules_of_registries_are_read_from_the_cache_that_the_configuration_names() {
    let main = "module net 'br/public:net/small:1.2.0' = { name: 'net' }
resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'shop'
  properties: {
    dnsPrefix: 'shop'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 1, maxPods: 30, vmSize: 'Standard_D4s_v5', vnetSubnetID: net.outputs.nodes }]
    networkProfile: { networkPlugin: 'azure', serviceCidr: '10.0.0.0/16', dnsServiceIP: '10.0.0.10' }
  }
}
";
    let kept = r#"{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "resources": [ { "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "net",
    "properties": { "addressSpace": { "addressPrefixes": ["10.0.0.0/8"] }, "subnets": [ { "name": "nodes", "properties": { "addressPrefix": "10.0.1.0/24" } } ] } } ],
  "outputs": { "nodes": { "type": "string", "value": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'nodes')]" } } }"#;
    let path = ".bicep/br/mcr.microsoft.com/bicep$net$small/1.2.0$/main.json";
    let project = Project::new(&[
        ("aksnet.toml", "module-cache = \".bicep\"\n"),
        ("main.bicep", main),
        (path, kept),
    ]);
    let with = project.run(&["check", "--select", "AKS121", "--format", "concise"]);
    assert!(with.out.contains("AKS121"), "{}{}", with.out, with.err);
    let without = [
        "check",
        "--isolated",
        "--select",
        "AKS121",
        "--format",
        "concise",
    ];
    assert_eq!(project.run(&without).out, "");
}

#[test]
fn a_cluster_without_pools_changes_one_that_is_there() {
    let text = "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'shop'
  properties: { azureMonitorProfile: { metrics: { enabled: true } } }
}
";
    let analysis = analyse(&[("main.bicep", text)]);
    assert!(analysis.findings.is_empty(), "{:?}", analysis.findings);
    assert!(!analysis.undecided.is_empty());
}
