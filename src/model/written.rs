//! How a network was written, for the few rules that judge the text rather than the network.

use std::fmt;

use crate::project::ProviderVersion;
use crate::source::Symbol;
use crate::value::Value;

/// The language that a network was written in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Dialect {
    /// Terraform configuration.
    Terraform,
    /// Terraform plan or state JSON.
    Plan,
    /// Bicep source.
    Bicep,
    /// ARM template JSON.
    Arm,
    /// What `az … show` prints.
    Export,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::Terraform => "terraform",
            Dialect::Plan => "plan",
            Dialect::Bicep => "bicep",
            Dialect::Arm => "arm",
            Dialect::Export => "export",
        })
    }
}

/// Whose words a resource is written in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Vocabulary {
    /// hashicorp/azurerm.
    Azurerm,
    /// Azure Resource Manager, in azapi, Bicep, templates and exports.
    Arm,
}

/// How a cluster was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The language.
    pub dialect: Dialect,
    /// Whose words.
    pub vocabulary: Vocabulary,
    /// The azurerm version that the root asks for.
    pub provider: ProviderVersion,
    /// Whether a one-range form (`pod_cidr`) is written.
    pub scalar_cidrs: bool,
    /// Whether a list form (`pod_cidrs`) is written.
    pub list_cidrs: bool,
}

/// An attribute that is written, and that a release of azurerm took away.
#[derive(Clone, Debug)]
pub struct Removed {
    /// Its dotted path: `network_profile.ebpf_data_plane`.
    pub path: Symbol,
    /// The first major version of azurerm that does not know it.
    pub since: u32,
    /// What is written instead; `None` when nothing is.
    pub instead: Option<&'static str>,
    /// Known when every version that the code admits lacks it, unknown when some do; its place is the attribute.
    pub gone: Value<()>,
}

impl Vocabulary {
    /// Returns what it calls a setting of the model: `service_cidr` or `serviceCidr`.
    pub fn spell(self, setting: &str) -> String {
        match (self, setting) {
            (Vocabulary::Azurerm, _) => setting.to_owned(),
            (Vocabulary::Arm, "dns_service_ip") => "dnsServiceIP".to_owned(),
            (Vocabulary::Arm, "ip_versions") => "ipFamilies".to_owned(),
            (Vocabulary::Arm, "network_data_plane") => "networkDataplane".to_owned(),
            (Vocabulary::Arm, _) => camel(setting),
        }
    }
}

/// Returns `max_pods` as `maxPods`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut spelled = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        spelled.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        spelled.push_str(letters.as_str());
    }
    spelled
}
