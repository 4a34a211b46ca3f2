//! How fast Bicep and ARM templates are read, beside parsers of JSON on texts of the same size: bytes a second.
//!
//! `cargo bench --bench languages`

use std::hint::black_box;

use aksnet::engine::{Options, analyse_texts};
use aksnet::source::{Source, Sources};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jsonc_parser::{CollectOptions, ParseOptions};

/// Returns a Bicep file with this many VNets and clusters.
fn bicep(count: usize) -> String {
    let mut text = String::from("param location string = 'westeurope'\n");
    for number in 0..count {
        text.extend([format!(
            "var prefix{number} = '10.{number}'
resource vnet{number} 'Microsoft.Network/virtualNetworks@2024-05-01' = {{
  name: 'shop-${{location}}-{number}'
  location: location
  properties: {{
    addressSpace: {{ addressPrefixes: ['${{prefix{number}}}.0.0/16'] }}
    subnets: [
      {{ name: 'nodes', properties: {{ addressPrefix: '${{prefix{number}}}.0.0/20' }} }}
      {{ name: 'pods', properties: {{ addressPrefix: cidrSubnet('${{prefix{number}}}.0.0/16', 20, 1) }} }}
    ]
  }}
}}
resource aks{number} 'Microsoft.ContainerService/managedClusters@2025-05-01' = {{
  name: 'shop-{number}'
  location: location
  properties: {{
    dnsPrefix: 'shop'
    agentPoolProfiles: [{{ name: 'system', mode: 'System', count: 3, vmSize: 'Standard_D4s_v5', vnetSubnetID: vnet{number}.properties.subnets[0].id }}]
    networkProfile: {{ networkPlugin: 'azure', networkPluginMode: 'overlay', serviceCidr: '172.16.0.0/16', dnsServiceIP: '172.16.0.10' }}
  }}
}}
"
        )]);
    }
    text
}

/// Returns an ARM template with this many VNets and clusters.
fn arm(count: usize) -> String {
    let mut resources = Vec::new();
    for number in 0..count {
        resources.push(format!(
            r#"    {{
      "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "[format('shop-{{0}}-{number}', parameters('location'))]",
      "location": "[parameters('location')]",
      "properties": {{
        "addressSpace": {{ "addressPrefixes": [ "10.{number}.0.0/16" ] }},
        "subnets": [
          {{ "name": "nodes", "properties": {{ "addressPrefix": "10.{number}.0.0/20" }} }},
          {{ "name": "pods", "properties": {{ "addressPrefix": "[cidrSubnet('10.{number}.0.0/16', 20, 1)]" }} }}
        ]
      }}
    }},
    {{
      "type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-05-01", "name": "shop-{number}",
      "location": "[parameters('location')]",
      "properties": {{
        "dnsPrefix": "shop",
        "agentPoolProfiles": [ {{ "name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5",
          "vnetSubnetID": "[resourceId('Microsoft.Network/virtualNetworks/subnets', format('shop-{{0}}-{number}', parameters('location')), 'nodes')]" }} ],
        "networkProfile": {{ "networkPlugin": "azure", "networkPluginMode": "overlay", "serviceCidr": "172.16.0.0/16", "dnsServiceIP": "172.16.0.10" }}
      }}
    }}"#
        ));
    }
    format!(
        "{{\n  \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n  \
         \"contentVersion\": \"1.0.0.0\",\n  \"parameters\": {{ \"location\": {{ \"type\": \"string\", \"defaultValue\": \"westeurope\" }} }},\n  \
         \"resources\": [\n{}\n  ]\n}}\n",
        resources.join(",\n")
    )
}

fn source(name: &str, text: &str) -> std::sync::Arc<Source> {
    let sources = Sources::default();
    let id = sources.add(name, None, std::path::PathBuf::new(), text.to_owned());
    sources.get(id)
}

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 22))
}

/// Parsing: the Bicep parser is to read at least a third as many bytes a second as jsonc-parser.
fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    let (bicep, arm) = (bicep(200), arm(200));
    let file = source("main.bicep", &bicep);
    group.throughput(Throughput::Bytes(bicep.len() as u64));
    group.bench_function(BenchmarkId::new("bicep", bicep.len()), |b| {
        b.iter(|| aksnet::syntax::bicep(black_box(&file)));
    });
    group.throughput(Throughput::Bytes(arm.len() as u64));
    group.bench_function(BenchmarkId::new("jsonc-parser", arm.len()), |b| {
        let (collect, parse) = (CollectOptions::default(), ParseOptions::default());
        b.iter(|| jsonc_parser::parse_to_ast(black_box(&arm), &collect, &parse).map(|_| ()));
    });
    group.finish();
}

/// The whole way of ARM templates, to the model and its rules: at most four times `serde_json::Value`.
fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole");
    for count in [20, 200] {
        let arm = arm(count);
        group.throughput(Throughput::Bytes(arm.len() as u64));
        group.bench_function(BenchmarkId::new("arm", arm.len()), |b| {
            b.iter(|| analyse_texts(&[("main.json", black_box(&arm))], &options()).is_ok());
        });
        group.bench_function(BenchmarkId::new("serde_json", arm.len()), |b| {
            b.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&arm)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, parse, whole);
criterion_main!(benches);
