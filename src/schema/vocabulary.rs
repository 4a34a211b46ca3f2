//! What a resource type becomes in the model, and in whose words its attributes are written.

use super::reader::Keys;
use super::{arm, azurerm};
use crate::model::{Dialect, Vocabulary};
use crate::resource::Language;

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

/// Returns who wrote a resource of a type, and what it becomes; `None` for types that do not matter.
pub(super) fn of(kind: &str) -> Option<(Vocabulary, Role)> {
    let azurerm = azurerm::role(kind).map(|role| (Vocabulary::Azurerm, role));
    azurerm.or_else(|| arm::role(kind).map(|role| (Vocabulary::Arm, role)))
}

/// Returns how attributes are told apart.
pub(super) fn keys(vocabulary: Vocabulary) -> Keys {
    match vocabulary {
        Vocabulary::Azurerm => Keys::Exact,
        Vocabulary::Arm => Keys::AnyCase,
    }
}

/// Returns the language of a network by that of its resources.
pub(super) fn dialect(language: Language) -> Dialect {
    match language {
        Language::Terraform => Dialect::Terraform,
        Language::Plan => Dialect::Plan,
        Language::Bicep => Dialect::Bicep,
        Language::Arm => Dialect::Arm,
        Language::Export => Dialect::Export,
    }
}
