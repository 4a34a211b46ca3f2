//! Ranges that Azure or Kubernetes keeps for itself.

use crate::cidr::Cidr;

/// Ranges that no pod, service or cluster network may touch. Source: MicrosoftDocs/azure-aks-docs at fb060ab,
/// concepts-network-cni-overview.md, "Prerequisites", and use-byo-cni.md; read 2026-11-22. Until July 2026 the docs limited
/// the two in 172.16.0.0/12 to Calico (azure-aks-docs#447).
pub const RESERVED: [Cidr; 4] = [
    Cidr::v4([169, 254, 0, 0], 16),
    Cidr::v4([172, 30, 0, 0], 16),
    Cidr::v4([172, 31, 0, 0], 16),
    Cidr::v4([192, 0, 2, 0], 24),
];

/// IPv4 ranges that no packet from the internet comes from. Source: Azure/azure-cli `acs/_validators.py`, `validate_ip_ranges`,
/// which asks for global addresses; IANA IPv4 Special-Purpose Address Registry; read 2026-11-22. Ranges for documentation
/// are left out.
pub const NOT_PUBLIC: [Cidr; 6] = [
    Cidr::v4([10, 0, 0, 0], 8),
    Cidr::v4([100, 64, 0, 0], 10),
    Cidr::v4([127, 0, 0, 0], 8),
    Cidr::v4([169, 254, 0, 0], 16),
    Cidr::v4([172, 16, 0, 0], 12),
    Cidr::v4([192, 168, 0, 0], 16),
];

/// The address space that Microsoft supports for pods: RFC 1918 and RFC 6598. Source: MicrosoftDocs/azure-aks-docs at fb060ab,
/// concepts-network-azure-cni-overlay.md, "IP address planning", read 2026-11-22.
pub const PRIVATE: [Cidr; 4] = [
    Cidr::v4([10, 0, 0, 0], 8),
    Cidr::v4([172, 16, 0, 0], 12),
    Cidr::v4([192, 168, 0, 0], 16),
    Cidr::v4([100, 64, 0, 0], 10),
];

/// Ranges that no VNet may have: multicast, broadcast, loopback, link-local, Azure's own resolver. Source: Azure Virtual Network
/// FAQ, "What address ranges can I use in my virtual networks?", as in rules AKS128.
pub const NOT_FOR_VNETS: [Cidr; 5] = [
    Cidr::v4([224, 0, 0, 0], 4),
    Cidr::v4([255, 255, 255, 255], 32),
    Cidr::v4([127, 0, 0, 0], 8),
    Cidr::v4([169, 254, 0, 0], 16),
    Cidr::v4([168, 63, 129, 16], 32),
];
