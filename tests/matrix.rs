//! Holds the rules to the table of what goes together: each combination is written and judged, and those rules speak that its
//! cell names, and no other of the table.

use std::collections::BTreeSet;

use aksnet::azure::matrix::{
    ADDITIONS, Addition, BY_VERSION, Cell, Model, Plane, Policy, ROWS, Row, Setting,
};
use aksnet::finding::RuleId;

use crate::support::run::analyse;

const MODELS: [Model; 5] = [
    Model::Kubenet,
    Model::NodeSubnet,
    Model::PodSubnet,
    Model::Overlay,
    Model::ByoCni,
];
const PLANES: [Plane; 2] = [Plane::Azure, Plane::Cilium];
const POLICIES: [Policy; 5] = [
    Policy::Omitted,
    Policy::None,
    Policy::Azure,
    Policy::Calico,
    Policy::Cilium,
];

/// What the columns of the table differ in.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Column {
    Linux,
    Windows,
    DualStack,
}

const COLUMNS: [Column; 3] = [Column::Linux, Column::Windows, Column::DualStack];

/// A cluster to be written.
#[derive(Clone, Copy, Debug)]
struct Design {
    model: Model,
    plane: Plane,
    policy: Policy,
    column: Column,
    /// Whether the data plane azure is left out, which means the same.
    plane_omitted: bool,
    windows: &'static str,
    version: &'static str,
    families: Option<&'static str>,
    mode_overlay: bool,
    pod_subnet: bool,
}

/// A language that a design is written in.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Words {
    Azurerm,
    Arm,
}

const NETWORK: &str = r#"
resource "azurerm_virtual_network" "main" {
  name          = "shop"
  address_space = ["10.1.0.0/16", "fd00:db8::/48"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.1.0.0/20", "fd00:db8::/64"]
}

resource "azurerm_subnet" "pods" {
  name                 = "pods"
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.1.16.0/20", "fd00:db8:0:1::/64"]
}
"#;

const AZURERM: &str = r#"
resource "azurerm_kubernetes_cluster" "main" {
  name               = "shop"
  kubernetes_version = "VERSION"
  default_node_pool {
    name           = "system"
    vnet_subnet_id = azurerm_subnet.nodes.id
    POD_SUBNET
  }
  network_profile {
    PROFILE
  }
}
"#;

const AZURERM_WINDOWS: &str = r#"
resource "azurerm_kubernetes_cluster_node_pool" "windows" {
  name                  = "win"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  os_type               = "Windows"
  os_sku                = "WINDOWS"
  vnet_subnet_id        = azurerm_subnet.nodes.id
  POD_SUBNET
}
"#;

const ARM: &str = r#"
resource "azapi_resource" "main" {
  type = "Microsoft.ContainerService/managedClusters@2025-02-01"
  name = "shop"
  body = { properties = {
    kubernetesVersion = "VERSION"
    agentPoolProfiles = [
      { name = "system", mode = "System", vnetSubnetID = azurerm_subnet.nodes.id, POD_SUBNET },
      WINDOWS_POOL
    ]
    networkProfile = {
      PROFILE
    }
  } }
}
"#;

const ARM_WINDOWS: &str = r#"{
        name = "win", mode = "User", osType = "Windows", osSKU = "WINDOWS", vnetSubnetID = azurerm_subnet.nodes.id, POD_SUBNET
      },"#;

impl Design {
    fn new(model: Model, plane: Plane, policy: Policy, column: Column) -> Self {
        Design {
            model,
            plane,
            policy,
            column,
            plane_omitted: false,
            windows: "Windows2022",
            version: "1.33",
            families: None,
            mode_overlay: model == Model::Overlay,
            pod_subnet: model == Model::PodSubnet,
        }
    }

