//! What a node takes of the address spaces, by network model.

/// The prefix length of what a node gets of the pod range, with kubenet and with overlay. Source:
/// MicrosoftDocs/azure-aks-docs at fb060ab, configure-kubenet.md and concepts-network-azure-cni-overlay.md, read 2026-11-22.
pub const NODE_POD_PREFIX: u8 = 24;

/// Addresses that a node takes from a pod subnet at once. Source: as above, configure-azure-cni-dynamic-ip-allocation.md.
pub const POD_SUBNET_BATCH: u32 = 16;
