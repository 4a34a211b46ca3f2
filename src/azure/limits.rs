//! How large and how small Azure lets things be.
//!
//! Source: MicrosoftDocs/azure-aks-docs at fb060ab (DOC), read 2026-11-22.

/// The least prefix length of an IPv4 service range: "must be smaller than /12". Source: DOC
/// concepts-network-ip-address-planning.md, "Kubernetes service address range"; kubernetes/kubernetes#12624 has 20 host bits
/// as the API server's own limit, which is a /12.
pub const SERVICE_CIDR_MIN_PREFIX_V4: u8 = 13;

/// The least prefix length of an IPv6 service range: "no larger than /108". Source: DOC configure-dual-stack.md and
/// azure-cni-overlay.md, parameters.
pub const SERVICE_CIDR_MIN_PREFIX_V6: u8 = 108;