    /// Returns the settings of the network profile, in the words of both languages.
    fn profile(self) -> Vec<(&'static str, &'static str, &'static str)> {
        let plugin = match self.model {
            Model::Kubenet => "\"kubenet\"",
            Model::NodeSubnet | Model::PodSubnet | Model::Overlay => "\"azure\"",
            Model::ByoCni => "\"none\"",
        };
        let mut profile = vec![("network_plugin", "networkPlugin", plugin)];
        if self.mode_overlay {
            profile.push(("network_plugin_mode", "networkPluginMode", "\"overlay\""));
        }
        let plane = match self.plane {
            Plane::Azure if self.plane_omitted => None,
            Plane::Azure => Some("\"azure\""),
            Plane::Cilium => Some("\"cilium\""),
        };
        profile.extend(plane.map(|plane| ("network_data_plane", "networkDataplane", plane)));
        let policy = match self.policy {
            Policy::Omitted => None,
            Policy::None => Some("\"none\""),
            Policy::Azure => Some("\"azure\""),
            Policy::Calico => Some("\"calico\""),
            Policy::Cilium => Some("\"cilium\""),
        };
        profile.extend(policy.map(|policy| ("network_policy", "networkPolicy", policy)));
        let both = (self.column == Column::DualStack).then_some("[\"IPv4\", \"IPv6\"]");
        let families = self.families.or(both);
        profile.extend(families.map(|families| ("ip_versions", "ipFamilies", families)));
        profile
    }

    fn text(self, words: Words) -> String {
        let profile = self.profile();
        let lines = profile.iter().map(|(azurerm, arm, value)| match words {
            Words::Azurerm => format!("{azurerm} = {value}\n    "),
            Words::Arm => format!("{arm} = {value}\n      "),
        });
        let lines: String = lines.collect();
        let windows = self.column == Column::Windows;
        let (text, pod_subnet) = match words {
            Words::Azurerm => (
                AZURERM.to_owned() + if windows { AZURERM_WINDOWS } else { "" },
                "pod_subnet_id = azurerm_subnet.pods.id",
            ),
            Words::Arm => (
                ARM.replace("WINDOWS_POOL", if windows { ARM_WINDOWS } else { "" }),
                "podSubnetID = azurerm_subnet.pods.id",
            ),
        };
        let text = text
            .replace("POD_SUBNET", if self.pod_subnet { pod_subnet } else { "" })
            .replace("PROFILE", lines.trim_end())
            .replace("VERSION", self.version)
            .replace("WINDOWS", self.windows);
        format!("{NETWORK}{text}")
    }

    /// Returns the languages that can say it: azurerm has no policy `none`.
    fn languages(self) -> &'static [Words] {
        match self.policy {
            Policy::None => &[Words::Arm],
            _ => &[Words::Azurerm, Words::Arm],
        }
    }
}

fn row(model: Model, plane: Plane, policy: Policy) -> &'static Row {
    let mut rows = ROWS.iter().filter(|row| {
        row.models.contains(&model) && row.plane == plane && row.policies.contains(&policy)
    });
    let row = rows.next();
    assert!(
        rows.next().is_none(),
        "{model:?} {plane:?} {policy:?} twice"
    );
    row.unwrap_or_else(|| panic!("{model:?} {plane:?} {policy:?} is missing"))
}

fn cell(row: &Row, column: Column) -> Cell {
    match column {
        Column::Linux => row.linux,
        Column::Windows => row.windows,
        Column::DualStack => row.dual_stack,
    }
}

/// Returns every combination with its cell.
fn combinations() -> Vec<(Design, Cell)> {
    let mut all = Vec::new();
    for model in MODELS {
        for plane in PLANES {
            for policy in POLICIES {
                for column in COLUMNS {
                    let design = Design::new(model, plane, policy, column);
                    all.push((design, cell(row(model, plane, policy), column)));
                }
            }
        }
    }
    all
}

/// Returns the rules of the table.
fn rules() -> BTreeSet<RuleId> {
    let cells = ROWS
        .iter()
        .flat_map(|row| COLUMNS.map(|column| cell(row, column)));
    cells
        .flat_map(|cell| cell.rules().iter().copied())
        .chain(ADDITIONS.iter().map(|addition| addition.rule))
        .chain(BY_VERSION)
        .collect()
}

