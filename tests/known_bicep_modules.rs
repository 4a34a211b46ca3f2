//! Well-known modules of Bicep's public registry: what their parameters come to, what their outputs lead to, and that nothing
//! is taken for known that the table does not say.

use crate::support::cli::{Project, Run};

/// A network of two subnets, of which the second has a route table.
const NETWORK: &str = r"module routes 'br/public:avm/res/network/route-table:0.5.0' = {
  name: 'routes'
  params: {
    name: 'routes'
    routes: [
      { name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance' } }
    ]
  }
}
module network 'br/public:avm/res/network/virtual-network:0.7.1' = {
  name: 'network'
  params: {
    name: 'net'
    addressPrefixes: ['10.0.0.0/16']
    subnets: [
      { name: 'other', addressPrefix: '10.0.4.0/24' }
      { name: 'nodes', addressPrefix: '10.0.8.0/22', routeTableResourceId: routes.outputs.resourceId }
    ]
  }
}
";

/// A cluster in the second subnet.
const CLUSTER: &str = r"module cluster 'br/public:avm/res/container-service/managed-cluster:VERSION' = {
  name: 'cluster'
  params: {
    name: 'shop'
    networkPlugin: 'azure'
    networkDataplane: 'cilium'
    outboundType: 'userDefinedRouting'
    serviceCidr: '10.0.8.0/24'
    dnsServiceIP: '10.0.9.10'
    primaryAgentPoolProfiles: [
      { name: 'system', mode: 'System', maxPods: 60, vnetSubnetResourceId: network.outputs.subnetResourceIds[1] }
    ]
    MORE
  }
}
";

fn cluster(version: &str, more: &str) -> String {
    CLUSTER.replace("VERSION", version).replace("MORE", more)
}

fn run(command: &str, text: &str) -> Run {
    let args: &[&str] = match command {
        "check" => &["check", "--format", "concise", "."],
        _ => &["show", "."],
    };
    Project::new(&[("main.bicep", text)]).run(args)
}

