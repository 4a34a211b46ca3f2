//! What a resource type becomes in the model, and in whose words its attributes are written.

use super::reader::Keys;
use super::{arm, azurerm};
use crate::source::Symbol;

/// Whose words a resource is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Vocabulary {
    /// hashicorp/azurerm.
    Azurerm,
    /// Azure Resource Manager.
    Arm,
}

/// What a resource becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Cluster,
    Pool,
    Subnet,
    VirtualNetwork,
    Peering,
    RouteTable,
    Route,
    NatGateway,
    PublicIp,
    PublicIpPrefix,
    SecurityGroup,
    SecurityRule,
    /// Ties two others together.
    Association,
}

impl Vocabulary {
    /// Returns who wrote a resource of a type, and what it becomes; `None` for types that do not matter.
    pub(super) fn of(kind: &str) -> Option<(Vocabulary, Role)> {
        let azurerm = azurerm::role(kind).map(|role| (Vocabulary::Azurerm, role));
        azurerm.or_else(|| arm::role(kind).map(|role| (Vocabulary::Arm, role)))
    }

    /// Returns how its attributes are told apart.
    pub(super) fn keys(self) -> Keys {
        match self {
            Vocabulary::Azurerm => Keys::Exact,
            Vocabulary::Arm => Keys::AnyCase,
        }
    }

    /// Returns what it calls a setting of the model.
    pub(super) fn spell(self, setting: &str) -> Symbol {
        match (self, setting) {
            (Vocabulary::Azurerm, _) => setting.into(),
            (Vocabulary::Arm, "ip_versions") => "ipFamilies".into(),
            (Vocabulary::Arm, _) => camel(setting).into(),
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