/// Returns what is wrong with what is said of a design in each language that can say it.
fn faults(design: Design, more: &[RuleId], expected: &[RuleId]) -> Vec<String> {
    let mut rules = rules();
    rules.extend(more);
    let expected: BTreeSet<RuleId> = expected.iter().copied().collect();
    let mut faults = Vec::new();
    for words in design.languages() {
        let analysis = analyse(&[("main.tf", &design.text(*words))]);
        assert_eq!(analysis.designs[0].after.clusters.len(), 1, "{design:?}");
        let spoken = analysis.findings.iter().map(|finding| finding.rule);
        let found: BTreeSet<RuleId> = spoken.filter(|rule| rules.contains(rule)).collect();
        if found != expected {
            faults.push(format!(
                "{words:?} {design:?}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    faults
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_cell_gets_its_own_rules() {
    let all = combinations();
    assert_eq!(all.len(), 150);
    let faults: Vec<String> = all
        .into_iter()
        .flat_map(|(design, cell)| faults(design, &[], cell.rules()))
        .collect();
    assert_none(&faults);
}

#[test]
fn an_omitted_data_plane_is_azure() {
    let azure = combinations().into_iter();
    let faults: Vec<String> = azure
        .filter(|(design, _)| design.plane == Plane::Azure)
        .flat_map(|(design, cell)| {
            let design = Design {
                plane_omitted: true,
                ..design
            };
            faults(design, &[], cell.rules())
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn settings_that_do_not_go_with_a_model_are_told_on_top() {
    let mut all = Vec::new();
    for addition in ADDITIONS {
        let Addition { models, rule, .. } = addition;
        let here = |(design, _): &(Design, Cell)| models.contains(&design.model);
        for (design, cell) in combinations().into_iter().filter(here) {
            let design = match addition.setting {
                Setting::ModeOverlay => Design {
                    mode_overlay: true,
                    ..design
                },
                Setting::PodSubnet => Design {
                    pod_subnet: true,
                    ..design
                },
            };
            let mut expected = cell.rules().to_vec();
            if !addition.unless.iter().any(|rule| expected.contains(rule)) {
                expected.push(*rule);
            }
            all.extend(faults(design, &[], &expected));
        }
    }
    assert_none(&all);
}

#[test]
fn a_newer_windows_is_told_where_calico_is_right_otherwise() {
    let windows = combinations().into_iter();
    let faults: Vec<String> = windows
        .filter(|(design, _)| design.column == Column::Windows)
        .flat_map(|(design, cell)| {
            let design = Design {
                windows: "Windows2025",
                ..design
            };
            let told = design.policy == Policy::Calico && cell == Cell::Ok;
            let rules: &[RuleId] = if told { &[RuleId(322)] } else { cell.rules() };
            faults(design, &[], rules)
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn an_older_kubernetes_is_told_where_dual_stack_is_right_otherwise() {
    let dual_stack = combinations().into_iter();
    let faults: Vec<String> = dual_stack
        .filter(|(design, _)| design.column == Column::DualStack)
        .flat_map(|(design, cell)| {
            let design = Design {
                version: "1.28.9",
                ..design
            };
            let told = design.plane == Plane::Cilium && cell.rules().is_empty();
            let rules: &[RuleId] = if told { &[RuleId(326)] } else { cell.rules() };
            faults(design, &[], rules)
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn a_retired_windows_is_told_on_top() {
    let windows = combinations().into_iter();
    let retired = RuleId(345);
    let faults: Vec<String> = windows
        .filter(|(design, _)| design.column == Column::Windows)
        .flat_map(|(design, cell)| {
            let design = Design {
                windows: "Windows2019",
                ..design
            };
            faults(design, &[retired], &[cell.rules(), &[retired]].concat())
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn other_address_families_are_told_alone() {
    let families = RuleId(327);
    let mut all = Vec::new();
    for written in ["[\"IPv6\"]", "[\"IPv6\", \"IPv4\"]"] {
        let linux = combinations().into_iter();
        for (design, cell) in linux.filter(|(design, _)| design.column == Column::Linux) {
            let design = Design {
                families: Some(written),
                ..design
            };
            let expected = [cell.rules(), &[families]].concat();
            all.extend(faults(design, &[families], &expected));
        }
    }
    assert_none(&all);
}
