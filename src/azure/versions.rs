//! The Kubernetes versions, major and minor, from which AKS has something.

/// IPv6 beside IPv4 with the data plane cilium. Source: MicrosoftDocs/azure-aks-docs at fb060ab,
/// azure-cni-powered-by-cilium.md, "Dual-stack networking with Azure CNI Powered by Cilium"; read 2026-11-22.
pub const CILIUM_DUAL_STACK: (u32, u32) = (1, 29);

/// Policies by name, a security feature of advanced container networking. Source: as above, the table of what is supported.
pub const ADVANCED_NETWORK_SECURITY: (u32, u32) = (1, 29);

/// Blocks of addresses of a pod subnet. Source: configure-azure-cni-static-block-allocation.md, "Limitations".
pub const STATIC_BLOCKS: (u32, u32) = (1, 28);
