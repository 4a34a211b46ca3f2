//! How much there is, and how much may be. Read 2026-11-22 in MicrosoftDocs/azure-aks-docs at fb060ab (DOC).

/// Addresses of a subnet that Azure keeps: the first four and the last. Source: DOC concepts-network-azure-cni-overlay.md,
/// "IP address planning" (a /24 has 251); Azure virtual-network-faq, "Are there any restrictions on using IP addresses".
pub const RESERVED_ADDRESSES: i64 = 5;

/// The longest prefix of a subnet. Source: Azure virtual-network-faq, "How small and how large can virtual networks be".
pub const SMALLEST_SUBNET: u8 = 29;

/// The block of the pod range that each node takes with kubenet and overlay, a /24. Source: DOC
/// concepts-network-azure-cni-overlay.md, "IP address planning"; configure-kubenet.md.
pub const POD_BLOCK: i64 = 256;

/// Addresses that a node takes of a pod subnet at a time. Source: DOC configure-azure-cni-dynamic-ip-allocation.md, l.46;
/// configure-azure-cni-static-block-allocation.md.
pub const POD_BATCH: i64 = 16;

/// A node asks for the next batch when it has fewer free addresses than this. Source: DOC
/// configure-azure-cni-dynamic-ip-allocation.md, l.46.
pub const POD_BATCH_RESERVE: i64 = 8;

/// The least pods of a node. Source: DOC concepts-network-ip-address-planning.md, "Maximum pods per node".
pub const MIN_PODS: u32 = 10;

/// The most pods of a node. Source: as above.
pub const MAX_PODS: u32 = 250;

/// The least pods of a pool, all its nodes together. Source: as above.
pub const MIN_PODS_OF_POOL: u32 = 30;

/// The most pods of a Windows node that Azure advises. Source: DOC quotas-skus-regions.md.
pub const MAX_PODS_WINDOWS: u32 = 110;

/// The most nodes of a pool. Source: DOC quotas-skus-regions.md; azurerm's `node_count` and `max_count`.
pub const POOL_NODES: u32 = 1000;

/// The most nodes of a cluster. Source: DOC quotas-skus-regions.md.
pub const CLUSTER_NODES: i64 = 5000;

/// The most nodes of a kubenet cluster: a route for each, and a table takes this many. Source: DOC configure-kubenet.md, l.50.
pub const KUBENET_NODES: i64 = 400;

/// The most nodes for Azure's network policy manager. Source: DOC use-network-policies.md.
pub const NPM_NODES: i64 = 250;

/// The most pools of a cluster. Source: DOC quotas-skus-regions.md.
pub const POOLS: usize = 100;

/// The longest prefix of an API server's subnet. Source: DOC api-server-vnet-integration.md, l.109-114.
pub const API_SERVER_PREFIX: u8 = 28;

/// The least addresses that an API server takes of its subnet. Source: as above.
pub const API_SERVER_ADDRESSES: i64 = 9;

/// The shortest prefix of a pod subnet whose addresses go out in blocks. Source: DOC
/// configure-azure-cni-static-block-allocation.md, l.50.
pub const STATIC_BLOCK_PREFIX: u8 = 12;

/// The prefix lengths of a static egress gateway's public range. Source: DOC configure-static-egress-gateway.md.
pub const GATEWAY_PREFIXES: std::ops::RangeInclusive<u32> = 28..=31;

/// The least prefix length of an IPv4 service range: "must be smaller than /12". Source: DOC
/// concepts-network-ip-address-planning.md, "Kubernetes service address range"; kubernetes/kubernetes#12624 has 20 host bits
/// as the API server's own limit, which is a /12.
pub const SERVICE_CIDR_MIN_PREFIX_V4: u8 = 13;

/// The least prefix length of an IPv6 service range: "no larger than /108". Source: DOC configure-dual-stack.md and
/// azure-cni-overlay.md, parameters.
pub const SERVICE_CIDR_MIN_PREFIX_V6: u8 = 108;

/// Addresses of a service range that AKS's own services take: `kubernetes.default`, the first one, and DNS. Source: DOC
/// concepts-network-ip-address-planning.md, "Kubernetes service address range" and "Kubernetes DNS service IP address".
pub const OWN_SERVICES: i64 = 2;
