//! What Azure takes for the way out of a cluster.
//!
//! Sources, read 2026-11-22: MicrosoftDocs/azure-aks-docs at fb060ab (DOC); Azure/azure-rest-api-specs
//! `containerservice/.../aks/CommonModels.tsp` (ARM); hashicorp/terraform-provider-azurerm 5.2.0 (TF).

use std::ops::RangeInclusive;

/// Ports of an outbound public address that nodes can have. Source: DOC configure-load-balancer-standard.md, "Calculate and
/// verify outbound ports and IPs needed".
pub const PORTS_OF_ADDRESS: u64 = 64_000;

/// What the outbound ports of a node are a multiple of. Source: as above.
pub const PORTS_STEP: u32 = 8;

/// Minutes until an idle flow of the outbound load balancer ends. Source: ARM `ManagedClusterLoadBalancerProfile`.
pub const LOAD_BALANCER_IDLE_MINUTES: RangeInclusive<u32> = 4..=120;

/// The same, as azurerm takes it. Source: TF `kubernetes_cluster_resource.go`, `load_balancer_profile`.
pub const LOAD_BALANCER_IDLE_MINUTES_OF_AZURERM: RangeInclusive<u32> = 4..=100;

/// Addresses of a managed NAT gateway. Source: ARM `ManagedClusterManagedOutboundIPProfile.count`; TF
/// `kubernetes_cluster.html.markdown`, `nat_gateway_profile`.
pub const NAT_GATEWAY_IPS: RangeInclusive<u32> = 1..=16;

/// Nodes above which a cluster counts as large: from here on Azure leaves each node less than 512 ports of one address.
/// Source: DOC configure-load-balancer-standard.md, "Configure the allocated outbound ports"; DOC
/// best-practices-performance-scale-large.md wants two addresses and names no number.
pub const LARGE_CLUSTER_NODES: u64 = 100;
