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
