//! Which changes of the network model Azure makes to a cluster that is there.
//!
//! Sources, read 2026-11-22 in MicrosoftDocs/azure-aks-docs at fb060ab: update-azure-cni.md (the node subnet and kubenet to
//! overlay: the version, no pod subnet, no network policy engine, all pools at once, no way back);
//! concepts-network-azure-cni-pod-subnet.md (a pod subnet is chosen when a pool is made). They name no other way in place.

/// The first Kubernetes version, major and minor, whose clusters can be changed to overlay. Source: update-azure-cni.md.
pub const TO_OVERLAY_SINCE: (u32, u32) = (1, 27);

/// What a change to overlay means. Source: as above.
pub const TO_OVERLAY: &str = "in place, all pools at once, and there is no way back";

/// How a pod subnet comes to a cluster whose pods are in the node subnet. Source: as above.
pub const TO_POD_SUBNET: &str = "new node pools in the same cluster";

/// For all that the documents name no way for.
pub const NO_WAY: &str = "a new cluster: Azure's documents name no way in place";