/// Returns the lines that `show` prints of a value.
fn shown(text: &str, name: &str) -> Vec<String> {
    let run = run("show", text);
    let lines = run
        .out
        .lines()
        .filter(|line| line.contains(&format!("─ {name} ")));
    lines
        .map(|line| {
            line.split('─')
                .next_back()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn faults_are_told_at_the_parameters() {
    let text = cluster("0.14.0", "") + NETWORK;
    let run = run("check", &text);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    for found in [
        "main.bicep:8:18: error[AKS121]",
        "main.bicep:9:19: error[AKS104]",
        "AKS519",
    ] {
        assert!(run.out.contains(found), "{found}\n{}", run.out);
    }
}

#[test]
fn both_spellings_of_the_registry_mean_it() {
    let text = cluster("0.14.0", "") + NETWORK;
    let long = text.replace("br/public:", "br:mcr.microsoft.com/bicep/");
    assert_eq!(
        run("check", &text).out.lines().count(),
        run("check", &long).out.lines().count()
    );
    let private = text.replace("br/public:", "br/acme:");
    let run = run("check", &private);
    assert!(!run.out.contains("AKS121"), "{}", run.out);
}

#[test]
fn the_module_says_what_the_caller_does_not() {
    let text = cluster("0.14.0", "") + NETWORK;
    for (name, value) in [
        ("network_plugin_mode", "overlay"),
        ("network_policy", "cilium"),
        ("node_count", "1"),
        ("vm_size", "Standard_D2s_v3"),
        ("dns_prefix", "shop"),
    ] {
        let lines = shown(&text, name);
        assert!(
            lines.iter().any(|line| line.contains(value)),
            "{name}: {lines:?}"
        );
    }
}
#[test]
fn pools_of_their_own_belong_to_the_cluster() {
    let more = "agentPools: [{ name: 'blue', count: 4, vnetSubnetResourceId: network.outputs.subnetResourceIds[0] }]";
    let text = cluster("0.11.1", more) + NETWORK;
    let run = run("show", &text);
    assert!(
        run.out
            .contains("pool blue  cluster.managedCluster_agentPools[0].agentPool"),
        "{}",
        run.out
    );
    let subnets = shown(&text, "vnet_subnet");
    assert!(
        subnets
            .iter()
            .any(|line| line.contains("virtualNetwork_subnets[0]")),
        "{subnets:?}"
    );
    assert!(
        subnets
            .iter()
            .any(|line| line.contains("virtualNetwork_subnets[1]")),
        "{subnets:?}"
    );
}

#[test]
fn older_releases_have_other_parameters() {
    let private = "enablePrivateCluster: true\n    authorizedIPRanges: ['203.0.113.0/24']";
    let old = run("check", &(cluster("0.9.0", private) + NETWORK));
    assert!(old.out.contains("AKS602"), "{}", old.out);
    let profile = "apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ['203.0.113.0/24'] }";
    let new = run("check", &(cluster("0.13.0", profile) + NETWORK));
    assert!(new.out.contains("AKS602"), "{}", new.out);
}

#[test]
fn an_unknown_parameter_or_release_leaves_all_unknown() {
    for (version, more) in [
        ("99.0.0", ""),
        ("0.1.0", ""),
        ("0.14.0", "wonder: true"),
        ("0.14.0", "enablePrivateCluster: true"),
    ] {
        let run = run("check", &(cluster(version, more) + NETWORK));
        assert!(!run.out.contains("error["), "{version} {more}: {}", run.out);
    }
}

#[test]
fn a_parameter_without_a_value_stays_unknown() {
    let text =
        cluster("0.14.0", "").replace("'10.0.8.0/24'", "range") + NETWORK + "param range string\n";
    let run = run("check", &text);
    assert!(!run.out.contains("error["), "{}", run.out);
}

#[test]
fn calls_stand_as_often_as_they_are_made() {
    let text = r"module nat 'br/public:avm/res/network/nat-gateway:2.0.0' = [
  for name in ['a', 'b']: {
    name: name
    params: { name: 'nat-${name}', availabilityZone: -1 }
  }
]
module subnet 'br/public:avm/res/network/virtual-network/subnet:0.1.1' = {
  name: 'subnet'
  params: {
    name: 'nodes'
    virtualNetworkName: net.name
    addressPrefix: '10.0.0.0/24'
    natGatewayResourceId: nat[1].outputs.resourceId
  }
}
resource net 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'net'
  location: 'westeurope'
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
}
";
    let with = |outbound: &str| {
        let cluster = cluster("0.14.0", "")
            .replace("userDefinedRouting", outbound)
            .replace(
                "network.outputs.subnetResourceIds[1]",
                "subnet.outputs.resourceId",
            )
            .replace("10.0.8.0/24", "172.16.0.0/16");
        run("check", &(cluster + text)).out
    };
    assert!(
        !with("userAssignedNATGateway").contains("AKS515"),
        "{}",
        with("userAssignedNATGateway")
    );
    assert!(
        with("userDefinedRouting").contains("AKS516"),
        "{}",
        with("userDefinedRouting")
    );
}

#[test]
fn old_networks_are_told_of_services_in_another_way() {
    let delegated = "routeTableResourceId: routes.outputs.resourceId, delegations: [{ name: 'd', properties: { serviceName: 'Microsoft.Web/serverFarms' } }]";
    let text = (cluster("0.14.0", "") + NETWORK)
        .replace("routeTableResourceId: routes.outputs.resourceId", delegated)
        .replace("virtual-network:0.7.1", "virtual-network:0.2.0");
    let run = run("check", &text);
    assert!(run.out.contains("AKS404"), "{}", run.out);
    assert!(run.out.contains("error[AKS121]"), "{}", run.out);
}

#[test]
fn what_only_the_module_sends_is_no_fault_of_the_caller() {
    let nat = cluster("0.14.0", "").replace("userDefinedRouting", "managedNATGateway") + NETWORK;
    let run = run("check", &nat);
    assert!(!run.out.contains("AKS503"), "{}", run.out);
}

#[test]
fn peerings_lead_both_ways() {
    let text = cluster("0.14.0", "").replace("10.0.8.0/24", "10.9.0.0/24")
        + NETWORK
        + r"module hub 'br/public:avm/res/network/virtual-network:0.10.1' = {
  params: {
    name: 'hub'
    addressPrefixes: ['10.9.0.0/16']
    peerings: [{ remoteVirtualNetworkResourceId: network.outputs.resourceId, remotePeeringEnabled: true }]
  }
}
";
    let run = run("check", &text);
    assert!(run.out.contains("AKS123"), "{}", run.out);
}

#[test]
fn patterns_fix_what_they_do_not_ask_for() {
    let aks = r"module aks 'br/public:avm/ptn/azd/aks:0.3.0' = {
  params: {
    name: 'shop'
    containerRegistryName: 'registry'
    keyVaultName: 'vault'
    principalId: 'p'
    monitoringWorkspaceResourceId: 'w'
    agentPoolSize: 'HighSpec'
    serviceCidr: '10.4.0.0/16'
    dnsServiceIP: '10.5.0.10'
  }
}
";
    let out = run("show", aks).out;
    for part in [
        "pool npsystem",
        "pool npuser",
        "Standard_DS2_v2",
        "Standard_D4s_v3",
        "33%",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert!(run("check", aks).out.contains("AKS104"));
    let automatic = "module aks 'br/public:avm/ptn/azd/aks-automatic-cluster:0.3.0' = {\n  params: { name: 'shop' }\n}\n";
    let out = run("show", automatic).out;
    for part in ["pool systempool", "managedNATGateway", "Standard_DS4_v2"] {
        assert!(out.contains(part), "{part}\n{out}");
    }
}
