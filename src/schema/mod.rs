//! Evaluated resources to the network model: which resource types count, what their attributes mean, what is filled in when
//! they are not written, and which entity an id or a name means.
//!
//! `scene` gives every resource its slot, `reader` turns the attributes of a block into values, `ids` and `directory` turn
//! ids and names into links, a folder for each vocabulary (`azurerm`, `arm`) says which attribute is which, and `cluster`,
//! `addressing` and `pool` fill in what nobody wrote. `assembly` does it in order. Nothing here judges a value.

mod addressing;
mod arm;
mod assembly;
mod association;
mod attachment;
mod azurerm;
mod cluster;
mod convert;
mod directory;
mod field;
mod filler;
mod ids;
mod inline;
mod known_modules;
mod members;
mod naming;
mod overlay;
mod pool;
mod private_dns;
mod reader;
mod scene;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::model::Network;
use crate::resource::Resources;

/// Tells whether resources and data sources of a type matter to the model.
pub fn wanted(kind: &str) -> bool {
    vocabulary::of(kind).is_some()
        || arm::azapi::KINDS.contains(&kind)
        || known_modules::wanted(kind)
}

/// Returns the attributes that two resources of a type cannot share, so that a data source that names them all is the
/// resource; `None` for a type that has no such.
pub fn identity(kind: &str) -> Option<&'static [&'static str]> {
    azurerm::identity(kind)
}

/// Returns the network that resources describe.
pub fn read(resources: Resources) -> Network {
    assembly::read(known_modules::understand(resources))
}

/// Tells whether a text speaks of AKS or its networks, for a file that does not parse.
pub fn mentions(text: &str) -> bool {
    [
        "azurerm_kubernetes_",
        "azurerm_subnet",
        "azurerm_virtual_network",
        "Microsoft.ContainerService/managedClusters",
        "Microsoft.Network/virtualNetworks",
    ]
    .iter()
    .any(|word| text.contains(word))
}
