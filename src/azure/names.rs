//! What Azure allows in names.

/// The most characters of the names of subnet, VNet and the VNet's resource group that overlay can make labels of nodes of.
/// Source: MicrosoftDocs/azure-aks-docs at fb060ab, concepts-network-azure-cni-overlay.md, "Limitations with Azure CNI
/// Overlay"; read 2026-11-22.
pub const NODE_LABEL_CHARACTERS: usize = 63;
