//! Evaluated resources to the network model: which resource types count, what their attributes mean, what is filled in when
//! they are not written, and which entity an id or a name means.
//!
//! `reader` turns the attributes of a block into values, `ids` and `directory` turn ids and names into links, and a folder
//! for each provider says which attribute is which. Nothing here judges a value.

mod azurerm;
mod convert;
mod directory;
mod field;
mod ids;
mod reader;
#[cfg(test)]
mod tests;

use crate::model::Network;
use crate::resource::Resources;

/// Tells whether resources and data sources of a type matter to the model.
pub fn wanted(kind: &str) -> bool {
    azurerm::KINDS.contains(&kind)
}

/// Returns the network that Terraform resources describe.
pub fn read(resources: Resources) -> Network {
    azurerm::read(resources)
}

/// Tells whether a text speaks of AKS or its networks, for a file that does not parse.
pub fn mentions(text: &str) -> bool {
    [
        "azurerm_kubernetes_",
        "azurerm_subnet",
        "azurerm_virtual_network",
    ]
    .iter()
    .any(|word| text.contains(word))
}
