//! Clusters of the table, written in each language.

use aksnet::azure::matrix::{Model, Plane, Policy};

/// What the columns of the table differ in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Column {
    Linux,
    Windows,
    DualStack,
}

pub(super) const COLUMNS: [Column; 3] = [Column::Linux, Column::Windows, Column::DualStack];

/// A cluster to be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Design {
    pub(super) model: Model,
    pub(super) plane: Plane,
    pub(super) policy: Policy,
    pub(super) column: Column,
    /// Whether the data plane azure is left out, which means the same.
    pub(super) plane_omitted: bool,
    pub(super) windows: &'static str,
    pub(super) version: &'static str,
    pub(super) families: Option<&'static str>,
    pub(super) mode_overlay: bool,
    pub(super) pod_subnet: bool,
}

/// A language that a design is written in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Words {
    Azurerm,
    Azapi,
    Bicep,
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
WINDOWS_POOL
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

const AZAPI: &str = r#"
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

const AZAPI_WINDOWS: &str = r#"{
        name = "win", mode = "User", osType = "Windows", osSKU = "WINDOWS", vnetSubnetID = azurerm_subnet.nodes.id, POD_SUBNET
      },"#;

const BICEP: &str = r"
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16', 'fd00:db8::/48'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefixes: ['10.1.0.0/20', 'fd00:db8::/64'] } }
      { name: 'pods', properties: { addressPrefixes: ['10.1.16.0/20', 'fd00:db8:0:1::/64'] } }
    ]
  }
}

resource main 'Microsoft.ContainerService/managedClusters@2025-02-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    kubernetesVersion: 'VERSION'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        vnetSubnetID: network.properties.subnets[0].id
        POD_SUBNET
      }
    ]
    networkProfile: {
      PROFILE
    }
  }
}
WINDOWS_POOL
";

const BICEP_WINDOWS: &str = r"
resource windows 'Microsoft.ContainerService/managedClusters/agentPools@2025-02-01' = {
  parent: main
  name: 'win'
  properties: {
    mode: 'User'
    osType: 'Windows'
    osSKU: 'WINDOWS'
    vnetSubnetID: network.properties.subnets[0].id
    POD_SUBNET
  }
}
";

/// The text of a cluster in one language.
struct Template {
    /// What stands before it.
    shared: &'static str,
    /// The cluster, with a place for a Windows pool.
    cluster: &'static str,
    /// The Windows pool.
    windows: &'static str,
    /// What gives a pool a pod subnet.
    pod_subnet: &'static str,
}

impl Design {
    /// Returns a design with what its columns do not say left as it is everywhere else.
    pub(super) fn new(model: Model, plane: Plane, policy: Policy, column: Column) -> Self {
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

    /// Returns the settings of the network profile, in the words of azurerm and of Azure.
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

    /// Returns the files' text in one language.
    pub(super) fn text(self, words: Words) -> String {
        let template = match words {
            Words::Azurerm => Template {
                shared: NETWORK,
                cluster: AZURERM,
                windows: AZURERM_WINDOWS,
                pod_subnet: "pod_subnet_id = azurerm_subnet.pods.id",
            },
            Words::Azapi => Template {
                shared: NETWORK,
                cluster: AZAPI,
                windows: AZAPI_WINDOWS,
                pod_subnet: "podSubnetID = azurerm_subnet.pods.id",
            },
            Words::Bicep => Template {
                shared: "",
                cluster: BICEP,
                windows: BICEP_WINDOWS,
                pod_subnet: "podSubnetID: network.properties.subnets[1].id",
            },
        };
        let windows = (self.column == Column::Windows).then_some(template.windows);
        let pod_subnet = self.pod_subnet.then_some(template.pod_subnet);
        let cluster = template
            .cluster
            .replace("WINDOWS_POOL", windows.unwrap_or_default())
            .replace("POD_SUBNET", pod_subnet.unwrap_or_default())
            .replace("PROFILE", &self.settings(words))
            .replace("VERSION", self.version)
            .replace("WINDOWS", self.windows);
        template.shared.to_owned() + &cluster
    }

    /// Returns the settings of the network profile in one language, one a line.
    fn settings(self, words: Words) -> String {
        let line = |(azurerm, arm, value): &(&str, &str, &str)| match words {
            Words::Azurerm => format!("{azurerm} = {value}\n"),
            Words::Azapi => format!("{arm} = {value}\n"),
            Words::Bicep => format!("{arm}: {}\n", value.replace('"', "'")),
        };
        self.profile().iter().map(line).collect()
    }

    /// Returns the languages of Terraform that can say it: azurerm has no policy `none`.
    pub(super) fn terraform(self) -> &'static [Words] {
        match self.policy {
            Policy::None => &[Words::Azapi],
            _ => &[Words::Azurerm, Words::Azapi],
        }
    }
}
