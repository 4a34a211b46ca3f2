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
